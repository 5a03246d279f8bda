import { z } from 'zod';
import type { FindingState } from '../reconcile/state.js';
import type { Changes } from '../writeback/context.js';

const list = z.array(z.string()).readonly();

/**
 * What 汇总 shows under 本次变化, as memory.json keeps it until something changes again: a second sync of the same ledger has
 * nothing to write. In a file of its own it could be older or newer than the rest after a run that was killed.
 */
export const keptChangesSchema = z.object({
  /** Findings that were overdue, by id: the next sync tells who is newly so. */
  overdue: list,
  /** As-of day of the sync that wrote this. */
  asOf: z.string(),
  changes: z.object({
    since: z.string().optional(),
    added: list,
    done: list,
    closed: list,
    returned: list,
    newlyOverdue: list,
  }),
});

export type KeptChanges = { readonly overdue: readonly string[]; readonly asOf: string; readonly changes: Changes };

/** What was kept, in the shape of its type: an absent `since` is absent. */
export function keptChanges({ overdue, asOf, changes }: z.output<typeof keptChangesSchema>): KeptChanges {
  const { since, ...rest } = changes;
  return { overdue, asOf, changes: since === undefined ? rest : { since, ...rest } };
}

type Before = { readonly id: string; readonly status: string };

/**
 * What changed since the last sync; what that one showed, when nothing did. `before`: undefined at the first sync.
 * @param ids finding ids by finding index
 */
export function changesSince(
  before: readonly Before[] | undefined,
  kept: KeptChanges | undefined,
  states: readonly FindingState[],
  ids: readonly string[],
): Changes | undefined {
  if (before === undefined || kept === undefined) return kept?.changes;
  const was = new Map(before.map(one => [one.id, one.status]));
  const wasOverdue = new Set(kept.overdue);
  const added: string[] = [];
  const done: string[] = [];
  const closed: string[] = [];
  const returned: string[] = [];
  const newlyOverdue: string[] = [];
  const finished = ['done', 'awaiting-review', 'closed'];
  for (const state of states) {
    const id = ids[state.finding.index] ?? '';
    const old = was.get(id);
    const { label } = state.finding;
    if (old === undefined) added.push(label);
    else {
      if (finished.includes(state.shown) && !finished.includes(old)) done.push(label);
      if (state.shown === 'closed' && old !== 'closed') closed.push(label);
      if (!finished.includes(state.shown) && finished.includes(old) && state.review !== undefined) returned.push(label);
    }
    if (isOverdue(state) && !wasOverdue.has(id)) newlyOverdue.push(label);
  }
  const nothing = [added, done, closed, returned, newlyOverdue].every(one => one.length === 0);
  return nothing ? kept.changes : { since: kept.asOf, added, done, closed, returned, newlyOverdue };
}

/** Any row of the finding is past its day. */
export function isOverdue(state: FindingState): boolean {
  return state.shown !== 'closed' && state.rows.some(row => row.overdue > 0);
}
