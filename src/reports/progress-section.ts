import { type Text, text } from '../model/text.js';
import type { Group } from '../reconcile/summary.js';
import { moneyText } from '../render/summary.js';
import { html, type Markup } from './markup.js';
import type { Report } from './report.js';
import { barParts, legend, picture } from './status-look.js';
import { dataTable } from './table.js';

const byFocusTitle = text('按聚焦方面', 'By focus area');
const byDepartmentTitle = text('按责任部门（牵头）', 'By lead department');

const nothingYet = text('台账里还没有问题，登记后这里有进度。', 'The ledger has no findings yet.');

/** Bars drawn; the table below lists every group. */
const drawn = 20;

/** Progress by focus area and by department: a chart each, and the figures as a table. */
export function progressSection(report: Report): Markup {
  const { say, examined } = report;
  const { byFocus, byDepartment } = examined.summary;
  if (examined.states.length === 0)
    return html`<section aria-labelledby="progress"><h2 id="progress">${say(text('进度', 'Progress'))}</h2>
<p>${say(nothingYet)}</p></section>`;
  return html`<section aria-labelledby="progress"><h2 id="progress">${say(text('进度', 'Progress'))}</h2>
<div class="pair">
${groupFigure(report, byFocusTitle, byFocus)}
${groupFigure(report, byDepartmentTitle, byDepartment)}
</div>
${groupTable(report, byFocusTitle, byFocus)}
${groupTable(report, byDepartmentTitle, byDepartment)}</section>`;
}

function groupFigure(report: Report, title: Text, groups: readonly Group[]): Markup {
  const { say } = report;
  const shown = groups.slice(0, drawn);
  const parts = partsOf(report, groups);
  const rows = shown.map(({ name, tally }) => ({
    label: name,
    note: `${tally.done}/${tally.base}　${rate(tally.completionRate)}`,
    values: parts.map(part => part.of(tally)),
  }));
  const label = say(
    text(
      `${title.zh}的进度图：${shown.map(({ name, tally }) => `${name} 已完成${tally.done}，共${tally.base}`).join('；')}`,
      `${title.en}: ${shown.map(({ name, tally }) => `${name} ${tally.done} done of ${tally.base}`).join('; ')}`,
    ),
  );
  return html`<figure><figcaption>${say(title)}</figcaption>
${legend(parts)}
${picture(label, width => report.charts.bars(rows, parts, width, true))}
${
  groups.length > drawn
    ? html`<p class="soft small">${say(text(`图中画前${drawn}个，全部见下表。`, `The first ${drawn} are drawn; the table has all.`))}</p>`
    : undefined
}
</figure>`;
}

function partsOf(report: Report, groups: readonly Group[]) {
  return barParts
    .filter(part => groups.some(group => part.of(group.tally) > 0))
    .map(part => ({ ...part, name: report.say(part.name) }));
}

function groupTable(report: Report, title: Text, groups: readonly Group[]): Markup {
  const { say, lang } = report;
  const parts = partsOf(report, groups);
  const anyMoney = groups.some(({ money }) => moneyText(money.due, lang) !== '0.00');
  return html`<details><summary>${say(title)}${say(text('：数据表', ': figures'))}</summary>
${dataTable(
  say(title),
  [
    { name: say(text('名称', 'Name')) },
    { name: say(text('问题', 'Findings')), number: true },
    ...parts.map(part => ({ name: part.name, number: true })),
    { name: say(text('完成率', 'Rate')), number: true },
    ...(anyMoney ? [{ name: say(text('尚欠（元）', 'Outstanding (yuan)')), number: true }] : []),
  ],
  groups.map(({ name, tally, money }) => ({
    cells: [
      name,
      tally.findings,
      ...parts.map(part => part.of(tally)),
      rate(tally.completionRate),
      ...(anyMoney ? [moneyText(money.outstanding, lang)] : []),
    ],
  })),
)}</details>`;
}

function rate(written: string | undefined): string {
  return written === undefined ? '—' : `${written}%`;
}
