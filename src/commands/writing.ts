import type { Plan } from '../model/plan.js';
import type { Changes, SettledConflict } from '../writeback/context.js';
import { planWrites } from '../writeback/index.js';
import type { Study } from './study.js';

export type WritingOptions = {
  readonly changes?: Changes | undefined;
  readonly conflicts?: readonly SettledConflict[];
  readonly returned?: ReadonlyMap<string, number>;
};

/** Everything the program wants in the ledger, as a plan against what stands there now. */
export function planFor(studied: Study, options: WritingOptions = {}): Plan {
  return planWrites(studied.examined, rowIds(studied), {
    ledgerId: studied.ledgerId,
    findingIds: studied.pairing.findings,
    evidence: studied.evidence,
    returned: options.returned ?? returnedTimes(studied),
    changes: options.changes,
    ...(options.conflicts === undefined ? {} : { conflicts: options.conflicts }),
  });
}

/** Row number → row id. */
export function rowIds({ ledger, pairing }: Study): ReadonlyMap<number, string> {
  const ids = new Map<number, string>();
  ledger.main.rows.forEach((row, index) => {
    const paired = pairing.rows[index];
    if (paired !== undefined) ids.set(row.number, paired.id);
  });
  return ids;
}

/**
 * 退回次数 by row id: what the last sync counted, and one more when the review has become 已退回 since. The column itself is
 * asked only for rows that the state does not know: counted from the column, a run that was killed after writing would count
 * twice.
 */
export function returnedTimes({ ledger, pairing, memory }: Study): ReadonlyMap<string, number> {
  const known = memory === undefined || memory === 'lost' ? undefined : memory;
  const before = new Map(known?.rows.map(row => [row.id, row.review]));
  const times = new Map<string, number>();
  ledger.main.rows.forEach((row, index) => {
    const id = pairing.rows[index]?.id;
    if (id === undefined) return;
    const isReturned = row.data.review === 'returned';
    const was = before.get(id);
    const counted =
      was === undefined
        ? Math.max(row.data.returnedTimes?.n ?? 0, isReturned ? 1 : 0)
        : (known?.returned.get(id) ?? 0) + (isReturned && was !== 'returned' ? 1 : 0);
    if (counted > 0) times.set(id, counted);
  });
  return times;
}
