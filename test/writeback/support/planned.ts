import { type Examined, examine } from '../../../src/examine.js';
import type { Grid } from '../../../src/model/grid.js';
import type { Plan } from '../../../src/model/plan.js';
import { planWrites, type WriteContext } from '../../../src/writeback/index.js';
import { ledgerOf, onDay } from '../../support/workbook.js';

export const asOf = '2023-10-30';

/** Examines a grid as `ledger sync` would on 2023-10-30. */
export function examinedGrid(grid: Grid): Examined {
  return examine(ledgerOf(grid, asOf), { asOf: onDay(asOf), levels: {}, mirrored: false });
}

/** The plan for a grid; rows keep the id they have, others get one by their finding and place. */
export function planned(grid: Grid, context: Partial<WriteContext> = {}): Plan {
  const examined = examinedGrid(grid);
  const { main } = examined.ledger;
  const ids = new Map(main.rows.map((row, index) => [row.number, row.idText || `fnd${row.finding}-r${index}`]));
  return planWrites(examined, ids, {
    ledgerId: 'bcdfg2345',
    findingIds: main.findings.map((_, index) => `fnd${index}`),
    ...context,
  });
}

/** What a plan wants in a column: row → text, blanks as ''. */
export function wantedIn(plan: Plan, column: string): Map<number, string> {
  const wanted = new Map<number, string>();
  for (const { at, after, column: key } of plan.edits) {
    if (key === column) wanted.set(at.row, 'text' in after ? after.text : '');
  }
  return wanted;
}
