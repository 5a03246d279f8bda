import type { Money } from '../model/money.js';
import { plain } from '../model/money.js';
import type { Content, Style } from '../model/plan.js';
import { findingMark, registerTitle } from '../read/finding-mark.js';
import type { Finding } from '../read/main.js';
import type { Row } from '../read/table.js';
import type { ProgramKey } from '../sheets/column.js';
import type { RegisterKey, registerSheets } from '../sheets/index.js';
import { blank, numberContent, textContent } from './content.js';
import { moneyFormat, programCell } from './looks.js';
import { notComputed } from './words.js';
import type { Wanted } from './writer.js';

/** What the writers of a register see of the ledger. */
export type RegisterView = {
  /** Findings by their printed number (or position, in a ledger without numbers). */
  readonly findings: ReadonlyMap<number, Finding>;
  readonly findingIds: readonly string[];
  /** `reference-moved` stands on this row: its id is kept, nothing is reassigned. */
  readonly moved: (row: number) => boolean;
  /** Name under which 汇总 counts this row of 追缴资金. */
  readonly category: (row: number) => string;
  /** SHA-256 of a named file, when it could be read. */
  readonly sha256: (file: string) => string | undefined;
};

/** What every row of a register has. */
export type RegisterLine = { readonly number: number; readonly bad: ReadonlySet<string> };
/** Writers by column key, for rows of one register. */
export type RegisterWriters<R> = { readonly [key: string]: (row: R, view: RegisterView) => Wanted };

type Writers<K extends RegisterKey> = {
  readonly [P in ProgramKey<(typeof registerSheets)[K]>]: (
    row: Row<(typeof registerSheets)[K]>,
    view: RegisterView,
  ) => Wanted;
};

/** Registers whose rows point to findings. */
type Referrer = Exclude<RegisterKey, 'claims' | 'exceptions'>;
type Referring = Row<(typeof registerSheets)['policies']>['data']['reference'];

const why = {
  findingTitle: '该序号对应的反馈问题',
  findingId: '问题的身份，重排序号后仍认得它',
  yuan: '折合元，供汇总公式引用',
  category: '资金类别，供汇总公式引用',
  sha256: '文件指纹',
} as const;

const titleLook: Style = { ...programCell, wrap: true };

function titleText(reference: Referring, { findings }: RegisterView): string {
  if (reference === undefined) return '';
  if (reference.kind === 'all') return '全部问题';
  if (reference.kind === 'self') return '自查自纠';
  const named = reference.numbers.flatMap(number => findings.get(number) ?? []);
  const [only, ...others] = named;
  if (only === undefined) return '';
  return others.length === 0
    ? registerTitle(only.title)
    : named
        .map(one => `${one.label} ${registerTitle(one.title)}`)
        .join('；')
        .slice(0, 200);
}

/** One finding is marked with its number, so that a later renumbering shows; several by their ids alone. */
function markText(reference: Referring, { findings, findingIds }: RegisterView): string {
  if (reference?.kind !== 'findings') return '';
  const marks = reference.numbers.flatMap(number => {
    const finding = findings.get(number);
    const id = finding === undefined ? undefined : findingIds[finding.index];
    return id === undefined ? [] : [{ id, number }];
  });
  const [only] = marks;
  if (only !== undefined && reference.numbers.length === 1) return findingMark(only.id, only.number);
  return marks.map(mark => mark.id).join(' ');
}

function yuanOf(bad: boolean, amount: { readonly yuan: Money } | undefined): Wanted {
  const content: Content = bad
    ? textContent(notComputed.zh)
    : amount === undefined
      ? blank
      : numberContent(plain(amount.yuan));
  const style: Style = { ...programCell, align: 'right', format: moneyFormat };
  return { content, style, why: why.yuan };
}

/** Title and id of the finding that a row points to; both stay what they were where the reference has moved. */
function referring<K extends Referrer>() {
  return {
    findingTitle: ({ number, data }: Row<(typeof registerSheets)[K]>, view: RegisterView): Wanted => ({
      content: textContent(view.moved(number) ? (data.findingTitle ?? '') : titleText(data.reference, view)),
      style: titleLook,
      why: why.findingTitle,
    }),
    findingId: ({ number, data }: Row<(typeof registerSheets)[K]>, view: RegisterView): Wanted => ({
      content: textContent(view.moved(number) ? (data.findingId ?? '') : markText(data.reference, view)),
      style: programCell,
      why: why.findingId,
    }),
  };
}

/** The writer of every program column of every register. */
export const registerWriters: { readonly [K in RegisterKey]: Writers<K> } = {
  recoveries: {
    ...referring<'recoveries'>(),
    dueYuan: row => yuanOf(row.bad.has('due'), row.data.due),
    recoveredYuan: row => yuanOf(row.bad.has('recovered'), row.data.recovered),
    reducedYuan: row => yuanOf(row.bad.has('reduced'), row.data.reduced),
    categoryKey: (row, view) => ({
      content: textContent(view.category(row.number)),
      style: programCell,
      why: why.category,
    }),
  },
  policies: referring<'policies'>(),
  actions: referring<'actions'>(),
  meetings: referring<'meetings'>(),
  evidence: {
    ...referring<'evidence'>(),
    sha256: (row, view) => ({
      content: textContent(row.data.file === undefined ? '' : (view.sha256(row.data.file) ?? '')),
      style: programCell,
      why: why.sha256,
    }),
  },
  claims: {},
  exceptions: {},
};
