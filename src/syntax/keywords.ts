/**
 * THE table of words. A word is a keyword only where the grammar needs it: in one of its places, and before what must
 * follow it there. Everywhere else it is an ordinary name. Feeds the lexer, the editors and the reference.
 */

/**
 * Where a word can be a keyword.
 * - `line`: first on its line
 * - `operation`: where a call, an await or a spawn may stand: first on its line, or after `=`, `await`, `spawn`, `detach`, `return`
 * - `await`, `close`, `else`, `nexus`: right after `await`, `close`, `else`, and the `nexus` of a definition
 * - `callee`: right after `nexus "…"`, `async Operation`, and the first word of a request: `cancel workflow "…"`
 * - `expression`: anywhere, except as the name of a field
 */
export type Place = 'line' | 'operation' | 'await' | 'close' | 'else' | 'nexus' | 'callee' | 'expression';

/**
 * What may follow a word. `access` is `=`, `.`, `,`, `->` or a closing bracket; `other` is everything else.
 * First on its line, a word is also taken for a keyword before `end` and `other`: nothing else can be meant by it there.
 */
export type Next = 'name' | 'text' | '(' | ':' | 'end' | 'access' | 'other';

export interface Keyword {
  readonly word: string;
  readonly places: readonly Place[];
  /** Nothing: it is a keyword only before another one, as the first word of a request. */
  readonly before: readonly Next[];
  /** In the body of an activity, the word before `(` is the name of a function. */
  readonly function?: true;
  /** The TextMate scope that editors colour it by. */
  readonly scope: string;
  /** One line for people. */
  readonly doc: string;
}

const ANY: readonly Next[] = ['name', 'text', '(', ':', 'end', 'access', 'other'];
const NAMED: readonly Next[] = ['name', 'text'];
/** What nobody uses as a name: before a colon, the name of the definition is missing. */
const NAMELESS: readonly Next[] = [...NAMED, ':'];

const CALLED: readonly Next[] = ['name', 'text', '('];
const OUTCOME: readonly Next[] = ['name', 'text', '(', 'end', 'other'];
const SUBJECT: readonly Next[] = ['name', 'text', '(', ':', 'end', 'other'];

const DEFINITION = 'storage.type.twf';
const CONTROL = 'keyword.control.twf';
const MODIFIER = 'storage.modifier.twf';
const OPERATOR = 'keyword.operator.word.twf';
const CONSTANT = 'constant.language.twf';

