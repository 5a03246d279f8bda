import {
  type Book,
  type CellState,
  cellText,
  deleteLines,
  insertLines,
  type Line,
  newRow,
  type RowState,
  type SheetState,
} from './book.js';

/**
 * What a person does in the browser, between two calls of the program. Rows and columns are 1-based, as the person
 * sees them. Protection is not asked: the owner of a sheet may edit everything.
 */
export class Person {
  constructor(private readonly book: Book) {}

  sheet(title?: string): SheetState {
    const sheet = title === undefined ? this.book.sheets[0] : this.book.sheets.find(one => one.title === title);
    if (sheet === undefined) throw new Error(`no sheet ${title}`);
    return sheet;
  }

  /** What a cell holds, as typed. */
  at(row: number, col: number, title?: string): string {
    return cellText(this.sheet(title).rows[row - 1]?.cells[col - 1]);
  }

  /** All rows as typed, without empty ones at the end. */
  texts(title?: string): string[][] {
    const rows = this.sheet(title).rows.map(row => Array.from(row.cells, cellText));
    while (rows.length > 0 && rows.at(-1)?.every(text => text === '')) rows.pop();
    return rows;
  }

  /** 1-based column under a header in the given row. */
  column(header: string, title?: string, headerRow = 1): number {
    const cells = this.sheet(title).rows[headerRow - 1]?.cells ?? [];
    const index = Array.from(cells, cellText).indexOf(header);
    if (index < 0) throw new Error(`no column ${header}`);
    return index + 1;
  }

  /** 1-based row that holds this text in this column. */
  rowOf(text: string, col: number, title?: string): number {
    const index = this.sheet(title).rows.findIndex(row => cellText(row.cells[col - 1]) === text);
    if (index < 0) throw new Error(`no row with ${text}`);
    return index + 1;
  }

  type(row: number, col: number, value: string | number | undefined, title?: string): void {
    const cells = this.sheet(title).rows[row - 1]?.cells;
    if (cells === undefined) throw new Error(`no row ${row}`);
    const old = cells[col - 1];
    const next: CellState = {
      ...old,
      userEnteredValue:
        value === undefined ? {} : typeof value === 'number' ? { numberValue: value } : { stringValue: value },
    };
    cells[col - 1] = next;
  }

  /** A date as the browser stores it: a serial number with a date format. */
  typeDate(row: number, col: number, day: string, title?: string): void {
    const serial = Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;
    this.type(row, col, serial, title);
    const cells = this.sheet(title).rows[row - 1]?.cells;
    if (cells === undefined) throw new Error(`no row ${row}`);
    cells[col - 1] = {
      ...cells[col - 1],
      userEnteredFormat: { numberFormat: { type: 'DATE', pattern: 'yyyy/m/d' } },
    };
  }

  note(row: number, col: number, note: string, title?: string): void {
    const cells = this.sheet(title).rows[row - 1]?.cells;
    if (cells !== undefined) cells[col - 1] = { ...cells[col - 1], note };
  }

  insertRows(before: number, count = 1, title?: string): void {
    insertLines(this.sheet(title), 'ROWS', before - 1, count);
  }

  deleteRows(first: number, count = 1, title?: string): void {
    deleteLines(this.sheet(title), 'ROWS', first - 1, count);
  }

  insertColumn(before: number, header: string, title?: string): void {
    insertLines(this.sheet(title), 'COLUMNS', before - 1, 1);
    this.type(1, before, header, title);
  }

  deleteColumn(col: number, title?: string): void {
    deleteLines(this.sheet(title), 'COLUMNS', col - 1, 1);
  }

  /** Sorts the rows from `first` to the last filled one by a column; whole rows travel, as with a filter. */
  sort(first: number, col: number, descending = false, title?: string): void {
    const sheet = this.sheet(title);
    let last = sheet.rows.length;
    while (last > first && sheet.rows[last - 1]?.cells.every(cell => cellText(cell) === '')) last--;
    const block = sheet.rows.slice(first - 1, last);
    const key = (row: RowState): string => cellText(row.cells[col - 1]);
    const sorted = block.map((row, index) => ({ row, index }));
    sorted.sort((a, b) => {
      const order = key(a.row) < key(b.row) ? -1 : key(a.row) > key(b.row) ? 1 : a.index - b.index;
      return descending ? -order : order;
    });
    sheet.rows.splice(first - 1, block.length, ...sorted.map(one => one.row));
  }

  /** Copies a row below the last filled one, as copy and paste does. */
  copyRow(row: number, title?: string): number {
    const sheet = this.sheet(title);
    let last = sheet.rows.length;
    while (last > 0 && sheet.rows[last - 1]?.cells.every(cell => cellText(cell) === '')) last--;
    if (last >= sheet.rowCount) {
      sheet.rows.push(newRow());
      sheet.rowCount++;
    }
    const target = sheet.rows[last];
    const source = sheet.rows[row - 1];
    if (target !== undefined && source !== undefined) target.cells = source.cells.slice();
    return last + 1;
  }

  rename(to: string, title?: string): void {
    this.sheet(title).title = to;
  }

  hideRow(row: number, title?: string): void {
    const line: Line | undefined = this.sheet(title).rows[row - 1];
    if (line !== undefined) line.hidden = true;
  }

  removeProtection(title?: string): void {
    this.sheet(title).protections = [];
  }
}
