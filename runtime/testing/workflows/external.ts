import { caught, externalWorkflow, workflowRun } from '../../workflow/index.js';
import { ping } from './shared.js';

/** Asks something of a workflow that another one has started, and says what became of that. */
export async function ExternalRequests(): Promise<string> {
  return workflowRun(async () => {
    const other = externalWorkflow('other');
    try {
      await other.signal(ping, 'a');
      await other.cancel();
      return 'asked';
    } catch (error) {
      return `not asked: ${['SignalFailedError', 'Error'].find((kind) => caught(error).is(kind))}`;
    }
  });
}
