import { columnLetters, quotedSheet } from '../../model/grid.js';
import { compare, isZero, type Money, plain, roundTo, subtract, zero } from '../../model/money.js';
import type { Content, ImageCell, Style } from '../../model/plan.js';
import { heightFor } from '../../model/text-height.js';
import { owes, sumFigures } from '../../reconcile/state.js';
import { type Canvas, formula, label } from '../canvas.js';
import { textContent } from '../content.js';
import { colors } from '../looks.js';
import { notComputed, statusWords } from '../words.js';
import { type Frame, findingTitle, LAST, looks, mainCell, range, sectionTitle, total, widths } from './frame.js';
import { fraction, noRate } from './rates.js';

/** Columns of the money tables: name, count, then pairs of columns, the rate last. */
const spans = { due: [3, 5], reduced: [6, 7], recovered: [8, 9], outstanding: [10, 11] } as const;
const headings = { due: '应追缴', reduced: '核减', recovered: '已追缴', outstanding: '未追缴' } as const;
const keys = ['due', 'reduced', 'recovered', 'outstanding'] as const;
type Key = (typeof keys)[number];
/** Rows of a table that may grow long; the rest is counted. */
const longest = 30;

/** Money by category, from 追缴资金; then the findings that still owe. Gives the next free row. */
export function drawMoney(frame: Frame, row: number): number {
  const after = drawCategories(frame, row);
  return drawOwing(frame, after);
}

function heading(frame: Frame, row: number, first: string, second: string, rate: string): void {
  const { canvas } = frame;
  canvas.put(row, 1, label(first, looks.heading));
  canvas.put(row, 2, label(second, looks.heading));
  for (const key of keys) span(canvas, row, key, label(`${headings[key]}（元）`, looks.heading));
  canvas.put(row, LAST, label(rate, looks.heading));
  canvas.height(row, 20);
}

function drawCategories(frame: Frame, row: number): number {
  const { examined, recoveries, canvas } = frame;
  const rows = examined.ledger.registers.recoveries.rows;
  if (recoveries === undefined || rows.length === 0) return row;
  let at = sectionTitle(
    frame,
    row,
    '按资金类别',
    '取自“追缴资金”表，各笔折合元；未追缴＝应追缴－核减－已追缴，只算写明应追缴的各笔。',
  );
  heading(frame, at, '资金类别', '笔数', '追缴率');
  const groups = new Map<string, (typeof rows)[number][]>();
  for (const [index, one] of rows.entries()) {
    const name = frame.names.category[index] ?? '';
    const list = groups.get(name);
    if (list === undefined) groups.set(name, [one]);
    else list.push(one);
  }
  const category = range(recoveries, 'categoryKey');
  const columnOf = { due: 'dueYuan', reduced: 'reducedYuan', recovered: 'recoveredYuan' } as const;
  const figure = (list: typeof rows, key: Key): Money | 'unknown' => {
    if (key !== 'outstanding') return sumFigures(list.map(one => (one.bad.has(key) ? 'unknown' : one.data[key]?.yuan)));
    return sumFigures(
      list.map(({ bad, data }) => {
        if (bad.has('due') || bad.has('reduced') || bad.has('recovered')) return 'unknown';
        return data.due && subtract(subtract(data.due.yuan, data.reduced?.yuan ?? zero), data.recovered?.yuan ?? zero);
      }),
    );
  };
  const first = at + 1;
  for (const [name, list] of groups) {
    at += 1;
    const only = `${category},$A${at}`;
    const dueOnly = `${only},${range(recoveries, 'dueYuan')},"<>"`;
    const sumOf = (key: 'due' | 'reduced' | 'recovered', where: string) =>
      `SUMIFS(${range(recoveries, columnOf[key])},${where})`;
    const place = { sheet: recoveries.layout.sheet.name, row: list[0]?.number ?? 1, col: 1 };
    canvas.put(at, 1, label(name, looks.name));
    canvas.put(at, 2, formula(`COUNTIFS(${only})`, { kind: 'number', text: String(list.length) }, looks.count, place));
    const values = {
      due: figure(list, 'due'),
      reduced: figure(list, 'reduced'),
      recovered: figure(list, 'recovered'),
      outstanding: figure(list, 'outstanding'),
    };
    for (const key of keys) {
      const written =
        key === 'outstanding'
          ? `ROUND(${sumOf('due', only)}-${sumOf('reduced', dueOnly)}-${sumOf('recovered', dueOnly)},2)`
          : `ROUND(${sumOf(key, only)},2)`;
      span(canvas, at, key, {
        content: moneyContent(written, values[key]),
        style: moneyLook(key, values[key]),
      });
    }
    drawRate(frame, at, values, looks.rate);
    canvas.height(at, heightFor(name, widths[0] ?? 30));
  }
  const last = at;
  at += 1;
  canvas.put(at, 1, label('合计', total(looks.name)));
  canvas.put(
    at,
    2,
    formula(`SUM(B${first}:B${last})`, { kind: 'number', text: String(rows.length) }, total(looks.count)),
  );
  const values = {
    due: figure(rows, 'due'),
    reduced: figure(rows, 'reduced'),
    recovered: figure(rows, 'recovered'),
    outstanding: figure(rows, 'outstanding'),
  };
  for (const key of keys) {
    const due = range(recoveries, 'dueYuan');
    const stated = (column: 'reducedYuan' | 'recoveredYuan') => `SUMIFS(${range(recoveries, column)},${due},"<>")`;
    const written =
      key === 'outstanding'
        ? `ROUND(SUM(${due})-${stated('reducedYuan')}-${stated('recoveredYuan')},2)`
        : `ROUND(SUM(${range(recoveries, columnOf[key])}),2)`;
    span(canvas, at, key, {
      content: moneyContent(written, values[key]),
      style: total(moneyLook(key, values[key])),
    });
  }
  drawRate(frame, at, values, total(looks.rate));
  canvas.height(at, 20);
  canvas.bar({ top: first, bottom: at, left: LAST, right: LAST }, colors.bar);
  return at + 1;
}

