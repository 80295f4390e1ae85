/** The lines that begin definitions, and those that stand in them. */
import type { Dialect, Name } from './ast.js';
import { nameOf, qualified } from './expressions.js';
import { EXTERN_FORM, USE_FORM } from './hints.js';
import { shorten, spanOf } from './lexer.js';
import type {
  AsyncHead,
  DefinitionHead,
  EnumHead,
  ExternHead,
  FieldHead,
  Head,
  ListedHead,
  ImportHead,
  NamedHead,
  OperationHead,
  PackageHead,
  TypeHead,
  UseHead,
} from './lines.js';
import { StatementGrammar } from './statements.js';
import {
  Assign,
  Colon,
  Comma,
  DefineActivity,
  DefineWorkflow,
  Dot,
  FieldName,
  keyword,
  ListedActivity,
  ListedWorkflow,
  MemberName,
  Newline,
  NexusDefinition,
  Text,
  Word,
} from './tokens.js';

const EXTERN_KINDS = ['function', 'workflow', 'activity'] as const;

export abstract class DefinitionGrammar extends StatementGrammar {
  /** The head of a line that opens a block, as far as it has been read: what is left of it if the line is broken. */
  protected draft: Head | undefined;
  protected broken = false;

  /** `workflow W(a: A) -> R`, `activity F(a: A) -> R`. */
  protected readonly definitionLine = this.RULE('definitionLine', (): Head => {
    const kind = this.OR<'workflow' | 'activity'>([
      { ALT: () => (this.CONSUME(DefineWorkflow), 'workflow') },
      { ALT: () => (this.CONSUME(DefineActivity), 'activity') },
    ]);
    const head = this.begin<DefinitionHead>({ kind, name: undefined, params: [], result: undefined });
    head.name = this.SUBRULE(this.name);
    head.params = this.SUBRULE(this.params);
    head.result = this.OPTION(() => this.SUBRULE(this.result));
    return head;
  });

  /** `nexus_service S`, `nexus service S`, `nexus_endpoint E`, `nexus endpoint E`, `worker w`, `namespace n`. */
  protected readonly namedLine = this.RULE('namedLine', (): Head => {
    const dialect = this.OPTION(() => (this.CONSUME(NexusDefinition), 'current' as const)) ?? 'classic';
    const kind = this.OR<NamedHead['kind']>([
      { ALT: () => (this.CONSUME(keyword.nexus_service), 'service') },
      { ALT: () => (this.CONSUME(keyword.service), 'service') },
      { ALT: () => (this.CONSUME(keyword.nexus_endpoint), 'endpoint') },
      { ALT: () => (this.CONSUME(keyword.endpoint), 'endpoint') },
      { ALT: () => (this.CONSUME(keyword.worker), 'worker') },
      { ALT: () => (this.CONSUME(keyword.namespace), 'namespace') },
    ]);
    const head = this.begin<NamedHead>({ kind, dialect, name: undefined });
    head.name = this.OR2<Name>([
      { ALT: () => this.SUBRULE(this.name) },
      { GATE: () => kind === 'endpoint' || kind === 'namespace', ALT: () => this.SUBRULE(this.endpointName) },
    ]);
    const member = this.OPTION2({
      GATE: () => kind === 'service',
      DEF: () => this.SUBRULE(this.memberOfPackage),
    });
    if (member !== undefined && !this.RECORDING_PHASE) head.name = qualified(head.name, member);
    return head;
  });

  /** `workflow W`, `activity A`, in a worker. */
  protected readonly listedLine = this.RULE('listedLine', (): Head => {
    const of = this.OR<ListedHead['of']>([
      { ALT: () => (this.CONSUME(ListedWorkflow), 'workflow') },
      { ALT: () => (this.CONSUME(ListedActivity), 'activity') },
    ]);
    const head = this.begin<ListedHead>({ kind: 'listed', of, name: undefined });
    head.name = this.SUBRULE(this.qualifiedName);
    return head;
  });

  /** `package orders`. */
  protected readonly packageLine = this.RULE('packageLine', (): Head => {
    this.CONSUME(keyword.package);
    const head = this.begin<PackageHead>({ kind: 'package', name: undefined });
    head.name = this.SUBRULE(this.name);
    return head;
  });

  /** `import "acme/payments"`, `import pay "acme/payments"`, `import "pay" "acme/payments"`. */
  protected readonly importLine = this.RULE('importLine', (): Head => {
    this.CONSUME(keyword.import);
    const head = this.begin<ImportHead>({ kind: 'import', alias: undefined, path: undefined });
    this.OPTION({
      GATE: () => this.LA(2).tokenType === Text,
      DEF: () => {
        head.alias = this.OR([{ ALT: () => this.SUBRULE(this.name) }, { ALT: () => this.SUBRULE(this.quotedName) }]);
      },
    });
    head.path = this.SUBRULE2(this.quotedName);
    return head;
  });

