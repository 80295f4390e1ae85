export { caught, describe, isOwnCancellation } from './caught.js';
export type { Caught } from '../value/caught.js';
