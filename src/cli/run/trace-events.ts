import { tsToMs } from '@temporalio/common/lib/time.js';
import type { temporal } from '@temporalio/proto';
import type { Places } from './places.js';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Failure = temporal.api.failure.v1.IFailure;
type Callback = temporal.api.common.v1.ICallback;

/** One run of one workflow. */
export interface Execution {
  readonly namespace: string;
  readonly workflowId: string;
  /** Empty for the latest. */
  readonly runId: string;
}

/** What an event says, told to somebody who follows the workflow. */
export interface Told {
  readonly text: string;
  /** Where in the sources. */
  readonly place?: string | undefined;
  /** The workflows that have begun with it. */
  readonly starts?: readonly Execution[] | undefined;
  /** The workflow has ended with it. */
  readonly closes?: true;
}

/** What an event began, and where in the sources. */
export interface Begun {
  readonly what: string;
  readonly place: string | undefined;
}

/** Tells the events of one run, in their order. Events that are about the service's own work tell nothing. */
export class Narrator {
  /** The workflow's type, once it is known. */
  type = '';
  /** What later events refer to, by the id of the event that began it. */
  private readonly begun = new Map<string, Begun>();

  /** @param callOf what a workflow that was followed did with one of its events, if it began a call */
  constructor(
    private readonly execution: Execution,
    private readonly places: Places,
    private readonly callOf: (caller: Execution, event: Id) => Begun | undefined = () => undefined,
  ) {}

  tell(event: HistoryEvent): Told | undefined {
    for (const [key, attributes] of Object.entries(event)) {
      const teller = Object.hasOwn(tellers, key) ? tellers[key as keyof typeof tellers] : undefined;
      if (teller && attributes)
        return (teller as (attributes: unknown, event: HistoryEvent) => Told).call(this, attributes, event);
    }
    return undefined;
  }

  /** Remembers what an event begins. */
  begin(event: HistoryEvent, what: string, how: string, ...key: readonly string[]): Told {
    const place = this.places.of(this.type, ...key);
    this.begun.set(String(event.eventId), { what, place });
    return { text: `${what} ${how}`, place };
  }

  /** What an earlier event began. */
  begunBy(id: Id): Begun {
    return this.begun.get(String(id)) ?? { what: 'something', place: undefined };
  }

  /** A call of something by its name. */
  called(kind: 'activity', name: string): Begun {
    return { what: `${kind} ${name}`, place: this.places.of(this.type, kind, name) };
  }

  /** Who has caused an event, or is told of the end of a workflow: the caller of an operation, by the link that the service keeps. */
  callerIn({ links }: HistoryEvent, callbacks?: readonly Callback[] | null): string | undefined {
    const all = [...(links ?? []), ...(callbacks ?? []).flatMap((one) => one.links ?? [])];
    const link = all.find((one) => one.workflowEvent)?.workflowEvent;
    const caller = link && executionIn(link);
    if (!caller) return undefined;
    const call = this.callOf(caller, link.eventRef?.eventId);
    const by = call ? `${call.what}${call.place === undefined ? '' : ` (${call.place})`} of ` : '';
    return `${by}${nameOf(caller)}`;
  }

  /** What became of what an earlier event began. */
  further(id: Id, how: string, failure?: Failure | null): Told {
    const { what, place } = this.begunBy(id);
    return { text: `${what} ${how}${failure ? `: ${failureText(failure)}` : ''}`, place };
  }

  child(execution: { workflowId?: string | null; runId?: string | null } | null | undefined): Execution {
    const { namespace } = this.execution;
    return { namespace, workflowId: execution?.workflowId ?? '', runId: execution?.runId ?? '' };
  }

  nextRun(runId: string | null | undefined): Execution {
    return { ...this.execution, runId: runId ?? '' };
  }

  own(text: string): Told {
    return { text, place: this.places.of(this.type) };
  }
}

