import { all } from './all.js';
import { detach } from './detach.js';
import { errors } from './errors.js';
import { external } from './external.js';
import { faults } from './faults.js';
import { handlers } from './handlers.js';
import { handles } from './handles.js';
import { inbox } from './inbox.js';
import { nexus } from './nexus.js';
import { race } from './race.js';
import type { Scenarios } from './scenario.js';
import { value } from './value.js';

/** Everything that the runtime promises to a workflow, by subject. */
export const scenarios: Readonly<Record<string, Scenarios>> = {
  race,
  handles,
  detach,
  handlers,
  inbox,
  errors,
  external,
  faults,
  all,
  nexus,
  value,
};
