import { type Grid, type GridSheet, rowAt } from '../model/grid.js';
import type { Content, Edit, ImageCell, Plan, SheetImage, Style } from '../model/plan.js';
import { headerKey } from '../read/headers.js';
import type { Column } from '../sheets/column.js';
import { ledgerSheet } from '../sheets/ledger.js';
import type { Dress, DressColumn } from '../stores/dress.js';
import { mirrorRollup } from '../writeback/mirror-rollup.js';
import { sameSheet } from '../writeback/sheet-images.js';
import { type Meeting, NO_LONGER } from './mirror-meeting.js';
import { type MirrorColumns, type MirrorContent, ROW_ID } from './mirror-shape.js';
import { type Cells, canonical, cellValue, contentOf, type Value, valueFrom } from './value.js';

const LINE = 'D9D9D9';
const OURS_HEADER: Style = {
  bold: true,
  color: '1F4E79',
  fill: 'DDE7F2',
  border: LINE,
  align: 'center',
  vertical: 'center',
  wrap: true,
};
/** The reviewer's columns look like what they are: open for writing. */
const OPEN_HEADER: Style = { ...OURS_HEADER, color: '2E7D32', fill: 'EAF4EA' };
const BODY: Style = { border: LINE, vertical: 'top', wrap: true };

/** Colours by status; words are those of the ledger's own drop-downs. */
const COLOURS = [
  { column: 'findingStatus', value: '已销号', fill: 'CDE7CF' },
  { column: 'findingStatus', value: '已完成', fill: 'EAF4EA' },
  { column: 'findingStatus', value: '待审核', fill: 'DDE7F2' },
  { column: 'findingStatus', value: '整改中', fill: 'FFF4DF' },
  { column: 'findingStatus', value: '未启动', fill: 'FCE8E6' },
  { column: 'result', value: '已完成', fill: 'EAF4EA' },
  { column: 'result', value: '整改中', fill: 'FFF4DF' },
  { column: 'result', value: '未启动', fill: 'FCE8E6' },
  { column: 'review', value: '已退回', fill: 'FCE8E6' },
  { column: 'review', value: '抽查不实', fill: 'FCE8E6' },
  { column: 'review', value: '已销号', fill: 'CDE7CF' },
] as const;

/** How a new mirror's sheet is called. */
export const MIRROR_SHEET = '整改台账';

export type MirrorPlan = {
  readonly plan: Plan;
  readonly dress: Dress;
  /** The roll-up as it is to be, in the plan or there already. */
  readonly rollup: SheetImage;
};

/**
 * Everything that is to be written on the mirror, as a difference to what stands there; empty when both agree.
 * @param bodyLooks a file has no formats for rows to come, so each cell carries its own; a Google Sheet has them by column.
 */
export function planMirror(
  mirror: Grid,
  meeting: Meeting,
  content: MirrorContent,
  options: { readonly ledgerId: string; readonly others: readonly string[]; readonly bodyLooks: boolean },
): MirrorPlan {
  const body = options.bodyLooks ? BODY : undefined;
  const rollup = mirrorRollup(content);
  const images: SheetImage[] = [];
  if (!sameSheet(mirror, rollup.image)) images.push(rollup.image);
  const { sheet } = meeting;
  if (sheet === undefined) images.unshift(newSheet(meeting, content, body));
  const plan: Plan = {
    target: mirror.source,
    basedOn: mirror.revision,
    ledgerId: options.ledgerId,
    expects: [],
    columns: [],
    widen: [],
    edits: [],
    images,
    ...(sheet === undefined ? {} : changes(sheet, meeting, content, body)),
  };
  return {
    plan,
    rollup: rollup.image,
    dress: {
      headerRow: meeting.headerRow,
      columns: content.columns.map(dressColumn),
      colours: COLOURS.filter(({ column }) => content.columns.some(one => one.key === column)),
      ...(rollup.chart === undefined ? {} : { chart: { role: 'rollup', ...rollup.chart } }),
      others: options.others,
      unmerge: meeting.covered.areas,
      closedSheets: ['rollup'],
    },
  };
}

function dressColumn(column: Column): DressColumn {
  return {
    key: column.key,
    header: column.header.zh,
    width: column.width,
    hidden: column.key === ROW_ID,
    open: column.owner === 'reviewer',
    kind: column.kind === 'date' ? 'date' : column.kind === 'amount' ? 'number' : 'text',
    ...(column.owner === 'reviewer' && column.choices !== undefined ? { choices: column.choices } : {}),
  };
}

