import { bySeriousness, firstThree } from '../checks/order.js';
import { checkTitle } from '../checks/titles.js';
import { countLevels } from '../examine.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { text } from '../model/text.js';

import { levelNames } from '../render/palette.js';
import { placesText, placeWithHeader } from '../render/place.js';
import { html, type Markup } from './markup.js';
import type { Report } from './report.js';

/** Diagnostics of one cause that the page lists; the rest are counted, 校验结果 has them all. */
const listed = 100;
/** Further places named of one diagnostic. */
const places = 12;

/** What to do first, then everything grouped by cause, each with its remedy. */
export function diagnosticsSection(report: Report): Markup {
  const { say, examined } = report;
  const { diagnostics } = examined;
  const counts = countLevels(diagnostics);
  const waived = diagnostics.filter(one => one.waived).length;
  const three = diagnostics.length > 3 ? firstThree(diagnostics) : [];
  const groups = new Map<string, Diagnostic[]>();
  for (const one of bySeriousness(diagnostics)) {
    const key = `${one.waived ? 'waived' : one.level}|${one.check}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [one]);
    else list.push(one);
  }
  return html`<section aria-labelledby="diagnostics"><h2 id="diagnostics">${say(text('校验提示', 'Diagnostics'))}</h2>
<p>${say(
    diagnostics.length === 0
      ? text('校验通过，没有要改的。', 'Everything checks out.')
      : text(
          `必须改${counts.error}条，请核对${counts.warning}条，提示${counts.info}条${waived > 0 ? `；另有${waived}条已核实说明，不计数` : ''}。`,
          `${counts.error} must be fixed, ${counts.warning} to check, ${counts.info} notes${waived > 0 ? `; ${waived} verified exceptions, not counted` : ''}.`,
        ),
  )}</p>
${
  three.length === 0
    ? undefined
    : html`<h3>${say(three.length === 3 ? text('先改这三件', 'Begin with these') : text('先改这些', 'Begin with these'))}</h3>
<ol class="first">${three.map(one => item(report, one, true))}</ol>`
}
${groups.size === 0 ? undefined : html`<h3>${say(text('按原因分组', 'By cause'))}</h3>`}
${[...groups.values()].map(list => group(report, list))}</section>`;
}

function group(report: Report, list: readonly Diagnostic[]): Markup {
  const { say, lang } = report;
  const [first] = list;
  if (first === undefined) return html``;
  const level = first.waived ? text('已核实', 'verified') : levelNames[first.level];
  const shown = list.slice(0, listed);
  const open = !first.waived && first.level === 'error' && list.length <= 10;
  return html`<details${open ? html` open` : undefined}><summary><span class="tag t-${first.waived ? 'blank' : first.level}">${say(level)}</span> <strong>${checkTitle(first.check)[lang]}</strong> <span class="soft">${say(
    text(`${list.length}条`, `${list.length}`),
  )}</span></summary>
<ul>${shown.map((one, at) => item(report, one, shown[at + 1]?.remedy[lang] !== one.remedy[lang]))}</ul>
${
  shown.length < list.length
    ? html`<p class="soft">${say(
        text(
          `还有${list.length - shown.length}条，见台账的“校验结果”表。`,
          `${list.length - shown.length} more: see the sheet 校验结果.`,
        ),
      )}</p>`
    : undefined
}</details>
`;
}

/** @param withRemedy what is to be done is said once where it is the same for the next */
function item({ say, lang }: Report, one: Diagnostic, withRemedy: boolean): Markup {
  const where = placeWithHeader(one.at, lang);
  const also = one.also.slice(0, places);
  return html`<li>${where === '' ? undefined : html`<strong>${where}</strong>${say(text('：', ': '))}`}${one.message[lang]}
${
  also.length === 0
    ? undefined
    : html`<span class="soft small">${say(text('另见', 'Also'))} ${placesText(also, lang)}${
        one.count - 1 > also.length ? say(text(` 等，共${one.count}处`, `; ${one.count} in all`)) : ''
      }</span>`
}
${withRemedy ? html`<p class="fix small">${say(text('怎么改：', 'Fix: '))}${one.remedy[lang]}</p>` : undefined}</li>
`;
}
