import type { MirrorSettings } from '../config/settings.js';
import type { Examined } from '../examine.js';
import type { Cell, GridRow } from '../model/grid.js';
import { nearest } from '../model/nearest.js';
import type { Content, Plan } from '../model/plan.js';
import { type Text, text } from '../model/text.js';
import { headerKey } from '../read/headers.js';
import type { LedgerRow } from '../read/main.js';
import { maskPrivate, type PrivateKind } from '../read/typed/private.js';
import type { Column } from '../sheets/column.js';
import { ledgerSheet } from '../sheets/ledger.js';
import { StoreError } from '../stores/store.js';
import { type Cells, cellValue, type Value } from './value.js';

/*
 * What may leave the house: the columns on the list, the rows that may go, private data masked. Nothing gets onto the
 * mirror that has not passed through here.
 */

export const ROW_ID = 'rowId';

/** The columns of the mirror in their order on it: those on the list, the reviewer's, and the row id at the end. */
export type MirrorColumns = readonly Column[];

/** Everything of the ledger that travels, as it stands now. */
export type MirrorContent = {
  readonly columns: MirrorColumns;
  /** Row id → cells, masked, without the id itself; in the order of the ledger. */
  readonly rows: ReadonlyMap<string, Cells>;
  /** Row id → where it stands in the ledger, for messages. */
  readonly places: ReadonlyMap<string, MirrorPlace>;
  /** Findings that do not travel at all, and all findings. */
  readonly findings: { readonly shared: number; readonly all: number };
  /** Rows kept back because they are marked as secret. */
  readonly secret: readonly MirrorPlace[];
  /** Texts that a cell of the mirror cannot hold; their beginning travels. */
  readonly cut: readonly CutText[];
  /** The roll-up over what travels. */
  readonly examined: Examined;
  /** Indices of the findings that travel. */
  readonly shared: ReadonlySet<number>;
};

/** `holds`: UTF-16 units that the mirror takes. */
export type CutText = {
  readonly row: string;
  readonly column: string;
  readonly length: number;
  readonly holds: number;
};

export type MirrorPlace = { readonly sheet: string; readonly row: number; readonly finding: string };

/** Never on a mirror, on whatever list they stand: evidence is named by its path inside the house. */
const NEVER: ReadonlySet<string> = new Set(['evidence']);

/**
 * The list of the settings as columns.
 * @throws StoreError (exit 2): no list (with one to paste), an unknown name (with the nearest), a column that never travels.
 */
export function mirrorColumns(settings: Pick<MirrorSettings, 'columns' | 'rows'>): MirrorColumns {
  if (settings.columns === undefined) throw new StoreError(2, 'mirror-columns', noListText());
  if (settings.rows === undefined) throw new StoreError(2, 'mirror-rows', noRowsText());
  const byName = new Map<string, Column>();
  for (const column of ledgerSheet.columns) {
    for (const name of [column.key, column.header.zh, column.header.en]) byName.set(headerKey(name), column);
  }
  const wanted = new Set<string>();
  for (const name of settings.columns) {
    const column = byName.get(headerKey(name));
    if (column === undefined) throw new StoreError(2, 'mirror-columns', unknownColumnText(name));
    if (NEVER.has(column.key)) throw new StoreError(2, 'not-allowed-out', neverText(column));
    wanted.add(column.key);
  }
  const columns: readonly Column[] = ledgerSheet.columns;
  const travelling = columns.filter(column => wanted.has(column.key) || column.owner === 'reviewer');
  const id = columns.filter(column => column.key === ROW_ID);
  return [...travelling.filter(column => column.key !== ROW_ID), ...id];
}

/**
 * Everything that travels. Pure.
 * @param ids row number of the main sheet → row id
 * @param holds UTF-16 units that a cell of the mirror holds; a longer text travels cut, with an ellipsis
 * @param plan what is about to be written into the ledger: the program's columns travel as they then are
 */