export const keywords = [
  {
    word: 'workflow',
    places: ['operation', 'callee'],
    before: CALLED,
    function: true,
    scope: DEFINITION,
    doc: 'Defines a workflow, or runs one as a child.',
  },
  {
    word: 'activity',
    places: ['operation'],
    before: CALLED,
    function: true,
    scope: DEFINITION,
    doc: 'Defines an activity, or runs one.',
  },
  {
    word: 'nexus_service',
    places: ['line'],
    before: NAMELESS,
    scope: DEFINITION,
    doc: 'Defines a Nexus service: operations that other namespaces call.',
  },
  {
    word: 'nexus_endpoint',
    places: ['line'],
    before: NAMELESS,
    scope: DEFINITION,
    doc: 'Defines a Nexus endpoint: where calls to it are routed, and who may call.',
  },
  {
    word: 'type',
    places: ['line'],
    before: ['name'],
    scope: DEFINITION,
    doc: 'Declares a type: the fields of a record, or another name of a type.',
  },
  {
    word: 'enum',
    places: ['line'],
    before: ['name'],
    scope: DEFINITION,
    doc: 'Declares a type whose values are the names of its members.',
  },
  {
    word: 'service',
    places: ['nexus'],
    before: ANY,
    scope: DEFINITION,
    doc: 'Defines a Nexus service, or names one that a worker serves.',
  },
  {
    word: 'endpoint',
    places: ['nexus'],
    before: ANY,
    scope: DEFINITION,
    doc: 'Defines a Nexus endpoint: where calls to it are routed, and who may call.',
  },
  {
    word: 'worker',
    places: ['line'],
    before: ['name'],
    scope: DEFINITION,
    doc: 'Defines a worker: the workflows, activities and services that it runs.',
  },
  {
    word: 'namespace',
    places: ['line'],
    before: NAMED,
    scope: DEFINITION,
    doc: 'Defines a namespace: the workers that run in it, and the endpoints that lead to them.',
  },
  {
    word: 'async',
    places: ['line'],
    before: ['name'],
    scope: DEFINITION,
    doc: 'Defines an operation of a Nexus service by the workflow behind it.',
  },
  {
    word: 'sync',
    places: ['line'],
    before: ['name'],
    scope: DEFINITION,
    doc: 'Defines an operation of a Nexus service.',
  },
  {
    word: 'use',
    places: ['line'],
    before: ['name'],
    scope: DEFINITION,
    doc: 'Takes types from a TypeScript file: `use types from "./domain.ts"`.',
  },
  {
    word: 'package',
    places: ['line'],
    before: ['name'],
    scope: DEFINITION,
    doc: 'Says which package the definitions of the file belong to.',
  },
  {
    word: 'import',
    places: ['line'],
    before: NAMED,
    scope: DEFINITION,
    doc: 'Names a package that the file refers to: `import "acme/payments"`.',
  },
  {
    word: 'extern',
    places: ['line'],
    before: ['name'],
    scope: DEFINITION,
    doc: 'Declares a function that is written in TypeScript, or a workflow or an activity that is defined elsewhere.',
  },
  {
    word: 'operation',
    places: ['line'],
    before: NAMED,
    scope: DEFINITION,
    doc: 'Defines an operation of a Nexus service.',
  },
  {
    word: 'signal',
    places: ['operation'],
    before: NAMED,
    scope: DEFINITION,
    doc: 'Handles a signal, or waits for one.',
  },
  {
    word: 'query',
    places: ['operation'],
    before: NAMED,
    scope: DEFINITION,
    doc: 'Answers a query of what the workflow holds.',
  },
  {
    word: 'update',
    places: ['operation'],
    before: NAMED,
    scope: DEFINITION,
    doc: 'Handles an update, which has a result, or waits for one.',
  },
  {
    word: 'state',
    places: ['line'],
    before: [':'],
    scope: DEFINITION,
    doc: 'Declares what the whole of a workflow shares: variables and conditions.',
  },
  {
    word: 'condition',
    places: ['line'],
    before: ['name'],
    scope: DEFINITION,
    doc: 'Declares a flag of the workflow that can be waited for.',
  },
  { word: 'set', places: ['line'], before: ['name'], scope: CONTROL, doc: 'Sets a condition.' },
  { word: 'unset', places: ['line'], before: ['name'], scope: CONTROL, doc: 'Unsets a condition.' },
  {
    word: 'nexus',
    places: ['operation'],
    before: NAMED,
    scope: DEFINITION,
    doc: 'Calls an operation through a Nexus endpoint.',
  },
  {
    word: 'spawn',
    places: ['operation'],
    before: NAMED,
    scope: MODIFIER,
    doc: 'Starts a call and goes on; await its handle later.',
  },
  {
    word: 'promise',
    places: ['line'],
    before: ['name'],
    scope: MODIFIER,
    doc: 'Starts a call or a wait and goes on: `promise h <- …`; await it later.',
  },
  {
    word: 'detach',
    places: ['operation'],
    before: NAMED,
    scope: MODIFIER,
    doc: 'Starts a call and never waits for it.',
  },
  {
    word: 'start',
    places: ['operation'],
    before: [],
    scope: MODIFIER,
    doc: 'Starts a workflow from an operation: `start workflow W(…)`.',
  },
  {
    word: 'signal_with_start',
    places: ['operation'],
    before: [],
    scope: MODIFIER,
    doc: 'Sends a signal to a workflow, and starts it if it does not run.',
  },
  {
    word: 'cancel',
    places: ['operation'],
    before: [],
    scope: CONTROL,
    doc: 'Asks a workflow to end: `cancel workflow "…"`.',
  },
  {
    word: 'list',
    places: ['operation'],
    before: [],
    scope: CONTROL,
    doc: 'Finds workflows: `list workflows "…"`.',
  },
  { word: 'workflows', places: ['callee'], before: [], scope: DEFINITION, doc: 'What `list` finds.' },
  {
    word: 'options',
    places: ['line'],
    before: ['(', ':', 'name'],
    scope: MODIFIER,
    doc: 'Options of a call or of a definition.',
  },
  {
    word: 'default_options',
    places: ['line'],
    before: ['(', ':', 'name'],
    scope: MODIFIER,
    doc: 'Options that every call of the definition starts from.',
  },
  { word: 'if', places: ['line', 'else'], before: ANY, scope: CONTROL, doc: 'Runs its body if the condition holds.' },
  { word: 'elif', places: ['line'], before: ANY, scope: CONTROL, doc: 'Another branch of an `if`.' },
  { word: 'else', places: ['line'], before: ANY, scope: CONTROL, doc: 'The branch of an `if` for everything else.' },
  {
    word: 'for',
    places: ['line'],
    before: ANY,
    scope: CONTROL,
    doc: 'Repeats its body: for ever, while a condition holds, or once for each item.',
  },
  { word: 'switch', places: ['line'], before: SUBJECT, scope: CONTROL, doc: 'Chooses a branch by a value.' },
  { word: 'case', places: ['line'], before: SUBJECT, scope: CONTROL, doc: 'A branch of a `switch`.' },
  {
    word: 'try',
    places: ['line'],
    before: [':', 'end'],
    scope: CONTROL,
    doc: 'Runs its body, and catches what fails in it.',
  },
  {
    word: 'catch',
    places: ['line'],
    before: ['name', ':', 'end'],
    scope: CONTROL,
    doc: 'What is done about an error.',
  },
  { word: 'finally', places: ['line'], before: [':', 'end'], scope: CONTROL, doc: 'What is done in any case.' },
  { word: 'break', places: ['line'], before: ANY, scope: CONTROL, doc: 'Leaves the loop.' },
  { word: 'continue', places: ['line'], before: ANY, scope: CONTROL, doc: 'Goes on with the next turn of the loop.' },
  { word: 'return', places: ['line'], before: ANY, scope: CONTROL, doc: 'Ends with a value.' },
  {
    word: 'close',
    places: ['line'],
    before: OUTCOME,
    function: true,
    scope: CONTROL,
    doc: 'Ends the workflow.',
  },
  {
    word: 'continue_as_new',
    places: ['line', 'close'],
    before: ['('],
    function: true,
    scope: CONTROL,
    doc: 'Ends this run of the workflow and begins a new one.',
  },
  { word: 'complete', places: ['close'], before: OUTCOME, scope: CONTROL, doc: 'Ends with a result.' },
  { word: 'completed', places: ['close'], before: OUTCOME, scope: CONTROL, doc: 'Ends with a result.' },
  { word: 'fail', places: ['close'], before: OUTCOME, scope: CONTROL, doc: 'Ends with a failure.' },
  { word: 'failed', places: ['close'], before: OUTCOME, scope: CONTROL, doc: 'Ends with a failure.' },
  { word: 'raise', places: ['line'], before: NAMED, scope: CONTROL, doc: 'Fails with a named error.' },
  { word: 'await', places: ['operation'], before: ANY, function: true, scope: CONTROL, doc: 'Waits.' },
  {
    word: 'one',
    places: ['await'],
    before: [':', 'end'],
    scope: CONTROL,
    doc: 'Waits for the first of several cases.',
  },
  {
    word: 'all',
    places: ['await'],
    before: [':', 'end'],
    scope: CONTROL,
    doc: 'Runs branches at once, and waits for all.',
  },
  {
    word: 'timer',
    places: ['line', 'await'],
    before: ['('],
    function: true,
    scope: CONTROL,
    doc: 'Waits for a time.',
  },
  {
    word: 'hint',
    places: ['line'],
    before: ['name'],
    scope: CONTROL,
    doc: 'Deprecated: `hint signal S` has no meaning.',
  },
  {
    word: 'in',
    places: ['expression'],
    before: ANY,
    scope: OPERATOR,
    doc: 'Whether a list or map holds a value; what a loop goes over.',
  },
  { word: 'and', places: ['expression'], before: ANY, scope: OPERATOR, doc: 'True if both sides are.' },
  { word: 'or', places: ['expression'], before: ANY, scope: OPERATOR, doc: 'True if one side is.' },
  { word: 'not', places: ['expression'], before: ANY, scope: OPERATOR, doc: 'True if its operand is false.' },
  { word: 'true', places: ['expression'], before: ANY, scope: CONSTANT, doc: 'The truth value.' },
  { word: 'false', places: ['expression'], before: ANY, scope: CONSTANT, doc: 'The truth value.' },
  { word: 'null', places: ['expression'], before: ANY, scope: CONSTANT, doc: 'No value.' },
  { word: 'None', places: ['expression'], before: ANY, scope: CONSTANT, doc: 'Deprecated: write `null`.' },
] as const satisfies readonly Keyword[];

export type KeywordWord = (typeof keywords)[number]['word'];