function newSheet(meeting: Meeting, content: MirrorContent, body: Style | undefined): SheetImage {
  const { columns } = content;
  const header = columns.map(
    (column): ImageCell => ({
      content: { kind: 'text', text: column.header.zh },
      style: column.owner === 'reviewer' ? OPEN_HEADER : OURS_HEADER,
    }),
  );
  const rows = meeting.merged.newRows.map(({ id, cells }) => ({
    cells: columns.map((column): ImageCell | undefined => {
      const held = contentFor(column, id, cells);
      if (held.kind === 'blank' && body === undefined) return undefined;
      return { content: held, ...(body === undefined ? {} : { style: body }) };
    }),
  }));
  const choices = columns.flatMap((column, index) =>
    column.owner === 'reviewer' && column.choices !== undefined && body !== undefined
      ? [
          {
            area: { top: 2, bottom: Math.max(2, rows.length + 1), left: index + 1, right: index + 1 },
            values: column.choices,
          },
        ]
      : [],
  );
  return {
    role: 'mirror',
    name: MIRROR_SHEET,
    widths: columns.map(column => column.width),
    rows: [{ height: 32, cells: header }, ...rows],
    merges: [],
    frozenRows: 1,
    bars: [],
    choices,
    columns: columns.map((column, index) => ({ key: column.key, col: index + 1 })),
    landscape: true,
    repeatRows: [1, 1],
  };
}

function changes(
  sheet: GridSheet,
  meeting: Meeting,
  content: MirrorContent,
  body: Style | undefined,
): Pick<Plan, 'edits' | 'columns' | 'widen' | 'expects'> {
  const { merged, headerRow } = meeting;
  const byKey = new Map(content.columns.map(column => [column.key, column]));
  const at = new Map(meeting.at);
  const columns = addedColumns(sheet, meeting, content.columns, at);
  const idCol = at.get(ROW_ID);
  const edits: Edit[] = [];
  const put: Put = (row, id, key, before, after, why) => {
    const col = at.get(key);
    const column = byKey.get(key);
    if (col === undefined || column === undefined) return;
    const looks = row > lastRow(sheet) && body !== undefined ? { style: body } : {};
    edits.push({
      at: { sheet: sheet.name, row, col },
      header: column.header.zh,
      column: key,
      row: id,
      before,
      after,
      why,
      ...looks,
    });
  };
  for (const change of merged.toMirror) {
    put(change.at, change.id, change.column, canonical(change.before), contentOf(change.after), WHY[change.why]);
  }
  for (const { at: row, from, to } of merged.rePaired) put(row, to, ROW_ID, from, text(to), '按内容找回行标识');
  for (const { at: row, id } of merged.copies) put(row, '', ROW_ID, id, { kind: 'blank' }, '复制行不保留原行标识');
  fillAbsent(meeting, content, put);
  fillCovered(sheet, meeting, content, put);
  let next = lastRow(sheet);
  const back = new Set(merged.putBack);
  for (const { id, cells } of merged.newRows) {
    next++;
    const why = back.has(id) ? '共享表中缺少的行，已补回' : '新增行';
    for (const column of content.columns) {
      const after = contentFor(column, id, cells);
      if (after.kind !== 'blank') put(next, id, column.key, '', after, why);
    }
  }
  for (const [key, col] of meeting.at) {
    const column = byKey.get(key);
    const cell = sheet.rows.find(row => row.number === headerRow)?.cells[col - 1];
    const header = (cell?.text ?? '').trim();
    if (column !== undefined && headerKey(header) !== headerKey(column.header.zh)) {
      put(headerRow, '', key, header, text(column.header.zh), header === '' ? '表头缺失，已补上' : '表头被改，已恢复');
    }
  }
  edits.push(...clearDropped(sheet, meeting));
  const right = columns.reduce((most, column) => Math.max(most, column.col), 0);
  const expects =
    idCol === undefined || columns.some(column => column.key === ROW_ID)
      ? []
      : sheet.rows.flatMap(row => {
          const id = row.number > headerRow ? (row.cells[idCol - 1]?.text ?? '') : '';
          return id === '' ? [] : [{ at: { sheet: sheet.name, row: row.number, col: idCol }, id }];
        });
  return {
    edits,
    columns,
    widen: columns.length > 0 && sheet.filter !== undefined ? [{ sheet: sheet.name, headerRow, toCol: right }] : [],
    expects,
  };
}

function headerOf(key: string): string {
  return ledgerSheet.columns.find(column => column.key === key)?.header.zh ?? NO_LONGER;
}

