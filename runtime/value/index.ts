export { decimal, quotient, remainder } from './decimal.js';
export { intQuotient, intRemainder } from './integer.js';
export { entries, entry, intEntries, own } from './map.js';
export { type Maybe, present } from './maybe.js';
export { addToTime, compareTimes, isTime, subtractTimes } from './time.js';
