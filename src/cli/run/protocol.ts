/** What twfc and the process that its workers run in tell each other. */

/** What activities and operations need from outside, with what stands in for it. */
export type Need =
  | { readonly kind: 'function' | 'constant'; readonly name: string; readonly sample: unknown }
  | { readonly kind: 'group'; readonly name: string; readonly members: readonly Need[] };

export interface WorkerSpec {
  /** As the program calls it. */
  readonly name: string;
  readonly needs: readonly Need[];
  /** The generated module to bundle, without its extension; undefined without workflows. */
  readonly workflows: string | undefined;
}

/** What can be made ready while there is no service yet. */
export interface WorkersCode {
  /** Of the generated code: absolute. */
  readonly folder: string;
  readonly workers: readonly WorkerSpec[];
  /** The bundled module of dependencies: absolute. */
  readonly dependencies: string | undefined;
  /** Workflows are bundled with what traces them. */
  readonly tracing: boolean;
}

export interface WorkersService {
  readonly address: string;
  /** Whether samples stand in for what nobody implements. */
  readonly stubs: boolean;
}

export type ToWorkers =
  | { readonly kind: 'load'; readonly code: WorkersCode }
  | { readonly kind: 'start'; readonly service: WorkersService }
  | { readonly kind: 'stop' };

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
