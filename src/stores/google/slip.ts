import type { sheets_v4 } from '@googleapis/sheets';
import type { Grid, GridRow, GridSheet } from '../../model/grid.js';
import type { Edit, Plan } from '../../model/plan.js';
import { type Block, groupBy, typedCell, updateCells } from './requests.js';
import type { SheetFacts, Spreadsheet } from './spreadsheet.js';
import { enteredValue } from './values.js';

/**
 * The service writes to places, not to rows: when a person inserts, deletes or sorts between our read and our write,
 * a value lands beside its row. The answer of the write shows the sheet as it now is, so a slip is seen at once; what
 * landed wrong is put back to what stood there, and every value goes to the row and column it was meant for.
 */

/** A cell that was written, and whose cell it was meant to be. Row and column are 1-based. */
export type Written = {
  readonly sheetId: number;
  readonly row: number;
  readonly col: number;
  readonly rowKey: string;
  readonly colKey: string;
  readonly data: sheets_v4.Schema$CellData;
  readonly fields: string;
};

export type Slips = {
  /** Cells to be written now, at their places in the answer. */
  readonly repairs: readonly Written[];
  /** Cells whose row or column is no longer there. */
  readonly lost: number;
};

/** What was known before the first write, and what is to be: the truth against which answers are held. */
export class Intent {
  private readonly before = new Map<number, Frame>();
  private readonly wanted = new Map<string, Edit>();
  readonly written: readonly Written[];

  constructor(
    private readonly plan: Plan,
    book: Spreadsheet,
  ) {
    const written: Written[] = [];
    for (const [title, edits] of groupBy(plan.edits, edit => edit.at.sheet)) {
      const facts = book.sheets.get(title);
      if (facts === undefined) continue;
      const frame = this.frameOf(book.grid, facts, edits);
      this.before.set(facts.sheetId, frame);
      for (const edit of edits) {
        const rowKey = edit.at.row > facts.lastRow ? newRowKey(edit) : frame.rowKey(edit.at.row);
        const colKey = this.newColumnKey(title, edit.at.col) ?? frame.colKey(edit.at.col);
        this.wanted.set(address(facts.sheetId, rowKey, colKey), edit);
        const { data, fields } = typedCell(edit.after, edit.style, undefined);
        written.push({ sheetId: facts.sheetId, row: edit.at.row, col: edit.at.col, rowKey, colKey, data, fields });
      }
    }
    this.written = written;
  }

  /**
   * What of the sheets has to be seen to know where every written cell stands: for each sheet the id column and the rows
   * of its header. Undefined when a row can be told only by all that stands in it.
   */
  seenBy(): ReadonlyMap<number, Watched> | undefined {
    const watched = new Map<number, Watched>();
    for (const { sheetId, rowKey } of this.written) {
      const frame = this.before.get(sheetId);
      const idCol = frame?.idCol;
      if (frame === undefined || idCol === undefined || rowKey.startsWith('c:')) return undefined;
      watched.set(sheetId, { idCol, headerEnd: frame.headerEnd });
    }
    return watched;
  }

  /** Which of the written cells stand wrong in the answer, and what to write so that all stand right. */
  slips(written: readonly Written[], answer: Spreadsheet): Slips {
    const repairs = new Map<string, Written>();
    let lost = 0;
    for (const [sheetId, cells] of groupBy(written, cell => cell.sheetId)) {
      const before = this.before.get(sheetId);
      const facts = [...answer.sheets.values()].find(one => one.sheetId === sheetId);
      if (before === undefined || facts === undefined) {
        lost += cells.length;
        continue;
      }
      const now = before.again(withIdsBack(answer.grid, facts, before, cells), facts);
      for (const cell of cells) {
        const row = now.rowOf(cell.rowKey, cell.row);
        const col = now.colOf(cell.colKey, cell.col);
        if (row === cell.row && col === cell.col) continue;
        this.putBack(repairs, before, now, facts, cell);
        if (row === undefined || col === undefined) {
          lost++;
          continue;
        }
        repairs.set(`${sheetId} ${row} ${col}`, { ...cell, row, col });
      }
    }
    return { repairs: [...repairs.values()], lost };
  }

