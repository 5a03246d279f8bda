import { cellAt, type Grid, type GridSheet } from '../model/grid.js';
import type { Plan } from '../model/plan.js';

/** Whether every row id that the plan counts on stands where it stood: a plan from elsewhere may be older than it says. */
export function expectedRowsStand(grid: Grid, plan: Plan): boolean {
  const sheets = new Map<string, GridSheet>(grid.sheets.map(sheet => [sheet.name, sheet]));
  return plan.expects.every(({ at, id }) => {
    const sheet = sheets.get(at.sheet);
    return sheet !== undefined && cellAt(sheet, at.row, at.col)?.text === id;
  });
}
