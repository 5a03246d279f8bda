import { compare, isZero, type Money, percentOf, plain, zero } from '../model/money.js';
import { text } from '../model/text.js';
import type { MoneyTotals } from '../reconcile/summary.js';
import { moneyText } from '../render/summary.js';
import { html, type Markup } from './markup.js';
import type { Report } from './report.js';
import { legend, picture } from './status-look.js';
import { dataTable } from './table.js';

const parts = [
  { key: 'recovered', name: text('已追缴', 'recovered'), fill: 'done' },
  { key: 'reduced', name: text('核减', 'written off'), fill: 'long' },
  { key: 'outstanding', name: text('尚欠', 'outstanding'), fill: 'not' },
] as const;

/** Bars drawn; the table below lists every category. */
const drawn = 20;

/** Money due, recovered and outstanding, by category of 追缴资金; undefined when the ledger states no money at all. */
export function moneySection(report: Report): Markup | undefined {
  const { say, lang, examined } = report;
  const { money, byCategory } = examined.summary;
  const figures = [money.due, money.recovered, money.outstanding];
  if (byCategory.length === 0 && figures.every(figure => figure !== 'unknown' && isZero(figure))) return undefined;
  const named = byCategory.map(one => ({ name: one.category, totals: one satisfies MoneyTotals }));
  const all = { name: say(text('合计（按问题）', 'All findings')), totals: money };
  const rows = named.length === 0 ? [all] : named;
  const shown = rows.slice(0, drawn);
  // Nothing was written off: then nothing of it is drawn.
  const kept = parts.filter(({ key }) => key !== 'reduced' || shown.some(({ totals }) => drawable(totals.reduced) > 0));
  const series = kept.map(part => ({ ...part, name: say(part.name) }));
  const label = say(
    text(
      `资金图：${shown.map(({ name, totals }) => `${name} 应追缴${moneyText(totals.due, lang)}元，尚欠${moneyText(totals.outstanding, lang)}元`).join('；')}`,
      `Money: ${shown.map(({ name, totals }) => `${name} ¥${moneyText(totals.due, lang)} due, ¥${moneyText(totals.outstanding, lang)} outstanding`).join('; ')}`,
    ),
  );
  const bars = shown.map(({ name, totals }) => ({
    label: name,
    note: say(
      text(`尚欠 ${moneyText(totals.outstanding, lang)} 元`, `¥${moneyText(totals.outstanding, lang)} outstanding`),
    ),
    values: kept.map(part => drawable(totals[part.key])),
  }));
  return html`<section aria-labelledby="money"><h2 id="money">${say(text('资金', 'Money'))}</h2>
<div class="pair stacked">
<figure><figcaption>${say(text('追缴情况（元）', 'Recovery (yuan)'))}</figcaption>
${legend(series)}
${picture(label, width => report.charts.bars(bars, series, width, false))}
</figure>
<div>${dataTable(
    say(text('单位：元。尚欠＝应追缴－核减－已追缴', 'Yuan. Outstanding = due − written off − recovered')),
    [
      { name: say(text('类别', 'Category')) },
      { name: say(text('应追缴', 'Due')), number: true },
      { name: say(text('核减', 'Written off')), number: true },
      { name: say(text('已追缴', 'Recovered')), number: true },
      { name: say(text('尚欠', 'Outstanding')), number: true },
      { name: say(text('追缴率', 'Rate')), number: true },
    ],
    [...named, all].map(({ name, totals }) => ({
      cells: [
        name,
        moneyText(totals.due, lang),
        moneyText(totals.reduced, lang),
        moneyText(totals.recovered, lang),
        moneyText(totals.outstanding, lang),
        recoveryRate(totals),
      ],
    })),
  )}</div>
</div></section>`;
}

/** A length to draw; what was overpaid or could not be read has none, the table says what it is. */
function drawable(money: Money | 'unknown'): number {
  return money === 'unknown' || compare(money, zero) < 0 ? 0 : Number(plain(money));
}

function recoveryRate({ due, recovered }: MoneyTotals): string {
  if (due === 'unknown' || recovered === 'unknown') return '—';
  const percent = percentOf(recovered, due, 2);
  return percent === undefined ? '—' : `${percent}%`;
}