  /** `use types from "./domain.ts"`. */
  protected readonly useLine = this.RULE('useLine', (): Head => {
    const first = this.CONSUME(keyword.use);
    const head = this.begin<UseHead>({ kind: 'use', path: undefined });
    const words = [this.CONSUME(Word), this.CONSUME2(Word)];
    this.ACTION(() => {
      const wrong = words.findIndex(({ image }, at) => image !== ['types', 'from'][at]);
      if (wrong < 0) return;
      const [token, before] = [words[wrong]!, wrong === 0 ? first : words[0]!];
      const expected = `\`${['types', 'from'][wrong]}\``;
      const values = { after: `after \`${before.image}\``, found: `\`${shorten(token.image)}\``, expected };
      this.problems.report('TWF206', spanOf(token), values, { hint: USE_FORM });
      this.broken = true;
    });
    head.path = this.SUBRULE(this.quotedName);
    return head;
  });

  /** `extern function f(a: A) -> R`, `extern function T.f(a: A) -> R`, `extern workflow W(a: A) -> R`. */
  protected readonly externLine = this.RULE('externLine', (): Head => {
    this.CONSUME(keyword.extern);
    const word = this.CONSUME(Word);
    const head = this.begin<ExternHead>({
      kind: 'extern',
      of: 'function',
      receiver: undefined,
      name: undefined,
      params: [],
      result: undefined,
    });
    this.ACTION(() => {
      const of = EXTERN_KINDS.find((one) => one === word.image);
      if (of) {
        head.of = of;
        return;
      }
      const expected = '`function`, `workflow` or `activity`';
      const at = { after: 'after `extern`', found: `\`${shorten(word.image)}\``, expected };
      this.problems.report('TWF206', spanOf(word), at, { hint: EXTERN_FORM });
      this.broken = true;
    });
    head.name = this.SUBRULE(this.name);
    this.OPTION({
      GATE: () => head.of === 'function',
      DEF: () => {
        this.CONSUME(Dot);
        head.receiver = head.name;
        head.name = this.SUBRULE2(this.name);
      },
    });
    head.params = this.SUBRULE(this.params);
    head.result = this.OPTION2(() => this.SUBRULE(this.result));
    return head;
  });

  /** `type T`, `type T = U`. */
  protected readonly typeLine = this.RULE('typeLine', (): Head => {
    this.CONSUME(keyword.type);
    const head = this.begin<TypeHead>({ kind: 'type', name: undefined, alias: false, type: undefined });
    head.name = this.SUBRULE(this.name);
    this.OPTION(() => {
      this.CONSUME(Assign);
      head.alias = true;
      head.type = this.SUBRULE(this.type);
    });
    return head;
  });

  protected readonly fieldLine = this.RULE('fieldLine', (): Head => {
    const name = nameOf(this.CONSUME(FieldName));
    const head = this.begin<FieldHead>({ kind: 'field', name, type: undefined, value: undefined });
    this.CONSUME(Colon);
    head.type = this.SUBRULE(this.type);
    head.value = this.OPTION(() => {
      this.CONSUME(Assign);
      return this.SUBRULE(this.expression);
    });
    return head;
  });

  /** `state:`, `condition paid`. */
  protected readonly stateLine = this.RULE('stateLine', (): Head =>
    this.OR<Head>([
      { ALT: () => (this.CONSUME(keyword.state), { kind: 'state' }) },
      {
        ALT: () => {
          this.CONSUME(keyword.condition);
          return { kind: 'condition', name: this.SUBRULE(this.name) };
        },
      },
    ]),
  );

  /** `enum E`, `enum E: a, b`. */
  protected readonly enumLine = this.RULE('enumLine', (): Head => {
    this.CONSUME(keyword.enum);
    const head = this.begin<EnumHead>({ kind: 'enum', name: undefined, members: undefined });
    head.name = this.SUBRULE(this.name);
    this.OPTION({
      GATE: () => this.LA(2).tokenType !== Newline,
      DEF: () => {
        this.CONSUME(Colon);
        head.members = this.SUBRULE(this.members);
      },
    });
    return head;
  });

  /** `a, b`, with or without a comma at the end. */
  protected readonly members = this.RULE('members', (): Name[] => {
    const names = [this.CONSUME(MemberName)];
    this.MANY({
      GATE: () => this.LA(2).tokenType !== Newline,
      DEF: () => {
        this.CONSUME(Comma);
        names.push(this.CONSUME(Word));
      },
    });
    this.OPTION(this.lastComma);
    return this.ACTION(() => names.map(nameOf));
  });

  /** `operation Op(a: A) -> R`, `sync Op(a: A) -> (R)`. */
  protected readonly operationLine = this.RULE('operationLine', (): Head => {
    const dialect = this.OR<Dialect>([
      { ALT: () => (this.CONSUME(keyword.operation), 'classic') },
      { ALT: () => (this.CONSUME(keyword.sync), 'current') },
    ]);
    const head = this.begin<OperationHead>({
      kind: 'operation',
      dialect,
      name: undefined,
      params: [],
      result: undefined,
    });
    head.name = this.SUBRULE(this.name);
    head.params = this.SUBRULE(this.params);
    head.result = this.OPTION(() => this.SUBRULE(this.result));
    return head;
  });

  /** `async Op workflow W`. */
  protected readonly asyncLine = this.RULE('asyncLine', (): Head => {
    this.CONSUME(keyword.async);
    const head = this.begin<AsyncHead>({ kind: 'async', name: undefined, workflow: undefined });
    head.name = this.SUBRULE(this.name);
    this.CONSUME(keyword.workflow);
    head.workflow = this.SUBRULE(this.qualifiedName);
    return head;
  });

  protected begin<H extends Head>(head: H): H {
    this.draft = head;
    return head;
  }
}
