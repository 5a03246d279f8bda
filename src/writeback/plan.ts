import type { Examined } from '../examine.js';
import { holds } from '../model/content.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { CellRef, GridRow, GridSheet } from '../model/grid.js';
import type { Edit, Plan, SheetImage } from '../model/plan.js';
import { findingsByNumber } from '../read/finding-mark.js';
import type { Header } from '../read/headers.js';
import type { FindingState, RowState } from '../reconcile/state.js';
import { type RegisterKey, registerSheets } from '../sheets/index.js';
import { ledgerSheet } from '../sheets/ledger.js';
import { ledgerProgramKeys, writers } from './columns/index.js';
import { conflictsSheet } from './conflicts-sheet.js';
import { blank } from './content.js';
import type { WriteContext } from './context.js';
import { diagnosticsSheet } from './diagnostics-sheet.js';
import { type GroupNames, groupNames } from './group-names.js';
import { type Layout, layOut } from './layout.js';
import { type RegisterLine, type RegisterView, type RegisterWriters, registerWriters } from './register-columns.js';
import type { Extent } from './rollup/frame.js';
import { rollup } from './rollup/index.js';
import { sameSheet, sheetName } from './sheet-images.js';
import { levels } from './words.js';
import type { RowView, Wanted } from './writer.js';

/**
 * All that the program wants in the workbook, as a difference to what stands there: program cells of 整改台账 and of the
 * registers, missing columns, and the sheets 汇总, 校验结果 and 修改不一致. Pure; a plan over its own result is empty.
 * @param ids row number of the main sheet → row id
 */
export function planWrites(examined: Examined, ids: ReadonlyMap<number, string>, context: WriteContext): Plan {
  const { grid, main, registers } = examined.ledger;
  const names = groupNames(examined);
  const layout = layOut(main.header, ledgerSheet, key => key);
  const edits: Edit[] = [];
  const shown = diagnosticsByRow(examined.diagnostics);
  mainEdits(examined, layout, names, shown, ids, context, edits);
  const layouts = [layout];
  const register = <R extends RegisterLine>(
    key: RegisterKey,
    table: { readonly header: Header | undefined; readonly rows: readonly R[] },
    columnWriters: RegisterWriters<R>,
  ): Layout | undefined => {
    if (table.header === undefined) return undefined;
    const place = layOut(table.header, registerSheets[key], column => `${key}.${column}`);
    layouts.push(place);
    registerEdits(examined, table.header, table.rows, place, columnWriters, names, context, edits);
    return place;
  };
  const recoveries = register('recoveries', registers.recoveries, registerWriters.recoveries);
  register('policies', registers.policies, registerWriters.policies);
  register('actions', registers.actions, registerWriters.actions);
  register('meetings', registers.meetings, registerWriters.meetings);
  register('evidence', registers.evidence, registerWriters.evidence);
  return {
    target: grid.source,
    basedOn: grid.revision,
    ledgerId: context.ledgerId,
    expects: expectedIds(examined, layout),
    columns: layouts.flatMap(one => one.additions),
    widen: layouts.flatMap(one => one.widen),
    edits,
    images: images(examined, names, shown, layout, recoveries, context),
  };
}

/** Row ids that stand in the sheet now: a store refuses when one of them has moved meanwhile. */
function expectedIds({ ledger }: Examined, layout: Layout): Plan['expects'] {
  const col = layout.sheet.markers.get('rowId');
  if (col === undefined) return [];
  return ledger.main.rows
    .filter(row => row.idText !== '')
    .map(row => ({ at: { sheet: layout.sheet.name, row: row.number, col }, id: row.idText }));
}

