import type { EvidenceFacts } from '../checks/check.js';

/** What happened since the last sync that changed anything; lists of finding labels. */
export type Changes = {
  /** Day of the sync before, `YYYY-MM-DD`; undefined at the first. */
  readonly since?: string;
  readonly added: readonly string[];
  readonly done: readonly string[];
  readonly closed: readonly string[];
  readonly returned: readonly string[];
  readonly newlyOverdue: readonly string[];
};

/** A cell that both sides had changed, and how it was settled. */
export type SettledConflict = {
  readonly finding: string;
  readonly row: string;
  readonly header: string;
  readonly base: string;
  readonly source: string;
  readonly mirror: string;
  readonly decision: 'source' | 'mirror';
  /** Who decided, and when (as it is to be shown). */
  readonly by: string;
  readonly at: string;
};

/** What the writers know beyond the workbook; gathered by the command. */
export type WriteContext = {
  readonly ledgerId: string;
  /** Id of each finding, by its index; see `pairRows`. */
  readonly findingIds: readonly string[];
  /** Row id → how often the review returned it, from the memory of earlier syncs. */
  readonly returned?: ReadonlyMap<string, number>;
  readonly evidence?: EvidenceFacts | undefined;
  /**
   * What 汇总 shows under 本次变化. The caller keeps the last ones that were not empty and passes them again: shown anew
   * only when something changed, so that a second sync writes nothing.
   */
  readonly changes?: Changes | undefined;
  readonly conflicts?: readonly SettledConflict[];
};
