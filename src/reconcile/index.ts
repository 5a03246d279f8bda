import type { Day } from '../model/day.js';
import type { Ledger } from '../read/ledger.js';
import type { Reconciliation } from './claim.js';
import type { FindingState } from './state.js';
import type { Summary } from './summary.js';

/** The tree row → finding → category → claim: every stated figure beside the computed one. */
export function reconcile(
  _ledger: Ledger,
  _states: readonly FindingState[],
  _summary: Summary,
  _asOf: Day,
): Reconciliation[] {
  return [];
}
