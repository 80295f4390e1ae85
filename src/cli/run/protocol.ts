/** What twfc and the process that its workers run in tell each other. */

/** The argument that makes twfc serve as that process. */
export const workersArgument = '__workers';

/** What activities need from outside, with what stands in for it. */
export type Need =
  | { readonly kind: 'function' | 'constant'; readonly name: string; readonly sample: unknown }
  | { readonly kind: 'group'; readonly name: string; readonly members: readonly Need[] };

export interface WorkerSpec {
  /** As the program calls it. */
  readonly name: string;
  /** What the module of dependencies exports for it. */
  readonly dependencies: string;
  readonly needs: readonly Need[];
  /** Functions of the generated code. */
  readonly createWorker: string;
  readonly createActivities: string | undefined;
  /** The file to bundle, relative to the folder of the generated code; undefined without workflows. */
  readonly workflows: string | undefined;
}

export interface WorkersConfig {
  /** Of the generated code: absolute. */
  readonly folder: string;
  readonly address: string;
  /** The bundled module of dependencies: absolute. */
  readonly dependencies: string | undefined;
  /** Whether samples stand in for what nobody implements. */
  readonly stubs: boolean;
  readonly workers: readonly WorkerSpec[];
}

export type ToWorkers = { readonly kind: 'start'; readonly config: WorkersConfig } | { readonly kind: 'stop' };

export type FromWorkers =
  | { readonly kind: 'ready' }
  /** Something that the user should know. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'dependencies-fail'; readonly why: string }
  | {
      readonly kind: 'dependencies-missing';
      readonly worker: string;
      readonly export: string;
      readonly names: readonly string[];
    }
  | { readonly kind: 'failed'; readonly why: string };
