import { createHash } from 'node:crypto';
import type { sheets_v4 } from '@googleapis/sheets';
import type { Plan } from '../../model/plan.js';
import type { Dress, DressColumn, Lack } from '../dress.js';
import {
  type Block,
  choiceRequest,
  columnMarker,
  columnSize,
  gridRange,
  markSheet,
  sheetIdForRole,
} from './requests.js';
import { KEY, type SheetFacts, type Spreadsheet } from './spreadsheet.js';
import { stableId } from './token.js';
import { colorStyle, numberFormat } from './values.js';

export type { Dress, Lack } from '../dress.js';

/** Where the columns of the mirror stand: by their markers, or as the plan is about to place them. */
type Layout = {
  readonly sheetId: number;
  readonly facts: SheetFacts | undefined;
  /** Column key → 1-based column. */
  readonly at: ReadonlyMap<string, number>;
  /** Columns that the plan makes, or that were made and never dressed. */
  readonly fresh: ReadonlySet<string>;
  /** Those among them that nothing else marks. */
  readonly unmarked: ReadonlySet<string>;
};

function layoutOf(dress: Dress, plan: Plan | undefined, book: Spreadsheet): Layout | undefined {
  const facts = [...book.sheets.values()].find(one => one.role === 'mirror');
  if (facts !== undefined) {
    const grid = book.grid.sheets.find(one => one.name === facts.title);
    const at = new Map(grid?.markers ?? []);
    const fresh = new Set<string>();
    const unmarked = new Set<string>();
    // A first push that was cut off may have left columns without their markers; their headers tell.
    const header = grid?.rows.find(row => row.number === dress.headerRow)?.cells ?? [];
    for (const column of dress.columns) {
      const col = header.findIndex(cell => cell?.text.trim() === column.header) + 1;
      if (at.has(column.key) || col === 0) continue;
      at.set(column.key, col);
      fresh.add(column.key);
      unmarked.add(column.key);
    }
    for (const column of plan?.columns ?? []) {
      if (column.sheet !== facts.title) continue;
      at.set(column.key, column.col);
      fresh.add(column.key);
    }
    return { sheetId: facts.sheetId, facts, at, fresh, unmarked };
  }
  if (plan === undefined || !plan.images.some(image => image.role === 'mirror')) return undefined;
  const keys = dress.columns.map(column => column.key);
  return {
    sheetId: sheetIdForRole(book, 'mirror', plan.ledgerId),
    facts: undefined,
    at: new Map(keys.map((key, index) => [key, index + 1])),
    fresh: new Set(keys),
    unmarked: new Set(keys),
  };
}

/** What the sheet as read lacks of its dress; for a person, one line each. */
export function undressed(dress: Dress, book: Spreadsheet, account: string | undefined): Lack[] {
  const layout = layoutOf(dress, undefined, book);
  if (layout === undefined) return [];
  const names = new Map(dress.columns.map(column => [column.key, column.header]));
  const open = unprotectedColumns(dress, layout);
  const out: Lack[] = [];
  const say = (kind: Lack['kind'], zh: string, en: string): void => {
    out.push({ kind, text: { zh, en } });
  };
  if (open.length > 0) {
    const list = open.map(key => `“${names.get(key) ?? key}”`).join('、');
    say(
      'protection',
      `共享表的${list}栏没有受到保护，别人可以改动`,
      `column(s) ${list} of the shared sheet are not protected and others can change them`,
    );
  }
  for (const facts of closedSheets(dress, book)) {
    if (isProtected(facts, undefined, dress)) continue;
    say(
      'protection',
      `共享表的“${facts.title}”工作表没有受到保护，别人可以改动`,
      `the tab "${facts.title}" is not protected and others can change it`,
    );
  }
  const locked = [...book.sheets.values()].some(facts =>
    facts.protections.some(one => one.requestingUserCanEdit === false && facts.role !== undefined),
  );
  if (locked) {
    say(
      'protection',
      `共享表中有一处保护不允许 ${account ?? '本程序的账号'} 编辑，同步可能写不进去。请由表格所有者在“数据→保护工作表和范围”中加上该账号。`,
      `One protection does not let ${account ?? 'the program’s account'} edit; a sync may be refused. Let the owner add it under Data → Protect sheets and ranges.`,
    );
  }
  if (chartIsGone(dress, layout, book)) {
    say('chart', '共享表的图表不见了，已重新画上', 'the chart of the shared sheet was gone and was drawn anew');
  }
  for (const { column, rows } of bareChoices(dress, layout)) {
    say(
      'choices',
      `共享表“${column.header}”栏有 ${rows.length} 格没有下拉选项（多半是粘贴时盖掉的），已补上`,
      `${rows.length} cell(s) of ${column.header} had lost their drop-down (pasted over, as a rule); it was put back`,
    );
  }
  return out;
}

