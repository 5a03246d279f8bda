import { countLevels } from '../../examine.js';
import type { CellRef } from '../../model/grid.js';
import { add, compare, isZero, type Money, plain, roundTo, zero } from '../../model/money.js';
import type { Content, Style } from '../../model/plan.js';
import { sumFigures } from '../../reconcile/state.js';
import { label } from '../canvas.js';
import { numberContent, textContent } from '../content.js';
import { colors, moneyFormat } from '../looks.js';
import { notComputed } from '../words.js';
import { type Frame, finished, firstCounted, mainCell, mainRange, word } from './frame.js';
import { fraction, noRate } from './rates.js';

type Card = {
  readonly title: string;
  readonly content: Content;
  readonly format: string;
  readonly note: string;
  readonly color?: string;
  readonly link?: CellRef | undefined;
  /** Draws a bar behind the figure: it is a rate. */
  readonly bar?: boolean;
};

/** Columns that a card spans: the wide first one, five pairs, the last one. */
const places = [
  [1, 1],
  [2, 3],
  [4, 5],
  [6, 7],
  [8, 9],
  [10, 11],
  [12, 12],
] as const;

/** The key figures: two lines of seven cards, each a formula with its explanation below. Gives the next free row. */
export function drawFigures(frame: Frame, row: number): number {
  frame.canvas.height(row, 8);
  const after = drawCards(frame, row + 1, findingCards(frame));
  return drawCards(frame, after, moneyCards(frame));
}

function drawCards({ canvas }: Frame, row: number, cards: readonly Card[]): number {
  for (const [at, card] of cards.entries()) {
    const place = places[at];
    if (place === undefined) continue;
    const [left, right] = place;
    const box: Style = { fill: colors.band, border: colors.line, align: 'center', vertical: 'center' };
    canvas.across(row, left, right, label(card.title, { ...box, size: 10, color: colors.muted }));
    canvas.across(row + 1, left, right, {
      content: card.content,
      style: { ...box, bold: true, size: 14, color: card.color ?? colors.ink, format: card.format },
      ...(card.link === undefined ? {} : { link: card.link }),
    });
    if (card.bar === true) canvas.bar({ top: row + 1, bottom: row + 1, left, right: left }, colors.bar);
    canvas.across(row + 2, left, right, label(card.note, { ...box, size: 8, color: colors.muted, wrap: true }));
  }
  canvas.height(row, 18);
  canvas.height(row + 1, 28);
  canvas.height(row + 2, 24);
  return row + 3;
}

function findingCards(frame: Frame): Card[] {
  const { states, summary } = frame.examined;
  const { all } = summary;
  const statuses = mainRange(frame, 'findingStatus');
  const readable = all.by.unknown === 0;
  const count = (written: string, value: number): Content =>
    readable
      ? { kind: 'formula', formula: written, cached: { kind: 'number', text: String(value) } }
      : textContent(notComputed.zh);
  const of = (status: 'mostly-done' | 'long-term' | 'closed' | 'withdrawn') => `COUNTIF(${statuses},${word(status)})`;
  const done = finished.map(status => `COUNTIF(${statuses},${word(status)})`).join('+');
  const base = `(COUNTA(${statuses})-${of('withdrawn')})`;
  const overdueRows = states.flatMap(state => (state.closed ? [] : state.rows.filter(one => one.overdue > 0)));
  const [overdue] = overdueRows;
  return [
    {
      title: '反馈问题（个）',
      content: {
        kind: 'formula',
        formula: `COUNTA(${statuses})`,
        cached: { kind: 'number', text: String(all.findings) },
      },
      format: '0',
      note: `${summary.sections}个方面，${summary.subFindings}个具体问题，${summary.measures}条措施`,
      link: firstCounted(frame, states),
    },
    {
      title: '已完成（个）',
      content: count(done, all.done),
      format: '0',
      note: '已完成＋待审核＋已销号',
      color: colors.good,
      link: firstCounted(frame, states, state => finished.includes(state.shown)),
    },
    {
      title: '完成率',
      content: readable ? fraction(`(${done})`, base, all.done, all.base) : textContent(notComputed.zh),
      format: '0.00%',
      note: '已完成÷（全部－不再纳入）',
      color: colors.good,
      bar: true,
    },
    {
      title: '已销号（个）',
      content: count(of('closed'), all.by.closed),
      format: '0',
      note: '由审核方销号',
      link: firstCounted(frame, states, state => state.shown === 'closed'),
    },
    {
      title: '销号率',
      content: readable ? fraction(of('closed'), base, all.by.closed, all.base) : textContent(notComputed.zh),
      format: '0.00%',
      note: '已销号÷（全部－不再纳入）',
      bar: true,
    },
    {
      title: '基本完成／长期坚持',
      content: readable
        ? {
            kind: 'formula',
            formula: `${of('mostly-done')}&"／"&${of('long-term')}`,
            cached: { kind: 'text', text: `${all.by['mostly-done']}／${all.by['long-term']}` },
          }
        : textContent(notComputed.zh),
      format: '@',
      note: '不算已完成，另列',
    },
    {
      title: '逾期（行）',
      content: {
        kind: 'formula',
        formula: `COUNTIF(${mainRange(frame, 'overdueDays')},">0")`,
        cached: { kind: 'number', text: String(overdueRows.length) },
      },
      format: '0',
      note: '超过时限未完成',
      ...(overdueRows.length > 0 ? { color: colors.bad } : {}),
      link: overdue === undefined ? undefined : mainCell(frame, overdue.row.number, 'overdueDays'),
    },
  ];
}

