import { a1, type Cell, type Grid, quotedSheet } from '../../model/grid.js';
import { writeNewFile } from './backup.js';
import { MAX_CELL_TEXT, storableText } from './cell-text.js';
import { realFileSystem } from './file-system.js';

/**
 * An empty workbook with one empty sheet, to become a mirror. Never overwrites.
 * @throws StoreError (exit 4) when the folder does not let it.
 */
export async function authorBlank(path: string): Promise<void> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Sheet1');
  await writeNewFile(realFileSystem, path, Buffer.from(await book.xlsx.writeBuffer()));
}

/** The sheet of a copy that holds texts which no cell of a file holds. */
export const LONG_TEXTS = '超长文字';

/** Excel's own limits, and its file must open there. */
const LONGEST_NAME = 31;

/**
 * What a Google Sheet held, as an `.xlsx` of values and formulas: the local copy that is made before each write. What
 * Excel cannot hold in one cell stands in full on a sheet of its own.
 */
export async function authorCopy(grid: Grid): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  const taken = new Set<string>();
  const long: { readonly place: string; readonly text: string }[] = [];
  for (const sheet of grid.sheets) {
    const made = book.addWorksheet(excelName(sheet.name, taken), { state: sheet.hidden ? 'hidden' : 'visible' });
    for (const row of sheet.rows) {
      for (const [index, cell] of row.cells.entries()) {
        if (cell === undefined) continue;
        const target = made.getCell(row.number, index + 1);
        const day = dayOf(cell);
        target.value = day ?? copied(cell);
        if (day !== undefined) target.numFmt = cell.text.length === 7 ? 'yyyy-mm' : 'yyyy-mm-dd';
        if (cell.text.length > MAX_CELL_TEXT) {
          long.push({ place: `${quotedSheet(sheet.name)}!${a1(row.number, index + 1)}`, text: cell.text });
        }
      }
    }
    for (const area of sheet.merges) made.mergeCells(area.top, area.left, area.bottom, area.right);
  }
  if (long.length > 0) {
    const made = book.addWorksheet(excelName(LONG_TEXTS, taken));
    made.addRow(['单元格', '全文（按顺序分格存放）']);
    for (const { place, text } of long) made.addRow([place, ...pieces(text)]);
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** How the sheets of a Google Sheet are called in a copy made of it. */
export function namesInCopy(grid: Grid): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(grid.sheets.map(sheet => [sheet.name, excelName(sheet.name, taken)]));
}

/** A name that Excel takes: other signs for those it forbids, no more than 31 of them, each name once. */
function excelName(name: string, taken: Set<string>): string {
  const allowed = name.replace(/[*?:\\/[\]]/g, '_').replace(/^'|'$/g, '_');
  // exceljs keeps this name for Excel itself.
  const wanted = allowed === '' || allowed.toLowerCase() === 'history' ? `${allowed}_` : allowed;
  let free = wanted.slice(0, LONGEST_NAME);
  for (let copy = 2; taken.has(free.toLowerCase()); copy++) {
    const end = `(${copy})`;
    free = wanted.slice(0, LONGEST_NAME - end.length) + end;
  }
  taken.add(free.toLowerCase());
  return free;
}

/** A day stays a day; those that Excel does not know stay text. */
function dayOf(cell: Cell): Date | undefined {
  if (cell.kind !== 'date' || cell.formula !== undefined || !/^(?:19[1-9]|[2-9]\d\d)/.test(cell.text)) return undefined;
  return new Date(`${cell.text.length === 7 ? `${cell.text}-01` : cell.text}T00:00:00Z`);
}

/** Numbers of more digits than a double holds stay text: a copy must not change them. */
function copied(cell: Cell) {
  const number = cell.kind === 'number' && String(Number(cell.text)) === cell.text ? Number(cell.text) : undefined;
  const value = number ?? storableText(cell.text);
  return cell.formula === undefined ? value : { formula: cell.formula, result: value };
}

function pieces(text: string): string[] {
  const out: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const piece = rest.length <= MAX_CELL_TEXT ? rest : rest.slice(0, MAX_CELL_TEXT).replace(/[\uD800-\uDBFF]$/, '');
    out.push(piece);
    rest = rest.slice(piece.length);
  }
  return out;
}
