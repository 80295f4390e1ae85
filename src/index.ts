/** twfc as a library. */
export type { Facts } from './check/facts.js';
export type { ParsedFile, ProgramOptions } from './check/program.js';
export { type Config, loadConfig } from './config/config.js';
export type { Severity } from './diagnostics/define.js';
export { type Diagnostic, type Edit, type Fix, type Label, Reporter } from './diagnostics/diagnostic.js';
export { type Format, renderers, type RenderOptions, summary } from './diagnostics/render.js';
export type { Emitted } from './emit/emit.js';
export { type Host, memoryHost, nodeHost } from './host.js';
export { loadProgram, type LoadedProgram } from './load.js';
export { type Checked, checkProgram, compile, type Compiled, type CompileOptions } from './program.js';
export { type Position, SourceFile, type Span } from './source.js';
export { version } from './version.js';
