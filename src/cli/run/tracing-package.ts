/** Temporal's OpenTelemetry interceptors: a project has them only if it wants them. */
export const tracingPackage = '@temporalio/interceptors-opentelemetry';