function moneyCards(frame: Frame): Card[] {
  const { states, summary, diagnostics } = frame.examined;
  const { money } = summary;
  const sumCard = (key: 'dueTotal' | 'recoveredTotal' | 'outstanding', value: Money | 'unknown'): Content =>
    value === 'unknown'
      ? textContent(notComputed.zh)
      : {
          kind: 'formula',
          formula: `ROUND(SUM(${mainRange(frame, key)}),2)`,
          cached: { kind: 'number', text: plain(roundTo(value, 2)) },
        };
  const owing = money.outstanding !== 'unknown' && compare(money.outstanding, zero) > 0;
  const firstWith = (
    key: 'due' | 'recovered' | 'outstanding',
    column: 'dueTotal' | 'recoveredTotal' | 'outstanding',
  ) => {
    const found = states.find(({ money: of }) => {
      const figure = of[key];
      return figure !== undefined && figure !== 'unknown' && !isZero(figure);
    });
    return found === undefined ? undefined : mainCell(frame, found.finding.first.number, column);
  };
  const levels = countLevels(diagnostics);
  const waived = diagnostics.filter(one => one.waived).length;
  const listed = (word: string, value: number): Content => {
    const rows = frame.diagnosticRows;
    if (rows === undefined) return numberContent(value);
    const list = `'${frame.diagnosticsSheet.replaceAll("'", "''")}'!$A$${rows.first}:$A$${rows.last}`;
    return { kind: 'formula', formula: `COUNTIF(${list},"${word}")`, cached: { kind: 'number', text: String(value) } };
  };
  const toDiagnostics: CellRef = { sheet: frame.diagnosticsSheet, row: 1, col: 1 };
  return [
    {
      title: '尚欠（未追缴，元）',
      content: sumCard('outstanding', money.outstanding),
      format: moneyFormat,
      note: '应追缴－核减－已追缴',
      color: owing ? colors.bad : colors.ink,
      link: firstWith('outstanding', 'outstanding'),
    },
    {
      title: '应追缴（元）',
      content: sumCard('dueTotal', money.due),
      format: moneyFormat,
      note: '各问题应追缴之和',
      link: firstWith('due', 'dueTotal'),
    },
    {
      title: '已追缴（元）',
      content: sumCard('recoveredTotal', money.recovered),
      format: moneyFormat,
      note: '各问题已追缴之和',
      link: firstWith('recovered', 'recoveredTotal'),
    },
    {
      title: '追缴率',
      content: recoveryRate(frame),
      format: '0.00%',
      note: '已追缴÷（应追缴－核减）',
      bar: true,
    },
    {
      title: '必须改（条）',
      content: listed('必须改', levels.error),
      format: '0',
      note: '见校验结果',
      ...(levels.error > 0 ? { color: colors.bad } : { color: colors.good }),
      link: toDiagnostics,
    },
    {
      title: '请核对（条）',
      content: listed('请核对', levels.warning),
      format: '0',
      note: '见校验结果',
      ...(levels.warning > 0 ? { color: colors.warn } : {}),
      link: toDiagnostics,
    },
    {
      title: '已核实（条）',
      content: listed('已核实', waived),
      format: '0',
      note: '核实说明所列，不计数',
    },
  ];
}

/** Over the findings whose due is stated: what came in where nothing was stated as due would push it above 100 %. */
function recoveryRate(frame: Frame): Content {
  const { states } = frame.examined;
  const { outstanding } = frame.examined.summary.money;
  const recovered = sumFigures(states.map(({ money }) => (money.due === undefined ? undefined : money.recovered)));
  if (recovered === 'unknown' || outstanding === 'unknown') return textContent(notComputed.zh);
  const part = `SUMIFS(${mainRange(frame, 'recoveredTotal')},${mainRange(frame, 'dueTotal')},"<>")`;
  const whole = `(${part}+SUM(${mainRange(frame, 'outstanding')}))`;
  const all = add(recovered, outstanding);
  return compare(all, zero) <= 0 ? textContent(noRate) : fraction(part, whole, recovered, all);
}
