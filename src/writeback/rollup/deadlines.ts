import { addDays, type Day, daysBetween, formatDayZh } from '../../model/day.js';
import { columnLetters, quotedSheet } from '../../model/grid.js';
import { heightFor } from '../../model/text-height.js';
import type { FindingState, RowState } from '../../reconcile/state.js';
import { formula, label } from '../canvas.js';
import { colors } from '../looks.js';
import { type Frame, findingTitle, LAST, looks, mainCell, sectionTitle, shorten } from './frame.js';

/** Days ahead in which a deadline counts as near. */
const SOON = 30;
/** Rows of a list that may grow long; the rest is counted. */
const longest = 20;

type Line = { readonly state: FindingState; readonly row: RowState; readonly last: Day };

/** What is overdue and what is due within 30 days. Gives the next free row. */
export function drawDeadlines(frame: Frame, row: number): number {
  const { asOf, states } = frame.examined;
  const overdue: Line[] = [];
  const soon: Line[] = [];
  const limit = addDays(asOf, SOON);
  for (const state of states) {
    if (state.closed) continue;
    for (const one of state.rows) {
      const { last } = one;
      if (last === undefined) continue;
      if (one.overdue > 0) overdue.push({ state, row: one, last });
      else if (open(one) && last >= asOf && last <= limit) soon.push({ state, row: one, last });
    }
  }
  overdue.sort((a, b) => b.row.overdue - a.row.overdue);
  soon.sort((a, b) => (a.last < b.last ? -1 : a.last > b.last ? 1 : 0));
  const after = drawList(frame, row, '已逾期', overdue, '没有逾期的措施。');
  return drawList(frame, after, `${SOON}天内到期`, soon, `${SOON}天内没有到期的措施。`);
}

function open({ status, review }: RowState): boolean {
  return status !== 'done' && status !== 'withdrawn' && status !== 'long-term' && review !== 'closed';
}

function drawList(frame: Frame, row: number, title: string, lines: readonly Line[], none: string): number {
  const { canvas, examined } = frame;
  const overdue = title === '已逾期';
  let at = sectionTitle(
    frame,
    row,
    lines.length === 0 ? title : `${title}（${lines.length}行）`,
    lines.length === 0 ? none : '',
  );
  if (lines.length === 0) return at;
  const headings: readonly (readonly [number, number, string])[] = [
    [1, 1, '反馈问题'],
    [2, 6, '整改措施'],
    [7, 8, '责任部门'],
    [9, 9, '责任领导'],
    [10, 11, '时限'],
    [12, 12, overdue ? '逾期天数' : '还有几天'],
  ];
  for (const [left, right, heading] of headings) canvas.across(at, left, right, label(heading, looks.heading));
  canvas.height(at, 20);
  const sheet = frame.main.layout.sheet.name;
  for (const { state, row: one, last } of lines.slice(0, longest)) {
    at += 1;
    const { data, number } = one.row;
    const measure = shorten(data.measure ?? '', 40);
    canvas.put(at, 1, label(findingTitle(state), looks.name));
    canvas.across(at, 2, 6, label(measure, looks.text));
    canvas.across(at, 7, 8, label(shorten(data.department ?? '', 16), looks.text));
    canvas.put(at, 9, label(shorten(data.leader ?? '', 8), looks.text));
    canvas.across(at, 10, 11, label(formatDayZh(last), { ...looks.text, align: 'center' }));
    const cell = mainCell(frame, number, 'overdueDays');
    canvas.put(
      at,
      12,
      overdue
        ? formula(
            `N(${quotedSheet(sheet)}!$${columnLetters(cell.col)}$${number})`,
            { kind: 'number', text: String(one.overdue) },
            { ...looks.count, bold: true, color: colors.bad },
            cell,
          )
        : {
            content: { kind: 'number', text: String(daysBetween(examined.asOf, last)) },
            style: { ...looks.count, format: '0' },
          },
    );
    canvas.height(at, Math.max(heightFor(findingTitle(state), 36), heightFor(measure, 45)));
  }
  if (lines.length > longest) {
    at += 1;
    canvas.across(at, 1, LAST, label(`另有${lines.length - longest}行，见台账。`, looks.note));
  }
  return at + 1;
}