  /** What belongs where a value landed by mistake: the value meant for that cell, else what it held before. */
  private putBack(repairs: Map<string, Written>, before: Frame, now: Frame, facts: SheetFacts, cell: Written): void {
    const at = `${cell.sheetId} ${cell.row} ${cell.col}`;
    if (repairs.has(at) || cell.row > facts.rowCount || cell.col > facts.columnCount) return;
    const rowKey = now.rowKey(cell.row);
    const colKey = now.colKey(cell.col);
    const place = { sheetId: cell.sheetId, row: cell.row, col: cell.col, rowKey, colKey };
    const edit = this.wanted.get(address(cell.sheetId, rowKey, colKey));
    if (edit !== undefined) {
      const { data, fields } = typedCell(edit.after, edit.style, facts.raw[cell.row - 1]?.[cell.col - 1]);
      repairs.set(at, { ...place, data, fields });
      return;
    }
    const old = before.raw(rowKey, colKey);
    const data: sheets_v4.Schema$CellData = { userEnteredValue: enteredValue(old) };
    const number = old?.effectiveFormat?.numberFormat;
    data.userEnteredFormat = number === undefined ? {} : { numberFormat: number };
    repairs.set(at, { ...place, data, fields: 'userEnteredValue,userEnteredFormat.numberFormat' });
  }

  private frameOf(grid: Grid, facts: SheetFacts, edits: readonly Edit[]): Frame {
    const sheet = grid.sheets.find(one => one.name === facts.title);
    if (sheet === undefined) throw new Error(`no grid of ${facts.title}`);
    const idCol = sheet.markers.get('rowId');
    const firstEdit = edits.reduce((least, edit) => Math.min(least, edit.at.row), facts.lastRow + 1);
    const added = this.plan.columns.find(one => one.sheet === facts.title);
    const rule = {
      markers: new Set([
        ...sheet.markers.keys(),
        ...this.plan.columns.filter(one => one.sheet === facts.title).map(one => one.key),
      ]),
      // Rows that get their ids by this very plan are told apart by what else stands in them.
      byId: idCol !== undefined && !edits.some(edit => edit.at.col === idCol && edit.at.row <= facts.lastRow),
      headerEnd:
        (idCol === undefined ? undefined : firstFilled(sheet, idCol)) ??
        (added === undefined ? firstEdit - 1 : added.headerRow + added.headerRows - 1),
      headerAtId: idCol !== undefined,
    };
    const frame = new Frame(sheet, facts, { ...rule, skip: new Set(), known: undefined, added: new Map() });
    const skip = new Set(edits.map(edit => this.newColumnKey(facts.title, edit.at.col) ?? frame.colKey(edit.at.col)));
    const newRows = new Map<string, number>();
    for (const edit of edits) {
      if (edit.at.row > facts.lastRow && edit.after.kind === 'text' && edit.after.text === edit.row) {
        newRows.set(newRowKey(edit), edit.at.col);
      }
    }
    return new Frame(sheet, facts, { ...rule, skip, known: undefined, added: newRows });
  }

  private newColumnKey(title: string, col: number): string | undefined {
    const column = this.plan.columns.find(one => one.sheet === title && one.col === col);
    return column === undefined ? undefined : `m:${column.key}`;
  }
}

/** 1-based column of the ids and last row of the header. */
export type Watched = { readonly idCol: number; readonly headerEnd: number };

const HEADER = 'header';
const ID_KEY = 'm:rowId';
/** How far a header is looked for above and below its old place. */
const REACH = 20;

type FrameRule = {
  /** Markers that name a column; one that is only being set by this very write does not name it yet. */
  readonly markers: ReadonlySet<string>;
  readonly byId: boolean;
  /** The header's last row. */
  readonly headerEnd: number;
  /** The header is known by our id column, and is found by it again. */
  readonly headerAtId: boolean;
  /** Columns whose content says nothing about the row, because we write them. */
  readonly skip: ReadonlySet<string>;
  /** Columns that were there before; undefined while they are being named. */
  readonly known: ReadonlySet<string> | undefined;
  /** Rows that the plan adds: key → the column in which their id was written. */
  readonly added: ReadonlyMap<string, number>;
};

