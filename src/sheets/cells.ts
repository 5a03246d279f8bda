import type { Day } from '../model/day.js';
import type { Cell } from '../model/grid.js';
import type { Unit } from '../model/money.js';
import { type Text, text } from '../model/text.js';
import { parseAmount } from '../read/typed/amount.js';
import { parseCount } from '../read/typed/count.js';
import { parseDate } from '../read/typed/date.js';
import { parseDeadline } from '../read/typed/deadline.js';
import { isNothing, toHalfWidth } from '../read/typed/normalise.js';
import type { Parsed } from '../read/typed/parsed.js';
import { parseReferences } from '../read/typed/references.js';

/** Where an amount's unit comes from when its cell does not say. */
export type UnitContext = { readonly unit: Unit; readonly from: 'column' | 'header' | 'title' | 'default' | 'assumed' };

/** A cell and what must be known around it to read it. */
export type CellInput = {
  readonly cell: Cell;
  readonly unit: UnitContext;
  /** Year of a date that names none. */
  readonly year?: number | undefined;
  readonly feedback?: Day | undefined;
  readonly periodMonths?: number | undefined;
  /** Word tables of the mapping in force: written word (normalised) → canonical value. */
  readonly words: WordTables;
};

export type WordTables = {
  readonly [Field in 'result' | 'review' | 'publicity' | 'measureKind']: ReadonlyMap<string, string>;
};

export const statuses = ['not-started', 'in-progress', 'mostly-done', 'long-term', 'done', 'withdrawn'] as const;
export type Status = (typeof statuses)[number];
export const reviews = ['returned', 'closed', 'refuted', 'unchanged'] as const;
export type Review = (typeof reviews)[number];
export const publicities = ['public', 'party', 'none'] as const;
export type Publicity = (typeof publicities)[number];
export const measureKinds = ['immediate', 'in-period', 'long-term'] as const;
export type MeasureKind = (typeof measureKinds)[number];

/** What the office wrote as a result: the status, and whether 长期坚持 or 已销号 was written with it. */
export type Result = { readonly status: Status; readonly longTerm: boolean; readonly closedMark: boolean };

/** The form in which a written word is looked up: half-width, no blanks, no closing punctuation. */
export function wordKey(written: string): string {
  return toHalfWidth(written)
    .replace(/\s+/g, '')
    .replace(/[。.;,!]+$/u, '')
    .toLowerCase();
}

/** What a kind of field makes of a cell. */
export type ReadField<T> = (input: CellInput) => Parsed<T>;

/** No field is read from a formula that failed. */
function field<T>(parse: ReadField<T>): ReadField<T> {
  return input => (input.cell.kind === 'error' ? { kind: 'bad', expected: expectedNoError(input.cell) } : parse(input));
}

function expectedNoError(cell: Cell): Text {
  return cell.text === '#UNCALCULATED'
    ? text(
        '公式的计算结果（请用 Excel 或 WPS 打开并保存一次）',
        'a calculated formula (open and save once in Excel or WPS)',
      )
    : text('一个能算出结果的公式或直接填写的值', 'a formula without an error, or a typed value');
}

function chosen<T extends string>(table: keyof WordTables, allowed: readonly T[], expected: Text) {
  return field<T>(({ cell, words }) => {
    const key = wordKey(cell.text);
    if (key === '' || (table !== 'publicity' && isNothing(cell.text))) return { kind: 'blank' };
    const canonical = words[table].get(key);
    const value = allowed.find(one => one === canonical);
    return value === undefined ? { kind: 'bad', expected } : { kind: 'value', value };
  });
}

const plainText = field<string>(({ cell }) => {
  const trimmed = cell.text.trim();
  return trimmed === '' ? { kind: 'blank' } : { kind: 'value', value: trimmed };
});

/** A name or a list of things: 无, — and / mean that there is none. */
const naming = field<string>(({ cell }) => {
  const trimmed = cell.text.trim();
  return isNothing(trimmed) ? { kind: 'blank' } : { kind: 'value', value: trimmed };
});

/** 完成进度 as a share: a cell formatted as percent holds 0…1, a typed one says 80%. Undefined when it is no share. */
function shareDone(cell: Cell, key: string): number | undefined {
  const percent = /^(\d{1,3}(?:\.\d{1,4})?)%$/u.exec(key)?.[1];
  const share = percent !== undefined ? Number(percent) / 100 : cell.kind === 'number' ? Number(cell.text) : undefined;
  return share !== undefined && share >= 0 && share <= 1 ? share : undefined;
}

const result = field<Result>(({ cell, words }) => {
  const key = wordKey(cell.text);
  if (key === '' || isNothing(cell.text)) return { kind: 'blank' };
  const share = shareDone(cell, key);
  if (share !== undefined) {
    const status = share >= 1 ? 'done' : share > 0 ? 'in-progress' : 'not-started';
    return { kind: 'value', value: { status, longTerm: false, closedMark: false } };
  }
  const canonical = words.result.get(key);
  if (canonical === 'done-long-term')
    return { kind: 'value', value: { status: 'done', longTerm: true, closedMark: false } };
  if (canonical === 'closed') return { kind: 'value', value: { status: 'done', longTerm: false, closedMark: true } };
  const status = statuses.find(one => one === canonical);
  if (status !== undefined)
    return { kind: 'value', value: { status, longTerm: status === 'long-term', closedMark: false } };
  return {
    kind: 'bad',
    expected: text(
      '未启动、整改中、基本完成、长期坚持、已完成、不再纳入 之一',
      'one of 未启动, 整改中, 基本完成, 长期坚持, 已完成, 不再纳入',
    ),
  };
});

/** One reader a kind of field. */
export const fields = {
  text: plainText,
  names: naming,
  evidence: naming,
  amount: field(({ cell, unit }) => parseAmount(cell, unit)),
  date: field(({ cell, year }) => parseDate(cell, year === undefined ? {} : { year })),
  deadline: field(({ cell, year, feedback, periodMonths }) =>
    parseDeadline(cell, {
      ...(feedback === undefined ? {} : { feedback }),
      ...(periodMonths === undefined ? {} : { periodMonths }),
      ...(year === undefined ? {} : { year }),
    }),
  ),
  count: field(({ cell }) => parseCount(cell)),
  references: field(({ cell }) => parseReferences(cell)),
  result,
  review: chosen(
    'review',
    reviews,
    text('已退回、已销号、抽查不实 之一，或留空', 'one of 已退回, 已销号, 抽查不实, or blank'),
  ),
  publicity: chosen(
    'publicity',
    publicities,
    text('社会公开、党内通报、不公开 之一', 'one of 社会公开, 党内通报, 不公开'),
  ),
  measureKind: chosen(
    'measureKind',
    measureKinds,
    text('立行立改、限期整改、长期坚持 之一', 'one of 立行立改, 限期整改, 长期坚持'),
  ),
} as const;

export type FieldKind = keyof typeof fields;
export type FieldValue<K extends FieldKind> = (typeof fields)[K] extends ReadField<infer T> ? T : never;
