import type { Examined } from '../examine.js';
import type { Area } from '../model/grid.js';
import { grouped, type Money } from '../model/money.js';
import type { ImageCell, SheetImage } from '../model/plan.js';
import type { FindingState } from '../reconcile/state.js';
import { focusName, shownStatuses, type Tally, tallyOf, totalsOf } from '../reconcile/summary.js';
import { canvas, label } from './canvas.js';
import { colors } from './looks.js';
import { looks, total } from './rollup/frame.js';
import { notComputed, statusWords } from './words.js';

/** The part of a ledger that a mirror shows. */
export type SharedPart = {
  /** The columns on the list. */
  readonly columns: readonly { readonly key: string }[];
  readonly examined: Examined;
  /** Indices of the findings that travel. */
  readonly shared: ReadonlySet<number>;
  readonly findings: { readonly shared: number; readonly all: number };
};

/** Where on the sheet the figures of a bar chart stand. */
export type RollupChart = { readonly title: string; readonly labels: Area; readonly values: Area };

/** Columns of the table: name, findings, one a status that occurs, the two rates. */
const NAME_WIDTH = 36;
const FIRST_GROUP_ROW = 5;

/**
 * 汇总 of the mirror: over the findings that travel, and it says so. Values, not formulas: what they would refer to
 * stays in the house. It tells nothing of a column that is not on the list.
 */
export function mirrorRollup(content: SharedPart): { readonly image: SheetImage; readonly chart?: RollupChart } {
  const { examined, findings } = content;
  const travels = (key: string): boolean => content.columns.some(column => column.key === key);
  const states = examined.states.filter(state => content.shared.has(state.finding.index));
  const all = tallyOf(states);
  const withStatus = travels('findingStatus') || travels('result');
  const occurring = withStatus ? shownStatuses.filter(status => all.by[status] > 0) : [];
  const headings = [
    '聚焦方面',
    '问题数',
    ...occurring.map(status => statusWords[status].zh),
    ...(withStatus ? ['完成率', '销号率'] : []),
  ];
  const last = Math.max(headings.length, 4);

  const drawing = canvas();
  drawing.across(1, 1, last, label('巡察整改汇总', looks.title));
  drawing.height(1, 34);
  const held = findings.all - findings.shared;
  const scope = `本表${findings.shared}/${findings.all}项${held > 0 ? `，${held}项未共享` : ''}；截至${examined.asOf}`;
  drawing.across(2, 1, last, label(scope, looks.subtitle));
  for (const [index, heading] of headings.entries()) drawing.put(4, index + 1, label(heading, looks.heading));

  const tallyRow = (row: number, name: string, tally: Tally, heavy: boolean): void => {
    const style = heavy ? total : <T>(one: T): T => one;
    drawing.put(row, 1, label(name, style(looks.name)));
    const counts = [tally.findings, ...occurring.map(status => tally.by[status])];
    for (const [index, count] of counts.entries()) {
      drawing.put(row, index + 2, { content: { kind: 'number', text: String(count) }, style: style(looks.count) });
    }
    if (!withStatus) return;
    drawing.put(row, counts.length + 2, rate(tally.done, tally.base, heavy));
    drawing.put(row, counts.length + 3, rate(tally.by.closed, tally.base, heavy));
  };
  const groups = travels('focus') ? groupByFocus(states) : [];
  let row = FIRST_GROUP_ROW;
  for (const [name, list] of groups) tallyRow(row++, name, tallyOf(list), false);
  tallyRow(row, '合计', all, true);
  if (withStatus) {
    const words = '完成率 = (已完成 + 待审核 + 已销号) ÷ (问题数 − 不再纳入)；销号率 = 已销号 ÷ (问题数 − 不再纳入)';
    drawing.across(row + 1, 1, last, label(words, looks.note));
  }
  drawMoney(drawing, row + 3, states, travels);

  const image = drawing.image({
    role: 'rollup',
    name: '汇总',
    widths: [NAME_WIDTH, ...headings.slice(1).map(() => 10)],
    frozenRows: 4,
    landscape: true,
    tabColor: colors.accent,
  });
  if (groups.length === 0 || !withStatus) return { image };
  const rateCol = headings.length - 1;
  const rows = { top: FIRST_GROUP_ROW, bottom: FIRST_GROUP_ROW + groups.length - 1 };
  return {
    image,
    chart: {
      title: '各方面完成率',
      labels: { ...rows, left: 1, right: 1 },
      values: { ...rows, left: rateCol, right: rateCol },
    },
  };
}

function groupByFocus(states: readonly FindingState[]): [string, FindingState[]][] {
  const groups = new Map<string, FindingState[]>();
  for (const state of states) {
    const list = groups.get(focusName(state));
    if (list === undefined) groups.set(focusName(state), [state]);
    else list.push(state);
  }
  return [...groups];
}

function rate(part: number, whole: number, heavy: boolean): ImageCell {
  const style = heavy ? total(looks.rate) : looks.rate;
  if (whole === 0) return { content: { kind: 'text', text: '—' }, style };
  // Four decimals of the fraction: two of the percentage that is shown.
  return { content: { kind: 'number', text: String(Math.round((part / whole) * 10_000) / 10_000) }, style };
}

const MONEY_LINES = [
  { figure: 'due', keys: ['due', 'dueTotal'], name: '应追缴（元）' },
  { figure: 'recovered', keys: ['recovered', 'recoveredTotal'], name: '已追缴（元）' },
  { figure: 'outstanding', keys: ['outstanding'], name: '未追缴（元）' },
] as const;

function drawMoney(
  drawing: ReturnType<typeof canvas>,
  top: number,
  states: readonly FindingState[],
  travels: (key: string) => boolean,
): void {
  const totals = totalsOf(states);
  let row = top;
  for (const { figure, keys, name } of MONEY_LINES) {
    if (!keys.some(travels)) continue;
    drawing.put(row, 1, label(name, looks.name));
    drawing.across(row, 2, 4, moneyCell(totals[figure]));
    row++;
  }
}

/** As text with separators: a sum of cents is exact whatever a spreadsheet program makes of doubles. */
function moneyCell(money: Money | 'unknown'): ImageCell {
  return label(money === 'unknown' ? notComputed.zh : grouped(money), looks.money);
}
