export {
  complete,
  type Completion,
  CompletionRefused,
  type CompleteOptions,
  completionOf,
  type Outcome,
} from './completion.js';
export { listener } from './node.js';
export { nexusTarget, type TargetOptions } from './target.js';