/** Names for the rows and columns of a sheet that hold when they move. */
class Frame {
  private readonly rowKeys = new Map<number, string>();
  private readonly rows = new Map<string, number[]>();
  private readonly colKeys: string[] = [];
  private readonly cols = new Map<string, number[]>();
  /** Where the ids stand; undefined when rows are not told by them. */
  readonly idCol: number | undefined;
  readonly headerEnd: number;

  constructor(
    private readonly sheet: GridSheet,
    private readonly facts: SheetFacts,
    private readonly rule: FrameRule,
  ) {
    const width = sheet.rows.reduce((most, row) => Math.max(most, row.cells.length), facts.columnCount);
    const idCol = sheet.markers.get('rowId');
    this.idCol = rule.headerAtId && rule.byId ? idCol : undefined;
    this.headerEnd = rule.headerEnd;
    const markerAt = new Map(
      [...sheet.markers].filter(([key]) => rule.markers.has(key)).map(([key, col]) => [col, key]),
    );
    const header = sheet.rows.filter(row => row.number <= rule.headerEnd).slice(-2);
    for (let col = 1; col <= width; col++) {
      const marker = markerAt.get(col);
      const texts = header.map(row => row.cells[col - 1]?.text ?? '');
      const key = marker === undefined ? `h:${texts.join('\n')}` : `m:${marker}`;
      this.colKeys.push(key);
      push(this.cols, key, col);
    }
    const addedAt = new Map<string, string>();
    for (const [key, col] of rule.added) addedAt.set(`${col} ${key.slice(2)}`, key);
    const addedCols = new Set(rule.added.values());
    for (const row of sheet.rows) {
      let key: string | undefined;
      for (const col of addedCols) key ??= addedAt.get(`${col} ${row.cells[col - 1]?.text ?? ''}`);
      const id = idCol === undefined ? '' : (row.cells[idCol - 1]?.text ?? '');
      // The header is where it is, whatever is written into it.
      if (row.number === rule.headerEnd) key = HEADER;
      if (key === undefined && rule.byId && id !== '') key = `i:${id}`;
      key ??= `c:${this.content(row)}`;
      this.rowKeys.set(row.number, key);
      push(this.rows, key, row.number);
    }
  }

  /** Row ids, by what else stands in their rows; rows alike in the order in which they stand. */
  idsByContent(): Map<string, string[]> {
    const out = new Map<string, string[]>();
    const { idCol } = this;
    if (idCol === undefined) return out;
    for (const row of this.sheet.rows) {
      const id = row.cells[idCol - 1]?.text ?? '';
      if (row.number <= this.headerEnd || id === '') continue;
      const key = this.content(row, ID_KEY);
      out.set(key, [...(out.get(key) ?? []), id]);
    }
    return out;
  }

  /** The same naming for the sheet as it is now. Headers are looked for where they have gone. */
  again(grid: Grid, facts: SheetFacts): Frame {
    const sheet = grid.sheets.find(one => one.name === facts.title);
    if (sheet === undefined) throw new Error(`no grid of ${facts.title}`);
    const rule = { ...this.rule, known: new Set(this.colKeys) };
    const idCol = sheet.markers.get('rowId');
    if (this.rule.headerAtId && idCol !== undefined) {
      const headerEnd = firstFilled(sheet, idCol) ?? this.rule.headerEnd;
      return new Frame(sheet, facts, { ...rule, headerEnd });
    }
    let best = this.rule.headerEnd;
    let most = -1;
    // Rows put in or taken out above the header move it; the place where most headers are found again is the right one.
    const top = sheet.rows.filter(row => row.number <= this.rule.headerEnd + REACH);
    for (let end = Math.max(1, this.rule.headerEnd - REACH); end <= this.rule.headerEnd + REACH; end++) {
      const frame = new Frame({ ...sheet, rows: top.filter(row => row.number <= end) }, facts, {
        ...this.rule,
        headerEnd: end,
      });
      const found = this.colKeys.filter(key => key.trim() !== 'h:' && frame.cols.has(key)).length;
      if (found > most || (found === most && end === this.rule.headerEnd)) {
        most = found;
        best = end;
      }
    }
    return new Frame(sheet, facts, { ...rule, headerEnd: best });
  }

