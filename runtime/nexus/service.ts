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
}

/**
 * A service whose operations refuse callers that are not allowed and input that does not fit, and whose faults are not
 * retried: they are logged, and reach the caller as INTERNAL.
 */
export function guardedService<Ops extends OperationMap>(
  definition: ServiceDefinition<Ops>,
  { allowedCallers, inputs }: ServicePolicy<Ops>,
  handlers: ServiceHandlerFor<Ops>,
): ServiceHandler<Ops> {
  const service = serviceHandler(definition, handlers);
  const guarded = Object.entries(definition.operations).map(([key, operation]) => {
    const handler = service.getOperationHandler(operation.name as OperationKey<Ops>);
    const shape = inputs && Object.hasOwn(inputs, key) ? (inputs[key] as Shape<any>) : undefined;
    return [key, guard(handler, allowedCallers, shape)] as const;
  });
  return serviceHandler(definition, Object.fromEntries(guarded) as ServiceHandlerFor<Ops>);
}

function guard<I, O>(
  handler: OperationHandler<I, O>,
  allowedCallers: AllowedCallers | undefined,
  shape: Shape<I> | undefined,
): OperationHandler<I, O> {
  return {
    async start(ctx, input) {
      try {
        if (allowedCallers) refuseUnlessAllowed(ctx, allowedCallers);
        const result = await handler.start(ctx, shape ? readInput(shape, input) : input);
        if (!result.isAsync) getClient().options.loadedDataConverter.payloadConverter.toPayload(result.value);
        return result;
      } catch (error) {
        throw intended(error) ?? fault(error);
      }
    },
    cancel: (ctx, token) => handler.cancel(ctx, token),
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

/** What has no meaning of its own would be retried, unseen, until the caller's timeout. */
function fault(error: unknown): HandlerError {
  log.error('A Nexus handler failed unexpectedly', { error });
  const cause = ApplicationFailure.fromError(error, { nonRetryable: true });
  return new HandlerError('INTERNAL', 'The handler failed unexpectedly', { cause, retryableOverride: false });
}
