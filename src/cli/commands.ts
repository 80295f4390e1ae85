/** THE table of commands and their options. Loaded before anything else: it imports nothing. */

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** What stands after it, as the help names it; without one it is a switch. */
  readonly value?: string;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
  /** It takes a whole number. */
  readonly number?: true;
  /** It may be given several times. */
  readonly many?: true;
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
  readonly options: readonly OptionSpec[];
  /** What it does, of several things: the word that follows its name. */
  readonly actions?: readonly CommandSpec[];
}

export const commonOptions = [
  {
    name: 'format',
    value: 'FORMAT',
    choices: ['pretty', 'short', 'json'],
    help: 'how diagnostics are printed: pretty (the default), short, or json, which has hints too',
  },
  { name: 'max-warnings', value: 'N', number: true, help: 'fail when there are more warnings than this' },
  { name: 'color', help: 'colour the output, whatever it goes to' },
  { name: 'no-color', help: 'never colour it (as NO_COLOR does)' },
  { name: 'quiet', short: 'q', help: 'print errors and results, and nothing else' },
  { name: 'debug', help: 'on an internal error, show where it happened' },
] as const satisfies readonly OptionSpec[];

export const commands = [
  {
    name: 'check',
    usage: '[paths…]',
    help: 'check a program, and print what is wrong with it',
    options: [],
  },
  {
    name: 'build',
    usage: '[paths…]',
    help: 'check a program, and write the TypeScript that it becomes',
    options: [
      { name: 'out', short: 'o', value: 'DIR', help: 'where to write it (default: `out` of twfc.json, or generated/)' },
      { name: 'check', help: 'write nothing, and fail when what is there is not up to date' },
    ],
  },
  {
    name: 'fmt',
    usage: '[paths…]',
    help: 'format the files of a program',
    options: [
      { name: 'check', help: 'write nothing, list the files that are not formatted, and fail if there are any' },
      {
        name: 'dialect',
        value: 'DIALECT',
        choices: ['current', 'classic'],
        help: 'write all in one dialect, as far as it has what is said, and list what it has not',
      },
      { name: 'stdin', help: 'format what comes in, and print it (also: `twfc fmt -`)' },
    ],
  },
  {
    name: 'types',
    usage: '[paths…]',
    help: 'print the types of a program, declared and inferred',
    options: [{ name: 'write', help: 'add declarations of the inferred ones to the ends of the files' }],
  },
  {
    name: 'run',
    usage: '[paths…] --type WORKFLOW',
    help: 'run a workflow on a Temporal Service, and print its result as JSON',
    options: [
      { name: 'type', value: 'WORKFLOW', help: 'the workflow; may be left out where only one is called by no other' },
      { name: 'input', short: 'i', value: 'JSON', many: true, help: 'an argument of the workflow; once for each' },
      { name: 'workflow-id', short: 'w', value: 'ID', help: 'its workflow id (default: its name and a random part)' },
      { name: 'trace', help: 'print what happens, as it happens' },
    ],
  },
  {
    name: 'endpoints',
    usage: 'plan|apply|export [paths…]',
    help: 'compare the Nexus endpoints of a program with the registry of a Temporal Service, and bring it up to date',
    options: [],
    actions: [
      {
        name: 'plan',
        usage: '[paths…]',
        help: 'print what `apply` would do to the registry',
        options: [{ name: 'check', help: 'fail when the registry is not as the program needs it' }],
      },
      {
        name: 'apply',
        usage: '[paths…]',
        help: 'create the endpoints that the registry lacks, and update those that differ; none is deleted',
        options: [],
      },
      {
        name: 'export',
        usage: '[paths…] --format FORMAT',
        help: 'print the endpoints for another tool, without asking a service',
        options: [
          {
            name: 'format',
            value: 'FORMAT',
            choices: ['temporal', 'tcld', 'terraform'],
            help: 'temporal (the default): commands of the Temporal CLI; tcld, terraform: for Temporal Cloud',
          },
        ],
      },
    ],
  },
  {
    name: 'contracts',
    usage: 'export|import|diff …',
    help: 'write the contracts of Nexus services for other programs and languages, read them, and compare them',
    options: [],
    actions: [
      {
        name: 'export',
        usage: '[paths…]',
        help: 'print the contracts of the services of a program as a .nexusrpc.yaml file',
        options: [
          {
            name: 'service',
            value: 'NAME',
            many: true,
            help: 'only this service; once for each (default: all that the program defines)',
          },
        ],
      },
      {
        name: 'import',
        usage: 'FILES…',
        help: 'print the services of .nexusrpc.yaml files as TWF, as a program has them that `contracts` of twfc.json names',
        options: [],
      },
      {
        name: 'diff',
        usage: 'OLD NEW',
        help: 'say what is different in two contracts, each a .nexusrpc.yaml file or a program, and whether callers break',
        options: [],
      },
    ],
  },
] as const satisfies readonly CommandSpec[];

export type CommandName = (typeof commands)[number]['name'];

/** A command that was called. */
export interface Called {
  readonly name: CommandName;
  /** What it takes; of a command with actions, what the action takes, if one was named. */
  readonly spec: CommandSpec;
  /** Of a command with actions, the word after its name. */
  readonly action: string | undefined;
  /** What follows. */
  readonly rest: readonly string[];
}

/** @param argv what stands after `twfc` */
export function calledCommand(argv: readonly string[]): Called | undefined {
  const command: (CommandSpec & { readonly name: CommandName }) | undefined = commands.find(
    ({ name }) => name === argv[0],
  );
  if (!command) return undefined;
  const { name } = command;
  if (!command.actions) return { name, spec: command, action: undefined, rest: argv.slice(1) };
  const action = command.actions.find((one) => one.name === argv[1]);
  if (!action) return { name, spec: command, action: argv[1], rest: argv.slice(2) };
  return { name, spec: { ...action, name: `${name} ${action.name}` }, action: action.name, rest: argv.slice(2) };
}

export function usage(): string {
  const rows = commands.map(({ name, usage, help }) => [`${name} ${usage}`, help] as const);
  return [
    'twfc compiles TWF (Temporal Workflow Format) to TypeScript.',
    '',
    'Usage: twfc COMMAND [paths…] [options]',
    '',
    'A path is a .twf file or a folder, which is searched; without one, the current folder is meant.',
    '',
    'Commands:',
    ...table(rows),
    '',
    'Options of every command:',
    ...table(commonOptions.map(optionRow)),
    ...table([
      ['--help', 'print this, or the help of a command'],
      ['--version', 'print the version of twfc'],
    ]),
    '',
    'Exit codes: 0 fine; 1 the program has errors, or its workflow failed; 2 the command could not do its work.',
    '',
  ].join('\n');
}

export function commandUsage({ name, usage, help, options, actions = [] }: CommandSpec): string {
  const rows = actions.map((one) => [`${name} ${one.name} ${one.usage}`, one.help] as const);
  const own = [
    ...(rows.length > 0 ? [...table(rows), ''] : []),
    ...(options.length > 0 ? ['Options:', ...table(options.map(optionRow)), ''] : []),
  ];
  const others = commonOptions.filter((one) => !options.some((own) => own.name === one.name));
  return [
    `Usage: twfc ${name} ${usage} [options]`,
    '',
    `${help[0]!.toUpperCase()}${help.slice(1)}.`,
    '',
    ...own,
    'Options of every command:',
    ...table(others.map(optionRow)),
    '',
  ].join('\n');
}

function optionRow({ name, short, value, help }: OptionSpec): readonly [string, string] {
  return [`${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`, help];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(24, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
