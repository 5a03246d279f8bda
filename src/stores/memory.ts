import type { Area, Cell, Grid, GridRow, GridSheet } from '../model/grid.js';
import { type Content, isEmptyPlan, type Plan, type SheetImage } from '../model/plan.js';
import { text } from '../model/text.js';
import { expectedRowsStand } from './expected-rows.js';
import { type Applied, type Store, StoreError } from './store.js';

/**
 * A workbook in memory, behind the same port as a file: what a plan means, without any file format. Reference for the
 * conformance suite, and where tests write.
 */
export function memoryStore(initial: Grid): Store & {
  /** Replaces the workbook, as a person saving it would. */
  edit(change: (grid: Grid) => Grid): void;
} {
  let grid = initial;
  let revision = 0;
  return {
    address: initial.source,
    read: async () => grid,
    apply: async plan => {
      const applied = applyPlan(grid, plan);
      if (!isEmptyPlan(plan)) {
        revision += 1;
        grid = { ...applied, revision: `${initial.revision}+${revision}` };
      }
      return { revision: grid.revision, cells: plan.edits.length } satisfies Applied;
    },
    edit(change) {
      revision += 1;
      grid = { ...change(grid), revision: `${initial.revision}+${revision}` };
    },
  };
}

/** The workbook after a plan. Throws StoreError `stale` (exit 3) when it is not the one the plan was made for. */
export function applyPlan(grid: Grid, plan: Plan): Grid {
  if (grid.revision !== plan.basedOn || !expectedRowsStand(grid, plan)) throw stale();
  const sheets = grid.sheets.map(sheet => changedSheet(sheet, plan));
  for (const image of plan.images) {
    const made = imageSheet(image);
    const at = sheets.findIndex(sheet => sheet.role === image.role);
    if (at < 0) sheets.push(made);
    else sheets[at] = { ...made, name: sheets[at]?.name ?? made.name };
  }
  return { ...grid, ledgerId: plan.ledgerId, sheets };
}

function stale(): StoreError {
  return new StoreError(
    3,
    'stale',
    text(
      '台账在读取之后又被改动过，没有写入；请重新同步',
      'the ledger changed since it was read; nothing was written, sync again',
    ),
  );
}

function changedSheet(sheet: GridSheet, plan: Plan): GridSheet {
  const columns = plan.columns.filter(column => column.sheet === sheet.name);
  const edits = plan.edits.filter(edit => edit.at.sheet === sheet.name);
  if (columns.length === 0 && edits.length === 0) return sheet;
  const writes = new Map<number, Map<number, Cell | undefined>>();
  const write = (row: number, col: number, cell: Cell | undefined) => {
    const known = writes.get(row);
    if (known === undefined) writes.set(row, new Map([[col, cell]]));
    else known.set(col, cell);
  };
  const markers = new Map(sheet.markers);
  for (const column of columns) {
    write(column.headerRow, column.col, { kind: 'text', text: column.header });
    markers.set(column.key, column.col);
  }
  for (const { at, after } of edits) write(at.row, at.col, cellOf(after));
  const widened = plan.widen.find(one => one.sheet === sheet.name);
  return {
    ...sheet,
    rows: writtenRows(sheet.rows, writes),
    markers,
    ...(widened === undefined || sheet.filter === undefined ? {} : { filter: wider(sheet.filter, widened.toCol) }),
  };
}

function wider(area: Area, right: number): Area {
  return { ...area, right: Math.max(area.right, right) };
}

function writtenRows(
  rows: readonly GridRow[],
  writes: ReadonlyMap<number, ReadonlyMap<number, Cell | undefined>>,
): GridRow[] {
  const known = new Set(rows.map(row => row.number));
  const added = [...writes.keys()].filter(number => !known.has(number));
  const all: GridRow[] = [...rows, ...added.map(number => ({ number, hidden: false, cells: [] }))];
  return all
    .map(row => {
      const changes = writes.get(row.number);
      if (changes === undefined) return row;
      const cells: (Cell | undefined)[] = [...row.cells];
      for (const [col, cell] of changes) {
        while (cells.length < col) cells.push(undefined);
        cells[col - 1] = cell;
      }
      return { ...row, cells: trimmed(cells) };
    })
    .filter(row => row.cells.length > 0)
    .sort((a, b) => a.number - b.number);
}

function trimmed(cells: readonly (Cell | undefined)[]): (Cell | undefined)[] {
  const last = cells.findLastIndex(cell => cell !== undefined);
  return cells.slice(0, last + 1);
}

function imageSheet(image: SheetImage): GridSheet {
  const rows = image.rows.map((row, index): GridRow => {
    const cells = row.cells.map(cell => (cell === undefined ? undefined : cellOf(cell.content)));
    return { number: index + 1, hidden: false, cells: trimmed(cells) };
  });
  return {
    name: image.name,
    hidden: false,
    rows: rows.filter(row => row.cells.length > 0),
    merges: image.merges,
    role: image.role,
    markers: new Map((image.columns ?? []).map(({ key, col }) => [key, col])),
  };
}

function cellOf(content: Content): Cell | undefined {
  switch (content.kind) {
    case 'blank':
      return undefined;
    case 'formula':
      return { kind: content.cached.kind, text: content.cached.text, formula: content.formula };
    default:
      return { kind: content.kind, text: content.text };
  }
}