/** The chart was drawn and is not there any more; one that people moved to another sheet is. */
function chartIsGone(dress: Dress, layout: Layout, book: Spreadsheet): boolean {
  const { chart } = dress;
  if (chart === undefined || book.grid.ledgerId === undefined || layout.facts?.dress !== fingerprint(dress, layout)) {
    return false;
  }
  const there = [...book.sheets.values()].some(facts => facts.role === chart.role);
  return there && !book.charts.has(chartIdOf(book.grid.ledgerId, chart.role));
}

/** Rows of the ledger in which a column has lost its drop-down; a list of people's own in its place is theirs. */
function bareChoices(dress: Dress, layout: Layout): { readonly column: DressColumn; readonly rows: number[] }[] {
  const { facts } = layout;
  const idCol = layout.at.get('rowId');
  if (facts === undefined || idCol === undefined || facts.dress !== fingerprint(dress, layout)) return [];
  return dress.columns.flatMap(column => {
    const col = layout.at.get(column.key);
    if (column.choices === undefined || col === undefined || layout.fresh.has(column.key)) return [];
    const rows = facts.raw.flatMap((cells, index) => {
      const isRow = index >= dress.headerRow && cells[idCol - 1]?.effectiveValue?.stringValue !== undefined;
      return isRow && cells[col - 1]?.dataValidation === undefined ? [index + 1] : [];
    });
    return rows.length === 0 ? [] : [{ column, rows }];
  });
}

function chartIdOf(ledgerId: string, role: string): number {
  return stableId('chart', ledgerId, role);
}

/** To be done before anything is written: the service drops what is written under a merge. */
export function unmergeBlocks(dress: Dress, book: Spreadsheet): Block[] {
  const facts = [...book.sheets.values()].find(one => one.role === 'mirror');
  if (facts === undefined || dress.unmerge.length === 0) return [];
  return [dress.unmerge.map(area => ({ unmergeCells: { range: gridRange(facts.sheetId, area) } }))];
}

/** Requests for whatever is missing of the dress; none when the sheet wears it. */
export function dressBlocks(dress: Dress, plan: Plan, book: Spreadsheet, account: string | undefined): Block[] {
  const layout = layoutOf(dress, plan, book);
  if (layout === undefined) return [];
  const { sheetId, facts, at, fresh } = layout;
  const block: Block = [];
  for (const column of dress.columns) {
    const col = at.get(column.key);
    if (col === undefined || !fresh.has(column.key)) continue;
    // A column of the plan marks itself.
    if (layout.unmarked.has(column.key)) block.push(columnMarker(sheetId, col, column.key));
    block.push(columnSize(sheetId, col, column.width, column.hidden));
  }
  const print = fingerprint(dress, layout);
  if (facts?.dress !== print) {
    for (const column of dress.columns) block.push(...columnLooks(column, layout, { from: dress.headerRow + 1 }));
    block.push(filterRequest(layout, dress));
    block.push(markSheet(sheetId, KEY.dress, print, facts?.dress));
  }
  const added = facts === undefined ? undefined : addedRows(facts, plan);
  // Inserted rows take over the looks of their neighbours, drop-downs not for certain.
  if (added !== undefined) for (const column of dress.columns) block.push(...columnLooks(column, layout, added));
  for (const { column, rows } of bareChoices(dress, layout)) {
    const col = layout.at.get(column.key) ?? 1;
    for (const [from, to] of spans(rows)) {
      block.push(
        choiceRequest(gridRange(sheetId, { top: from, bottom: to, left: col, right: col }), column.choices ?? []),
      );
    }
  }
  if (facts?.dress === undefined) block.push(...colourRules(dress, layout));
  block.push(...protectionRequests(dress, layout, plan, book, account));
  block.push(...chartRequests(dress, plan, book, facts?.dress !== print));
  return block.length === 0 ? [] : [block];
}

/** 1-based rows; without `to` down to the end of the sheet, rows to come included. */
type Rows = { readonly from: number; readonly to?: number };

/** The rows that the plan puts below the last filled one. */
function addedRows(facts: SheetFacts, plan: Plan): Rows | undefined {
  let to = 0;
  for (const edit of plan.edits) if (edit.at.sheet === facts.title) to = Math.max(to, edit.at.row);
  return to > facts.lastRow ? { from: facts.lastRow + 1, to } : undefined;
}

