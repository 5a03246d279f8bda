/**
 * What a store gives: cells with a position and a plain value. Everything that is peculiar to a file format
 * (formula objects, rich text, links, merged cells, number formats) ends in the store.
 */

/** A place in a workbook; row and column are 1-based, as a person counts. */
export type CellRef = { readonly sheet: string; readonly row: number; readonly col: number };

/** A rectangle, both corners included, 1-based. */
export type Area = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };

/**
 * One cell that holds something.
 * `text` by kind: text – the characters; number – the decimal text as the file holds it (never a float);
 * date – `YYYY-MM-DD`, or `YYYY-MM` when the cell's number format shows no day; boolean – `TRUE`/`FALSE`;
 * error – the error code such as `#REF!`.
 * A computed cell has its `formula` (without `=`); its value is the cached one, and kind `error` with text
 * `#UNCALCULATED` when none is cached.
 */
export type Cell = {
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error';
  readonly text: string;
  readonly formula?: string;
};

/** A row that holds at least one cell; `cells[col - 1]`, sparse at the right end. */
export type GridRow = {
  readonly number: number;
  readonly hidden: boolean;
  readonly cells: readonly (Cell | undefined)[];
};

/** Sheets and columns of ours are known by a hidden marker in the workbook, never by their name. */
export type SheetRole = 'rollup' | 'diagnostics' | 'conflicts' | 'facts' | 'mirror';

export type GridSheet = {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly GridRow[];
  readonly merges: readonly Area[];
  /** Set when the sheet carries our marker. */
  readonly role?: SheetRole;
  /** Set when a person copied the sheet of this role, marker and all: the copy is theirs. */
  readonly copyOf?: SheetRole;
  /** Columns of ours by their marker: column key → 1-based column. */
  readonly markers: ReadonlyMap<string, number>;
  /** The range of the sheet's filter, or of the table that holds the header, if any. */
  readonly filter?: Area;
};

export type Grid = {
  /** The address it was read from. */
  readonly source: string;
  /** Changes when anything in the workbook changes (Excel: SHA-256 of the file). */
  readonly revision: string;
  /** The ledger's own id from its hidden marker; absent before first contact. */
  readonly ledgerId?: string;
  /** Of a mirror that is a file: the run that wrote it last. */
  readonly lastRun?: string;
  readonly sheets: readonly GridSheet[];
};

/** Column letters of a 1-based column: 1 → A, 28 → AB. */
export function columnLetters(col: number): string {
  let letters = '';
  for (let rest = col; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** 1-based column of column letters: AB → 28. */
export function columnNumber(letters: string): number {
  let col = 0;
  for (const letter of letters) col = col * 26 + (letter.charCodeAt(0) - 64);
  return col;
}

/** `C3`; 1-based row and column. */
export function a1(row: number, col: number): string {
  return `${columnLetters(col)}${row}`;
}

/** A sheet name as a formula or link needs it: always quoted, apostrophes doubled. */
export function quotedSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** `A1:C3`. */
export function areaText(area: Area): string {
  return `${a1(area.top, area.left)}:${a1(area.bottom, area.right)}`;
}

/** The cell at a place of a sheet, if it holds anything. Binary search: rows are ascending. */
export function cellAt(sheet: GridSheet, row: number, col: number): Cell | undefined {
  return rowAt(sheet, row)?.cells[col - 1];
}

/** The row with this 1-based number, if it holds anything. */
export function rowAt(sheet: GridSheet, number: number): GridRow | undefined {
  let low = 0;
  let high = sheet.rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = sheet.rows[middle];
    if (row === undefined) return undefined;
    if (row.number === number) return row;
    if (row.number < number) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