/** A column that was taken off the list leaves the mirror, with whatever was shared of it. */
function clearDropped(sheet: GridSheet, { dropped, headerRow, merged }: Meeting): Edit[] {
  const ids = new Map(merged.rows.map(row => [row.at, row.id]));
  const edits: Edit[] = [];
  for (const { key, col } of dropped) {
    for (const row of sheet.rows) {
      const before = row.cells[col - 1]?.text ?? '';
      const after: Content = row.number === headerRow ? text(NO_LONGER) : { kind: 'blank' };
      if (row.number < headerRow || before === '' || before === NO_LONGER) continue;
      const at = { sheet: sheet.name, row: row.number, col };
      const id = ids.get(row.number) ?? '';
      edits.push({ at, header: headerOf(key), column: key, row: id, before, after, why: '本栏已不在共享名单上' });
    }
  }
  return edits;
}

const WHY = {
  changed: '台账已更新',
  restored: '本栏由整改办维护，共享表中的改动已恢复',
  decided: '两边不一致，按决定以台账为准',
  withdrawn: '本行已移出共享范围',
} as const;

/** Columns that are new on the list, or were taken out by somebody, go to the right of everything. */
function addedColumns(
  sheet: GridSheet,
  meeting: Meeting,
  columns: MirrorColumns,
  at: Map<string, number>,
): Plan['columns'] {
  let last = sheet.filter?.right ?? 0;
  for (const row of sheet.rows) last = Math.max(last, row.cells.length);
  return columns
    .filter(column => meeting.absent.has(column.key))
    .map(column => {
      last++;
      at.set(column.key, last);
      return {
        sheet: sheet.name,
        key: column.key,
        headerRow: meeting.headerRow,
        headerRows: 1,
        col: last,
        header: column.header.zh,
        width: column.width,
        hidden: column.key === ROW_ID,
        headerStyle: column.owner === 'reviewer' ? OPEN_HEADER : OURS_HEADER,
      };
    });
}

type Put = (row: number, id: string, key: string, before: string, after: Content, why: string) => void;

/** The cells of such a column, as far as the merge does not write them anyway. */
function fillAbsent(meeting: Meeting, content: MirrorContent, put: Put): void {
  if (meeting.absent.size === 0) return;
  const { merged, at } = meeting;
  const written = new Set(merged.toMirror.map(change => `${change.at} ${change.column}`));
  for (const row of merged.rows) {
    for (const key of meeting.absent) {
      if (written.has(`${row.at} ${key}`)) continue;
      const value = key === ROW_ID ? idValue(row.id) : agreedValue(merged.agreed, content.rows, row.id, key);
      const after = contentOf(value);
      if (after.kind !== 'blank' && !at.has(key)) put(row.at, row.id, key, '', after, '补上缺少的栏');
    }
  }
}

/** What was lost under a merge. */
function fillCovered(sheet: GridSheet, meeting: Meeting, content: MirrorContent, put: Put): void {
  const { merged, at, covered } = meeting;
  if (covered.cells.length === 0) return;
  const written = new Set(merged.toMirror.map(change => `${change.at} ${change.column}`));
  const ids = new Map(merged.rows.map(row => [row.at, row.id]));
  for (const { at: row, key } of covered.cells) {
    const id = ids.get(row) ?? '';
    const wanted = key === ROW_ID ? idValue(id) : agreedValue(merged.agreed, content.rows, id, key);
    const present = cellValue(rowAt(sheet, row)?.cells[(at.get(key) ?? 0) - 1]);
    if (written.has(`${row} ${key}`) || canonical(present) === canonical(wanted)) continue;
    put(row, id, key, canonical(present), contentOf(wanted), '取消合并，补上内容');
  }
}

function agreedValue(
  agreed: Meeting['merged']['agreed'],
  source: ReadonlyMap<string, Cells>,
  id: string,
  key: string,
): Value {
  const wanted = agreed.get(id)?.get(key) ?? '';
  const mine = source.get(id)?.get(key);
  return mine !== undefined && canonical(mine) === wanted ? mine : valueFrom(wanted);
}

function idValue(id: string): Value {
  return { kind: 'text', text: id };
}

function contentFor(column: Column, id: string, cells: Cells): Content {
  if (column.key === ROW_ID) return text(id);
  const value = cells.get(column.key);
  return value === undefined ? { kind: 'blank' } : contentOf(value);
}

function text(written: string): Content {
  return { kind: 'text', text: written };
}

function lastRow(sheet: GridSheet): number {
  return sheet.rows.at(-1)?.number ?? 0;
}
