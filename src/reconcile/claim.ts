import type { Place } from '../model/diagnostic.js';
import type { Money } from '../model/money.js';
import type { Text } from '../model/text.js';

/** One stated figure beside the computed one: what holds is shown beside what does not. */
export type Reconciliation = {
  /**
   * Stable: the kind of claim (`findings-total`, `done`, `rate`, `recovered`, `policies`, `actions` …; see
   * claim-words.ts), else its own words; `…-parts` beside the sum of its parts; `finding-13-due`, `total-ledger-40-due`.
   */
  readonly claim: string;
  readonly subject: Text;
  readonly stated: string;
  /** undefined: not computed, because something it needs could not be read. */
  readonly computed: string | undefined;
  /** stated − computed where both are amounts or counts: `1.00`, `-2`. */
  readonly difference: string | undefined;
  /** undefined: nothing to compare with. */
  readonly ok: boolean | undefined;
  /** The unit in which stated and computed are given: 元, 个, %, 项, 人次 … */
  readonly unit: string;
  /** What level of the tree: row → finding → category → claim. */
  readonly level: 'finding' | 'category' | 'claim';
  /** The cell that states it. */
  readonly at: Place;
  /** The cells it was computed from. */
  readonly from: readonly Place[];
  readonly amount?: { readonly stated: Money; readonly computed: Money };
};
