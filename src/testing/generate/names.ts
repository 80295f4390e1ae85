/** Names that authors may give, most of all those that something else has already. */
import type { Choices } from './choices.js';

const split = (text: string) => text.trim().split(/\s+/);

const ordinary = split(`
  order item total x y result status data value count note amount id name customer payment step state flag reply limit
`);

/** What generated code declares or imports. */
const helpers = split(`
  run workflowRun first first2 values values2 results one details orders activities sleep decimal quotient present
  entries entry intEntries intQuotient intRemainder all allOf timer main workers ctx context input options dependencies
  shape record list string lazy map client handle proxyActivities executeChild startChild defineSignal setHandler uuid4
  condition ApplicationFailure ownRun Worker nexusClient addToTime compareTimes subtractTimes startWorkflow loop
  cancelInbox cancel cancelSignal runInbox guardedService operation service signal Client randomUUID types error
  firstInbox paymentsEndpoint ordersEndpoint nexusEndpoints mainActivities Activities ActivityDependencies
`);

/** What TypeScript and JavaScript reserve, and what they give. */
const reserved = split(`
  delete new class this function default enum void typeof var let const static interface package yield of async arguments
  eval undefined super switch case catch throw try while with do instanceof import export extends private public get set
`);
const globals = split(`
  Promise Error Map Date Record Array Object String Number Boolean Math JSON Symbol Set console process require module
  exports globalThis Infinity NaN Function Proxy BigInt Uint8Array Partial Readonly Awaited
`);
const inherited = split('constructor toString hasOwnProperty valueOf prototype then __proto__ __x _ _x');

/** Words that TWF takes for keywords elsewhere. */
const words = split(`
  state query update type worker namespace test start complete failed one all hint operation close workflow activity
  nexus spawn detach raise query len int float bool any bytes duration time now uuid random append contains
`);

const types = split(`
  Order Payment Item Customer Result Receipt Status Data Report Note Address Line Plan Maybe Shape DecimalString
  Milliseconds Activities ActivityDependencies StartOptions HostOptions Inbox Client Worker OrderInput never object symbol
  bigint undefined order payment
`);

/** A name for a variable, a parameter or a field. */
export function anyName(choices: Choices): string {
  switch (choices.weighted({ ordinary: 55, helpers: 15, reserved: 8, globals: 7, inherited: 4, words: 11 })) {
    case 'ordinary':
      return choices.pick(ordinary);
    case 'helpers':
      return choices.pick(helpers);
    case 'reserved':
      return choices.pick(reserved);
    case 'globals':
      return choices.pick(globals);
    case 'inherited':
      return choices.pick(inherited);
    case 'words':
      return choices.pick(words);
  }
}

/** A name that nothing in a set has; the set gets it. */
export function freeName(choices: Choices, taken: Set<string>, name: (choices: Choices) => string = anyName): string {
  for (let tries = 0; tries < 8 && !choices.exhausted; tries++) {
    const text = name(choices);
    if (!taken.has(text) && taken.add(text)) return text;
  }
  for (let number = 1; ; number++) {
    const text = `${ordinary[number % ordinary.length]!}${number}`;
    if (!taken.has(text) && taken.add(text)) return text;
  }
}

export function typeName(choices: Choices): string {
  return choices.pick(choices.chance(85) ? types : choices.chance(70) ? globals : inherited);
}

/** A name for a definition: often the same as others but for its letters. */
export function definitionName(choices: Choices): string {
  const text = choices.chance(25) ? anyName(choices) : `${choices.pick(verbs)}${choices.pick(nouns)}`;
  return choices.chance(10) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text;
}

const verbs = split('Load Save Ship Cancel Charge Notify Run Check');
const nouns = split('Order Payment Item Customer Parcel Report');
