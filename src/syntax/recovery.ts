/**
 * A parser that recovers at the ends of lines and nowhere else, and whose error messages are data.
 *
 * Several of the methods overridden here are internal to Chevrotain: its version is pinned, and the mutation test
 * (mutation.test.ts) shows whether they still do what is wanted.
 */
import {
  EmbeddedActionsParser,
  EOF,
  type IParserErrorMessageProvider,
  type IToken,
  MismatchedTokenException,
  NoViableAltException,
  type TokenType,
} from 'chevrotain';
import type { Problems } from './problems.js';
import { Newline, tokenTypes } from './tokens.js';

/** The message of an exception is the label of what was expected; syntax-errors.ts makes the text that users see. */
const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.LABEL ?? expected.name,
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: () => '',
  buildEarlyExitMessage: () => '',
};

export abstract class RecoveringParser extends EmbeddedActionsParser {
  /** Where actions report; set before each parse. */
  problems!: Problems;

  /** @param validate whether the grammar is checked for ambiguities: by tests, not by users */
  constructor(validate: boolean) {
    super([...tokenTypes], {
      recoveryEnabled: true,
      // Enough nearly everywhere, and quick to set up; where two are needed, the rule says so.
      maxLookahead: 1,
      skipValidations: !validate,
      errorMessageProvider: expectations,
    });
  }

  /** Layout ends every line with a Newline, so recovery never needs to look for anything else. */
  protected findReSyncTokenType(): TokenType {
    return Newline;
  }

  /** As in Chevrotain, without its attempt to go on in the middle of a line. */
  protected manyInternalLogic(_occurrence: number, many: Repetition, key: number): void {
    const isNext = this.internals.getLaFuncFromCache(key);
    const [action, gate] = typeof many === 'function' ? [many, undefined] : [many.DEF, many.GATE];
    while ((gate === undefined || gate()) && isNext.call(this)) action();
  }

  /** Tokens are neither invented nor left out: layout has balanced the brackets, and a colon is optional in the grammar. */
  protected consumeInternalRecovery(_type: TokenType, _index: number, error: Error): never {
    throw error;
  }

  protected consumeInternalError(expected: TokenType, actual: IToken): never {
    throw this.internals.SAVE_ERROR(new MismatchedTokenException(expected.LABEL!, actual, this.LA(0)));
  }

  /** As in Chevrotain, without computing what would have been possible: that is slow, and the rule says it as well. */
  protected raiseNoAltException(): never {
    throw this.internals.SAVE_ERROR(new NoViableAltException('', this.LA(1), this.LA(0)));
  }

  /** How many tokens have been consumed. */
  protected get consumed(): number {
    return this.internals.getLexerPosition() + 1;
  }

  protected skipToken(): IToken {
    this.internals.consumeToken();
    return this.LA(0);
  }

  protected skipLine(): void {
    while (this.LA(1).tokenType !== Newline && this.LA(1).tokenType !== EOF) this.skipToken();
  }

  private get internals(): Internals {
    return this as unknown as Internals;
  }
}

type Repetition = (() => void) | { readonly GATE?: () => boolean; readonly DEF: () => void };

/** What Chevrotain's parser has and its types do not show. */
interface Internals {
  SAVE_ERROR(error: Error): Error;
  getLexerPosition(): number;
  consumeToken(): void;
  getLaFuncFromCache(key: number): () => boolean;
}
