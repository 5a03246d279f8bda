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

  /** Sets the drop-down of a cell; without a list it loses the one it has, as when something is pasted over it. */
  dropDown(row: number, col: number, list: readonly string[] | undefined, title?: string): void {
    const cells = this.sheet(title).rows[row - 1]?.cells;
    if (cells === undefined) throw new Error(`no row ${row}`);
    const { dataValidation: _former, ...kept } = cells[col - 1] ?? {};
    const values = list?.map(one => ({ userEnteredValue: one }));
    cells[col - 1] =
      values === undefined ? kept : { ...kept, dataValidation: { condition: { type: 'ONE_OF_LIST', values } } };
  }

  /** The drop-down of a cell. */
  choices(row: number, col: number, title?: string): string[] | undefined {
    const values = this.sheet(title).rows[row - 1]?.cells[col - 1]?.dataValidation?.condition?.values;
    return values?.map(one => one.userEnteredValue ?? '');
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

  /** Drags a column to another place; its marker goes along. `to`: where it stands then. */
  moveColumn(from: number, to: number, title?: string): void {
    const sheet = this.sheet(title);
    sheet.columns.splice(to - 1, 0, ...sheet.columns.splice(from - 1, 1));
    for (const { cells } of sheet.rows) {
      if (cells.every(cell => cell === undefined)) continue;
      while (cells.length < from) cells.push(undefined);
      cells.splice(to - 1, 0, ...cells.splice(from - 1, 1));
    }
    const moved = (index: number): number => {
      if (index === from - 1) return to - 1;
      if (from < to) return index > from - 1 && index <= to - 1 ? index - 1 : index;
      return index >= to - 1 && index < from - 1 ? index + 1 : index;
    };
    // A protection of several columns stays where it is when one of them leaves or another comes in between.
    sheet.protections = sheet.protections.map(one => {
      const range = one.range ?? {};
      const { startColumnIndex, endColumnIndex } = range;
      if (typeof startColumnIndex !== 'number' || endColumnIndex !== startColumnIndex + 1) return one;
      const at = moved(startColumnIndex);
      return { ...one, range: { ...range, startColumnIndex: at, endColumnIndex: at + 1 } };
    });
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

  /** Merges cells; what was in the others than the first goes, as the browser warns. */
  merge(top: number, left: number, bottom: number, right: number, title?: string): void {
    const sheet = this.sheet(title);
    sheet.merges.push({ top: top - 1, left: left - 1, bottom, right });
    for (let row = top; row <= bottom; row++) {
      for (let col = left; col <= right; col++) if (row > top || col > left) this.type(row, col, undefined, title);
    }
  }

  /** Duplicates a tab, with whatever hangs on it. */
  duplicate(title: string): string {
    const sheet = this.sheet(title);
    const id = 1 + Math.max(...this.book.sheets.map(one => one.id));
    const copy = { ...structuredClone(sheet), id, title: `“${title}”的副本` };
    this.book.sheets.splice(this.book.sheets.indexOf(sheet), 0, copy);
    return copy.title;
  }

  deleteTab(title: string): void {
    const sheet = this.sheet(title);
    this.book.sheets.splice(this.book.sheets.indexOf(sheet), 1);
  }

  removeProtection(title?: string): void {
    this.sheet(title).protections = [];
  }
}
