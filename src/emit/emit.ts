/** From the syntax trees and what the checker found out about them to TypeScript. */
import type { Facts } from '../check/facts.js';
import type { ParsedFile } from '../check/program.js';
import type { SourceFile } from '../source.js';
import type { Package } from '../symbols/packages.js';
import { activitiesModule } from './activities.js';
import { clientModule } from './client.js';
import { externsModule } from './externs.js';
import { inputsModule } from './inputs.js';
import { nexusModule } from './nexus.js';
import { Program } from './program.js';
import { servicesModule } from './services.js';
import { typesModule } from './types.js';
import { workersModule } from './workers.js';
import { entryModules, Workflows } from './workflows.js';
import { type Emitted, type Module, write } from './write.js';

export type { Emitted } from './write.js';

export interface EmitInput {
  readonly files: readonly ParsedFile[];
  readonly facts: Facts;
  /** Of twfc: it stands in the header of every file. */
  readonly version: string;
  /** How source maps name a file of the source, as seen from the output folder; by default its own path. */
  readonly sourcePath?: (file: SourceFile) => string;
}

/** The files of the output folder, sorted by path. None of them is empty. */
export function emit({ files, facts, version, sourcePath = ({ path }) => path }: EmitInput): Emitted[] {
  const programs = new Map<Package, Program>();
  for (const owner of facts.packages.all) new Program(files, facts, owner, programs);
  const [root] = programs.values() as MapIterator<Program>;
  const workflows = [...programs.values()].map((program) => new Workflows(program));
  const modules = [
    ...workflows.flatMap(packageModules),
    ...entryModules(root!),
    workersModule(root!),
    ...[...programs.values()].map((program) => inFolder(program, typesModule(program))),
  ];
  const options = { version, files: files.map(({ source }) => source), sourcePath };
  return modules
    .filter((one): one is Module => one !== undefined && one.body.length > 0)
    .map((one) => write(one, options))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The files of a package, but for the types that they turn out to need. */
function packageModules(workflows: Workflows): (Module | undefined)[] {
  const { program } = workflows;
  const isCalled = program.contracts.some(({ kind }) => kind === 'ExternWorkflow');
  const hasWorkflows = program.workflows.length > 0 || isCalled;
  const modules = [
    hasWorkflows ? workflows.module() : undefined,
    externsModule(program),
    activitiesModule(program),
    servicesModule(program),
    inputsModule(program),
    nexusModule(program),
    hasWorkflows ? clientModule(program, workflows) : undefined,
  ];
  return modules.map((one) => one && inFolder(program, one));
}

/** Each package but the default one has a folder of its own. */
function inFolder({ owner: { folder, external }, files }: Program, module: Module): Module {
  const own = external ? {} : { files: files.map(({ source }) => source) };
  return { ...module, ...own, path: folder === '' ? module.path : `${folder}/${module.path}` };
}
