import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defaultPayloadConverter, toPayloads, TypedSearchAttributes } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, type BundleOptions, DefaultLogger } from '@temporalio/worker';
import { parseWorkflowCode } from '@temporalio/worker/lib/worker.js';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface.js';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import { createUnsafeRandomSource } from '@temporalio/workflow/lib/random-helpers.js';
import { describeCommand } from './commands.js';
import { type Job, payload } from './jobs.js';

const { WorkflowActivation } = proto.coresdk.workflow_activation;
/** What the SDK adds to every log entry. */
const own = new Set(['namespace', 'taskQueue', 'workflowId', 'runId', 'workflowType', 'sdkComponent']);

const logger = new DefaultLogger('ERROR');

// Making and reading source maps takes most of the time, and the SDK insists on one.
const noSourceMap = `\n//# sourceMappingURL=data:application/json;base64,${btoa('{"version":3,"file":"workflows.js","sources":[],"mappings":""}')}`;

/** Workflow code, bundled as a worker bundles it: for the sandbox, and for replay. */
export async function bundle(
  module: string | URL,
  webpackConfigHook: NonNullable<BundleOptions['webpackConfigHook']> = (config) => config,
): Promise<string> {
  const workflowsPath = module instanceof URL ? fileURLToPath(module) : module;
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    logger,
    webpackConfigHook: (config) => ({ ...webpackConfigHook(config), devtool: false }),
  });
  return code + noSourceMap;
}

/** The SDK's own workflow sandbox, without a worker and without a service: what comes of an event is a list of commands. */
export class Lab {
  private constructor(
    private readonly creator: ReusableVMWorkflowCreator,
    private readonly workflowId = 'lab',
    private readonly workflows: Workflow[] = [],
  ) {}

  static async open(code: string): Promise<Lab> {
    return new Lab(await ReusableVMWorkflowCreator.create(parseWorkflowCode(code), 2000, new Set()));
  }

  /** The same sandbox, whose workflows have another id. */
  withId(workflowId: string): Lab {
    return new Lab(this.creator, workflowId, this.workflows);
  }

  /** A workflow before its first event; `memo` is what it inherits. */
  async start(type: string, args: readonly unknown[] = [], memo: Record<string, unknown> = {}): Promise<Run> {
    const runId = randomUUID();
    const now = Date.UTC(2026, 0, 1);
    const unsafe = {
      isReplaying: false,
      isReplayingHistoryEvents: false,
      now: Date.now,
      random: createUnsafeRandomSource(Math.random),
    };
    const workflow = await this.creator.createWorkflow({
      info: {
        workflowType: type,
        runId,
        workflowId: this.workflowId,
        namespace: 'default',
        firstExecutionRunId: runId,
        originalExecutionRunId: runId,
        attempt: 1,
        taskTimeoutMs: 10_000,
        taskQueue: 'lab',
        searchAttributes: {},
        typedSearchAttributes: new TypedSearchAttributes(),
        historyLength: 3,
        historySize: 300,
        continueAsNewSuggested: false,
        targetWorkerDeploymentVersionChanged: false,
        unsafe,
        startTime: new Date(now),
        runStartTime: new Date(now),
      },
      randomnessSeed: [57, 5, 0, 0, 0, 0, 0, 0],
      now,
      showStackTraceSources: false,
    });
    this.workflows.push(workflow);
    return new Run(workflow, { runId, type, args, memo, now });
  }

  async close(): Promise<void> {
    for (const workflow of this.workflows) await workflow.dispose();
    await this.creator.destroy();
  }
}

interface Start {
  readonly runId: string;
  readonly type: string;
  readonly args: readonly unknown[];
  readonly memo: Record<string, unknown>;
  readonly now: number;
}

/** One workflow in the sandbox. */
export class Run {
  private now: number;

  constructor(
    private readonly workflow: Workflow,
    private readonly given: Start,
  ) {
    this.now = given.now;
  }

  /** The first activation, with the signals and updates that came before it. */
  async begin(...jobs: Job[]): Promise<string[]> {
    const fields = Object.fromEntries(Object.entries(this.given.memo).map(([key, value]) => [key, payload(value)]));
    const initializeWorkflow = {
      workflowId: 'lab',
      workflowType: this.given.type,
      arguments: toPayloads(defaultPayloadConverter, ...this.given.args) ?? [],
      memo: { fields },
    };
    return await this.on({ initializeWorkflow }, ...jobs);
  }

  /** One more activation: gives the commands that follow, one line each, or the fault that fails the workflow task. */
  async on(...jobs: Job[]): Promise<string[]> {
    this.now += 10;
    const completion = await this.workflow.activate(
      WorkflowActivation.fromObject({
        runId: this.given.runId,
        timestamp: msToTs(this.now),
        jobs,
        isReplaying: false,
        historyLength: 5,
      }),
    );
    if (completion.failed) return [`task failed: ${completion.failed.failure?.message}`];
    return Array.from(completion.successful?.commands ?? [], describeCommand); // not an array of the sandbox
  }

  /** What the workflow has logged since the last time: level, message, and the texts that were given along. */
  async logged(): Promise<string[]> {
    const calls = Array.from(await this.workflow.getAndResetSinkCalls());
    const entries = calls.filter(
      ({ ifaceName, fnName, args: [message] }) =>
        ifaceName === '__temporal_logger' && fnName !== 'debug' && message !== 'Workflow failed',
    );
    return entries.map(({ fnName, args: [message, attributes] }) => {
      const texts = Object.entries(attributes as object).filter(
        ([key, value]) => typeof value === 'string' && !own.has(key),
      );
      return [`${fnName}: ${message}`, ...texts.map(([key, value]) => `${key}=${value}`)].join(' ');
    });
  }

  /** The current details, as a user interface shows them. */
  async details(): Promise<string> {
    const [answer] = await this.on({ queryWorkflow: { queryId: 'q', queryType: '__temporal_workflow_metadata' } });
    return (JSON.parse(answer!.replace(/^answer /, '')) as { currentDetails: string }).currentDetails;
  }
}
