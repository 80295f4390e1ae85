/**
 * What twfc.json may hold: the one description that the reader works by. twfc.schema.json, which editors use, is this
 * object written down.
 */
export type Schema = { readonly description?: string } & (
  | { readonly type: 'string'; readonly enum?: readonly string[]; readonly minLength?: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'array'; readonly items: Schema }
  | {
      readonly type: 'object';
      readonly properties?: Readonly<Record<string, Schema>>;
      /** What every other key holds; false: there is none. */
      readonly additionalProperties: Schema | false;
    }
);

const text = { type: 'string', minLength: 1 } as const;
const globs = { type: 'array', items: text } as const;

export const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'twfc.json',
  description: 'How twfc compiles the TWF program in this folder.',
  type: 'object',
  properties: {
    $schema: { ...text, description: 'Where this schema is, for editors.' },
    files: { ...globs, description: 'Globs of the files that make up the program, relative to this file.' },
    out: { ...text, description: 'The folder that the generated TypeScript is written to, relative to this file.' },
    namespace: { ...text, description: 'The Temporal namespace of what no worker and no endpoint places elsewhere.' },
    taskQueue: { ...text, description: 'The task queue of the same.' },
    namespaces: {
      type: 'object',
      description: 'Namespaces, by the names that the program has for them.',
      additionalProperties: {
        type: 'object',
        properties: {
          name: { ...text, description: 'What it is called on the Temporal Service, if not as the program calls it.' },
          files: { ...globs, description: 'Globs of the files in this namespace.' },
        },
        additionalProperties: false,
      },
    },
    families: {
      type: 'object',
      description: 'The members of families of names, by the words in their holes: `org` in `shard-{org}`.',
      additionalProperties: globs,
    },
    dependencies: {
      ...text,
      description: 'The module that implements what activities call, relative to this file: `twfc run` loads it.',
    },
    externs: {
      ...text,
      description: 'The module that implements the extern functions of the program, relative to this file.',
    },
    contracts: {
      ...globs,
      description: 'The contract files (.nexusrpc.yaml) of Nexus services that others have, relative to this file.',
    },
    tracing: {
      type: 'boolean',
      description: 'Whether workers trace what they do, by the OpenTelemetry interceptors of Temporal.',
    },
    baseline: {
      ...globs,
      description:
        "The contract files of the program's own services as callers have them, relative to this file: what would break them is a warning.",
    },
    lints: {
      type: 'object',
      description: 'Warnings by name, with what becomes of them.',
      additionalProperties: { type: 'string', enum: ['off', 'warning', 'error'] },
    },
  },
  additionalProperties: false,
} as const satisfies Schema & { readonly $schema: string; readonly title: string };
