import { type Area, type Cell, type Grid, type GridRow, type GridSheet, rowAt } from '../model/grid.js';
import { headerKey } from '../read/headers.js';
import { ledgerSheet } from '../sheets/ledger.js';
import { readRowId } from './ids.js';
import { type Agreed, type Merged, type MirrorRow, merge } from './merge.js';
import { type LayoutEvents, layoutEvents, layoutOf, type MirrorLayout } from './mirror-layout.js';
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
  /** Those of the absent columns that had been shared before. */
  readonly gone: readonly string[];
  /** Columns that were shared once and are no longer on the list; what is left of them has to go. */
  readonly dropped: readonly { readonly key: string; readonly col: number }[];
  readonly merged: Merged;
  /** Cells of ours that lie under a merge which people made; the merges, and what lies there. */
  readonly covered: Covered;
  /** What people did with the sheet since the last sync; undefined when that is not known. */
  readonly events: LayoutEvents | undefined;
  /** Undefined when there is no mirror sheet yet. */
  readonly layout: MirrorLayout | undefined;
  /** True when nothing of what was agreed is known although the mirror is ours. */
  readonly stateLost: boolean;
};

/** What earlier syncs left; see snapshot.ts. */
export type Known = {
  readonly agreed: Agreed | undefined;
  readonly coming?: Agreed | undefined;
  readonly elsewhere?: Agreed | undefined;
  readonly layout?: MirrorLayout | undefined;
};

export type Covered = {
  readonly areas: readonly Area[];
  /** 1-based rows and column keys. */
  readonly cells: readonly { readonly at: number; readonly key: string }[];
};

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
  const { agreed, coming, elsewhere } = known;
  const sheet = mirror.sheets.find(one => one.role === 'mirror');
  const headerRow = sheet === undefined ? 1 : findHeader(sheet, content.columns);
  const at = sheet === undefined ? new Map<string, number>() : columnsOf(sheet, headerRow, content.columns);
  const absent = new Set(content.columns.map(column => column.key).filter(key => !at.has(key)));
  const under = sheet === undefined ? [] : coveredCells(sheet, headerRow, at, content.columns);
  const rows = sheet === undefined ? [] : mirrorRows({ sheet, headerRow, at, content, agreed, absent, under });
  const merged = merge({
    columns: content.columns.filter(column => column.key !== ROW_ID),
    base: agreed,
    coming,
    elsewhere,
    lastAt: known.layout === undefined ? undefined : new Map(known.layout.rows),
    source: content.rows,
    mirror: rows,
    // A sheet that was there and is not is no new mirror but an emptied one.
    mirrorIsNew: sheet === undefined && agreed === undefined,
    ...choice,
    withdrawnNote: { column: noteColumn(content.columns), text: WITHDRAWN },
  });
  const dropped = sheet === undefined ? [] : droppedColumns(sheet, headerRow, content.columns, known);
  const copies = mirror.sheets.filter(one => one.copyOf === 'mirror').map(one => one.name);
  const ids = new Map(merged.rows.map(row => [row.at, row.id]));
  const layout = sheet === undefined ? undefined : layoutOf(sheet, headerRow, new Set(at.values()), ids, copies);
  const left = new Set([...ledgerSheet.columns.map(column => column.header.zh), NO_LONGER]);
  return {
    sheet,
    headerRow,
    at,
    absent,
    gone: agreed === undefined ? [] : takenOut(absent, known),
    dropped,
    merged,
    covered: ofOurs(under, ids),
    events: layout === undefined || known.layout === undefined ? undefined : layoutEvents(known.layout, layout, left),
    layout,
    stateLost: sheet !== undefined && agreed === undefined,
  };
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

function takenOut(absent: ReadonlySet<string>, known: Known): string[] {
  if (absent.size === 0) return [];
  const shared = sharedBefore(known);
  return [...absent].filter(key => key === ROW_ID || shared.has(key));
}

/** Keys of the columns that earlier syncs put on the mirror. */
function sharedBefore({ agreed, coming }: Known): ReadonlySet<string> {
  const shared = new Set<string>();
  for (const state of [agreed, coming]) {
    for (const cells of state?.values() ?? []) for (const key of cells.keys()) shared.add(key);
  }
  return shared;
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
  const shared = sharedBefore(known);
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

/** A cell that lies under a merge, and the cell that is shown in its place. */
type Under = {
  readonly at: number;
  readonly key: string;
  readonly area: Area;
  /** The merge touches a column that has another writer than the reviewer. */
  readonly closed: boolean;
  /** Its own column's cell at the top of the merge; undefined when another column's is shown. */
  readonly shown: Cell | undefined;
};

function coveredCells(
  sheet: GridSheet,
  headerRow: number,
  at: ReadonlyMap<string, number>,
  columns: MirrorColumns,
): Under[] {
  const out: Under[] = [];
  for (const area of sheet.merges) {
    const touched = columns.filter(({ key }) => (at.get(key) ?? 0) >= area.left && (at.get(key) ?? 0) <= area.right);
    const closed = touched.some(({ owner }) => owner !== 'reviewer');
    for (const { key } of touched) {
      const col = at.get(key) ?? 0;
      for (let row = Math.max(area.top, headerRow + 1); row <= area.bottom; row++) {
        if (row === area.top && col === area.left) continue;
        const shown = col === area.left ? rowAt(sheet, area.top)?.cells[col - 1] : undefined;
        out.push({ at: row, key, area, closed, shown });
      }
    }
  }
  return out;
}

/** Those in rows of the ledger and in columns that are not the reviewer's, with all that lies under the same merges. */
function ofOurs(under: readonly Under[], ids: ReadonlyMap<number, string>): Covered {
  const areas = new Set(under.filter(one => one.closed && ids.has(one.at)).map(one => one.area));
  return { areas: [...areas], cells: under.filter(one => areas.has(one.area) && ids.has(one.at)) };
}

function mirrorRows({
  sheet,
  headerRow,
  at,
  content,
  agreed,
  absent,
  under,
}: {
  readonly sheet: GridSheet;
  readonly headerRow: number;
  readonly at: ReadonlyMap<string, number>;
  readonly content: MirrorContent;
  readonly agreed: Agreed | undefined;
  readonly absent: ReadonlySet<string>;
  readonly under: readonly Under[];
}): MirrorRow[] {
  const hidden = under.length === 0 ? undefined : new Map(under.map(one => [`${one.at} ${one.key}`, one]));
  const rows: MirrorRow[] = [];
  const idCol = at.get(ROW_ID);
  for (const row of sheet.rows) {
    if (row.number <= headerRow) continue;
    const idCell = cellIn(row, idCol);
    const id = (idCell === undefined ? undefined : readRowId(idCell.text)) ?? '';
    const cells = new Map<string, Value>();
    for (const { key } of content.columns) {
      if (key === ROW_ID) continue;
      const covered = hidden?.get(`${row.number} ${key}`);
      // A reviewer who merges his cells down means his word for all of these rows; a merge over ours says nothing.
      if (covered !== undefined && !covered.closed && covered.shown !== undefined) {
        cells.set(key, cellValue(covered.shown));
      } else if (absent.has(key) || (covered !== undefined && !filled(cellIn(row, at.get(key))))) {
        cells.set(key, assumed(key, id, content.rows, agreed));
      } else cells.set(key, cellValue(cellIn(row, at.get(key))));
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

function filled(cell: Cell | undefined): boolean {
  return cell !== undefined && cell.text !== '';
}

function cellIn(row: GridRow, col: number | undefined): Cell | undefined {
  return col === undefined ? undefined : row.cells[col - 1];
}
