/** One walk over the statements of every body: what later passes look for, by definition. */
import type { SourceFile } from '../source.js';
import type { Definitions } from '../symbols/definitions.js';
import type {
  ArrivalOperand,
  AwaitAllStmt,
  AwaitOneStmt,
  Call,
  CallMode,
  CaseOperand,
  CloseStmt,
  ContinueAsNewStmt,
  ForStmt,
  OptionBlock,
  RequestStmt,
  ReturnStmt,
  StartStmt,
  Stmt,
  SwitchStmt,
  TimerOperand,
  TryStmt,
} from '../syntax/ast.js';
import { bodiesOf } from '../syntax/bodies.js';
import type { BodyDefinition } from './model.js';

/** Where a call stands. */
export interface CallSite {
  readonly call: Call;
  /** `start`: it is behind an operation; `apart`: nobody waits for it. */
  readonly mode: CallMode | 'start' | 'apart';
  /** A case among others of an `await one`. */
  readonly races: boolean;
  readonly racesTimer: boolean;
}

export interface Survey {
  readonly definition: BodyDefinition;
  readonly file: SourceFile;
  readonly calls: CallSite[];
  readonly alls: AwaitAllStmt[];
  readonly ones: AwaitOneStmt[];
  /** Waits that go on beside the workflow. */
  readonly starts: StartStmt[];
  readonly timers: TimerOperand[];
  readonly loops: ForStmt[];
  /** Those whose turns follow each other: not directly in an `await all`. */
  readonly turning: ForStmt[];
  readonly switches: SwitchStmt[];
  readonly tries: TryStmt[];
  readonly continues: ContinueAsNewStmt[];
  /** Where it ends well, with a value or with nothing. */
  readonly ends: (ReturnStmt | CloseStmt)[];
  /** Waits for messages that the workflow handles. */
  readonly arrivals: ArrivalOperand[];
  /** What it asks of workflows by their ids. */
  readonly requests: RequestStmt[];
}

export function surveyAll({ workflows, activities, services, fileOf }: Definitions): Survey[] {
  const surveys = [...workflows.values(), ...activities.values()].map((one) => survey(one, fileOf.get(one)!));
  for (const service of services.values()) {
    for (const operation of service.operations) surveys.push(survey(operation, fileOf.get(service)!));
  }
  return surveys;
}

function survey(definition: BodyDefinition, file: SourceFile): Survey {
  const found: Survey = {
    definition,
    file,
    calls: [],
    alls: [],
    ones: [],
    starts: [],
    timers: [],
    loops: [],
    turning: [],
    switches: [],
    tries: [],
    continues: [],
    ends: [],
    arrivals: [],
    requests: [],
  };
  const deadlines = new Set<string>();
  statements(found, definition.body ?? [], deadlines);
  if (definition.kind === 'Workflow') for (const { body } of definition.handlers) statements(found, body, deadlines);
  const fanOuts: ReadonlySet<Stmt> = new Set(found.alls.flatMap(({ body }) => body));
  found.turning.push(...found.loops.filter((loop) => !fanOuts.has(loop)));
  return found;
}

/**
 * @param deadlines the names of handles of timers
 * @param limited whether the statements race against a timer as a whole
 */
function statements(found: Survey, body: readonly Stmt[], deadlines: Set<string>, limited = false): void {
  for (const statement of body) {
    const raced = new Set<readonly Stmt[]>();
    switch (statement.kind) {
      case 'CallStmt':
        found.calls.push({ call: statement.call, mode: statement.mode, races: false, racesTimer: limited });
        break;
      case 'ReturnWorkflow':
        found.calls.push({ call: statement.call, mode: 'start', races: false, racesTimer: false });
        break;
      case 'StartWorkflow':
        found.calls.push({ call: statement.call, mode: 'apart', races: false, racesTimer: false });
        found.requests.push(statement);
        break;
      case 'Message':
      case 'CancelWorkflow':
      case 'ListWorkflows':
        found.requests.push(statement);
        break;
      case 'For':
        found.loops.push(statement);
        break;
      case 'Try':
        found.tries.push(statement);
        break;
      case 'Switch':
        found.switches.push(statement);
        break;
      case 'ContinueAsNew':
        found.continues.push(statement);
        break;
      case 'Return':
        found.ends.push(statement);
        break;
      case 'Close':
        if (statement.outcome === 'complete') found.ends.push(statement);
        break;
      case 'Start':
        found.starts.push(statement);
        if (statement.operand.kind === 'Timer') {
          for (const one of statement.binding?.targets ?? []) if (one.kind === 'NameExpr') deadlines.add(one.text);
        }
        operand(found, statement.operand, false, limited);
        break;
      case 'Await':
        operand(found, statement.operand, false, limited);
        break;
      case 'AwaitAll':
        found.alls.push(statement);
        break;
      case 'AwaitOne': {
        found.ones.push(statement);
        const races = statement.cases.length > 1;
        const racesTimer =
          limited ||
          (races && !abandons(statement.options) && statement.cases.some((one) => isTimer(one.operand, deadlines)));
        for (const one of statement.cases) {
          operand(found, one.operand, races, racesTimer);
          if (racesTimer && one.operand.kind === 'AwaitAll') raced.add(one.operand.body);
        }
        break;
      }
      default:
        break;
    }
    for (const inner of bodiesOf(statement)) statements(found, inner, deadlines, limited || raced.has(inner));
  }
}

/** A timer that begins here, or one that has begun before. */
function isTimer(operand: CaseOperand, deadlines: ReadonlySet<string>): boolean {
  if (operand.kind !== 'Handle') return operand.kind === 'Timer';
  return operand.handle.kind === 'NameExpr' && deadlines.has(operand.handle.text);
}

function operand(found: Survey, node: CaseOperand, races: boolean, racesTimer: boolean): void {
  switch (node.kind) {
    case 'ActivityCall':
    case 'WorkflowCall':
    case 'NexusCall':
      found.calls.push({ call: node, mode: 'blocking', races, racesTimer });
      break;
    case 'Timer':
      found.timers.push(node);
      break;
    case 'Signal':
    case 'Update':
      found.arrivals.push(node);
      break;
    case 'AwaitAll':
      found.alls.push(node);
      break;
    case 'Handle':
    case 'Unsupported':
    case 'Invalid':
      break;
    default:
      node satisfies never;
  }
}

/** Whether a timer that wins ends nothing else. */
function abandons(options: OptionBlock | undefined): boolean {
  return (
    options?.entries.some(
      ({ key, value }) => key.text === 'losers' && 'text' in value && /^abandon$/i.test(value.text),
    ) ?? false
  );
}
