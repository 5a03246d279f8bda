import type { LedgerRow } from '../read/main.js';
import type { FindingState } from '../reconcile/state.js';

/** What a row says was done, and the column in which it says so. */
export type Narrative = { readonly row: LedgerRow; readonly key: 'progress' | 'measure'; readonly text: string };

/**
 * 整改进展 where it is filled, and 整改措施 only where it is not: beside a progress the measure is the plan, and the
 * future tense is right there. A merged cell speaks once, in its first row.
 */
export function narrativeOf(row: LedgerRow): Narrative | undefined {
  const { progress, measure } = row.data;
  if (progress !== undefined) return row.own.has('progress') ? { row, key: 'progress', text: progress } : undefined;
  if (row.bad.has('progress') || measure === undefined || !row.own.has('measure')) return undefined;
  return { row, key: 'measure', text: measure };
}

/** The rows that are declared finished: those that say so, and in a finished finding those that say nothing. */
export function finishedRows(state: FindingState): LedgerRow[] {
  return state.rows
    .filter(({ status }) => status === 'done' || (status === undefined && state.status === 'done'))
    .map(({ row }) => row)
    .filter(row => !row.bad.has('result'));
}
