import type { Cell, Grid, GridRow, GridSheet } from '../model/grid.js';
import { headerKey } from '../read/headers.js';
import { ledgerSheet } from '../sheets/ledger.js';
import { readRowId } from './ids.js';
import { type Agreed, type Merged, type MirrorRow, merge } from './merge.js';
import { type MirrorColumns, type MirrorContent, ROW_ID } from './mirror-shape.js';
import { BLANK, type Cells, cellValue, type Value, valueFrom } from './value.js';

/** The mirror as it was read, and what the merge with the ledger says. */
export type Meeting = {
  /** Undefined: there is no mirror sheet yet. */
  readonly sheet: GridSheet | undefined;
  /** 1-based row of its headers; 1 on a new sheet. */
  readonly headerRow: number;
  /** Column key → 1-based column, as far as the sheet has them. */
  readonly at: ReadonlyMap<string, number>;
  /** Our columns that somebody took out of the sheet, or that are new on the list. */
  readonly absent: ReadonlySet<string>;
  /** Columns that were shared once and are no longer on the list; what is left of them has to go. */
  readonly dropped: readonly { readonly key: string; readonly col: number }[];
  readonly merged: Merged;
  /** True when nothing of what was agreed is known although the mirror is ours. */
  readonly stateLost: boolean;
};

/** What earlier syncs left; see snapshot.ts. */
export type Known = { readonly agreed: Agreed | undefined; readonly coming?: Agreed | undefined };

export type Choice = {
  readonly onConflict: 'stop' | 'source' | 'mirror';
  readonly acceptMassChange: boolean;
  /** See MergeInput. */
  readonly sourceHolds?: number | undefined;
};

/** Stands over a column that is no longer shared. */
export const NO_LONGER = '（已不再共享）';
/** Stands in the row of a finding that is no longer shared. */
export const WITHDRAWN = '（本行已移出共享范围）';
/** A header may have been pushed down by lines that people put above it. */
const SEARCHED_ROWS = 30;

/** Holds ledger and mirror against each other. Pure. */
export function meet(mirror: Grid, content: MirrorContent, known: Known, choice: Choice): Meeting {
  const { agreed, coming } = known;
  const sheet = mirror.sheets.find(one => one.role === 'mirror');
  const headerRow = sheet === undefined ? 1 : findHeader(sheet, content.columns);
  const at = sheet === undefined ? new Map<string, number>() : columnsOf(sheet, headerRow, content.columns);
  const absent = new Set(content.columns.map(column => column.key).filter(key => !at.has(key)));
  const rows = sheet === undefined ? [] : mirrorRows(sheet, headerRow, at, content, agreed, absent);
  const merged = merge({
    columns: content.columns.filter(column => column.key !== ROW_ID),
    base: agreed,
    coming,
    source: content.rows,
    mirror: rows,
    mirrorIsNew: sheet === undefined,
    ...choice,
    withdrawnNote: { column: noteColumn(content.columns), text: WITHDRAWN },
  });
  const dropped = sheet === undefined ? [] : droppedColumns(sheet, headerRow, content.columns, known);
  return { sheet, headerRow, at, absent, dropped, merged, stateLost: sheet !== undefined && agreed === undefined };
}

/** Where a withdrawn row says so: the finding's own column where it travels, else the first that is ours. */
function noteColumn(columns: MirrorColumns): string {
  const ours = columns.filter(column => column.owner !== 'reviewer' && column.key !== ROW_ID);
  return (
    (ours.find(column => column.key === 'finding') ?? ours.find(column => column.kind === 'text') ?? ours[0])?.key ?? ''
  );
}

function findHeader(sheet: GridSheet, columns: MirrorColumns): number {
  const names = new Set(columns.map(column => headerKey(column.header.zh)));
  let best = 1;
  let most = 0;
  for (const row of sheet.rows) {
    if (row.number > SEARCHED_ROWS) break;
    const hits = row.cells.filter(cell => cell !== undefined && names.has(headerKey(cell.text))).length;
    if (hits > most) {
      most = hits;
      best = row.number;
    }
  }
  return best;
}

/** Our columns by their markers; by their headers where a store has no markers (an `.xlsx` file). */
function columnsOf(sheet: GridSheet, headerRow: number, columns: MirrorColumns): Map<string, number> {
  const header = sheet.rows.find(row => row.number === headerRow);
  const byName = new Map<string, number>();
  for (const [index, cell] of (header?.cells ?? []).entries()) {
    const name = cell === undefined ? '' : headerKey(cell.text);
    if (name !== '' && !byName.has(name)) byName.set(name, index + 1);
  }
  const at = new Map<string, number>();
  for (const column of columns) {
    const col = sheet.markers.get(column.key) ?? byName.get(headerKey(column.header.zh));
    if (col !== undefined) at.set(column.key, col);
  }
  return at;
}

/**
 * Columns of ours that the list no longer names. Only what is known to be ours is taken: by its marker, or by its header
 * where we remember having shared it; a reviewer's own 备注 stays his.
 */
function droppedColumns(
  sheet: GridSheet,
  headerRow: number,
  columns: MirrorColumns,
  known: Known,
): { key: string; col: number }[] {
  const listed = new Set(columns.map(column => column.key));
  const shared = new Set<string>();
  for (const state of [known.agreed, known.coming]) {
    for (const cells of state?.values() ?? []) for (const key of cells.keys()) shared.add(key);
  }
  const unlisted = ledgerSheet.columns.filter(column => !listed.has(column.key));
  const byName = columnsOf(
    { ...sheet, markers: new Map() },
    headerRow,
    unlisted.filter(column => shared.has(column.key)),
  );
  return unlisted.flatMap(({ key }) => {
    const col = sheet.markers.get(key) ?? byName.get(key);
    return col === undefined ? [] : [{ key, col }];
  });
}

function mirrorRows(
  sheet: GridSheet,
  headerRow: number,
  at: ReadonlyMap<string, number>,
  content: MirrorContent,
  agreed: Agreed | undefined,
  absent: ReadonlySet<string>,
): MirrorRow[] {
  const rows: MirrorRow[] = [];
  const idCol = at.get(ROW_ID);
  for (const row of sheet.rows) {
    if (row.number <= headerRow) continue;
    const idCell = idCol === undefined ? undefined : row.cells[idCol - 1];
    const id = (idCell === undefined ? undefined : readRowId(idCell.text)) ?? '';
    const cells = new Map<string, Value>();
    for (const { key } of content.columns) {
      if (key === ROW_ID) continue;
      if (absent.has(key)) cells.set(key, assumed(key, id, content.rows, agreed));
      else cells.set(key, cellValue(cellIn(row, at.get(key))));
    }
    rows.push({ at: row.number, id, cells });
  }
  return rows;
}

/** A column that is not there says nothing: nobody changed what was agreed. */
function assumed(key: string, id: string, source: ReadonlyMap<string, Cells>, agreed: Agreed | undefined): Value {
  const known = agreed?.get(id)?.get(key);
  return known === undefined ? (source.get(id)?.get(key) ?? BLANK) : valueFrom(known);
}

function cellIn(row: GridRow, col: number | undefined): Cell | undefined {
  return col === undefined ? undefined : row.cells[col - 1];
}
