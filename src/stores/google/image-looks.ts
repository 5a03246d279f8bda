import { createHash } from 'node:crypto';
import { holds } from '../../model/content.js';
import { areaText, type Grid, type GridSheet } from '../../model/grid.js';
import type { Edit, SheetImage } from '../../model/plan.js';
import type { SheetFacts } from './spreadsheet.js';

/*
 * A sheet of ours is made whole once. While it is to look the same, only the cells that differ are written afterwards:
 * styles and widths are not read, so what it wears is remembered on the sheet itself.
 */

/** Everything of a sheet of ours but its values, and how large it is, as one short text. */
export function looksOf(image: SheetImage, rowCount: number, columnCount: number): string {
  const { widths, merges, frozenRows, bars, tabColor, choices } = image;
  const styles = image.rows.map(row => Array.from(row.cells, cell => cell?.style ?? null));
  const print = createHash('sha256')
    .update(JSON.stringify({ widths, merges, frozenRows, bars, tabColor, choices, styles }))
    .digest('hex')
    .slice(0, 16);
  // Rows that somebody put in or took out move the looks of all rows below.
  return `${print} ${rowCount} ${columnCount}`;
}

/**
 * The cells in which the sheet differs from its image, as edits.
 * @returns undefined when it does not wear what it is to wear, so that it has to be written whole
 */
export function imageEdits(image: SheetImage, grid: Grid, facts: SheetFacts): Edit[] | undefined {
  const sheet = grid.sheets.find(one => one.name === facts.title);
  if (sheet === undefined || facts.looks !== looksOf(image, facts.rowCount, facts.columnCount)) return undefined;
  if (!sameAreas(sheet, image)) return undefined;
  const height = Math.max(image.rows.length, facts.lastRow);
  if (height > facts.rowCount) return undefined;
  const present = new Map(sheet.rows.map(row => [row.number, row.cells]));
  const edits: Edit[] = [];
  for (let row = 1; row <= height; row++) {
    const cells = present.get(row) ?? [];
    const wanted = image.rows[row - 1]?.cells ?? [];
    for (let col = 1; col <= Math.max(cells.length, wanted.length); col++) {
      if (col > facts.columnCount) return undefined;
      const after = wanted[col - 1]?.content ?? { kind: 'blank' };
      if (holds(cells[col - 1], after)) continue;
      const before = cells[col - 1]?.text ?? '';
      edits.push({ at: { sheet: sheet.name, row, col }, header: '', column: '', row: '', before, after, why: '' });
    }
  }
  return edits;
}

function sameAreas(sheet: GridSheet, image: SheetImage): boolean {
  const present = new Set(sheet.merges.map(areaText));
  return present.size === image.merges.length && image.merges.every(area => present.has(areaText(area)));
}