function mainEdits(
  examined: Examined,
  layout: Layout,
  names: GroupNames,
  shown: ReadonlyMap<number, readonly Diagnostic[]>,
  ids: ReadonlyMap<number, string>,
  context: WriteContext,
  edits: Edit[],
): void {
  const stateOf = new Map<number, { state: FindingState; rowState: RowState; at: number }>();
  for (const [at, state] of examined.states.entries()) {
    for (const rowState of state.rows) stateOf.set(rowState.row.number, { state, rowState, at });
  }
  const columns = placed(layout).flatMap(column => {
    const key = ledgerProgramKeys.find(one => one === column.key);
    return key === undefined ? [] : [{ ...column, want: writers[key].want }];
  });
  const seen = new Set<number>();
  for (const { gridRow, row } of withGridRows(layout.sheet, examined.ledger.main.rows)) {
    const known = stateOf.get(row.number);
    if (known === undefined) continue;
    seen.add(row.number);
    const id = ids.get(row.number) ?? row.idText;
    const view: RowView = {
      row,
      state: known.state,
      rowState: known.rowState,
      first: known.state.finding.first.number === row.number,
      diagnostics: shown.get(row.number) ?? [],
      id,
      returned: context.returned?.get(id) ?? 0,
      focus: names.focus[known.at] ?? '',
      department: names.department[known.at] ?? '',
    };
    columns.forEach(column => {
      diff(edits, layout, gridRow, row.number, column, id, column.want(view));
    });
  }
  clearLeftovers(layout, examined.ledger.main.header, seen, columns, edits);
}

function registerEdits<R extends RegisterLine>(
  examined: Examined,
  header: Header,
  rows: readonly R[],
  layout: Layout,
  columnWriters: RegisterWriters<R>,
  names: GroupNames,
  context: WriteContext,
  edits: Edit[],
): void {
  const { main, registers } = examined.ledger;
  const categories = new Map<number, string>();
  for (const [at, row] of registers.recoveries.rows.entries()) categories.set(row.number, names.category[at] ?? '');
  const view: RegisterView = {
    findings: findingsByNumber(main.findings),
    findingIds: context.findingIds,
    moved: movedRows(examined.diagnostics, layout.sheet.name),
    category: row => categories.get(row) ?? '',
    sha256: file => context.evidence?.files.get(file)?.sha256,
  };
  const columns = placed(layout).flatMap(column => {
    const want = columnWriters[column.key];
    return want === undefined ? [] : [{ ...column, want }];
  });
  const seen = new Set<number>();
  for (const { gridRow, row } of withGridRows(layout.sheet, rows)) {
    seen.add(row.number);
    for (const column of columns) {
      diff(edits, layout, gridRow, row.number, column, '', column.want(row, view));
    }
  }
  clearLeftovers(layout, header, seen, columns, edits);
}

type PlacedColumn = { readonly key: string; readonly col: number; readonly header: string };

/** The program columns of a sheet in the order of their place. */
function placed(layout: Layout): PlacedColumn[] {
  return [...layout.columns].map(([key, col]) => ({ key, col, header: layout.headers.get(key) ?? key }));
}

/** One edit when the cell does not hold what is wanted. */
function diff(
  edits: Edit[],
  layout: Layout,
  gridRow: GridRow | undefined,
  row: number,
  column: PlacedColumn,
  id: string,
  wanted: Wanted,
): void {
  const cell = gridRow?.cells[column.col - 1];
  if (holds(cell, wanted.content)) return;
  const edit: Edit = {
    at: { sheet: layout.sheet.name, row, col: column.col },
    header: column.header,
    column: column.key,
    row: id,
    before: cell?.text ?? '',
    after: wanted.content,
    why: wanted.why,
  };
  edits.push(wanted.style === undefined ? edit : { ...edit, style: wanted.style });
}

/** What still stands in our columns beside rows that are data no more: the roll-up would count it. */
function clearLeftovers(
  layout: Layout,
  header: Header,
  data: ReadonlySet<number>,
  columns: readonly PlacedColumn[],
  edits: Edit[],
): void {
  const present = columns.filter(column => !layout.added.has(column.key));
  if (present.length === 0) return;
  for (const gridRow of layout.sheet.rows) {
    if (gridRow.number < header.row + header.rows || data.has(gridRow.number)) continue;
    for (const column of present) {
      diff(edits, layout, gridRow, gridRow.number, column, '', { content: blank, why: '这一行已不是台账数据' });
    }
  }
}

