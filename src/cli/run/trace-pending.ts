/** What is tried again and again: a history says nothing of it. */
import type { temporal } from '@temporalio/proto';
import { failureText, type Narrator, type Told } from './trace-events.js';

type Description = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;
type Failure = temporal.api.failure.v1.IFailure;

/** Something that waits to be tried again. */
interface Retried {
  readonly what: string;
  readonly place: string | undefined;
  /** How often it has been tried. */
  readonly attempts: number;
  readonly why: string;
}

/** Tells of one run what keeps its calls pending: when it is another failure than before, and after 1, 2, 4, … attempts. */
export class Pending {
  private readonly last = new Map<string, Pick<Retried, 'attempts' | 'why'>>();

  constructor(private readonly narrator: Narrator) {}

  tell(description: Description): Told[] {
    return [...this.retried(description)].flatMap(([key, { what, place, attempts, why }]) => {
      const last = this.last.get(key);
      if (last?.why === why && attempts < last.attempts * 2) return [];
      this.last.set(key, { attempts, why });
      const times = attempts === 1 ? 'once' : `${attempts} times`;
      return [{ text: `${what} is still pending, tried ${times}: ${why}`, place }];
    });
  }

  private *retried({ pendingActivities, pendingNexusOperations }: Description): Generator<[string, Retried]> {
    for (const { activityId, activityType, attempt, lastFailure } of pendingActivities ?? []) {
      const name = activityType?.name ?? '';
      const why = reason(lastFailure);
      // The attempt that runs, or is to run, is counted too.
      const attempts = Math.max(1, (attempt ?? 1) - 1);
      if (why === undefined) continue;
      yield [`activity ${activityId}`, { ...this.narrator.called('activity', name), attempts, why }];
    }
    for (const operation of pendingNexusOperations ?? []) {
      const { what, place } = this.narrator.begunBy(operation.scheduledEventId);
      const key = `operation ${String(operation.scheduledEventId)}`;
      const why = reason(operation.lastAttemptFailure, operation.blockedReason);
      if (why !== undefined) yield [key, { what, place, attempts: operation.attempt || 1, why }];
      const cancellation = operation.cancellationInfo;
      const whyNot = reason(cancellation?.lastAttemptFailure, cancellation?.blockedReason);
      if (whyNot === undefined) continue;
      yield [
        `cancellation of ${key}`,
        { what: `the cancellation of ${what}`, place, attempts: cancellation?.attempt || 1, why: whyNot },
      ];
    }
  }
}

function reason(failure: Failure | null | undefined, blocked?: string | null): string | undefined {
  const texts = [...(failure ? [failureText(failure)] : []), ...(blocked ? [blocked] : [])];
  return texts.length > 0 ? texts.join('; ') : undefined;
}
