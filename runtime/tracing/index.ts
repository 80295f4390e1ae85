/** Traces of workers, by Temporal's own OpenTelemetry interceptors. */
import { createRequire } from 'node:module';
import type { WorkerOptions, WorkerPlugin } from '@temporalio/worker';

const packageName = '@temporalio/interceptors-opentelemetry';

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
  const find = createRequire(url);
  const { OpenTelemetryPlugin } = interceptors(find);
  // Its own copy of the API, which knows the provider: there is one for all copies.
  const inside = createRequire(find.resolve(packageName));
  const { trace } = inside('@opentelemetry/api') as { readonly trace: { getTracerProvider(): Provider } };
  const provider = trace.getTracerProvider();
  const { resource, getActiveSpanProcessor } = provider.getDelegate?.() ?? provider;
  const { Resource } = inside('@opentelemetry/resources') as { readonly Resource: { empty(): unknown } };
  const spanProcessor = getActiveSpanProcessor?.call(provider.getDelegate?.() ?? provider) ?? nobody;
  return new OpenTelemetryPlugin({ resource: resource ?? Resource.empty(), spanProcessor });
}

function interceptors(find: NodeJS.Require): Interceptors {
  try {
    return find(packageName) as Interceptors;
  } catch (cause) {
    const { version } = find('@temporalio/worker/package.json') as { readonly version: string };
    throw new Error(`Tracing needs a package of its own: npm install ${packageName}@${version}`, { cause });
  }
}
