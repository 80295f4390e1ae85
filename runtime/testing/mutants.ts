import type { Change } from './mutant-bundle.js';

/** A change of the runtime that breaks one of its promises. */
export interface Mutant extends Change {
  /** The scenarios that must notice. */
  readonly subject: string;
}

/** By what they break. */
export const mutants: Readonly<Record<string, Mutant>> = {
  'no epilogue': {
    subject: 'detach',
    file: 'run.ts',
    from: 'await this.end(() => this.handlers.closed());',
    to: '',
  },
  'a fault closes the workflow': {
    subject: 'faults',
    file: 'run.ts',
    from: 'if (isEnd(error)) await',
    to: 'await',
  },
  'a signal does not wait for the start of the child': {
    subject: 'handles',
    file: 'handle.ts',
    from: 'await this.started();\n    try {',
    to: 'try {',
  },
  'a signal that is not delivered is no failure of its own': {
    subject: 'handles',
    file: 'handle.ts',
    from: 'markUndelivered(error);',
    to: '',
  },
  'a signal to another workflow that is not delivered is no failure of its own': {
    subject: 'external',
    file: 'external.ts',
    from: 'markUndelivered(error);',
    to: '',
  },
  'a signal to another workflow does not wait for its delivery': {
    subject: 'external',
    file: 'external.ts',
    from: 'await target.signal(signal, ...args);',
    to: 'void target.signal(signal, ...args);',
  },
  'a failure is a fault': {
    subject: 'faults',
    file: 'run.ts',
    from: 'error instanceof TemporalFailure || ',
    to: '',
  },
  'to continue as new is a fault': {
    subject: 'faults',
    file: 'run.ts',
    from: ' || error instanceof ContinueAsNew',
    to: '',
  },
  'no drain': { subject: 'race', file: 'run.ts', from: 'await this.tasks.drain();', to: '' },
  'no confirmed start': {
    subject: 'detach',
    file: 'tasks.ts',
    from: 'return [...this.running].every((task) => task.confirmed);',
    to: 'return true;',
  },
  'dependents go on': { subject: 'handles', file: 'run.ts', from: 'this.tasks.cancelDependent();', to: '' },
  'what comes meanwhile is not confirmed': {
    subject: 'detach',
    file: 'run.ts',
    from: ' || !this.tasks.confirmed()',
    to: '',
  },
  'an update arrives before it has completed': {
    subject: 'inbox',
    file: 'run.ts',
    from: 'const result = await handler(...args);\n      inbox.arrivals.push(fill(...args));',
    to: 'inbox.arrivals.push(fill(...args));\n      const result = await handler(...args);',
  },
  'what a signal leaves out is not filled in': {
    subject: 'inbox',
    file: 'run.ts',
    from: 'const { fill = unchanged<Args, Kept> } = options;\n    const inbox = this.newInbox<Kept>(signal.name);',
    to: 'const fill = unchanged<Args, Kept>;\n    const inbox = this.newInbox<Kept>(signal.name);',
  },
  'updates are carried as signals': {
    subject: 'inbox',
    file: 'run.ts',
    from: '`update ${update.name}`',
    to: 'update.name',
  },
  'pending work is dropped': { subject: 'inbox', file: 'run.ts', from: 'pending > 0', to: 'pending < 0' },
  'a cancellation is lost by continuing': {
    subject: 'inbox',
    file: 'run.ts',
    from: '!cancelledBefore && isCancelled(this.body)',
    to: 'cancelledBefore',
  },
  'continue as new does not wait for handlers': {
    subject: 'handlers',
    file: 'run.ts',
    from: 'Promise<never> {\n    this.handlers.awaitAtClose();',
    to: 'Promise<never> {',
  },

  'losers go on': {
    subject: 'race',
    file: 'race.ts',
    from: "losers === 'cancel' ? started?.cancel() : undefined",
    to: 'undefined',
  },
  'abandoned losers are cancelled': {
    subject: 'race',
    file: 'race.ts',
    from: "losers === 'cancel' ? started?.cancel() : undefined",
    to: 'started?.cancel()',
  },
  'abandoned operations end with the run': {
    subject: 'race',
    file: 'race.ts',
    from: "'independent')",
    to: "'contender')",
  },
  'a race looks too early': { subject: 'race', file: 'race.ts', from: 'await applied();', to: '' },
  'the last case wins a tie': {
    subject: 'race',
    file: 'race.ts',
    from: 'contenders.find(',
    to: 'contenders.findLast(',
  },

  'a race keeps its place in the queue': {
    subject: 'race',
    file: 'race.ts',
    from: 'contender.leave?.();',
    to: "if ('done' in contender) contender.leave?.();",
  },

  'everything counts as applied': { subject: 'race', file: 'scope.ts', from: 'looks++ > 0);', to: 'looks++ >= 0);' },
  'losers have a limit of their own': { subject: 'race', file: 'handle.ts', from: "life === 'contender'", to: 'false' },
  'what a loser has started has none': {
    subject: 'handles',
    file: 'handle.ts',
    from: "markEndsAtClose(this.scope, life === 'contender');",
    to: "if (life === 'contender') markEndsAtClose(this.scope, true);",
  },
  'faults nobody waits for are dropped': {
    subject: 'handles',
    file: 'scope.ts',
    from: 'if (looks++ > 0) throw error;',
    to: '',
  },
  'a scope that is about to be cancelled is not': {
    subject: 'handles',
    file: 'scope.ts',
    from: 'at = at.parent',
    to: 'at = undefined',
  },

  'a start counts as confirmed': {
    subject: 'detach',
    file: 'handle.ts',
    from: "this.confirmed = life !== 'independent'",
    to: 'this.confirmed = true',
  },
  'who waits does not hear of the end': {
    subject: 'handles',
    file: 'handle.ts',
    from: 'if (!this.cancelled) throw error;',
    to: 'throw error;',
  },
  'no start, no failure': {
    subject: 'handles',
    file: 'handle.ts',
    from: 'if (this.neverStarted) this.take();',
    to: '',
  },
  'an empty token is a token': {
    subject: 'handles',
    file: 'handle.ts',
    from: 'started.token || undefined',
    to: 'started.token',
  },
  'a result that is awaited counts as not awaited': {
    subject: 'inbox',
    file: 'handle.ts',
    from: 'async result(): Promise<T> {\n    this.asked();',
    to: 'async result(): Promise<T> {',
  },

  'given up, and waited for again': {
    subject: 'inbox',
    file: 'tasks.ts',
    from: 'for (const givenUp of cancelled()) this.running.delete(givenUp);',
    to: '',
  },
  'a timer without a wait': {
    subject: 'handles',
    file: 'tasks.ts',
    from: 'if (cancelled().length > 0) await applied();',
    to: '',
  },
  'a detached call is cancelled': {
    subject: 'detach',
    file: 'tasks.ts',
    from: 'void shielded(async () => {',
    to: 'void ((run: () => Promise<void>) => run())(async () => {',
  },
  'a detached start that fails is silent': {
    subject: 'detach',
    file: 'tasks.ts',
    from: "log.warn('A detached call did not start', { call: what, ...target(error), error });",
    to: '',
  },
  'the details say nothing': { subject: 'detach', file: 'tasks.ts', from: 'names.length > 0', to: 'names.length < 0' },
  'the details do not change': {
    subject: 'detach',
    file: 'tasks.ts',
    from: ' || this.detached.size !== names.length',
    to: '',
  },
  'the details stay': { subject: 'detach', file: 'tasks.ts', from: 'setCurrentDetails(details);', to: '' },

  'no guard on handlers': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: 'if (this.isOutcome(error)) await this.failBody(error);',
    to: 'throw error;',
  },
  'a failing handler does not wait for the body': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: 'await shielded(() => condition(() => this.unwound));\n',
    to: '',
  },
  'the body closes for a failed handler': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: 'await new Promise<never>(() => undefined);',
    to: '',
  },
  'a fault in a handler is a failure': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: 'if (!(error instanceof TemporalFailure)) throw error;',
    to: '',
  },
  'a cancelled handler is a failed one': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: 'if (isCancellation(error) && isCancelled(this.body)) return false;',
    to: '',
  },
  'a late failure changes the outcome': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: '(!this.closing || this.awaited)',
    to: 'true',
  },
  'updates are accepted to the end': {
    subject: 'detach',
    file: 'handlers.ts',
    from: 'if (this.closing) throw closingFailure();',
    to: '',
  },
  'a close waits for no handler': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: '|| this.running === 0',
    to: '|| true',
  },
  'a failing body waits for handlers': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: 'return !this.awaited || this.failed',
    to: 'return this.failed',
  },
  'abandoned handlers are waited for': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: "if (unfinished !== 'wait') return await handler();",
    to: '',
  },
  'held handlers are cancelled': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: 'await shielded(() => condition(() => ready() || this.closing));',
    to: 'await condition(() => ready() || this.closing);',
  },
  'held handlers are left': {
    subject: 'handlers',
    file: 'handlers.ts',
    from: 'return condition(() => this.held === 0);',
    to: 'return Promise.resolve();',
  },
  'arrivals are taken in any order': {
    subject: 'race',
    file: 'inbox.ts',
    from: 'arrivals.splice(place, 1)[0]!',
    to: 'arrivals.pop()!',
  },

  'unconsumed signals are carried twice': { subject: 'inbox', file: 'carry.ts', from: '&& !(key in memo)', to: '' },
  'the rest of the memo is lost': {
    subject: 'inbox',
    file: 'carry.ts',
    from: '{ ...memo, [key]: carried }',
    to: '{ [key]: carried }',
  },
  'anything can be carried': { subject: 'inbox', file: 'carry.ts', from: 'bytes > mostBytes', to: 'false' },
  'bytes are carried as an object': {
    subject: 'inbox',
    file: 'carry.ts',
    from: 'value instanceof Uint8Array ?',
    to: 'value === bytesKey ?',
  },

  'a 31st operation': {
    subject: 'nexus',
    file: 'nexus-client.ts',
    from: 'const mostPending = 30',
    to: 'const mostPending = 31',
  },
  'turns are never given back': { subject: 'nexus', file: 'nexus-client.ts', from: 'pending--;', to: '' },
  'no turns': { subject: 'nexus', file: 'nexus-client.ts', from: '&& waiting[0] === place', to: '' },
  'who is cancelled keeps his place': {
    subject: 'nexus',
    file: 'nexus-client.ts',
    from: 'waiting.splice(waiting.indexOf(place), 1);',
    to: 'if (pending < mostPending) waiting.splice(waiting.indexOf(place), 1);',
  },
  'no end of waiting': { subject: 'nexus', file: 'nexus-client.ts', from: '|| endsAtClose(scope)', to: '|| true' },
  'a limit after the start': { subject: 'nexus', file: 'nexus-client.ts', from: 'if (settled || ', to: 'if (' },
  'a limit for shielded calls': { subject: 'nexus', file: 'nexus-client.ts', from: '!scope.cancellable || ', to: '' },

  'any name is a member': {
    subject: 'nexus',
    file: 'family-client.ts',
    from: 'members.includes(endpoint)',
    to: 'true',
  },
  'no name is a member': {
    subject: 'nexus',
    file: 'family-client.ts',
    from: 'members.includes(endpoint)',
    to: 'false',
  },
  'who is no member is not found out': {
    subject: 'nexus',
    file: 'family-client.ts',
    from: "'NOT_FOUND'",
    to: "'INTERNAL'",
  },

  'a call whose time is over goes on': { subject: 'nexus', file: 'within.ts', from: 'call.cancel();', to: '' },
  'the timer outlives its call': {
    subject: 'nexus',
    file: 'within.ts',
    from: 'void call.ended.then(() => timer.cancel());',
    to: '',
  },
  'the service is as quick as the timer': {
    subject: 'nexus',
    file: 'within.ts',
    from: 'milliseconds + grace',
    to: 'milliseconds',
  },
  'an end at the last moment is too late': {
    subject: 'nexus',
    file: 'within.ts',
    from: 'if (reached()) return;',
    to: 'if (reached() && !late) return;',
  },
  'whoever waits does not hear of the time': {
    subject: 'nexus',
    file: 'within.ts',
    from: 'reached() || late',
    to: 'reached()',
  },
  'what is no member has a timer': {
    subject: 'nexus',
    file: 'within.ts',
    from: 'if (!target) return client;',
    to: "if (!target) return within(timeout, nexusClient({ endpoint: 'x', service: {} as any }), begin) as any;",
  },

  'headers go along with every call': {
    subject: 'nexus',
    file: 'headers.ts',
    from: 'const { [given]: headers } = input.options as { readonly [given]?: Headers };',
    to: 'const g = globalThis as any; const headers = (g.last = (input.options as any)[given] ?? g.last);',
  },
  'a header may have lines': { subject: 'nexus', file: 'headers.ts', from: '!isSendable(value)', to: 'false' },
  'headers are counted in characters': {
    subject: 'nexus',
    file: 'headers.ts',
    from: 'new TextEncoder().encode(text).length',
    to: 'text.length',
  },
  'headers of any size': { subject: 'nexus', file: 'headers.ts', from: 'bytes > mostBytes', to: 'false' },
  'headers are sent once': { subject: 'nexus', file: 'headers.ts', from: 'installed = true;', to: 'return;' },

  'an old server is not understood': {
    subject: 'nexus',
    file: 'nexus-error.ts',
    from: '!(cause.cause instanceof HandlerError)',
    to: 'true',
  },
  'the wrapper is taken for the error': {
    subject: 'nexus',
    file: 'nexus-error.ts',
    from: 'causes.findLast(',
    to: 'causes.find(',
  },
  'a cancellation is an error': {
    subject: 'nexus',
    file: 'nexus-error.ts',
    from: 'if (cancelled && isCancelled(CancellationScope.current())) return undefined;',
    to: '',
  },

  'a fault is caught': { subject: 'errors', file: 'caught.ts', from: 'failTask(error);', to: '' },
  'what an old server wraps an answer in is taken for it': {
    subject: 'errors',
    file: 'nexus-error.ts',
    from: 'causes.findLast((cause) => cause instanceof HandlerError)',
    to: 'causes.find((cause) => cause instanceof HandlerError)',
  },
  'the answer of a handler has no name': {
    subject: 'errors',
    file: 'caught.ts',
    from: ' || (nexus !== undefined && isHandlerError(causes, kind))',
    to: '',
  },
  'a close is caught': { subject: 'errors', file: 'caught.ts', from: ' || ends.has(failure)', to: '' },
  'the own cancellation is caught': {
    subject: 'errors',
    file: 'caught.ts',
    from: ' || isOwnCancellation(failure)',
    to: '',
  },
  'every cancellation is the own one': {
    subject: 'errors',
    file: 'caught.ts',
    from: 'isCancellation(error) && isCancelled(CancellationScope.current())',
    to: 'isCancellation(error)',
  },
  'the outermost message': {
    subject: 'errors',
    file: 'caught.ts',
    from: 'causes.find((one) => !isWrapper(one))',
    to: 'error',
  },
  'a close is not marked': { subject: 'errors', file: 'run.ts', from: 'markEnd(outcome);', to: '' },
  'a run does not continue': {
    subject: 'errors',
    file: 'run.ts',
    from: 'if (run.continuation) await run.continuation();',
    to: '',
  },
  'a run continues though it is cancelled': {
    subject: 'errors',
    file: 'run.ts',
    from: 'this.next<W>(cancelledBefore, args)',
    to: 'this.next<W>(isCancelled(this.body), args)',
  },

  'branches go on after a failure': { subject: 'all', file: 'all.ts', from: 'scope.cancel();', to: 'void 0;' },
  'branches begin after a failure': {
    subject: 'all',
    file: 'all.ts',
    from: 'if (scope.consideredCancelled) return;',
    to: '',
  },
  'collect swallows a cancellation': { subject: 'all', file: 'all.ts', from: '&& !scope.consideredCancelled', to: '' },
  'collect swallows a fault': {
    subject: 'all',
    file: 'all.ts',
    from: 'if (!(error instanceof TemporalFailure)) failTask(error);',
    to: '',
  },
  'no limit at all': {
    subject: 'all',
    file: 'all.ts',
    from: 'Math.min(Math.max(maxConcurrent, 1), starts.length)',
    to: 'starts.length',
  },
  'a limit of nothing': { subject: 'all', file: 'all.ts', from: 'Math.max(maxConcurrent, 1)', to: 'maxConcurrent' },

  'a timer of no time': { subject: 'value', file: 'timer.ts', from: 'if (duration > 0) ', to: '' },
};
