import type { Examined } from '../examine.js';
import type { Cell, Grid, GridRow, GridSheet } from '../model/grid.js';
import type { ColumnAddition, Edit, Style } from '../model/plan.js';
import type { Column } from '../sheets/column.js';
import { ledgerSheet } from '../sheets/ledger.js';
import type { OfficeEdit, ReviewEdit } from './merge.js';
import { canonical, contentOf, type Value } from './value.js';

/** What the mirror brings into the ledger, as part of a plan, and the grid as it will then be. */
export type Reviews = {
  readonly grid: Grid;
  readonly edits: readonly Edit[];
  /** Review columns that the ledger did not have yet. */
  readonly columns: readonly ColumnAddition[];
};

const REASON: Readonly<Record<ReviewEdit['why'], string>> = {
  reviewed: '审核方在共享表中填写',
  restored: '审核栏由审核方填写，台账中的改动已恢复',
  decided: '两边不一致，按决定以共享表为准',
};

/**
 * The reviewer's cells on their own way into the ledger, outside the writers: only columns of the reviewer come through
 * (and an office cell that a person decided against, in `decided`).
 * Pure; the grid that comes back is read and examined anew, so that a verdict has its effect in the same run.
 * @param ids row number of the main sheet → row id
 */
export function bringIn(
  examined: Examined,
  ids: ReadonlyMap<number, string>,
  reviewed: readonly ReviewEdit[],
  decided: readonly OfficeEdit[] = [],
): Reviews {
  const { grid, main } = examined.ledger;
  const { header } = main;
  if (reviewed.length === 0 && decided.length === 0) return { grid, edits: [], columns: [] };
  const rowOf = new Map([...ids].map(([row, id]) => [id, row]));
  const placed = new Map([...header.columns].map(([key, bound]) => [key, bound.col]));
  const additions: ColumnAddition[] = [];
  const edits: Edit[] = [];
  const all = [
    ...reviewed.map(edit => ({ ...edit, reason: REASON[edit.why] })),
    ...decided.map(edit => ({ ...edit, reason: REASON.decided })),
  ];
  for (const { row: id, column: key, before, after, reason } of all) {
    const row = rowOf.get(id);
    const column: Column | undefined = ledgerSheet.columns.find(one => one.key === key);
    if (row === undefined || column === undefined) continue;
    let col = placed.get(key);
    if (col === undefined) {
      col = lastColumn(header.sheet, additions) + 1;
      placed.set(key, col);
      additions.push(addition(header.sheet.name, header.row, header.rows, col, column));
    }
    edits.push({
      at: { sheet: header.sheet.name, row, col },
      header: header.columns.get(key)?.header ?? column.header.zh,
      column: key,
      row: id,
      before: canonical(before),
      after: contentOf(after),
      why: reason,
    });
  }
  return { grid: withCells(grid, header.sheet, edits, additions), edits, columns: additions };
}

const REVIEW_HEADER: Style = { bold: true, border: 'D9D9D9', align: 'center', vertical: 'center', wrap: true };

function addition(sheet: string, headerRow: number, headerRows: number, col: number, column: Column): ColumnAddition {
  return {
    sheet,
    key: column.key,
    headerRow,
    headerRows,
    col,
    header: column.header.zh,
    width: column.width,
    hidden: false,
    headerStyle: REVIEW_HEADER,
  };
}

function lastColumn(sheet: GridSheet, additions: readonly ColumnAddition[]): number {
  let last = sheet.filter?.right ?? 0;
  for (const row of sheet.rows) last = Math.max(last, row.cells.length);
  for (const area of sheet.merges) last = Math.max(last, area.right);
  for (const col of sheet.markers.values()) last = Math.max(last, col);
  for (const one of additions) last = Math.max(last, one.col);
  return last;
}

function withCells(grid: Grid, sheet: GridSheet, edits: readonly Edit[], additions: readonly ColumnAddition[]): Grid {
  const cells = new Map<number, Map<number, Cell | undefined>>();
  const put = (row: number, col: number, cell: Cell | undefined): void => {
    const line = cells.get(row) ?? new Map<number, Cell | undefined>();
    cells.set(row, line.set(col, cell));
  };
  for (const one of additions) put(one.headerRow, one.col, { kind: 'text', text: one.header });
  for (const edit of edits) put(edit.at.row, edit.at.col, cellOf(edit.after));
  const rows = sheet.rows.map((row): GridRow => {
    const changed = cells.get(row.number);
    if (changed === undefined) return row;
    const line = row.cells.slice();
    for (const [col, cell] of changed) {
      while (line.length < col) line.push(undefined);
      line[col - 1] = cell;
    }
    return { ...row, cells: line };
  });
  const markers = new Map(sheet.markers);
  for (const one of additions) markers.set(one.key, one.col);
  return { ...grid, sheets: grid.sheets.map(one => (one === sheet ? { ...sheet, rows, markers } : one)) };
}

function cellOf(content: Edit['after']): Cell | undefined {
  if (content.kind === 'blank' || content.kind === 'formula') return undefined;
  return { kind: content.kind, text: content.text };
}

/** For people: what stands there, or 空. */
export function shown(value: Value): string {
  return canonical(value) === '' ? '空' : canonical(value);
}
