import type { Text } from './text.js';

export type Level = 'error' | 'warning' | 'info';

/** Where a diagnostic stands. No row: the whole sheet. No sheet: the whole ledger. `line` is for notices (1-based). */
export type Place = {
  readonly sheet?: string;
  readonly row?: number;
  readonly col?: number;
  readonly header?: string;
  readonly line?: number;
};

/** What the program has to say about a cell. Never call it finding or problem: those are the domain's words. */
export type Diagnostic = {
  readonly check: string;
  readonly level: Level;
  /** Short and stable from run to run (same check, same object): what 核实说明 refers to. */
  readonly id: string;
  /** Where, what was found, what was expected. */
  readonly message: Text;
  /** What to do. */
  readonly remedy: Text;
  readonly at: Place;
  /** Further cells of the same cause; at most 50. */
  readonly also: readonly Place[];
  /** How many cells it speaks of, `at` included. */
  readonly count: number;
  readonly found?: string;
  readonly expected?: string;
  /** Row id. */
  readonly row?: string;
  /** Printed number of the finding it belongs to. */
  readonly finding?: number;
  /** Row numbers of the main sheet on which it is to be shown (all rows of the finding, say). */
  readonly shownOn: readonly number[];
  readonly waived: boolean;
};
