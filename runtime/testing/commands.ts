import { defaultPayloadConverter } from '@temporalio/common';
import { tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

const { WorkflowCommand } = proto.coresdk.workflow_commands;
type Command = proto.coresdk.workflow_commands.IWorkflowCommand;
type Kind = Exclude<keyof Command, 'userMetadata' | 'eventGroupMarkers'>;
type Payload = proto.temporal.api.common.v1.IPayload;
type Failure = proto.temporal.api.failure.v1.IFailure;

const text = (payload: Payload | null | undefined): string =>
  payload ? (JSON.stringify(defaultPayloadConverter.fromPayload(payload)) ?? 'nothing') : 'nothing';
const texts = (payloads: readonly Payload[] | null | undefined): string => (payloads ?? []).map(text).join(', ');
const memoText = (memo: Record<string, Payload> | null | undefined): string =>
  Object.entries(memo ?? {})
    .map(([key, value]) => ` ${key}=${text(value)}`)
    .join('');

const headersText = (headers: Record<string, string> | null | undefined): string =>
  Object.entries(headers ?? {})
    .map(([key, value]) => ` ${key}=${value}`)
    .join('');

/** `Type: message`, then what caused it. */
export function failureText(failure: Failure | null | undefined): string {
  if (!failure) return 'nothing';
  const type = failure.applicationFailureInfo?.type;
  const own = type ? `${type}: ${failure.message}` : `${failure.message}`;
  return failure.cause ? `${own} <- ${failureText(failure.cause)}` : own;
}

/** How each command reads in a test. One that no test expects says its name. */
const lines: { readonly [K in Kind]?: (command: NonNullable<Command[K]>) => string } = {
  startTimer: ({ seq, startToFireTimeout }) => `timer ${seq}: ${tsToMs(startToFireTimeout)}`,
  cancelTimer: ({ seq }) => `cancel timer ${seq}`,
  scheduleActivity: ({ seq, activityType, arguments: args }) => `activity ${seq}: ${activityType}(${texts(args)})`,
  requestCancelActivity: ({ seq }) => `cancel activity ${seq}`,
  startChildWorkflowExecution: ({ seq, workflowType, input }) => `child ${seq}: ${workflowType}(${texts(input)})`,
  cancelChildWorkflowExecution: ({ childWorkflowSeq }) => `cancel child ${childWorkflowSeq}`,
  signalExternalWorkflowExecution: ({ seq, signalName, childWorkflowId, workflowExecution, args }) =>
    `signal ${seq}: ${childWorkflowId || workflowExecution?.workflowId}.${signalName}(${texts(args)})`,
  requestCancelExternalWorkflowExecution: ({ seq, workflowExecution }) =>
    `cancel workflow ${seq}: ${workflowExecution?.workflowId}`,
  scheduleNexusOperation: ({ seq, operation, input, scheduleToCloseTimeout: limit, nexusHeader = {} }) =>
    `nexus ${seq}: ${operation}(${text(input)})${limit ? ` for ${tsToMs(limit)}` : ''}${headersText(nexusHeader)}`,
  requestCancelNexusOperation: ({ seq }) => `cancel nexus ${seq}`,
  completeWorkflowExecution: ({ result }) => `complete: ${text(result)}`,
  failWorkflowExecution: ({ failure }) => `fail: ${failureText(failure)}`,
  cancelWorkflowExecution: () => 'cancelled',
  continueAsNewWorkflowExecution: ({ arguments: args, memo }) => `continue as new: ${texts(args)}${memoText(memo)}`,
  updateResponse: ({ protocolInstanceId, accepted, rejected, completed }) => {
    if (accepted) return `update ${protocolInstanceId}: accepted`;
    return `update ${protocolInstanceId}: ${rejected ? failureText(rejected) : text(completed)}`;
  },
  respondToQuery: ({ succeeded, failed }) => (failed ? `${failed.message}` : `answer ${text(succeeded?.response)}`),
};

/** A command in one line. */
export function describeCommand(command: Command): string {
  const kind = WorkflowCommand.fromObject(command).variant!;
  const line = lines[kind] as ((command: unknown) => string) | undefined;
  return line ? line(command[kind]) : kind;
}
