import type { Cell, GridRow } from '../model/grid.js';
import type { Column, RowOf, SheetSpec } from '../sheets/column.js';
import type { Bound, Header } from './headers.js';
import type { ReadIssue } from './issue.js';
import type { CellReader } from './reader.js';

/** One row of a sheet. `bad` names the fields whose cell could not be read; the row and its other fields stand. */
export type Row<S> = {
  /** 1-based row of the sheet. */
  readonly number: number;
  readonly data: RowOf<S>;
  readonly bad: ReadonlySet<string>;
};

/** A sheet that was read. `header` is absent when the workbook has no such sheet. */
export type Table<S> = {
  readonly spec: S;
  readonly header: Header | undefined;
  readonly rows: readonly Row<S>[];
};

const noBad: ReadonlySet<string> = new Set();

/**
 * A row of these columns with nothing in it. Rows begin as copies of one: an object that gets its keys one by one, by
 * computed names, would become a hash table of its own, several times as large and slower to read.
 */
function emptyRow(columns: readonly Column[]): { [key: string]: unknown } {
  let row = emptyRows.get(columns);
  if (row === undefined) {
    row = Object.fromEntries(columns.map(column => [column.key, undefined]));
    emptyRows.set(columns, row);
  }
  return { ...row };
}

const emptyRows = new Map<readonly Column[], { readonly [key: string]: undefined }>();

type BoundColumn = { readonly column: Column; readonly bound: Bound };

/** The columns that the sheet has; the others need not be asked for in every row. */
function presentColumns(columns: readonly Column[], header: Header): readonly BoundColumn[] {
  let present = presentIn.get(header);
  if (present === undefined) {
    present = columns.flatMap(column => {
      const bound = header.columns.get(column.key);
      return bound === undefined ? [] : [{ column, bound }];
    });
    presentIn.set(header, present);
  }
  return present;
}

const presentIn = new WeakMap<Header, readonly BoundColumn[]>();

/** The keys put together are those of the sheet's declaration: that is what makes them its row. `emptyRow` gave them. */
function isRowOf<C extends readonly Column[]>(
  columns: C,
  data: { [key: string]: unknown },
): data is { [key: string]: unknown } & RowOf<SheetSpec<C>> {
  const last = columns.at(-1);
  return last === undefined || last.key in data;
}

/** Reads the cells of one row into the fields of its sheet; `cellFor` says which cell speaks for a column. */
export function readRow<C extends readonly Column[]>(
  columns: C,
  header: Header,
  reader: CellReader,
  row: GridRow,
  cellFor: (column: Column, bound: Bound) => Cell | undefined,
  issues: ReadIssue[],
): Row<SheetSpec<C>> {
  const data = emptyRow(columns);
  let bad: Set<string> | undefined;
  for (const { column, bound } of presentColumns(columns, header)) {
    const cell = cellFor(column, bound);
    if (cell === undefined) continue;
    const read = reader.read(row, column, bound, cell);
    data[column.key] = read.value;
    if (read.bad !== undefined && column.owner !== 'program') {
      // Every row that an unreadable cell speaks for lacks the field; the cell itself is reported once.
      bad ??= new Set();
      bad.add(column.key);
    }
    if (cell !== row.cells[bound.col - 1]) continue;
    if (read.bad !== undefined && column.owner !== 'program') {
      issues.push({
        kind: 'unreadable',
        sheet: header.sheet.name,
        row: row.number,
        col: bound.col,
        key: column.key,
        header: bound.header,
        found: cell.text,
        expected: read.bad,
      });
    } else if (isAssumed(read.value) && column.kind === 'date') {
      issues.push({
        kind: 'assumed-date',
        sheet: header.sheet.name,
        row: row.number,
        col: bound.col,
        key: column.key,
        header: bound.header,
        found: cell.text,
        read: read.value.from,
        damaged: read.value.assumed === 'damaged',
      });
    }
  }
  if (!isRowOf(columns, data)) throw new Error(`row ${row.number} of ${header.sheet.name} was not read whole`);
  return { number: row.number, data, bad: bad ?? noBad };
}

function isAssumed(value: unknown): value is { readonly assumed: string; readonly from: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'assumed' in value &&
    typeof value.assumed === 'string' &&
    'from' in value
  );
}

