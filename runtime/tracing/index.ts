/** Traces of workers, by Temporal's own OpenTelemetry interceptors. */
import { createRequire } from 'node:module';
import type { WorkerOptions, WorkerPlugin } from '@temporalio/worker';

/** Temporal's interceptors: a project has them only if it wants them. */
export const tracingPackage = '@temporalio/interceptors-opentelemetry';

interface Interceptors {
  readonly OpenTelemetryPlugin: new (options: { resource: unknown; spanProcessor: unknown }) => WorkerPlugin;
}

/** What is needed of the tracer provider of the OpenTelemetry SDK. */
interface Provider {
  readonly resource?: unknown;
  getActiveSpanProcessor?(): unknown;
  getDelegate?(): Provider;
}

/** Takes spans, and does nothing with them. */
const nobody = { onStart() {}, onEnd() {}, forceFlush: async () => undefined, shutdown: async () => undefined };

/**
 * Adds the interceptors to the options of a worker. Spans go to the tracer provider that the process has registered with
 * OpenTelemetry, and nowhere where it has none; the workflows are intercepted all the same, so that their histories do not depend on it.
 *
 * @param url of a module of the project, which has installed the interceptors
 * @throws when it has not
 */
export function withTracing<O extends Pick<WorkerOptions, 'plugins'>>(url: string, options: O): O {
  return { ...options, plugins: [...(options.plugins ?? []), tracingPlugin(url)] };
}

/** The plugin itself: a client of the same process takes it too, so that traces begin where workflows are started. */
export function tracingPlugin(url: string): WorkerPlugin {
  const file = installed(createRequire(url));
  const inside = createRequire(file);
  const { OpenTelemetryPlugin } = inside(file) as Interceptors;
  // Its own copy of the API, which knows the provider: there is one for all copies.
  const { trace } = inside('@opentelemetry/api') as { readonly trace: { getTracerProvider(): Provider } };
  const provider = trace.getTracerProvider();
  const { resource, getActiveSpanProcessor } = provider.getDelegate?.() ?? provider;
  const { Resource } = inside('@opentelemetry/resources') as { readonly Resource: { empty(): unknown } };
  const spanProcessor = getActiveSpanProcessor?.call(provider.getDelegate?.() ?? provider) ?? nobody;
  return new OpenTelemetryPlugin({ resource: resource ?? Resource.empty(), spanProcessor });
}

/**
 * The modules that a bundle of workflows needs beside them, where whoever runs the worker makes it: `workflowInterceptorModules`.
 *
 * @throws when the project of `url` has not installed the interceptors
 */
export function tracingModules(url: string): string[] {
  const find = createRequire(url);
  return [createRequire(installed(find)).resolve('./workflow-interceptors')];
}

/** Where the package is. */
function installed(find: NodeJS.Require): string {
  try {
    return find.resolve(tracingPackage);
  } catch (cause) {
    const { version } = find('@temporalio/worker/package.json') as { readonly version: string };
    throw new Error(`tracing needs a package of its own: npm install ${tracingPackage}@${version}`, { cause });
  }
}
