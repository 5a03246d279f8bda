import { countLevels } from '../examine.js';
import { compare, zero } from '../model/money.js';
import { text } from '../model/text.js';
import { moneyText } from '../render/summary.js';
import { html, type Markup } from './markup.js';
import type { Report } from './report.js';

type Card = { readonly name: string; readonly figure: string; readonly note: string; readonly tone?: string };

/** The key figures, each with what it is made of. */
export function figuresSection(report: Report): Markup {
  const { examined, lang, say } = report;
  const { summary } = examined;
  const { all, money } = summary;
  const levels = countLevels(examined.diagnostics);
  const owing = money.outstanding !== 'unknown' && compare(money.outstanding, zero) > 0;
  const rate = (written: string | undefined) => (written === undefined ? '—' : `${written}%`);
  const cards: readonly Card[] = [
    {
      name: say(text('反馈问题（个）', 'Findings')),
      figure: String(all.findings),
      note: say(
        text(
          `${summary.sections}个方面，具体问题${summary.subFindings}个，措施${summary.measures}条`,
          `${summary.sections} focus areas, ${summary.subFindings} sub-findings, ${summary.measures} measures`,
        ),
      ),
    },
    {
      name: say(text('已完成（个）', 'Done')),
      figure: String(all.done),
      note: say(
        text(
          `其中待审核${all.by['awaiting-review']}，已销号${all.by.closed}`,
          `${all.by['awaiting-review']} awaiting review, ${all.by.closed} closed`,
        ),
      ),
      tone: 'good',
    },
    {
      name: say(text('完成率', 'Completion rate')),
      figure: rate(all.completionRate),
      note: say(
        text(`已完成${all.done} ÷（全部－不再纳入）${all.base}`, `${all.done} done ÷ ${all.base} (all − withdrawn)`),
      ),
      ...(all.completionRate === undefined ? {} : { tone: 'good' }),
    },
    {
      name: say(text('销号率', 'Closing rate')),
      figure: rate(all.closingRate),
      note: say(text(`已销号${all.by.closed} ÷ ${all.base}`, `${all.by.closed} closed ÷ ${all.base}`)),
    },
    {
      name: say(text('基本完成／长期坚持', 'Mostly done / long-term')),
      figure: `${all.by['mostly-done']}／${all.by['long-term']}`,
      note: say(text('不算已完成，另列', 'not counted as done')),
    },
    {
      name: say(text('应追缴（元）', 'Due (yuan)')),
      figure: moneyText(money.due, lang),
      note: say(
        text(`其中核减 ${moneyText(money.reduced, lang)}`, `${moneyText(money.reduced, lang)} of it written off`),
      ),
    },
    {
      name: say(text('已追缴（元）', 'Recovered (yuan)')),
      figure: moneyText(money.recovered, lang),
      note: say(text('各问题已追缴之和', 'sum over the findings')),
    },
    {
      name: say(text('尚欠（元）', 'Outstanding (yuan)')),
      figure: moneyText(money.outstanding, lang),
      note: say(text('应追缴－核减－已追缴', 'due − written off − recovered')),
      ...(owing ? { tone: 'bad' } : {}),
    },
    {
      name: say(text('逾期（个）', 'Overdue')),
      figure: String(summary.overdue.length),
      note: say(text('超过时限未完成的问题', 'findings past their deadline')),
      ...(summary.overdue.length > 0 ? { tone: 'bad' } : {}),
    },
    {
      name: say(text('必须改／请核对（条）', 'Must fix / please check')),
      figure: `${levels.error}／${levels.warning}`,
      note: say(text('见校验提示', 'see the diagnostics')),
      ...(levels.error > 0 ? { tone: 'bad' } : {}),
    },
  ];
  return html`<section aria-labelledby="figures"><h2 id="figures">${say(text('概况', 'Key figures'))}</h2>
<dl class="cards">${cards.map(
    card => html`<div><dt>${card.name}</dt><dd class="figure ${card.tone ?? ''}${card.figure.length > 15 ? ' longer' : card.figure.length > 11 ? ' long' : ''}">${card.figure}</dd><dd class="note">${card.note}</dd></div>
`,
  )}</dl></section>`;
}