function drawOwing(frame: Frame, row: number): number {
  const { canvas, examined } = frame;
  const owing = examined.states
    .flatMap(state => (owes(state.money) ? [{ state, owed: state.money.outstanding }] : []))
    .sort((a, b) => compare(b.owed, a.owed));
  if (owing.length === 0) return row;
  let at = sectionTitle(frame, row, '尚有未追缴资金的问题', '金额大的在前；点金额可到台账的那一格。');
  heading(frame, at, '反馈问题', '状态', '追缴率');
  const sheet = frame.main.layout.sheet.name;
  const first = at + 1;
  for (const { state } of owing.slice(0, longest)) {
    at += 1;
    const line = state.finding.first.number;
    const cell = (key: 'findingStatus' | 'dueTotal' | 'recoveredTotal' | 'outstanding') => mainCell(frame, line, key);
    const reference = (key: 'findingStatus' | 'dueTotal' | 'recoveredTotal' | 'outstanding') =>
      `${quotedSheet(sheet)}!$${columnLetters(cell(key).col)}$${line}`;
    const title = findingTitle(state);
    canvas.put(at, 1, label(title, looks.name));
    canvas.put(
      at,
      2,
      formula(reference('findingStatus'), { kind: 'text', text: statusWords[state.shown].zh }, looks.count),
    );
    const { due, recovered, outstanding } = state.money;
    const values = {
      due: due ?? zero,
      recovered: recovered ?? zero,
      reduced: state.money.reduced ?? zero,
      outstanding: outstanding ?? zero,
    };
    const written = {
      due: `ROUND(N(${reference('dueTotal')}),2)`,
      recovered: `ROUND(N(${reference('recoveredTotal')}),2)`,
      outstanding: `ROUND(N(${reference('outstanding')}),2)`,
      reduced: `ROUND(C${at}-H${at}-J${at},2)`,
    };
    const targets = { due: 'dueTotal', recovered: 'recoveredTotal', outstanding: 'outstanding' } as const;
    for (const key of keys) {
      const link = key === 'reduced' ? {} : { link: cell(targets[key]) };
      span(canvas, at, key, {
        content: moneyContent(written[key], values[key]),
        style: moneyLook(key, values[key]),
        ...link,
      });
    }
    drawRate(frame, at, values, looks.rate);
    canvas.height(at, heightFor(title, widths[0] ?? 30));
  }
  canvas.bar({ top: first, bottom: at, left: LAST, right: LAST }, colors.bar);
  if (owing.length > longest) {
    at += 1;
    canvas.across(at, 1, LAST, label(`另有${owing.length - longest}个问题，见台账“未追缴金额”栏。`, looks.note));
  }
  return at + 1;
}

function span(canvas: Canvas, row: number, key: Key, cell: ImageCell): void {
  const [left, right] = spans[key];
  canvas.across(row, left, right, cell);
}

function moneyContent(written: string, value: Money | 'unknown'): Content {
  if (value === 'unknown') return textContent(notComputed.zh);
  return { kind: 'formula', formula: written, cached: { kind: 'number', text: plain(roundTo(value, 2)) } };
}

function moneyLook(key: Key, value: Money | 'unknown'): Style {
  if (value === 'unknown' || isZero(value)) return { ...looks.money, color: colors.muted };
  return key === 'outstanding' ? { ...looks.money, color: colors.bad } : looks.money;
}

/** Of what is due after reductions the share that came in: (应追缴－核减－未追缴) ÷ (应追缴－核减), of the line's own cells. */
function drawRate(frame: Frame, row: number, values: { readonly [K in Key]: Money | 'unknown' }, style: Style): void {
  const { due, reduced, outstanding } = values;
  frame.canvas.put(row, LAST, { content: rateContent(row, due, reduced, outstanding), style });
}

function rateContent(
  row: number,
  due: Money | 'unknown',
  reduced: Money | 'unknown',
  outstanding: Money | 'unknown',
): Content {
  if (due === 'unknown' || reduced === 'unknown' || outstanding === 'unknown') return textContent(notComputed.zh);
  const owed = subtract(due, reduced);
  if (compare(owed, zero) <= 0) return textContent(noRate);
  return fraction(`(C${row}-F${row}-J${row})`, `(C${row}-F${row})`, subtract(owed, outstanding), owed);
}
