import type { Content } from '../../model/plan.js';
import { heightFor } from '../../model/text-height.js';
import type { FindingState, ShownStatus } from '../../reconcile/state.js';
import { type Tally, tallyOf } from '../../reconcile/summary.js';
import { formula, label } from '../canvas.js';
import { textContent } from '../content.js';
import { colors } from '../looks.js';
import { notComputed, statusWords } from '../words.js';
import {
  type Frame,
  finished,
  firstCounted,
  LAST,
  looks,
  mainRange,
  sectionTitle,
  total,
  widths,
  word,
} from './frame.js';
import { fraction } from './rates.js';

/** Columns C to K: one status each; the last one takes what is blank or could not be read. */
const shown: readonly (readonly ShownStatus[])[] = [
  ['not-started'],
  ['in-progress'],
  ['mostly-done'],
  ['long-term'],
  ['done'],
  ['awaiting-review'],
  ['closed'],
  ['withdrawn'],
  ['blank', 'unknown'],
];
const letters = 'CDEFGHIJK';
const letterOf = (status: ShownStatus) => letters[shown.findIndex(list => list.includes(status))] ?? 'K';

/** Status by focus area or by lead department: COUNTIFS over 方面 or 部门 and 问题状态. Gives the next free row. */
export function drawGroups(frame: Frame, row: number, by: 'focus' | 'department'): number {
  const { canvas, examined } = frame;
  const names = frame.names[by];
  const groups = new Map<string, FindingState[]>();
  for (const [index, state] of examined.states.entries()) {
    const name = names[index] ?? '';
    const list = groups.get(name);
    if (list === undefined) groups.set(name, [state]);
    else list.push(state);
  }
  const title = by === 'focus' ? '按聚焦方面' : '按责任部门（牵头）';
  let at = sectionTitle(
    frame,
    row,
    title,
    '完成率＝（已完成＋待审核＋已销号）÷（问题数－不再纳入）；基本完成、长期坚持不算已完成。',
  );
  const headings = [
    by === 'focus' ? '聚焦方面' : '责任部门',
    '问题数',
    ...shown.map(list => list.map(status => statusWords[status].zh).join('/')),
    '完成率',
  ];
  for (const [index, heading] of headings.entries()) canvas.put(at, index + 1, label(heading, looks.heading));
  canvas.height(at, 30);
  const first = at + 1;
  for (const [name, states] of groups) {
    at += 1;
    drawGroup(frame, at, by === 'focus' ? 'focusKey' : 'departmentKey', name, states);
  }
  const last = at;
  if (last >= first) {
    at += 1;
    drawTotal(frame, at, first, last);
    canvas.bar({ top: first, bottom: at, left: LAST, right: LAST }, colors.bar);
  }
  return at + 1;
}

function drawGroup(
  frame: Frame,
  row: number,
  key: 'focusKey' | 'departmentKey',
  name: string,
  states: readonly FindingState[],
): void {
  const { canvas } = frame;
  const tally = tallyOf(states);
  const groupRange = mainRange(frame, key);
  const statusRange = mainRange(frame, 'findingStatus');
  canvas.put(row, 1, label(name, looks.name));
  canvas.put(
    row,
    2,
    formula(
      `COUNTIFS(${groupRange},$A${row})`,
      { kind: 'number', text: String(tally.findings) },
      looks.count,
      firstCounted(frame, states),
    ),
  );
  for (const [index, list] of shown.entries()) {
    const written = list.map(status => `COUNTIFS(${groupRange},$A${row},${statusRange},${word(status)})`).join('+');
    const value = list.reduce((sum, status) => sum + tally.by[status], 0);
    canvas.put(
      row,
      index + 3,
      formula(
        written,
        { kind: 'number', text: String(value) },
        value === 0 ? { ...looks.count, color: colors.muted } : looks.count,
        firstCounted(frame, states, state => list.includes(state.shown)),
      ),
    );
  }
  canvas.put(row, LAST, { content: rate(row, tally), style: looks.rate });
  canvas.height(row, heightFor(name, widths[0] ?? 30));
}

function drawTotal(frame: Frame, row: number, first: number, last: number): void {
  const { canvas, examined } = frame;
  const tally = examined.summary.all;
  canvas.put(row, 1, label('合计', total(looks.name)));
  const sum = (col: string) => `SUM(${col}${first}:${col}${last})`;
  canvas.put(row, 2, formula(sum('B'), { kind: 'number', text: String(tally.findings) }, total(looks.count)));
  for (const [index, list] of shown.entries()) {
    const value = list.reduce((all, status) => all + tally.by[status], 0);
    canvas.put(
      row,
      index + 3,
      formula(sum(letters[index] ?? 'K'), { kind: 'number', text: String(value) }, total(looks.count)),
    );
  }
  canvas.put(row, LAST, { content: rate(row, tally), style: total(looks.rate) });
  canvas.height(row, 20);
}

function rate(row: number, tally: Tally): Content {
  if (tally.by.unknown > 0) return textContent(notComputed.zh);
  const done = finished.map(status => `${letterOf(status)}${row}`).join('+');
  return fraction(`(${done})`, `(B${row}-${letterOf('withdrawn')}${row})`, tally.done, tally.base);
}