/** Rows that were read beside their grid row; both lists ascend, so one walk is enough. */
function* withGridRows<R extends { readonly number: number }>(
  sheet: GridSheet,
  rows: readonly R[],
): Iterable<{ readonly gridRow: GridRow | undefined; readonly row: R }> {
  let at = 0;
  for (const row of rows) {
    while ((sheet.rows[at]?.number ?? Number.POSITIVE_INFINITY) < row.number) at += 1;
    const gridRow = sheet.rows[at];
    yield { gridRow: gridRow?.number === row.number ? gridRow : undefined, row };
  }
}

/** Diagnostics by the row they are shown on; waived ones are not, and the most serious stand first. */
function diagnosticsByRow(diagnostics: readonly Diagnostic[]): Map<number, Diagnostic[]> {
  const byRow = new Map<number, Diagnostic[]>();
  for (const level of levels) {
    for (const one of diagnostics) {
      if (one.level !== level || one.waived) continue;
      for (const row of one.shownOn) {
        const list = byRow.get(row);
        if (list === undefined) byRow.set(row, [one]);
        else if (list.at(-1) !== one) list.push(one);
      }
    }
  }
  return byRow;
}

/** Rows of a register on which `reference-moved` stands; all of them when it names only the first of many. */
function movedRows(diagnostics: readonly Diagnostic[], sheet: string): (row: number) => boolean {
  const rows = new Set<number>();
  let all = false;
  for (const one of diagnostics) {
    if (one.check !== 'reference-moved') continue;
    const places = [one.at, ...one.also];
    if (!places.some(place => place.sheet === sheet)) continue;
    if (one.count > places.length) all = true;
    for (const place of places) if (place.sheet === sheet && place.row !== undefined) rows.add(place.row);
  }
  return row => all || rows.has(row);
}

/** The sheets of ours that differ from what the workbook shows now. */
function images(
  examined: Examined,
  names: GroupNames,
  shown: ReadonlyMap<number, readonly Diagnostic[]>,
  layout: Layout,
  recoveries: Layout | undefined,
  context: WriteContext,
): SheetImage[] {
  const { grid, main, registers } = examined.ledger;
  const rollupName = sheetName(grid, 'rollup', '汇总');
  const diagnosticsName = sheetName(grid, 'diagnostics', '校验结果');
  const mainTop: CellRef = { sheet: layout.sheet.name, row: main.header.row, col: 1 };
  const { image, rows } = diagnosticsSheet(diagnosticsName, examined, {
    main: mainTop,
    rollup: { sheet: rollupName, row: 1, col: 1 },
  });
  const below = main.header.row + main.header.rows;
  const wanted = [
    rollup(rollupName, {
      examined,
      names,
      main: { layout, first: main.extent?.first ?? below, last: main.extent?.last ?? below },
      recoveries: recoveries === undefined ? undefined : extentOf(recoveries, registers.recoveries.rows),
      diagnosticsSheet: diagnosticsName,
      diagnosticRows: rows,
      hasError: row => shown.get(row)?.some(one => one.level === 'error') ?? false,
      changes: context.changes,
    }),
    image,
    ...(context.conflicts === undefined || context.conflicts.length === 0
      ? []
      : [conflictsSheet(sheetName(grid, 'conflicts', '修改不一致'), context.conflicts)]),
  ];
  return wanted.filter(one => !sameSheet(grid, one));
}

function extentOf(layout: Layout, rows: readonly { readonly number: number }[]): Extent | undefined {
  const first = rows.at(0);
  const last = rows.at(-1);
  return first === undefined || last === undefined ? undefined : { layout, first: first.number, last: last.number };
}
