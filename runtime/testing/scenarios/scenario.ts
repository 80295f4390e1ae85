import type { Lab } from '../lab.js';

/** What a workflow does, event by event; it throws when it does something else. */
export type Scenarios = Readonly<Record<string, (lab: Lab) => Promise<void>>>;
