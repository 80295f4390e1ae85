/**
 * What the language has and this version does not compile: recognised by its first words, skipped with the block under it,
 * and named in one error. A construct that gets implemented leaves this table and enters the grammar.
 */

export interface Construct {
  /**
   * What it begins with, separated by spaces: words and signs as written, and NAME, TEXT, END (of the line),
   * VALUE (anything that is none of `=`, `.`, `:`, `,` or the end of the line).
   */
  readonly pattern: string;
  /** Its name, in the plural. */
  readonly what: string;
  /** Its name as a case of `await one`, if it differs. */
  readonly asCase?: string;
  /** Lines that go on where it ends, and share its error. */
  readonly goesOnWith?: readonly string[];
}

const UNTIL = '`await until` statements';

export const constructs: readonly Construct[] = [
  { pattern: 'error NAME', what: '`error` definitions' },
  { pattern: 'schedule NAME', what: '`schedule` definitions' },
  { pattern: 'test TEXT', what: '`test` definitions' },
  { pattern: 'signal *', what: 'Handlers for every signal (`signal *`)' },
  { pattern: 'cancel NAME', what: '`cancel` statements' },
  { pattern: 'clear signal', what: '`clear signal` statements' },
  { pattern: 'validate :', what: '`validate:` blocks' },
  { pattern: 'compensate :', what: '`compensate:` blocks' },
  { pattern: 'compensate END', what: '`compensate` statements' },
  { pattern: 'on_cancel : END', what: '`on_cancel:` blocks' },
  { pattern: 'await until (', what: UNTIL },
  { pattern: 'await until NAME', what: UNTIL },
  { pattern: 'await started NAME', what: '`await started` statements' },
  { pattern: 'await all NAME', what: 'Waits for a list of handles (`await all handles`)' },
  { pattern: 'local activity', what: '`local activity` calls' },
  { pattern: 'upsert NAME', what: '`upsert` statements' },
  { pattern: 'deprecate_patch TEXT', what: '`deprecate_patch` statements' },
  { pattern: 'metric NAME', what: '`metric` statements' },
  { pattern: 'set_details TEXT', what: '`set_details` statements' },
  { pattern: 'close continue_as_new NAME', what: 'Continuations as another workflow' },
  { pattern: 'continue_as_new NAME', what: 'Continuations as another workflow' },
];
