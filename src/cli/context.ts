import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { type Format, renderers, summary } from '../diagnostics/render.js';
import { visible } from '../diagnostics/visible.js';
import type { Host } from '../host.js';
import { type Arguments, valueOf } from './arguments.js';
import type { Terminal } from './terminal.js';

/** 0: fine. 1: the program has errors, or its workflow failed. 2: the command could not do its work. */
export type ExitCode = 0 | 1 | 2;

/** What every command is given. */
export interface Context {
  readonly host: Host;
  readonly terminal: Terminal;
  readonly args: Arguments;
}

/** Prints diagnostics to stdout, and how many there are to stderr. */
export function report(cx: Context, diagnostics: readonly Diagnostic[], files: number): ExitCode {
  const { terminal, args } = cx;
  const named = valueOf(args, 'format') ?? 'pretty';
  const format = Object.hasOwn(renderers, named) ? (named as Format) : 'pretty';
  const quiet = args.switches.has('quiet');
  const shown = diagnostics.filter(({ severity }) => severity === 'error' || (!quiet && isShown(severity, format)));
  terminal.out(renderers[format](shown, { colour: hasColour(args.switches, terminal), files }));
  if (files > 0) say(cx, summary(diagnostics, files));
  const limit = warningLimit(cx);
  const warnings = countOf(diagnostics, 'warning');
  if (warnings > limit) terminal.err(`There are more warnings than --max-warnings ${limit} allows.\n`);
  return exitCodeOf(cx, diagnostics);
}

/** Prints one line to stderr, unless it is to be quiet. */
export function say({ terminal, args }: Pick<Context, 'terminal' | 'args'>, line: string): void {
  if (!args.switches.has('quiet')) terminal.err(`${visible(line)}\n`);
}

/** Hints are for editors and other programs: in a terminal they would hide the rest. */
function isShown(severity: Diagnostic['severity'], format: Format): boolean {
  return severity === 'warning' || format === 'json';
}

export function exitCodeOf(cx: Context, diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => /^TWF[09]/.test(code))) return 2;
  return errors.length > 0 || countOf(diagnostics, 'warning') > warningLimit(cx) ? 1 : 0;
}

function countOf(diagnostics: readonly Diagnostic[], severity: Diagnostic['severity']): number {
  return diagnostics.filter((one) => one.severity === severity).length;
}

function warningLimit({ args }: Context): number {
  return Number(valueOf(args, 'max-warnings') ?? Infinity);
}

function hasColour(switches: ReadonlySet<string>, { env, interactive }: Terminal): boolean {
  if (switches.has('no-color')) return false;
  if (switches.has('color')) return true;
  if (env['NO_COLOR']) return false;
  return Boolean(env['FORCE_COLOR']) || (interactive && env['TERM'] !== 'dumb');
}