const totalWords = /^(?:小计|合计|总计|累计|共计|总和|subtotal|total|grand total)[:：（(]?/iu;
const noteWords =
  /^(?:注|备注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人|单位负责人|联系人|联系电话|备注说明|note|notes|prepared by)\s*(?:[:：0-9]|$)/iu;
/** 制表人：张某, 审核人：李某 … beside each other. */
const labelled = /^[^:：]{1,10}[:：]/u;

/** 小计, 合计 and the like are sums of what stands above, not rows of their own. */
export function isTotalRow(row: GridRow): boolean {
  for (const cell of row.cells) {
    const written = cell?.text.replace(/\s+/g, '') ?? '';
    if (written !== '') return totalWords.test(written) && written.length <= 12;
  }
  return false;
}

/** 填表说明, 注： …, 制表人：… 审核人：… below the data. */
export function isNoteRow(row: GridRow): boolean {
  const first = row.cells.find(isFilled);
  if (first === undefined || !noteWords.test(first.text.trim())) return false;
  const filled = filledCells(row);
  return filled.length <= 2 || filled.every(cell => labelled.test(cell.text.trim()));
}

/** The header once more, as it is put at the top of every page, or the numbers of the columns: （1）（2）（3）. */
export function isHeaderAgain(row: GridRow, header: Header): boolean {
  let same = 0;
  let other = 0;
  const most = header.columns.size / 2;
  for (const { col, header: written } of header.columns.values()) {
    const cell = row.cells[col - 1];
    if (cell === undefined || cell.text.trim() === '') continue;
    if (cell.text.trim() === written.trim()) same += 1;
    else other += 1;
    if (other >= most) break;
  }
  return (same > 1 && same > other) || (row.number === header.row + header.rows && isColumnNumbers(row));
}

/** Directly below the header: （1）（2）（3）, or 1 2 3 4 5 over so many columns that they cannot be figures. */
function isColumnNumbers(row: GridRow): boolean {
  const filled = filledCells(row);
  let before = 0;
  let bracketed = 0;
  for (const cell of filled) {
    const [, open, digits] = /^([(（]?)(\d{1,2})[)）]?$/u.exec(cell.text.trim()) ?? [];
    if (digits === undefined || Number(digits) !== before + 1) return false;
    before += 1;
    if (open !== '') bracketed += 1;
  }
  return filled.length >= (bracketed === filled.length ? 3 : 6);
}

function filledCells(row: GridRow): Cell[] {
  return row.cells.filter(isFilled);
}

function isFilled(cell: Cell | undefined): cell is Cell {
  return cell !== undefined && cell.text.trim() !== '';
}

export function isBlankRow(row: GridRow, header: Header): boolean {
  for (const { col } of header.columns.values()) {
    const cell = row.cells[col - 1];
    if (cell !== undefined && cell.text.trim() !== '') return false;
  }
  return true;
}

/** A register: every row below the header that is neither blank, a total nor a note. */
export function readRegister<C extends readonly Column[]>(
  spec: SheetSpec<C>,
  header: Header | undefined,
  reader: CellReader | undefined,
  issues: ReadIssue[],
): Table<SheetSpec<C>> {
  if (header === undefined || reader === undefined) return { spec, header: undefined, rows: [] };
  const rows: Row<SheetSpec<C>>[] = [];
  const office = new Map(
    [...header.columns].filter(([key]) => spec.columns.find(column => column.key === key)?.owner === 'office'),
  );
  const officeHeader = { ...header, columns: office };
  const byNumber = new Map(header.sheet.rows.map(row => [row.number, row]));
  for (const row of header.sheet.rows) {
    if (row.number < header.row + header.rows) continue;
    if (isBlankRow(row, officeHeader) || isTotalRow(row) || isNoteRow(row) || isHeaderAgain(row, header)) continue;
    rows.push(
      readRow(
        spec.columns,
        header,
        reader,
        row,
        (column, bound) => {
          const own = row.cells[bound.col - 1];
          if (own !== undefined || column.fill === 'none') return own;
          const area = header.merges.at(row.number, bound.col);
          return area === undefined ? undefined : byNumber.get(area.top)?.cells[area.left - 1];
        },
        issues,
      ),
    );
  }
  reader.finish();
  return { spec, header, rows };
}
