import { grouped, yuan } from '../model/money.js';
import { text } from '../model/text.js';
import type { Reconciliation } from '../reconcile/claim.js';
import { placeWithHeader } from '../render/place.js';
import { html, type Markup } from './markup.js';
import type { Report } from './report.js';
import { dataTable } from './table.js';

/** Each stated figure beside the computed one: what does not agree first. */
export function claimsSection(report: Report): Markup {
  const { say, lang, examined } = report;
  const list = examined.reconciliations;
  const rank = (one: Reconciliation) => (one.ok === false ? 0 : one.ok === undefined ? 1 : 2);
  const rows = [...list].sort((a, b) => rank(a) - rank(b));
  const disagreeing = list.filter(one => one.ok === false).length;
  const agreeing = list.filter(one => one.ok === true).length;
  const verdict =
    list.length === 0
      ? text(
          '没有可核对的数字：“通报数据”表还没有填，台账里也没有小计、合计。',
          'Nothing to compare: 通报数据 is empty and the ledger has no totals.',
        )
      : text(
          `共核对${list.length}个数字：一致${agreeing}个，不一致${disagreeing}个，无从核对${list.length - agreeing - disagreeing}个。`,
          `${list.length} figures: ${agreeing} agree, ${disagreeing} do not, ${list.length - agreeing - disagreeing} cannot be compared.`,
        );
  return html`<section aria-labelledby="claims"><h2 id="claims">${say(text('填报与核算', 'Stated and computed'))}</h2>
<p>${say(verdict)}</p>
${
  rows.length === 0
    ? undefined
    : dataTable(
        say(text('填报的每个数字，与按台账核算的对照', 'Every stated figure beside the computed one')),
        [
          { name: say(text('事项', 'Subject')) },
          { name: say(text('填报', 'Stated')), number: true },
          { name: say(text('核算', 'Computed')), number: true },
          { name: say(text('相差', 'Difference')), number: true },
          { name: say(text('结论', 'Verdict')) },
          { name: say(text('位置', 'Where')) },
        ],
        rows.map(one => ({
          cells: [
            one.subject[lang],
            figure(one.stated, one.unit),
            one.computed === undefined ? say(text('未计算', 'not computed')) : figure(one.computed, one.unit),
            one.ok === true || one.difference === undefined ? '' : withSign(one.difference, one.unit),
            verdictTag(report, one.ok),
            placeWithHeader(one.at, lang),
          ],
        })),
      )
}</section>`;
}

/** Money with thousands separators: a figure of a dozen digits is not read otherwise. */
function figure(written: string, unit: string): string {
  return unit === '元' && /^-?\d+(?:\.\d+)?$/u.test(written) ? `${grouped(yuan(written))} 元` : `${written} ${unit}`;
}

/** More is said, or less, than there is: a bare difference does not tell. */
function withSign(difference: string, unit: string): string {
  const written = figure(difference, unit);
  return /^[-+]/u.test(written) ? written : `+${written}`;
}

function verdictTag({ say }: Report, ok: boolean | undefined): Markup {
  if (ok === undefined) return html`<span class="tag">${say(text('无从核对', 'not comparable'))}</span>`;
  return ok
    ? html`<span class="tag t-done">${say(text('一致', 'agrees'))}</span>`
    : html`<span class="tag t-error">${say(text('不一致', 'differs'))}</span>`;
}
