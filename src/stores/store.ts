import type { Grid } from '../model/grid.js';
import type { Plan } from '../model/plan.js';
import type { Text } from '../model/text.js';

/** Where a workbook lives. One conformance suite (test/support/store-suite.ts) holds for all of them. */
export interface Store {
  /** How a person names it: a path, or `google:<id>`. */
  readonly address: string;
  /** UTF-16 units that a cell holds; without limit when absent. */
  readonly longestText?: number;
  /** Calls of a service so far; absent where there is none. */
  readonly calls?: Calls;
  /**
   * The whole workbook as it is now.
   * @throws NotALedgerFile when it is no workbook that can be read, StoreUnavailable when it cannot be reached.
   */
  read(): Promise<Grid>;
  /** Did the write of this name (`Plan.run`) arrive, as far as was read last? Absent where the file's hash tells it. */
  wrote?(run: string): boolean;
  /** Who can open it through a link or an organisation-wide grant; absent where the file's folder decides. */
  openToMany?(): Promise<readonly { readonly what: Text; readonly remedy: Text }[]>;
  /**
   * Does every part of the plan or none of it.
   * @param announce called once the new state is ready and before anything of it can be seen, by a store that can tell it
   * beforehand; when it throws, nothing is written.
   * @throws Stale when the workbook is no longer the one the plan was made for; StoreBusy when somebody has it open.
   */
  apply(plan: Plan, announce?: Announce): Promise<Applied>;
}

/** A file that is about to be replaced: by its hash one can tell afterwards whether it was. */
export type Coming = {
  readonly file: string;
  /** The new file, waiting beside it. */
  readonly temporary: string;
  /** Revisions (SHA-256) before and after. */
  readonly from: string;
  readonly to: string;
};
export type Announce = (coming: Coming) => Promise<void>;

/** Reads and writes of a sheet, questions about who has access, and tokens fetched to sign in. */
export type Calls = {
  readonly read: number;
  readonly write: number;
  readonly drive: number;
  readonly signIn: number;
};

export const NO_CALLS: Calls = { read: 0, write: 0, drive: 0, signIn: 0 };

export type Applied = {
  /** The revision after the write. */
  readonly revision: string;
  /** Cells written, own sheets' cells not counted. */
  readonly cells: number;
  /** Where the copy of the former state lies, if the store made one. */
  readonly backup?: string;
  /** What happened on a shared sheet while it was written, for a person. */
  readonly notes?: readonly Text[];
};

/** Everything a store can refuse with: one sentence for a person, what to do included, and the exit code that goes with it. */
export class StoreError extends Error {
  /** 2 not a ledger · 3 stale, decide again · 4 cannot be read or written. */
  readonly exit: 2 | 3 | 4;
  readonly text: Text;
  /** Stable id for JSON and tests, e.g. `encrypted`, `open-elsewhere`, `stale`. */
  readonly code: string;
  constructor(exit: 2 | 3 | 4, code: string, text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.name = 'StoreError';
    this.exit = exit;
    this.code = code;
    this.text = text;
  }
}