/** Drop-downs and number formats of a column. */
function columnLooks(column: DressColumn, layout: Layout, rows: Rows): sheets_v4.Schema$Request[] {
  const col = layout.at.get(column.key);
  if (col === undefined) return [];
  const range = {
    sheetId: layout.sheetId,
    startRowIndex: rows.from - 1,
    ...(rows.to === undefined ? {} : { endRowIndex: rows.to }),
    startColumnIndex: col - 1,
    endColumnIndex: col,
  };
  const requests: sheets_v4.Schema$Request[] = [
    {
      repeatCell: {
        range,
        cell: {
          userEnteredFormat: {
            wrapStrategy: 'WRAP',
            verticalAlignment: 'TOP',
            ...(column.kind === 'text'
              ? {}
              : { numberFormat: numberFormat(column.kind === 'date' ? 'yyyy-mm-dd' : '#,##0.00') }),
          },
        },
        fields: `userEnteredFormat(wrapStrategy,verticalAlignment${column.kind === 'text' ? '' : ',numberFormat'})`,
      },
    },
  ];
  if (column.choices !== undefined) requests.push(choiceRequest(range, column.choices));
  return requests;
}

/** The filter spans all our columns, the hidden ids included, so that sorting takes them along. People's criteria stay. */
function filterRequest(layout: Layout, dress: Dress): sheets_v4.Schema$Request {
  const cols = [...layout.at.values()];
  const { criteria: _outdated, range, ...kept } = layout.facts?.filter ?? {};
  return {
    setBasicFilter: {
      filter: {
        ...kept,
        range: {
          sheetId: layout.sheetId,
          startRowIndex: dress.headerRow - 1,
          startColumnIndex: Math.min(range?.startColumnIndex ?? 0, ...cols.map(col => col - 1)),
          endColumnIndex: Math.max(range?.endColumnIndex ?? 0, ...cols),
        },
      },
    },
  };
}

function colourRules(dress: Dress, layout: Layout): sheets_v4.Schema$Request[] {
  return dress.colours.flatMap(({ column, value, fill }, index) => {
    const col = layout.at.get(column);
    if (col === undefined) return [];
    return [
      {
        addConditionalFormatRule: {
          index,
          rule: {
            ranges: [
              {
                sheetId: layout.sheetId,
                startRowIndex: dress.headerRow,
                startColumnIndex: col - 1,
                endColumnIndex: col,
              },
            ],
            booleanRule: {
              condition: { type: 'TEXT_EQ', values: [{ userEnteredValue: value }] },
              format: { backgroundColorStyle: colorStyle(fill) },
            },
          },
        },
      },
    ];
  });
}

/** Columns of ours, not open, that no sound protection covers from top to bottom. */
function unprotectedColumns(dress: Dress, layout: Layout): string[] {
  return dress.columns
    .filter(column => {
      const col = layout.at.get(column.key);
      if (col === undefined) return false;
      const area = column.open ? { col, row: dress.headerRow } : { col, row: undefined };
      return layout.facts === undefined || layout.fresh.has(column.key) || !isProtected(layout.facts, area, dress);
    })
    .map(column => column.key);
}

/** Is a column (or one of its cells, or with no area the whole sheet) protected against everybody but us and the owner? */
function isProtected(
  facts: SheetFacts,
  area: { readonly col: number; readonly row: number | undefined } | undefined,
  dress: Dress,
): boolean {
  return facts.protections.some(one => {
    if (one.warningOnly === true || !soundEditors(one, dress)) return false;
    const range = one.range ?? {};
    const top = (range.startRowIndex ?? 0) + 1;
    const bottom = range.endRowIndex ?? Number.POSITIVE_INFINITY;
    const left = (range.startColumnIndex ?? 0) + 1;
    const right = range.endColumnIndex ?? Number.POSITIVE_INFINITY;
    const rows =
      area?.row === undefined ? top === 1 && bottom >= facts.rowCount : top <= area.row && bottom >= area.row;
    const cols = area === undefined ? left === 1 && right >= facts.columnCount : left <= area.col && right >= area.col;
    return rows && cols && (one.unprotectedRanges ?? []).length === 0;
  });
}

/** The service adds the owner and the account that asked to every list of editors; nobody else belongs there. */
function soundEditors(range: sheets_v4.Schema$ProtectedRange, dress: Dress): boolean {
  const editors = range.editors ?? {};
  if (editors.domainUsersCanEdit === true || (editors.groups ?? []).length > 0) return false;
  const others = new Set(dress.others.map(email => email.toLowerCase()));
  return !(editors.users ?? []).some(email => others.has(email.toLowerCase()));
}

