import type { Diagnostic } from '../model/diagnostic.js';
import type { Content, Style } from '../model/plan.js';
import type { LedgerRow } from '../read/main.js';
import type { FindingState, RowState } from '../reconcile/state.js';
import type { ProgramKey } from '../sheets/column.js';
import type { ledgerSheet } from '../sheets/ledger.js';

/** The columns of 整改台账 that the program writes. No other column can be named by a writer. */
export type LedgerProgramKey = ProgramKey<typeof ledgerSheet>;

/** One row of the main sheet with all that is known about it. */
export type RowView = {
  readonly row: LedgerRow;
  readonly state: FindingState;
  readonly rowState: RowState | undefined;
  /** The finding's first row: the only one that carries finding-level cells, so that SUMIFS counts once. */
  readonly first: boolean;
  /** What is shown on this row, waived ones left out; most serious first. */
  readonly diagnostics: readonly Diagnostic[];
  readonly id: string;
  /** How often the review returned this row, as earlier syncs remember. */
  readonly returned: number;
  /** Names under which the finding is counted in 汇总. */
  readonly focus: string;
  readonly department: string;
};

/** What a writer wants in its cell of one row; `why` is for the plan and the journal. */
export type Wanted = { readonly content: Content; readonly style?: Style; readonly why: string };

export type Writer<K extends LedgerProgramKey = LedgerProgramKey> = {
  readonly key: K;
  readonly want: (view: RowView) => Wanted;
};

/** Declares the writer of one program column. Somebody else's column does not compile. */
export function writer<const K extends LedgerProgramKey>(key: K, want: (view: RowView) => Wanted): Writer<K> {
  return { key, want };
}
