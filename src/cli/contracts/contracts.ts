import { posix } from 'node:path';
import { loadConfig } from '../../config/config.js';
import type { Change } from '../../contracts/change.js';
import { compareContracts } from '../../contracts/compare.js';
import { type Contract, contractOf, withServices } from '../../contracts/contract.js';
import { translateContract } from '../../contracts/translate.js';
import { writeContract } from '../../contracts/write.js';
import { Reporter } from '../../diagnostics/diagnostic.js';
import { counted } from '../../diagnostics/render.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { escapedJson, visible } from '../../diagnostics/visible.js';
import { type LoadedProgram, loadProgram, readContract } from '../../load.js';
import { checkProgram } from '../../program.js';
import type { SourceFile } from '../../source.js';
import { valueOf } from '../arguments.js';
import { type Context, type ExitCode, report, say } from '../context.js';

/** `twfc contracts`: writes the contracts of services, reads them, and compares them. */
export async function contracts(cx: Context): Promise<ExitCode> {
  switch (cx.args.action) {
    case 'export':
      return await write(cx);
    case 'import':
      return read(cx);
    default:
      return await compare(cx);
  }
}

// --- export

async function write(cx: Context): Promise<ExitCode> {
  const reporter = new Reporter();
  const contract = await contractOfProgram(cx, cx.args.paths, reporter);
  if (!contract) return report(cx, reporter.all, 0);
  const services = chosen(contract, cx.args.values.get('service'), reporter);
  if (!services) return report(cx, reporter.all, 0);
  const { text, notes } = writeContract(services);
  cx.terminal.out(text);
  for (const note of notes) say(cx, note);
  return 0;
}

function chosen(contract: Contract, names: readonly string[] | undefined, reporter: Reporter): Contract | undefined {
  if (!names) return contract;
  const known = contract.services.map(({ name }) => name);
  for (const name of names.filter((one) => !known.includes(one))) {
    reporter.reportUnplaced('TWF091', { name }, { hint: didYouMean(name, known) });
  }
  return reporter.all.length > 0 ? undefined : withServices(contract, names);
}

// --- import

function read(cx: Context): ExitCode {
  const reporter = new Reporter();
  const files = cx.args.paths;
  if (files.length === 0) {
    reporter.reportUnplaced('TWF090', {
      command: 'twfc contracts import',
      expected: 'at least one file',
      found: 'none',
    });
  }
  const sources = files.flatMap((path) => readContract(cx.host, path, translateContract, reporter) ?? []);
  const checked = reporter.all.length === 0 && sources.length > 0 ? check(cx, sources, reporter) : undefined;
  if (!checked) return report(cx, reporter.all, 0);
  cx.terminal.out(sources.map(({ text }) => text.trim()).join('\n\n') + '\n');
  return 0;
}

/** Whether the translated files make a program: what is wrong has been reported. */
function check(cx: Context, sources: readonly SourceFile[], reporter: Reporter) {
  const config = loadConfig(cx.host, [posix.dirname(sources[0]!.path)], reporter);
  if (!config) return undefined;
  const { diagnostics, facts, parsed } = checkProgram(sources, config);
  if (facts) return { facts: facts(), parsed };
  reporter.add(diagnostics);
  return undefined;
}

// --- diff

async function compare(cx: Context): Promise<ExitCode> {
  const reporter = new Reporter();
  const { paths } = cx.args;
  if (paths.length !== 2) {
    const expected = 'two paths: the old contract, and the new one';
    reporter.reportUnplaced('TWF090', {
      command: 'twfc contracts diff',
      expected,
      found: counted(paths.length, 'path'),
    });
    return report(cx, reporter.all, 0);
  }
  const [before, after] = [await contractAt(cx, paths[0]!, reporter), await contractAt(cx, paths[1]!, reporter)];
  if (!before || !after) return report(cx, reporter.all, 0);
  const changes = compareContracts(before, after);
  const broken = changes.filter(({ kind }) => kind === 'breaking').length;
  cx.terminal.out(valueOf(cx.args, 'format') === 'json' ? changesJson(changes) : changesText(changes));
  say(
    cx,
    changes.length === 0 ? 'The contracts are the same.' : `${counted(changes.length, 'change')}, ${broken} breaking.`,
  );
  return broken > 0 ? 1 : 0;
}

/** The contract that a path means: that of a contract file, or of the program there. */
async function contractAt(cx: Context, path: string, reporter: Reporter): Promise<Contract | undefined> {
  if (!/\.(?:ya?ml|json)$/.test(path)) return await contractOfProgram(cx, [path], reporter);
  const source = readContract(cx.host, path, translateContract, reporter);
  const checked = source && check(cx, [source], reporter);
  return checked && contractOf(checked.parsed, checked.facts, false);
}

async function contractOfProgram(
  { host }: Context,
  paths: readonly string[],
  reporter: Reporter,
): Promise<Contract | undefined> {
  const program: LoadedProgram | undefined = await loadProgram(host, paths, reporter);
  if (!program) return undefined;
  const { diagnostics, facts, parsed } = checkProgram(program.sources, program.config);
  if (facts) return contractOf(parsed, facts());
  reporter.add(diagnostics);
  return undefined;
}

function changesText(changes: readonly Change[]): string {
  return changes.map(({ kind, where, what }) => visible(`${kind.padEnd(10)}  ${where}: ${what}`) + '\n').join('');
}

function changesJson(changes: readonly Change[]): string {
  return `${escapedJson(JSON.stringify({ version: 1, changes }, undefined, 2))}\n`;
}
