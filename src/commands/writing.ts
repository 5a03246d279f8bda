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
  for (const [index, row] of ledger.main.rows.entries()) {
    const paired = pairing.rows[index];
    if (paired !== undefined) ids.set(row.number, paired.id);
  }
  return ids;
}

/** 退回次数: what the column says, and one more when the review has become 已退回 since the last sync. */
function returnedTimes(studied: Study): ReadonlyMap<string, number> {
  const { ledger, pairing, memory } = studied;
  const before = new Map<string, string>();
  if (memory !== undefined && memory !== 'lost') for (const row of memory.rows) before.set(row.id, row.review);
  const times = new Map<string, number>();
  for (const [index, row] of ledger.main.rows.entries()) {
    const id = pairing.rows[index]?.id;
    if (id === undefined) continue;
    const counted = row.data.returnedTimes?.n ?? 0;
    const isReturned = row.data.review === 'returned';
    const again = isReturned && before.get(id) !== 'returned';
    if (counted > 0 || again) times.set(id, counted + (again ? 1 : 0));
  }
  return times;
}
