import type { Check } from './check.js';
import { noLeader } from './no-leader.js';

/** Every check, in the order of reporting. A test compares this list with the folder. */
export const checks: readonly Check[] = [noLeader];