function protectionRequests(
  dress: Dress,
  layout: Layout,
  plan: Plan,
  book: Spreadsheet,
  account: string | undefined,
): sheets_v4.Schema$Request[] {
  const bare = new Set(unprotectedColumns(dress, layout));
  const closed: number[] = [];
  const headers: number[] = [];
  for (const column of dress.columns) {
    const col = layout.at.get(column.key);
    if (col === undefined || !bare.has(column.key)) continue;
    (column.open ? headers : closed).push(col);
  }
  const editors = { users: account === undefined ? [] : [account] };
  const make = (range: sheets_v4.Schema$GridRange, description: string): sheets_v4.Schema$Request => ({
    addProtectedRange: { protectedRange: { range, description, warningOnly: false, editors } },
  });
  const { sheetId } = layout;
  const requests = [
    ...spans(closed).map(([from, to]) =>
      make({ sheetId, startColumnIndex: from - 1, endColumnIndex: to }, '台账同步：由整改办维护'),
    ),
    ...spans(headers).map(([from, to]) =>
      make(
        { sheetId, startRowIndex: 0, endRowIndex: dress.headerRow, startColumnIndex: from - 1, endColumnIndex: to },
        '台账同步：表头',
      ),
    ),
  ];
  for (const role of dress.closedSheets) {
    const facts = [...book.sheets.values()].find(one => one.role === role);
    const coming = plan.images.some(image => image.role === role);
    if (facts === undefined ? !coming : isProtected(facts, undefined, dress)) continue;
    requests.push(
      make({ sheetId: facts?.sheetId ?? sheetIdForRole(book, role, plan.ledgerId) }, '台账同步：由系统生成'),
    );
  }
  return requests;
}

function closedSheets(dress: Dress, book: Spreadsheet): SheetFacts[] {
  return [...book.sheets.values()].filter(facts => facts.role !== undefined && dress.closedSheets.includes(facts.role));
}

/** One bar chart whose id is ours, so that it is made once and changed ever after. */
function chartRequests(dress: Dress, plan: Plan, book: Spreadsheet, changed: boolean): sheets_v4.Schema$Request[] {
  const chart = dress.chart;
  if (chart === undefined) return [];
  const facts = [...book.sheets.values()].find(one => one.role === chart.role);
  if (facts === undefined && !plan.images.some(image => image.role === chart.role)) return [];
  const sheetId = facts?.sheetId ?? sheetIdForRole(book, chart.role, plan.ledgerId);
  const chartId = chartIdOf(plan.ledgerId, chart.role);
  const spec: sheets_v4.Schema$ChartSpec = {
    title: chart.title,
    basicChart: {
      chartType: 'BAR',
      legendPosition: 'NO_LEGEND',
      headerCount: 0,
      domains: [{ domain: { sourceRange: { sources: [gridRange(sheetId, chart.labels)] } } }],
      series: [
        {
          series: { sourceRange: { sources: [gridRange(sheetId, chart.values)] } },
          targetAxis: 'BOTTOM_AXIS',
          colorStyle: colorStyle('4472C4'),
        },
      ],
      axis: [
        {
          position: 'BOTTOM_AXIS',
          viewWindowOptions: { viewWindowMode: 'EXPLICIT', viewWindowMin: 0, viewWindowMax: 1 },
        },
      ],
    },
  };
  if (book.charts.has(chartId)) return changed ? [{ updateChartSpec: { chartId, spec } }] : [];
  const anchor = { sheetId, rowIndex: 1, columnIndex: chart.values.right + 1 };
  return [
    {
      addChart: {
        chart: {
          chartId,
          spec,
          position: { overlayPosition: { anchorCell: anchor, widthPixels: 560, heightPixels: 340 } },
        },
      },
    },
  ];
}

/** Changes when the columns, their drop-downs or the chart change; people's own formats are no part of it. */
function fingerprint(dress: Dress, layout: Layout): string {
  const columns = dress.columns.filter(column => layout.at.has(column.key));
  const { headerRow, chart } = dress;
  return createHash('sha256').update(JSON.stringify({ columns, headerRow, chart })).digest('hex').slice(0, 16);
}

/** 1, 2, 3, 7 → [1, 3], [7, 7]. */
function spans(cols: readonly number[]): [number, number][] {
  const out: [number, number][] = [];
  for (const col of cols.toSorted((a, b) => a - b)) {
    const last = out.at(-1);
    if (last !== undefined && last[1] === col - 1) last[1] = col;
    else out.push([col, col]);
  }
  return out;
}
