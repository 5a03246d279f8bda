import { addDays, daysBetween, isDay } from '../model/day.js';
import { grouped, yuan } from '../model/money.js';
import { text } from '../model/text.js';
import { progressOf } from '../render/trend.js';
import type { TrendPoint } from '../sync/trend.js';
import { html, type Markup } from './markup.js';
import type { Report } from './report.js';
import { legend } from './status-look.js';
import { dataTable } from './table.js';

/** Past syncs in the table; the charts show all. */
const listed = 24;

type Counted = {
  readonly asOf: string;
  readonly done: number;
  readonly base: number;
  readonly outstanding: string | null;
  readonly errors: number;
};

/** How it went since the first sync: done of all, money outstanding, errors. */
export function trendSection(report: Report): Markup {
  const { say } = report;
  const { gap } = report.trend;
  const points = report.trend.points.map(counted);
  const why = gap === undefined ? undefined : html`<p class="warn">${say(gap)}</p>`;
  const title = html`<h2 id="trend">${say(text('历次同步', 'Trend'))}</h2>`;
  const [first] = points;
  const from = first?.asOf;
  if (points.length < 2 || from === undefined || !isDay(from))
    return html`<section aria-labelledby="trend">${title}<p>${say(
      text(
        '在不同日期同步两次以上，这里就有变化曲线。',
        'After syncs on two days or more the development stands here.',
      ),
    )}</p>${why}</section>`;
  const day = (one: Counted) => (isDay(one.asOf) ? daysBetween(from, one.asOf) : 0);
  const name = (x: number) => addDays(from, Math.round(x));
  const count = (n: number) => String(n);
  const owed = points.flatMap(one => (one.outstanding === null ? [] : [[day(one), Number(one.outstanding)] as const]));
  const lineWidth = 330;
  const last = points.at(-1) ?? first;
  const figures = [
    {
      title: text('已完成与应整改（个）', 'Done of all'),
      keys: [
        { name: say(text('已完成', 'done')), fill: 'done' as const },
        { name: say(text('应整改', 'all')), fill: 'blank' as const },
      ],
      label: text(
        `从${first?.done}个到${last?.done}个，应整改${last?.base}个`,
        `from ${first?.done} to ${last?.done} of ${last?.base}`,
      ),
      drawing: report.charts.lines(
        [
          { points: points.map(one => [day(one), one.base] as const), fill: 'blank', dashed: true },
          { points: points.map(one => [day(one), one.done] as const), fill: 'done' },
        ],
        lineWidth,
        name,
        count,
      ),
    },
    {
      title: text('尚欠（万元）', 'Outstanding (10,000 yuan)'),
      keys: [],
      label: text(
        `最近为${owedText(last?.outstanding ?? null, '未计算')}元`,
        `last ¥${owedText(last?.outstanding ?? null, 'not computed')}`,
      ),
      drawing: report.charts.lines(
        [{ points: owed.map(([x, y]) => [x, y / 10_000] as const), fill: 'not' }],
        lineWidth,
        name,
        tenThousands,
      ),
    },
    {
      title: text('必须改（条）', 'Errors'),
      keys: [],
      label: text(`从${first?.errors}条到${last?.errors}条`, `from ${first?.errors} to ${last?.errors}`),
      drawing: report.charts.lines(
        [{ points: points.map(one => [day(one), one.errors] as const), fill: 'going' }],
        lineWidth,
        name,
        count,
      ),
    },
  ];
  return html`<section aria-labelledby="trend">${title}${why}
<div class="trend">${figures.map(
    one => html`<figure><figcaption>${say(one.title)}</figcaption>
<div class="chart" role="img" aria-label="${say(one.title)}${say(text('：', ': '))}${say(one.label)}">${one.drawing}</div>
${one.keys.length === 0 ? undefined : legend(one.keys)}</figure>`,
  )}</div>
<details><summary>${say(text('数据表', 'Figures as a table'))}</summary>
${dataTable(
  say(text(`最近${Math.min(listed, points.length)}次`, `The last ${Math.min(listed, points.length)}`)),
  [
    { name: say(text('截至', 'As of')) },
    { name: say(text('已完成', 'Done')), number: true },
    { name: say(text('应整改', 'All')), number: true },
    { name: say(text('尚欠（元）', 'Outstanding (yuan)')), number: true },
    { name: say(text('必须改', 'Errors')), number: true },
  ],
  points
    .slice(-listed)
    .reverse()
    .map(one => ({
      cells: [one.asOf, one.done, one.base, owedText(one.outstanding, say(text('未计算', 'not computed'))), one.errors],
    })),
)}</details></section>`;
}

function counted(point: TrendPoint): Counted {
  const { asOf, outstanding, errors } = point;
  return { asOf, ...progressOf(point), outstanding, errors };
}

function owedText(outstanding: string | null, otherwise: string): string {
  return outstanding === null ? otherwise : grouped(yuan(outstanding));
}

/** For the axis of a drawing only. */
function tenThousands(n: number): string {
  return String(Number(n.toPrecision(6)));
}
