import { ApplicationFailure } from '@temporalio/common';
import { getClient, log, operationInfo } from '@temporalio/nexus';
import {
  HandlerError,
  type OperationHandler,
  type OperationInput,
  type OperationKey,
  type OperationMap,
  type ServiceDefinition,
  type ServiceHandler,
  serviceHandler,
  type ServiceHandlerFor,
  type StartOperationContext,
} from 'nexus-rpc';
import { callerOf, callersOf } from './caller.js';
import { intended } from './errors.js';
import { readInput, type Shape } from './shape.js';

/** The namespaces that may call, by endpoint; `any` leaves an endpoint open. */
export type AllowedCallers = Readonly<Record<string, readonly string[] | 'any'>>;

export interface ServicePolicy<Ops extends OperationMap = OperationMap> {
  /** With such a table, an endpoint that is not in it is closed to all. Without one, everybody may call. */
  readonly allowedCallers?: AllowedCallers;
  /** What each operation takes. One that is not named takes nothing, or whatever comes. */
  readonly inputs?: { readonly [Name in keyof Ops]?: Shape<OperationInput<Ops[Name]>> };
  /** Operations whose workflows go on when a caller cancels. */
  readonly ignoringCancel?: readonly (keyof Ops)[];
  /** Operations whose faults are tried again, until the caller's timeout. */
  readonly retryingFaults?: readonly (keyof Ops)[];
}

/**
 * A service whose operations refuse callers that are not allowed and input that does not fit, and whose faults are not
 * retried: they are logged, and reach the caller as INTERNAL.
 */
export function guardedService<Ops extends OperationMap>(
  definition: ServiceDefinition<Ops>,
  policy: ServicePolicy<Ops>,
  handlers: ServiceHandlerFor<Ops>,
): ServiceHandler<Ops> {
  const service = serviceHandler(definition, handlers);
  const guarded = Object.entries(definition.operations).map(([key, operation]) => {
    const handler = service.getOperationHandler(operation.name as OperationKey<Ops>);
    return [key, guard(handler, guardOf(policy, key))] as const;
  });
  return serviceHandler(definition, Object.fromEntries(guarded) as ServiceHandlerFor<Ops>);
}

/** What holds for one operation. */
interface Guard {
  readonly allowedCallers: AllowedCallers | undefined;
  readonly shape: Shape<any> | undefined;
  readonly ignoresCancel: boolean;
  readonly retriesFaults: boolean;
}

function guardOf<Ops extends OperationMap>(
  { allowedCallers, inputs, ignoringCancel, retryingFaults }: ServicePolicy<Ops>,
  key: keyof Ops,
): Guard {
  return {
    allowedCallers,
    shape: inputs && Object.hasOwn(inputs, key) ? inputs[key] : undefined,
    ignoresCancel: ignoringCancel?.includes(key) ?? false,
    retriesFaults: retryingFaults?.includes(key) ?? false,
  };
}

function guard<I, O>(
  handler: OperationHandler<I, O>,
  { allowedCallers, shape, ignoresCancel, retriesFaults }: Guard,
): OperationHandler<I, O> {
  return {
    async start(ctx, input) {
      try {
        if (allowedCallers) refuseUnlessAllowed(ctx, allowedCallers);
        const result = await handler.start(ctx, shape ? readInput(shape, input) : input);
        if (!result.isAsync) getClient().options.loadedDataConverter.payloadConverter.toPayload(result.value);
        return result;
      } catch (error) {
        throw intended(error) ?? fault(error, retriesFaults);
      }
    },
    cancel: async (ctx, token) => {
      if (!ignoresCancel) await handler.cancel(ctx, token);
    },
  };
}

function refuseUnlessAllowed(ctx: StartOperationContext, allowedCallers: AllowedCallers): void {
  const { endpoint } = operationInfo();
  const namespace = callerOf(ctx, endpoint)?.namespace;
  const allowed = callersOf(allowedCallers, endpoint);
  if (allowed === 'any' || (namespace !== undefined && allowed?.includes(namespace))) return;
  log.warn('Refused a Nexus caller', { endpoint, callerNamespace: namespace });
  const message = `${namespace ?? 'An unknown caller'} may not call ${endpoint || 'past the endpoints'}`;
  throw new HandlerError('UNAUTHORIZED', message);
}

/** What has no meaning of its own would be retried, unseen, until the caller's timeout, unless that is what is wanted. */
function fault(error: unknown, isRetried: boolean): HandlerError {
  log.error('A Nexus handler failed unexpectedly', { error });
  const cause = ApplicationFailure.fromError(error, { nonRetryable: true });
  return new HandlerError('INTERNAL', 'The handler failed unexpectedly', { cause, retryableOverride: isRetried });
}
