import { type Cell, columnNumber, type Grid, type GridSheet, rowAt } from '../model/grid.js';
import type { Content, Edit } from '../model/plan.js';
import { LONG_TEXTS } from '../stores/excel/author-copy.js';

/*
 * A ledger on a service is not replaced as a file is: the cells that differ from a copy are written back, so that notes,
 * formats and whatever else people have on the sheet stay. The copy is plain: values and formulas.
 */

export type Restoring = {
  readonly edits: readonly Edit[];
  /** Sheets of the copy that are not there any more; a sheet of people's own cannot be made by the program. */
  readonly missing: readonly string[];
};

/** Sheets of ours are made anew by the next sync. */
const OURS = new Set(['rollup', 'diagnostics', 'conflicts', 'mirror']);
/** A header is looked for in so many rows. */
const SEARCHED_ROWS = 30;
const ROW_ID_HEADER = '行标识';

/** @param names how a sheet of the present is called in the copy */
export function restoringEdits(present: Grid, copy: Grid, names: ReadonlyMap<string, string>): Restoring {
  const long = longTexts(copy);
  const left = new Map(copy.sheets.filter(sheet => sheet.name !== LONG_TEXTS).map(sheet => [sheet.name, sheet]));
  const pairs: [GridSheet, GridSheet][] = [];
  const alone: GridSheet[] = [];
  for (const sheet of present.sheets) {
    const name = names.get(sheet.name) ?? sheet.name;
    const same = left.get(name);
    left.delete(name);
    if (sheet.role !== undefined && OURS.has(sheet.role)) continue;
    if (same === undefined) alone.push(sheet);
    else pairs.push([sheet, same]);
  }
  // The ledger's sheet may have another name by now.
  const renamed = alone.find(sheet => sheet.markers.has('rowId'));
  const former = [...left.values()].find(sheet => columnNamed(sheet, ROW_ID_HEADER) !== undefined);
  if (renamed !== undefined && former !== undefined) {
    pairs.push([renamed, former]);
    left.delete(former.name);
  }
  return { edits: pairs.flatMap(([sheet, was]) => sheetEdits(sheet, was, long)), missing: [...left.keys()] };
}

function sheetEdits(sheet: GridSheet, was: GridSheet, long: ReadonlyMap<string, string>): Edit[] {
  const columns = columnPairs(sheet, was);
  const idCol = sheet.markers.get('rowId');
  const idWas = columnNamed(was, ROW_ID_HEADER);
  const header = headerOf(sheet);
  const days = new Set(columns.map(([col]) => col).filter(col => daysIn(sheet, col)));
  const edits: Edit[] = [];
  const last = Math.max(sheet.rows.at(-1)?.number ?? 0, was.rows.at(-1)?.number ?? 0);
  for (let row = 1; row <= last; row++) {
    const now = rowAt(sheet, row)?.cells ?? [];
    const then = rowAt(was, row)?.cells ?? [];
    for (const [col, from] of columns) {
      const old = from === undefined ? undefined : then[from - 1];
      const full = from === undefined ? undefined : long.get(`${was.name} ${row} ${from}`);
      const before = now[col - 1];
      const wanted = old === undefined || full === undefined ? old : { ...old, text: full };
      if (same(before, wanted)) continue;
      edits.push({
        at: { sheet: sheet.name, row, col },
        header: header.get(col) ?? '',
        column: '',
        row: idOf(now, idCol) || idOf(then, idWas),
        before: shownBefore(before),
        after: contentOf(wanted, days.has(col)),
        why: '按备份恢复',
      });
    }
  }
  return edits;
}

function idOf(cells: readonly (Cell | undefined)[], col: number | undefined): string {
  return col === undefined ? '' : (cells[col - 1]?.text ?? '');
}

/**
 * Present column → column of the copy. The program's own are told by their headers, wherever they stand; one that the copy
 * does not have is left alone. The others keep their order.
 */
function columnPairs(sheet: GridSheet, was: GridSheet): [number, number | undefined][] {
  const marked = new Map<number, number | undefined>();
  const header = headerOf(sheet);
  for (const col of sheet.markers.values()) marked.set(col, columnNamed(was, header.get(col) ?? ''));
  const taken = new Set(marked.values());
  const width = (one: GridSheet) => one.rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
  const theirs = Array.from({ length: width(was) }, (_, index) => index + 1).filter(col => !taken.has(col));
  const out: [number, number | undefined][] = [];
  let next = 0;
  const right = Math.max(width(sheet), theirs.length + marked.size);
  for (let col = 1; col <= right; col++) {
    if (!marked.has(col)) out.push([col, theirs[next++]]);
    else if (marked.get(col) !== undefined) out.push([col, marked.get(col)]);
  }
  return out;
}

/** Texts of the row in which the marked columns have their headers. */
function headerOf(sheet: GridSheet): ReadonlyMap<number, string> {
  const idCol = sheet.markers.get('rowId') ?? [...sheet.markers.values()][0];
  const row = idCol === undefined ? sheet.rows[0] : sheet.rows.find(one => one.cells[idCol - 1] !== undefined);
  return new Map((row?.cells ?? []).map((cell, index) => [index + 1, cell?.text ?? '']));
}

function columnNamed(sheet: GridSheet, name: string): number | undefined {
  if (name === '') return undefined;
  for (const row of sheet.rows) {
    if (row.number > SEARCHED_ROWS) return undefined;
    const at = row.cells.findIndex(cell => cell?.text === name);
    if (at >= 0) return at + 1;
  }
  return undefined;
}

function daysIn(sheet: GridSheet, col: number): boolean {
  return sheet.rows.some(row => row.cells[col - 1]?.kind === 'date');
}

/** A copy knows no checkboxes, older ones no days: what reads the same is the same. */
function same(now: Cell | undefined, then: Cell | undefined): boolean {
  if (now?.formula !== undefined || then?.formula !== undefined) return now?.formula === then?.formula;
  return (now?.text ?? '') === (then?.text ?? '');
}

function shownBefore(cell: Cell | undefined): string {
  return cell?.formula === undefined ? (cell?.text ?? '') : `=${cell.formula}`;
}

function contentOf(cell: Cell | undefined, days: boolean): Content {
  if (cell === undefined || (cell.text === '' && cell.formula === undefined)) return { kind: 'blank' };
  const kind = cell.kind === 'number' ? 'number' : 'text';
  if (cell.formula !== undefined) return { kind: 'formula', formula: cell.formula, cached: { kind, text: cell.text } };
  if (cell.kind === 'date' || (days && /^\d{4}-\d{2}-\d{2}$/.test(cell.text))) return { kind: 'date', text: cell.text };
  return { kind, text: cell.text };
}

/** Place in the copy → the whole text. */
function longTexts(copy: Grid): Map<string, string> {
  const out = new Map<string, string>();
  for (const row of copy.sheets.find(sheet => sheet.name === LONG_TEXTS)?.rows ?? []) {
    const [place, ...pieces] = row.cells.map(cell => cell?.text ?? '');
    const found = /^'?((?:[^']|'')+?)'?!([A-Z]+)(\d+)$/.exec(place ?? '');
    if (found === null) continue;
    const [, sheet = '', letters = '', number = ''] = found;
    out.set(`${sheet.replaceAll("''", "'")} ${number} ${columnNumber(letters)}`, pieces.join(''));
  }
  return out;
}
