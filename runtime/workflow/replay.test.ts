import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../testing/lab.js';
import { bundleMutants, type Change, unchanged } from '../testing/mutant-bundle.js';
import * as recorded from '../testing/recorded.js';

// histories/README.md says what these are, and what may not be done to them.

interface History {
  readonly events: {
    workflowExecutionStartedEventAttributes?: { workflowType: { name: string } };
  }[];
}

const folder = new URL('histories/', import.meta.url);
const histories = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map(
    (file) => [file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as History] as const,
  );

const started = (history: History) => history.events[0]!.workflowExecutionStartedEventAttributes!;

beforeAll(() => Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) }));

async function replay(code: string, history: History, workflowId?: string): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: { code } }, history, workflowId);
}

test('every recorded workflow has a history, and every history its workflow', () => {
  const workflows = Object.keys(recorded).filter((name) => /^Recorded(?!Service)/.test(name));
  const types = new Set(histories.map(([, history]) => started(history).workflowType.name));
  expect([...types].sort()).toEqual(workflows.sort());
});

describe('replays', () => {
  let code: string;
  beforeAll(async () => {
    code = await bundle(new URL('../testing/recorded.ts', import.meta.url));
  });
  test.each(histories)('%s', (_name, history) => replay(code, history));
});

/** Changes of the order of commands, of what decides a tie, of how many promises a call goes through. */
const changes: Readonly<Record<string, Change>> = {
  'a race starts its cases backwards': {
    file: 'race.ts',
    from: 'of contenders) contender.start?.()',
    to: 'of contenders.toReversed()) contender.start?.()',
  },
  'a race cancels its losers backwards': {
    file: 'race.ts',
    from: 'of contenders) contender.leave?.()',
    to: 'of contenders.toReversed()) contender.leave?.()',
  },
  'a tie goes to who needs the fewest promises': { file: 'race.ts', from: 'await applied();', to: '' },
  'one promise more before an operation': {
    file: 'nexus-client.ts',
    from: 'pending++;',
    to: 'await Promise.resolve(); pending++;',
  },
  'one operation fewer at a time': { file: 'nexus-client.ts', from: 'mostPending = 30', to: 'mostPending = 29' },
  'one branch fewer at a time': { file: 'all.ts', from: 'Math.max(maxConcurrent, 1)', to: 'maxConcurrent - 1' },
  'a timer that was none': { file: 'timer.ts', from: 'if (duration > 0) ', to: '' },
  'what has no time left goes on': { file: 'within.ts', from: 'call.cancel();', to: '' },
  'no drain': { file: 'run.ts', from: 'await this.tasks.drain();', to: '' },
  'held handlers go on at once': { file: 'handlers.ts', from: 'ready() || this.closing)', to: 'true)' },
};

describe('notices', () => {
  let code: string;
  const numberOf = (name: string) => Object.keys(changes).indexOf(name) + 1;
  const replayed = (number: number, history: History) => replay(code, history, `${number}`);

  beforeAll(async () => {
    const mutants = [unchanged, ...Object.values(changes)].map((change) => ({ ...change, workflows: 'recorded' }));
    code = await bundleMutants(mutants);
  });

  test('nothing where nothing has changed', async () => {
    for (const [, history] of histories) await replayed(0, history);
  });

  test.each(Object.keys(changes))('%s', async (name) => {
    const failures = await Promise.allSettled(histories.map(([, history]) => replayed(numberOf(name), history)));
    expect(failures.filter(({ status }) => status === 'rejected')).not.toEqual([]);
  });
});
