import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { loadProgram } from '../../load.js';
import { compile } from '../../program.js';
import type { SourceFile } from '../../source.js';
import { Reporter } from '../../diagnostics/diagnostic.js';
import { valueOf } from '../arguments.js';
import { type Context, type ExitCode, report } from '../context.js';
import { chooseEntry } from './entry.js';
import { externsImport } from './externs-import.js';

/** `twfc run`: runs a workflow of a program on a Temporal Service, and prints its result. */
export async function run(cx: Context): Promise<ExitCode> {
  const { host, args } = cx;
  const reporter = new Reporter();
  const loaded = await loadProgram(host, args.paths, reporter);
  if (!loaded) return report(cx, reporter.all, 0);

  const { sources, config } = loaded;
  const sourcePath = ({ path }: SourceFile) => posix.resolve(host.cwd, path);
  const { diagnostics, facts, files } = compile(sources, {
    ...config,
    sourcePath,
    externs: config.externs && externsImport,
  });
  const code = report(cx, diagnostics, sources.length);
  if (!facts || code !== 0) return code;

  const entry = chooseEntry(facts, valueOf(args, 'type'), args.values.get('input') ?? [], reporter);
  if (!entry) return report(cx, reporter.all, 0);

  const { launch } = await import('./launch.js');
  const workflowId = valueOf(args, 'workflow-id') ?? `${entry.workflow.name.text}-${randomBytes(4).toString('hex')}`;
  return await launch(cx, { config, facts, files, entry, workflowId });
}