export function mirrorContent(
  examined: Examined,
  ids: ReadonlyMap<number, string>,
  plan: Pick<Plan, 'edits'>,
  settings: Pick<MirrorSettings, 'columns' | 'rows' | 'mask'>,
  holds = Number.POSITIVE_INFINITY,
): MirrorContent {
  const columns = mirrorColumns(settings);
  const { main } = examined.ledger;
  const sheet = main.header.sheet.name;
  const reading = new Reading(examined, plan);
  const rows = new Map<string, Cells>();
  const places = new Map<string, MirrorPlace>();
  const secret: MirrorPlace[] = [];
  const cut: CutText[] = [];
  const shared = new Set<number>();
  for (const row of main.rows) {
    const id = ids.get(row.number);
    if (id === undefined) continue;
    const place = { sheet, row: row.number, finding: main.findings[row.finding]?.label ?? '' };
    if (settings.rows === 'public' && row.data.publicity !== 'public') continue;
    const cells = new Map<string, Value>();
    const long: CutText[] = [];
    for (const column of columns) {
      if (column.key === ROW_ID) continue;
      const whole = masked(reading.value(row, column), settings.mask);
      cells.set(column.key, cutTo(whole, holds));
      if (isLong(whole, holds)) long.push({ row: id, column: column.key, length: whole.text.length, holds });
    }
    if (isSecret(reading.value(row, publicity), cells)) {
      secret.push(place);
      continue;
    }
    cut.push(...long);
    rows.set(id, cells);
    places.set(id, place);
    shared.add(row.finding);
  }
  const findings = { shared: shared.size, all: main.findings.length };
  return { columns, rows, places, findings, secret, cut, examined, shared };
}

const publicity: Column = columnOf('publicity');

function columnOf(key: string): Column {
  const found = ledgerSheet.columns.find(column => column.key === key);
  if (found === undefined) throw new Error(`no column ${key}`);
  return found;
}

/** Which cell speaks for a column of a row. */
class Reading {
  private readonly rows: ReadonlyMap<number, GridRow>;
  private readonly coming = new Map<string, Content>();

  constructor(
    private readonly examined: Examined,
    plan: Pick<Plan, 'edits'>,
  ) {
    const { sheet } = examined.ledger.main.header;
    this.rows = new Map(sheet.rows.map(row => [row.number, row]));
    for (const edit of plan.edits) {
      if (edit.at.sheet === sheet.name) this.coming.set(`${edit.at.row} ${edit.column}`, edit.after);
    }
  }

  /**
   * Repeated where a reader of a sorted list needs it (finding, focus area, who and until when; a merged measure on each
   * of its rows), never where repeating would count twice (money).
   */
  value(row: LedgerRow, column: Column): Value {
    const coming = this.coming.get(`${row.number} ${column.key}`);
    if (coming !== undefined) return contentValue(coming);
    const col = this.columnNumber(column);
    if (column.fill === 'down' && (column.key === 'finding' || column.key === 'subFinding')) {
      const filled = column.key === 'finding' ? row.data.finding : row.data.subFinding;
      return filled === undefined ? { kind: 'blank' } : { kind: 'text', text: filled };
    }
    if (column.key === 'focus') {
      const focus = this.examined.ledger.main.findings[row.finding]?.focus?.title;
      return focus === undefined ? { kind: 'blank' } : { kind: 'text', text: focus };
    }
    if (col === undefined) return { kind: 'blank' };
    const own = this.rows.get(row.number)?.cells[col - 1];
    if (column.fill === 'none' || column.owner !== 'office' || isFilled(own)) return cellValue(own);
    const through = this.throughMerge(row.number, col);
    if (isFilled(through) || column.fill !== 'inherit') return cellValue(through);
    const first = this.examined.ledger.main.findings[row.finding]?.first.number ?? row.number;
    const inherited = this.rows.get(first)?.cells[col - 1];
    return cellValue(isFilled(inherited) ? inherited : this.throughMerge(first, col));
  }

  private throughMerge(row: number, col: number): Cell | undefined {
    const area = this.examined.ledger.main.header.merges.at(row, col);
    return area === undefined ? undefined : this.rows.get(area.top)?.cells[area.left - 1];
  }