type Id = HistoryEvent['eventId'];
type Kind = Extract<keyof HistoryEvent, `${string}EventAttributes`>;
type Tellers = {
  readonly [K in Kind]?: (this: Narrator, attributes: NonNullable<HistoryEvent[K]>, event: HistoryEvent) => Told;
};

const tellers: Tellers = {
  workflowExecutionStartedEventAttributes({ workflowType, parentWorkflowExecution, completionCallbacks }, event) {
    this.type = workflowType?.name ?? '';
    const by = parentWorkflowExecution?.workflowId ?? this.callerIn(event, completionCallbacks);
    return this.own(by === undefined ? 'started' : `started by ${by}`);
  },
  workflowExecutionOptionsUpdatedEventAttributes({ attachedCompletionCallbacks }, event) {
    return { text: `is waited for by ${this.callerIn(event, attachedCompletionCallbacks) ?? 'somebody else'}, too` };
  },
  workflowExecutionSignaledEventAttributes({ signalName }, event) {
    const from = this.callerIn(event);
    return { text: `signal ${signalName} received${from === undefined ? '' : ` from ${from}`}` };
  },
  workflowExecutionUpdateAcceptedEventAttributes: ({ acceptedRequest }) => ({
    text: `update ${acceptedRequest?.input?.name} accepted`,
  }),
  workflowExecutionCancelRequestedEventAttributes: () => ({ text: 'cancellation requested' }),
  workflowExecutionCompletedEventAttributes: () => ({ text: 'completed', closes: true }),
  workflowExecutionFailedEventAttributes: ({ failure }) => ({
    text: `failed: ${failureText(failure)}`,
    closes: true,
  }),
  workflowExecutionTimedOutEventAttributes: () => ({ text: 'timed out', closes: true }),
  workflowExecutionTerminatedEventAttributes: () => ({ text: 'terminated', closes: true }),
  workflowExecutionCanceledEventAttributes: () => ({ text: 'cancelled', closes: true }),
  workflowExecutionContinuedAsNewEventAttributes({ newExecutionRunId }) {
    return { text: 'continued as new', starts: [this.nextRun(newExecutionRunId)], closes: true };
  },
  workflowTaskFailedEventAttributes: ({ failure }) => ({ text: `workflow task failed: ${failureText(failure)}` }),

  activityTaskScheduledEventAttributes({ activityType }, event) {
    const name = activityType?.name ?? '';
    return this.begin(event, `activity ${name}`, 'scheduled', 'activity', name);
  },
  activityTaskCompletedEventAttributes({ scheduledEventId }) {
    return this.further(scheduledEventId, 'completed');
  },
  activityTaskFailedEventAttributes({ scheduledEventId, failure }) {
    return this.further(scheduledEventId, 'failed', failure);
  },
  activityTaskTimedOutEventAttributes({ scheduledEventId }) {
    return this.further(scheduledEventId, 'timed out');
  },
  activityTaskCancelRequestedEventAttributes({ scheduledEventId }) {
    return this.further(scheduledEventId, 'is to be cancelled');
  },
  activityTaskCanceledEventAttributes({ scheduledEventId }) {
    return this.further(scheduledEventId, 'cancelled');
  },

  nexusOperationScheduledEventAttributes({ endpoint, service, operation }, event) {
    const what = `Nexus operation ${service}.${operation} at ${endpoint}`;
    return this.begin(event, what, 'scheduled', 'nexus', endpoint ?? '', operation ?? '');
  },
  nexusOperationStartedEventAttributes({ scheduledEventId, operationToken }, event) {
    const [behind = tokenTarget(operationToken)] = linked(event);
    if (!behind) return this.further(scheduledEventId, 'started');
    return { ...this.further(scheduledEventId, `started: ${nameOf(behind)}`), starts: [behind] };
  },
  nexusOperationCompletedEventAttributes({ scheduledEventId }, event) {
    // What an operation has started that gives its result itself.
    const starts = linked(event);
    if (starts.length === 0) return this.further(scheduledEventId, 'completed');
    return { ...this.further(scheduledEventId, `completed, with ${starts.map(nameOf).join(', ')}`), starts };
  },
  nexusOperationFailedEventAttributes({ scheduledEventId, failure }) {
    return this.further(scheduledEventId, 'failed', failure);
  },
  nexusOperationTimedOutEventAttributes({ scheduledEventId }) {
    return this.further(scheduledEventId, 'timed out');
  },
  nexusOperationCancelRequestedEventAttributes({ scheduledEventId }) {
    return this.further(scheduledEventId, 'is to be cancelled');
  },
  nexusOperationCanceledEventAttributes({ scheduledEventId }) {
    return this.further(scheduledEventId, 'cancelled');
  },

  startChildWorkflowExecutionInitiatedEventAttributes({ workflowType }, event) {
    const name = workflowType?.name ?? '';
    return this.begin(event, `child workflow ${name}`, 'initiated', 'workflow', name);
  },
  startChildWorkflowExecutionFailedEventAttributes({ initiatedEventId }) {
    return this.further(initiatedEventId, 'could not be started');
  },
  childWorkflowExecutionStartedEventAttributes({ initiatedEventId, workflowExecution }) {
    return {
      ...this.further(initiatedEventId, `started: ${workflowExecution?.workflowId}`),
      starts: [this.child(workflowExecution)],
    };
  },
  childWorkflowExecutionCompletedEventAttributes({ initiatedEventId }) {
    return this.further(initiatedEventId, 'completed');
  },
  childWorkflowExecutionFailedEventAttributes({ initiatedEventId, failure }) {
    return this.further(initiatedEventId, 'failed', failure);
  },
  childWorkflowExecutionTimedOutEventAttributes({ initiatedEventId }) {
    return this.further(initiatedEventId, 'timed out');
  },
  childWorkflowExecutionCanceledEventAttributes({ initiatedEventId }) {
    return this.further(initiatedEventId, 'cancelled');
  },
  childWorkflowExecutionTerminatedEventAttributes({ initiatedEventId }) {
    return this.further(initiatedEventId, 'terminated');
  },

  timerStartedEventAttributes({ startToFireTimeout }, event) {
    return this.begin(event, `timer of ${tsToMs(startToFireTimeout) / 1000} s`, 'started', 'timer');
  },
  timerFiredEventAttributes({ startedEventId }) {
    return this.further(startedEventId, 'fired');
  },
  timerCanceledEventAttributes({ startedEventId }) {
    return this.further(startedEventId, 'cancelled');
  },
};

