import { compare, zero } from '../model/money.js';
import type { Finding } from '../read/main.js';
import type { Row } from '../read/table.js';
import type { recoverySheet } from '../sheets/registers.js';
import type { Examining } from './check.js';

export type RecoveryRow = Row<typeof recoverySheet>;

/** The one finding that a row of 追缴资金 belongs to; undefined for rows about several, all or none. */
export function findingsOfRows({ states }: Examining): (row: RecoveryRow) => Finding | undefined {
  const byRow = new Map<RecoveryRow, Finding>();
  for (const { finding, recoveries } of states) for (const row of recoveries) byRow.set(row, finding);
  return row => byRow.get(row);
}

/** Money came in. */
export function hasRecovered(row: RecoveryRow): boolean {
  return row.data.recovered !== undefined && compare(row.data.recovered.yuan, zero) > 0;
}

/** Everything that the row says in words. */
export function wordsOf({ data }: RecoveryRow): string {
  return [data.category, data.item, data.reducedGround, data.note].filter(one => one !== undefined).join(' ');
}
