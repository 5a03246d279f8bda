import { holds } from '../model/content.js';
import type { Grid, SheetRole } from '../model/grid.js';
import type { SheetImage } from '../model/plan.js';
import { blank } from './content.js';

/** The name our sheet has or will have: an office's own sheet of that name stays its own. */
export function sheetName(grid: Grid, role: SheetRole, wanted: string): string {
  const present = grid.sheets.find(sheet => sheet.role === role);
  if (present !== undefined) return present.name;
  const taken = new Set(grid.sheets.map(sheet => sheet.name.toLowerCase()));
  if (!taken.has(wanted)) return wanted;
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? `${wanted}（系统）` : `${wanted}（系统${copy}）`;
    if (!taken.has(name)) return name;
  }
}

/** Whether the workbook's sheet shows exactly this: every text, number and formula, and nothing beyond. */
export function sameSheet(grid: Grid, image: SheetImage): boolean {
  const sheet = grid.sheets.find(one => one.role === image.role);
  if (sheet === undefined) return false;
  const present = new Map(sheet.rows.map(row => [row.number, row.cells]));
  let last = image.rows.length;
  for (const row of sheet.rows) if (row.number > last) last = row.number;
  for (let number = 1; number <= last; number += 1) {
    const cells = present.get(number) ?? [];
    const wanted = image.rows[number - 1]?.cells ?? [];
    const width = Math.max(cells.length, wanted.length);
    for (let col = 0; col < width; col += 1) {
      if (!holds(cells[col], wanted[col]?.content ?? blank)) return false;
    }
  }
  return true;
}
