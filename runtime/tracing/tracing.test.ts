import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tracingModules, withTracing } from './index.js';

/** A project with an SDK, and with nothing else. */
let project: string;
let url: string;
beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'twfc-tracing-')));
  url = pathToFileURL(join(project, 'workers.js')).href;
  install('@temporalio/worker', { version: '1.2.3' });
});
afterAll(() => rmSync(project, { recursive: true }));

function install(name: string, manifest: object, files: Readonly<Record<string, string>> = {}): void {
  const folder = join(project, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries({ ...files, 'package.json': JSON.stringify(manifest) })) {
    writeFileSync(join(folder, path), text);
  }
}

test('what is not installed is named, with the version of the SDK', () => {
  const message = 'tracing needs a package of its own: npm install @temporalio/interceptors-opentelemetry@1.2.3';
  expect(() => withTracing(url, {})).toThrow(message);
  expect(() => tracingModules(url)).toThrow(message);
});

test('the plugin comes after those of the host, and takes spans to nobody where no provider is registered', async () => {
  const plugin = 'exports.OpenTelemetryPlugin = class { constructor(given) { this.given = given; } };';
  install('@temporalio/interceptors-opentelemetry', {}, { 'index.js': plugin, 'workflow-interceptors.js': '' });
  install('@opentelemetry/api', {}, { 'index.js': 'exports.trace = { getTracerProvider: () => ({}) };' });
  install('@opentelemetry/resources', {}, { 'index.js': 'exports.Resource = { empty: () => "empty" };' });
  const own = { name: 'own' };
  const { plugins, identity } = withTracing(url, { plugins: [own], identity: 'me' });
  expect([plugins.length, plugins[0], identity]).toEqual([2, own, 'me']);
  const { resource, spanProcessor } = (plugins[1] as unknown as { given: Record<string, any> }).given;
  expect(resource).toBe('empty');
  await expect(spanProcessor.forceFlush()).resolves.toBeUndefined();
  expect(tracingModules(url)).toEqual([
    join(project, 'node_modules/@temporalio/interceptors-opentelemetry/workflow-interceptors.js'),
  ]);
});