  private columnNumber(column: Column): number | undefined {
    const { header } = this.examined.ledger.main;
    return column.owner === 'program' ? header.sheet.markers.get(column.key) : header.columns.get(column.key)?.col;
  }
}

function isFilled(cell: Cell | undefined): boolean {
  return cell !== undefined && cell.text.trim() !== '';
}

function contentValue(content: Content): Value {
  if (content.kind === 'formula') {
    return content.cached.text === '' ? { kind: 'blank' } : { kind: content.cached.kind, text: content.cached.text };
  }
  return content;
}

function isLong(value: Value, holds: number): value is Value & { readonly kind: 'text'; readonly text: string } {
  return value.kind === 'text' && value.text.length > holds;
}

function cutTo(value: Value, holds: number): Value {
  if (!isLong(value, holds)) return value;
  // Not in the middle of a sign that takes two units.
  return { kind: 'text', text: `${value.text.slice(0, holds - 1).replace(/[\uD800-\uDBFF]$/, '')}…` };
}

function masked(value: Value, kinds: readonly PrivateKind[]): Value {
  if (value.kind === 'blank' || value.kind === 'date') return value;
  const hidden = maskPrivate(value.text, kinds);
  // A number that was masked is none any more.
  return hidden === value.text ? value : { kind: 'text', text: hidden };
}

/** 机密★10年 and its like (GB/T 9704), or a row whose 公开范围 says so. The word alone does not: a finding may be about it. */
const CLASSIFICATION = /(?:绝密|机密|秘密)\s*[★☆]/;
const CLASSIFIED = /涉密|绝密|机密|秘密/;

function isSecret(range: Value, cells: Cells): boolean {
  if (range.kind !== 'blank' && CLASSIFIED.test(range.text)) return true;
  for (const value of cells.values()) if (value.kind !== 'blank' && CLASSIFICATION.test(value.text)) return true;
  return false;
}

/** Headers for the office to cut down; nothing of it is a default. */
export function proposedColumns(): string[] {
  const keys = ['seq', 'focus', 'finding', 'subFinding', 'measure', 'department', 'deadline', 'progress', 'result'];
  return keys.map(key => columnOf(key).header.zh);
}

function noListText(): Text {
  const list = proposedColumns()
    .map(name => `"${name}"`)
    .join(', ');
  return text(
    `还没有写明哪些栏可以共享。请在配置的 mirror 中加上 "columns": [${list}]，删去不宜共享的栏；审核栏总会共享，佐证材料不能共享。`,
    `Nobody has said which columns may be shared. Put "columns": [${list}] into mirror in the config and take out what must stay; the review columns always travel, evidence never does.`,
  );
}

function noRowsText(): Text {
  return text(
    '还没有写明哪些行可以共享。请在配置的 mirror 中加上 "rows": "all"（交给巡察办等审核方，全部问题）或 "rows": "public"（只有“公开范围”为社会公开的行）。',
    'Nobody has said which rows may be shared. Put "rows": "all" (for the inspection side) or "rows": "public" (only rows marked 社会公开) into mirror in the config.',
  );
}

function unknownColumnText(name: string): Text {
  const names = ledgerSheet.columns.map(column => column.header.zh);
  const meant = nearest(name, names);
  const hint = meant === undefined ? '' : `，您是否想写“${meant}”？`;
  return text(
    `配置 mirror.columns 里的“${name}”不是标准栏目${hint || '。'}请写标准表头，如 ${names.slice(0, 6).join('、')}。`,
    `"${name}" in mirror.columns is no standard column${meant === undefined ? '' : `; did you mean "${meant}"`}. Use standard headers such as ${names.slice(0, 6).join(', ')}.`,
  );
}

function neverText(column: Column): Text {
  return text(
    `“${column.header.zh}”不能放进共享表：里面是单位内部的文件路径。请从配置的 mirror.columns 中删去。`,
    `"${column.header.zh}" never travels: it holds paths inside the house. Take it out of mirror.columns.`,
  );
}
