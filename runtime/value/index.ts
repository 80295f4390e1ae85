export { decimal, quotient, remainder } from './decimal.js';
export { intQuotient, intRemainder } from './integer.js';
export { entries, entry, intEntries, intKeys, intValues, keys, own, put, values } from './map.js';
export { type Maybe, present } from './maybe.js';
export {
  floor,
  maxDecimal,
  minDecimal,
  range,
  round,
  roundDecimal,
  roundFloat,
  toDecimal,
  toFloat,
  toInt,
} from './number.js';
export { addToTime, compareTimes, isTime, maxTime, minTime, subtractTimes } from './time.js';
