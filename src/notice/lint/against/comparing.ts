import type { Examined } from '../../../examine.js';
import type { NoticeLedger } from '../as-ledger.js';
import type { Linting } from '../linting.js';
import type { Pairs } from './pairs.js';

/** A notice beside a ledger. */
export type Comparing = {
  readonly linting: Linting;
  /** The ledger, examined as it is. */
  readonly examined: Examined;
  /** The notice as a ledger. */
  readonly told: NoticeLedger;
  readonly pairs: Pairs;
};
