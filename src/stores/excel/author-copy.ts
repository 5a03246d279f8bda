import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Cell, Grid } from '../../model/grid.js';

/** An empty workbook with one empty sheet, to become a mirror. Never overwrites. */
export async function authorBlank(path: string): Promise<void> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Sheet1');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Buffer.from(await book.xlsx.writeBuffer()), { flag: 'wx' });
}

/** What a Google Sheet held, as an `.xlsx` of values and formulas: the local copy that is made before each write. */
export async function authorCopy(grid: Grid, path: string): Promise<void> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  for (const sheet of grid.sheets) {
    const made = book.addWorksheet(sheet.name, { state: sheet.hidden ? 'hidden' : 'visible' });
    for (const row of sheet.rows) {
      for (const [index, cell] of row.cells.entries()) {
        if (cell !== undefined) made.getCell(row.number, index + 1).value = copied(cell);
      }
    }
    for (const area of sheet.merges) made.mergeCells(area.top, area.left, area.bottom, area.right);
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Buffer.from(await book.xlsx.writeBuffer()), { flag: 'wx' });
}

/** Numbers of more digits than a double holds stay text: a copy must not change them. */
function copied(cell: Cell) {
  const number = cell.kind === 'number' && String(Number(cell.text)) === cell.text ? Number(cell.text) : undefined;
  const value = number ?? cell.text;
  return cell.formula === undefined ? value : { formula: cell.formula, result: value };
}
