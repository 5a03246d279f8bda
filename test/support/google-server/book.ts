import type { sheets_v4 } from '@googleapis/sheets';

/** One spreadsheet as the service keeps it. Cells are never changed in place, so a copy of the rows is a safe copy of all. */
export type CellState = Readonly<sheets_v4.Schema$CellData>;
export type Line = { hidden: boolean; pixelSize: number; metadata: sheets_v4.Schema$DeveloperMetadata[] };
export type RowState = Line & { cells: (CellState | undefined)[] };

export type SheetState = {
  id: number;
  title: string;
  hidden: boolean;
  frozenRows: number;
  frozenColumns: number;
  rowCount: number;
  columnCount: number;
  tabColor: sheets_v4.Schema$ColorStyle | undefined;
  /** Exactly `rowCount` entries. */
  rows: RowState[];
  /** Exactly `columnCount` entries. */
  columns: Line[];
  merges: Span[];
  filter: sheets_v4.Schema$BasicFilter | undefined;
  protections: sheets_v4.Schema$ProtectedRange[];
  rules: sheets_v4.Schema$ConditionalFormatRule[];
  charts: sheets_v4.Schema$EmbeddedChart[];
  metadata: sheets_v4.Schema$DeveloperMetadata[];
};

export type Book = {
  readonly id: string;
  title: string;
  locale: string;
  timeZone: string;
  /** E-mail of the owner, who may edit everything. */
  owner: string;
  sheets: SheetState[];
  namedRanges: sheets_v4.Schema$NamedRange[];
  metadata: sheets_v4.Schema$DeveloperMetadata[];
};

/** Is the cell under a merge, and not the one that is shown? The service keeps nothing there. 0-based. */
export function isCovered(sheet: SheetState, row: number, col: number): boolean {
  return sheet.merges.some(
    merge =>
      row >= merge.top &&
      row < merge.bottom &&
      col >= merge.left &&
      col < merge.right &&
      (row > merge.top || col > merge.left),
  );
}

/** A rectangle with 0-based, half-open bounds. */
export type Span = { top: number; left: number; bottom: number; right: number };

export function newLine(): Line {
  return { hidden: false, pixelSize: 100, metadata: [] };
}
export function newRow(): RowState {
  return { ...newLine(), pixelSize: 21, cells: [] };
}

export function newSheet(id: number, title: string, rowCount = 1000, columnCount = 26): SheetState {
  return {
    id,
    title,
    hidden: false,
    frozenRows: 0,
    frozenColumns: 0,
    rowCount,
    columnCount,
    tabColor: undefined,
    rows: Array.from({ length: rowCount }, newRow),
    columns: Array.from({ length: columnCount }, newLine),
    merges: [],
    filter: undefined,
    protections: [],
    rules: [],
    charts: [],
    metadata: [],
  };
}

export function newBook(id: string, title: string, owner: string): Book {
  return {
    id,
    title,
    locale: 'zh_CN',
    timeZone: 'Asia/Shanghai',
    owner,
    sheets: [newSheet(0, '工作表1')],
    namedRanges: [],
    metadata: [],
  };
}

/** A copy on which a batch can be tried: the original stays whole when a request of the batch is refused. */
export function copyOf(book: Book): Book {
  return {
    ...book,
    sheets: book.sheets.map(sheet => ({
      ...sheet,
      rows: sheet.rows.map(row => ({ ...row, cells: row.cells.slice(), metadata: row.metadata.slice() })),
      columns: sheet.columns.map(column => ({ ...column, metadata: column.metadata.slice() })),
      merges: sheet.merges.map(merge => ({ ...merge })),
      protections: sheet.protections.slice(),
      rules: sheet.rules.slice(),
      charts: sheet.charts.slice(),
      metadata: sheet.metadata.slice(),
    })),
    namedRanges: book.namedRanges.slice(),
    metadata: book.metadata.slice(),
  };
}

/** Puts `count` empty rows or columns before index `at` (0-based) and moves whatever hangs on the later ones. */
export function insertLines(sheet: SheetState, dimension: 'ROWS' | 'COLUMNS', at: number, count: number): void {
  if (dimension === 'ROWS') {
    sheet.rows.splice(at, 0, ...Array.from({ length: count }, newRow));
    sheet.rowCount += count;
  } else {
    sheet.columns.splice(at, 0, ...Array.from({ length: count }, newLine));
    for (const row of sheet.rows) if (row.cells.length > at) row.cells.splice(at, 0, ...Array(count).fill(undefined));
    sheet.columnCount += count;
  }
  moveRanges(sheet, dimension, index => (index >= at ? index + count : index), at, count);
}

export function deleteLines(sheet: SheetState, dimension: 'ROWS' | 'COLUMNS', at: number, count: number): void {
  if (dimension === 'ROWS') {
    sheet.rows.splice(at, count);
    sheet.rowCount -= count;
  } else {
    sheet.columns.splice(at, count);
    for (const row of sheet.rows) row.cells.splice(at, count);
    sheet.columnCount -= count;
  }
  moveRanges(sheet, dimension, index => (index <= at ? index : Math.max(at, index - count)), at, -count);
}

/** Ranges follow their cells; a bound that stands exactly at an insertion grows only at the far end's inside. */
function moveRanges(
  sheet: SheetState,
  dimension: 'ROWS' | 'COLUMNS',
  move: (index: number) => number,
  at: number,
  count: number,
): void {
  const start = dimension === 'ROWS' ? 'startRowIndex' : 'startColumnIndex';
  const end = dimension === 'ROWS' ? 'endRowIndex' : 'endColumnIndex';
  const moved = (range: sheets_v4.Schema$GridRange | undefined | null): sheets_v4.Schema$GridRange | undefined => {
    if (!range) return undefined;
    const next = { ...range };
    const from = range[start];
    const to = range[end];
    if (typeof from === 'number') next[start] = move(from);
    if (typeof to === 'number') next[end] = count > 0 ? (to > at ? to + count : to) : move(to);
    return next;
  };
  sheet.protections = sheet.protections.map(one => ({ ...one, range: moved(one.range) ?? {} }));
  sheet.rules = sheet.rules.map(rule => ({ ...rule, ranges: (rule.ranges ?? []).map(range => moved(range) ?? {}) }));
  if (sheet.filter?.range) sheet.filter = { ...sheet.filter, range: moved(sheet.filter.range) ?? {} };
  for (const merge of sheet.merges) {
    if (dimension === 'ROWS') {
      merge.top = move(merge.top);
      merge.bottom = count > 0 ? (merge.bottom > at ? merge.bottom + count : merge.bottom) : move(merge.bottom);
    } else {
      merge.left = move(merge.left);
      merge.right = count > 0 ? (merge.right > at ? merge.right + count : merge.right) : move(merge.right);
    }
  }
}

export function cellText(cell: CellState | undefined): string {
  const value = cell?.userEnteredValue;
  if (value === undefined || value === null) return '';
  if (typeof value.stringValue === 'string') return value.stringValue;
  if (typeof value.formulaValue === 'string') return value.formulaValue;
  if (typeof value.numberValue === 'number') return String(value.numberValue);
  if (typeof value.boolValue === 'boolean') return value.boolValue ? 'TRUE' : 'FALSE';
  return '';
}