/** The workflows that an event leads to, as whoever has started them says. */
function linked({ links }: HistoryEvent): Execution[] {
  return (links ?? []).flatMap(({ workflowEvent }) => executionIn(workflowEvent) ?? []);
}

function executionIn(link: temporal.api.common.v1.Link.IWorkflowEvent | null | undefined): Execution | undefined {
  const { namespace, workflowId, runId } = link ?? {};
  return namespace && workflowId ? { namespace, workflowId, runId: runId ?? '' } : undefined;
}

function nameOf({ namespace, workflowId }: Execution): string {
  return `${workflowId} in ${namespace}`;
}

/** The same, from the token of an operation that a Temporal worker has started. */
function tokenTarget(token: string | null | undefined): Execution | undefined {
  try {
    const { ns, wid } = JSON.parse(Buffer.from(token ?? '', 'base64url').toString()) as { ns?: unknown; wid?: unknown };
    return typeof ns === 'string' && typeof wid === 'string'
      ? { namespace: ns, workflowId: wid, runId: '' }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The innermost cause: what really happened. */
export function failureText(failure: Failure | null | undefined): string {
  if (failure?.cause) return failureText(failure.cause);
  const type = failure?.applicationFailureInfo?.type;
  return `${type ? `${type}: ` : ''}${failure?.message ?? ''}`;
}
