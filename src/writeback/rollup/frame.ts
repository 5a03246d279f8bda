import type { Examined } from '../../examine.js';
import { a1, type CellRef, quotedSheet } from '../../model/grid.js';
import type { Style } from '../../model/plan.js';
import type { FindingState, ShownStatus } from '../../reconcile/state.js';
import type { Canvas } from '../canvas.js';
import { label } from '../canvas.js';
import type { Changes } from '../context.js';
import type { GroupNames } from '../group-names.js';
import type { Layout } from '../layout.js';
import { colors } from '../looks.js';
import { statusWords } from '../words.js';
import type { LedgerProgramKey } from '../writer.js';

/** Columns of 汇总: a wide one for names, ten for counts, one for rates. */
export const LAST = 12;
export const widths = [36, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 15];

/** Where a sheet's program columns stand and which rows they fill. */
export type Extent = { readonly layout: Layout; readonly first: number; readonly last: number };

/** What every section of 汇总 is drawn from. */
export type Frame = {
  readonly canvas: Canvas;
  readonly examined: Examined;
  readonly names: GroupNames;
  readonly main: Extent;
  readonly recoveries: Extent | undefined;
  readonly diagnosticsSheet: string;
  /** First and last row of the list in 校验结果; undefined when it is empty. */
  readonly diagnosticRows: { readonly first: number; readonly last: number } | undefined;
  /** Whether 校验情况 of a row of the main sheet says 必须改. */
  readonly hasError: (row: number) => boolean;
  readonly changes: Changes | undefined;
};

/** `'整改台账'!$AK$3:$AK$36`: a program column over all data rows. */
export function range({ layout, first, last }: Extent, key: string): string {
  const col = layout.columns.get(key);
  if (col === undefined) throw new Error(`${layout.sheet.name} has no program column ${key}`);
  const letters = a1(1, col).slice(0, -1);
  return `${quotedSheet(layout.sheet.name)}!$${letters}$${first}:$${letters}$${last}`;
}

export function mainRange(frame: Frame, key: LedgerProgramKey): string {
  return range(frame.main, key);
}

/** A program cell of the main sheet: where a figure's link leads. */
export function mainCell(frame: Frame, row: number, key: LedgerProgramKey): CellRef {
  return { sheet: frame.main.layout.sheet.name, row, col: frame.main.layout.columns.get(key) ?? 1 };
}

/** The first finding that a count counts; undefined when it counts none. */
export function firstCounted(
  frame: Frame,
  states: readonly FindingState[],
  counts: (state: FindingState) => boolean = () => true,
): CellRef | undefined {
  const found = states.find(counts);
  return found === undefined ? undefined : mainCell(frame, found.finding.first.number, 'findingStatus');
}

export function word(status: ShownStatus): string {
  return `"${statusWords[status].zh}"`;
}

/** Counts as done: declared done, applied for, or closed. */
export const finished: readonly ShownStatus[] = ['done', 'awaiting-review', 'closed'];

/** The width of a blank at the end of a number format keeps a figure off the line on its right; indents do so unevenly. */
export const gap = '_ ';

export const looks = {
  title: { bold: true, size: 20, color: colors.accent, align: 'left', vertical: 'center' },
  subtitle: { size: 10, color: colors.muted, align: 'left', vertical: 'center' },
  link: { size: 10, color: colors.accent, underline: true, align: 'right', vertical: 'center' },
  headline: {
    size: 12,
    color: colors.ink,
    fill: colors.accentSoft,
    align: 'left',
    vertical: 'center',
    wrap: true,
    indent: 1,
  },
  caution: {
    size: 10,
    bold: true,
    color: colors.bad,
    fill: colors.badSoft,
    align: 'left',
    vertical: 'center',
    indent: 1,
  },
  section: { bold: true, size: 13, color: colors.accent, align: 'left', vertical: 'center' },
  heading: {
    bold: true,
    size: 10,
    color: colors.accent,
    fill: colors.accentSoft,
    border: colors.line,
    align: 'center',
    vertical: 'center',
    wrap: true,
  },
  name: { size: 10, color: colors.ink, border: colors.line, align: 'left', vertical: 'center', wrap: true, indent: 1 },
  text: { size: 10, color: colors.ink, border: colors.line, align: 'left', vertical: 'center', wrap: true, indent: 1 },
  count: { size: 10, color: colors.ink, border: colors.line, align: 'center', vertical: 'center', format: '0;-0;–' },
  money: {
    size: 10,
    color: colors.ink,
    border: colors.line,
    align: 'right',
    vertical: 'center',
    format: `#,##0.00${gap}`,
  },
  rate: {
    size: 10,
    color: colors.ink,
    border: colors.line,
    align: 'right',
    vertical: 'center',
    format: `0.00%${gap}`,
  },
  note: { size: 9, italic: true, color: colors.muted, align: 'left', vertical: 'center', wrap: true },
} as const satisfies { readonly [name: string]: Style };

export function total(style: Style): Style {
  return { ...style, bold: true, fill: colors.band };
}

/** A section's title with a line of explanation under it; gives the next free row. */
export function sectionTitle(frame: Frame, row: number, title: string, note = ''): number {
  frame.canvas.height(row, 12);
  frame.canvas.across(row + 1, 1, LAST, label(title, looks.section));
  frame.canvas.height(row + 1, 24);
  if (note === '') return row + 2;
  frame.canvas.across(row + 2, 1, LAST, label(note, looks.note));
  frame.canvas.height(row + 2, 15);
  return row + 3;
}

export function shorten(written: string, letters: number): string {
  const all = [...written.replace(/\s+/gu, ' ').trim()];
  return all.length <= letters ? all.join('') : `${all.slice(0, letters - 1).join('')}…`;
}

/** 问题3 学习不深入……, as a list names a finding. */
export function findingTitle(state: FindingState): string {
  return `${state.finding.label}. ${shorten(state.finding.title, 28)}`;
}
