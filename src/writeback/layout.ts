import type { GridSheet } from '../model/grid.js';
import type { ColumnAddition, Plan } from '../model/plan.js';
import { type Text, text } from '../model/text.js';
import type { Header } from '../read/headers.js';
import type { SheetSpec } from '../sheets/column.js';
import { programHeader } from './looks.js';

/** Excel's last column, XFD. */
const LAST_COLUMN = 16_384;

/** Where the program columns of one sheet stand, those that are yet to be added included (1-based). */
export type Layout = {
  readonly sheet: GridSheet;
  readonly columns: ReadonlyMap<string, number>;
  /** What stands (or will stand) in their header cells. */
  readonly headers: ReadonlyMap<string, string>;
  /** Keys of the columns that are not there yet. */
  readonly added: ReadonlySet<string>;
  readonly additions: readonly ColumnAddition[];
  readonly widen: Plan['widen'];
};

/**
 * Missing program columns go directly right of the last used column, in the order of the declaration, so that a sort of
 * the table takes them along. `marker` is the column's name in the workbook: registers prefix theirs, since two registers
 * have columns of the same key and a marker's name is unique in a workbook.
 */
export function layOut(header: Header, spec: SheetSpec, marker: (key: string) => string): Layout {
  const { sheet } = header;
  const columns = new Map<string, number>();
  const headers = new Map<string, string>();
  const additions: ColumnAddition[] = [];
  const headings = new Set(headingTexts(header));
  let last = lastUsedColumn(header);
  for (const column of spec.columns) {
    if (column.owner !== 'program') continue;
    const present = sheet.markers.get(marker(column.key));
    if (present !== undefined) {
      columns.set(column.key, present);
      headers.set(column.key, column.header.zh);
      continue;
    }
    last += 1;
    // A table must not have two headers of one name, and an office may well have a column called 部门.
    const heading = headings.has(column.header.zh) ? `${column.header.zh}（系统）` : column.header.zh;
    headings.add(heading);
    columns.set(column.key, last);
    headers.set(column.key, heading);
    additions.push({
      sheet: sheet.name,
      key: marker(column.key),
      headerRow: header.row,
      headerRows: header.rows,
      col: last,
      header: heading,
      width: column.width,
      hidden: column.hidden ?? false,
      headerStyle: programHeader,
    });
  }
  if (last > LAST_COLUMN) throw new NoRoom(sheet.name);
  const filtered = sheet.filter !== undefined && sheet.filter.top <= header.row + header.rows - 1;
  return {
    sheet,
    columns,
    headers,
    added: new Set([...columns.keys()].filter(key => !sheet.markers.has(marker(key)))),
    additions,
    widen: additions.length > 0 && filtered ? [{ sheet: sheet.name, headerRow: header.row, toCol: last }] : [],
  };
}

function headingTexts(header: Header): string[] {
  const texts: string[] = [];
  for (const row of header.sheet.rows) {
    if (row.number >= header.row + header.rows) break;
    if (row.number < header.row) continue;
    for (const cell of row.cells) if (cell !== undefined) texts.push(cell.text.trim());
  }
  return texts;
}

/** Something of the office's reaches to the sheet's right edge: there is no place for our columns. */
export class NoRoom extends Error {
  readonly exit = 4;
  readonly code = 'no-room';
  readonly text: Text;
  constructor(sheet: string) {
    super(`${sheet} is used up to its last column`);
    this.name = 'NoRoom';
    this.text = text(
      `工作表“${sheet}”一直用到了最后一列（XFD），放不下系统栏，什么都没有写。请删掉表格右边用不到的单元格、合并区域和筛选后重试`,
      `The sheet “${sheet}” is used up to its last column (XFD); there is no room for the program's columns and nothing was written. Remove cells, merged areas and filters to the right of the table that are not needed, and try again`,
    );
  }
}

/**
 * Cells, merged areas and the filter: nothing of the office's may lie under a column of ours. A title above the table may be
 * merged across the whole sheet; it lies over them, not under.
 */
function lastUsedColumn({ sheet, row: headerRow }: Header): number {
  let last = sheet.filter?.right ?? 0;
  for (const row of sheet.rows) if (row.cells.length > last) last = row.cells.length;
  for (const area of sheet.merges) if (area.bottom >= headerRow && area.right > last) last = area.right;
  for (const col of sheet.markers.values()) if (col > last) last = col;
  return last;
}