  rowKey(row: number): string {
    return this.rowKeys.get(row) ?? 'c:';
  }

  colKey(col: number): string {
    return this.colKeys[col - 1] ?? `new:${col}`;
  }

  /** Where a row stands now; at its old place when that fits as well as any other. */
  rowOf(key: string, old: number): number | undefined {
    if (key === 'c:') return old;
    const rows = this.rows.get(key);
    return rows?.includes(old) === true ? old : rows?.[0];
  }

  colOf(key: string, old: number): number | undefined {
    if (key.startsWith('new:')) return old;
    const cols = this.cols.get(key);
    return cols?.includes(old) === true ? old : cols?.[0];
  }

  /** What a cell held, as the service gave it. */
  raw(rowKey: string, colKey: string): sheets_v4.Schema$CellData | undefined {
    const row = this.rows.get(rowKey)?.[0];
    const col = this.cols.get(colKey)?.[0];
    return row === undefined || col === undefined ? undefined : this.facts.raw[row - 1]?.[col - 1];
  }

  /** What stands in a row, as far as it says which row it is: our own writing and columns added since say nothing. */
  content(row: GridRow, but?: string): string {
    const parts: string[] = [];
    for (const [index, cell] of row.cells.entries()) {
      const key = this.colKeys[index];
      if (cell === undefined || key === undefined || key === but || this.rule.skip.has(key)) continue;
      if (this.rule.known === undefined || this.rule.known.has(key)) parts.push(`${key}=${cell.formula ?? cell.text}`);
    }
    return parts.join('\t');
  }
}

/** 1-based row of the first cell of a column that holds something. */
function firstFilled(sheet: GridSheet, col: number): number | undefined {
  return sheet.rows.find(row => row.cells[col - 1] !== undefined)?.number;
}

/**
 * The sheet as it is now, but for ids that we wrote over ourselves: when somebody adds a column, a value meant for the
 * column beside the ids lands on one. Whose it was is told by what else stands in that row.
 */
function withIdsBack(grid: Grid, facts: SheetFacts, before: Frame, cells: readonly Written[]): Grid {
  const sheet = grid.sheets.find(one => one.name === facts.title);
  const idCol = sheet?.markers.get('rowId');
  if (sheet === undefined || idCol === undefined || before.idCol === undefined) return grid;
  const over = new Set(cells.filter(cell => cell.col === idCol && cell.colKey !== ID_KEY).map(cell => cell.row));
  if (over.size === 0) return grid;
  const there = new Set(sheet.rows.filter(row => !over.has(row.number)).map(row => row.cells[idCol - 1]?.text ?? ''));
  const now = before.again(grid, facts);
  const ids = before.idsByContent();
  const rows = sheet.rows.map((row): GridRow => {
    if (!over.has(row.number)) return row;
    const id = ids.get(now.content(row, ID_KEY))?.find(one => !there.has(one));
    if (id === undefined) return row;
    there.add(id);
    return {
      ...row,
      cells: Array.from(row.cells, (cell, at) => (at === idCol - 1 ? { kind: 'text', text: id } : cell)),
    };
  });
  return { ...grid, sheets: grid.sheets.map(one => (one === sheet ? { ...sheet, rows } : one)) };
}

/** The repairs as one block: a handful of cells as a rule, each a request of its own. */
export function repairBlock(repairs: readonly Written[]): Block {
  return repairs.map(cell => updateCells(cell.sheetId, cell.row, cell.col, [[cell.data]], cell.fields));
}

function newRowKey(edit: Edit): string {
  return `n:${edit.row}`;
}

function address(sheetId: number, rowKey: string, colKey: string): string {
  return `${sheetId}\n${rowKey}\n${colKey}`;
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
