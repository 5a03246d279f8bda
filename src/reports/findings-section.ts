import { statusNames } from '../i18n/statuses.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { text } from '../model/text.js';
import type { Figure, FindingState } from '../reconcile/state.js';
import { focusName, leadDepartment, shownStatuses, unnamed } from '../reconcile/summary.js';
import { moneyText } from '../render/summary.js';
import { html, type Markup } from './markup.js';
import type { Report } from './report.js';
import { statusTag } from './status-look.js';
import { dataTable } from './table.js';

/** Every finding on a row, to be searched by any word in it. */
export function findingsSection(report: Report): Markup {
  const { say, lang, examined } = report;
  const { states, ledger } = examined;
  if (states.length === 0)
    return html`<section aria-labelledby="findings"><h2 id="findings">${say(text('问题清单', 'Findings'))}</h2>
<p>${say(text('台账里还没有问题，登记后重新生成本页。', 'The ledger has no findings yet; list them and make this page anew.'))}</p></section>`;
  const marked = diagnosticsByFinding(report);
  const stated = states.some(({ money }) => money.due !== undefined || money.recovered !== undefined);
  const present = shownStatuses.filter(status => examined.summary.all.by[status] > 0);
  const rows = states.map((state, index) => {
    const days = overdueDays(state);
    const counts = marked.get(index);
    return {
      data: { status: state.shown, overdue: days > 0 ? '1' : '0', words: wordsOf(state) },
      cells: [
        state.finding.label,
        shortFocus(state),
        state.finding.title,
        leadDepartment(state) === unnamed ? '' : leadDepartment(state),
        statusTag(state.shown, statusNames[state.shown][lang]),
        days > 0
          ? html`<strong class="bad">${say(text(`逾期${days}天`, `${days} days overdue`))}</strong>`
          : deadline(state),
        ...(stated ? [figure(state.money.due), figure(state.money.recovered), figure(state.money.outstanding)] : []),
        counts === undefined ? '' : levelCounts(report, counts),
      ],
    };
  });
  function figure(money: Figure): string {
    return money === undefined ? '' : moneyText(money, lang);
  }
  return html`<section aria-labelledby="findings"><h2 id="findings">${say(text('问题清单', 'Findings'))}</h2>
<form class="search" data-search role="search" hidden>
<label>${say(text('查找（问题、部门、状态……）', 'Search'))}<input type="search" autocomplete="off"></label>
<label>${say(text('状态', 'Status'))}<select><option value="">${say(text('全部', 'all'))}</option>${present.map(
    status => html`<option value="${status}">${statusNames[status][lang]}</option>`,
  )}<option value="overdue">${say(text('逾期的', 'overdue'))}</option></select></label>
<output aria-live="polite" class="soft" data-words="${say(text('显示#个，共#个', 'showing # of #'))}"></output>
</form>
${dataTable(
  say(text(`“${ledger.main.header.sheet.name}”里的全部问题`, `Every finding of ${ledger.main.header.sheet.name}`)),
  [
    { name: say(text('序号', 'No.')) },
    { name: say(text('聚焦方面', 'Focus area')) },
    { name: say(text('反馈问题', 'Finding')) },
    { name: say(text('责任部门', 'Department')) },
    { name: say(text('状态', 'Status')) },
    { name: say(text('时限', 'Deadline')) },
    ...(stated
      ? [
          { name: say(text('应追缴', 'Due')), number: true },
          { name: say(text('已追缴', 'Recovered')), number: true },
          { name: say(text('尚欠', 'Outstanding')), number: true },
        ]
      : []),
    { name: say(text('提示', 'Diagnostics')) },
  ],
  rows,
  true,
)}</section>`;
}

type Counts = { errors: number; warnings: number };

/** Diagnostics that stand on a finding's rows, by the finding's index; each counts once a finding. */
function diagnosticsByFinding({ examined }: Report): ReadonlyMap<number, Counts> {
  const findingOf = new Map(examined.ledger.main.rows.map(row => [row.number, row.finding]));
  const found = new Map<number, Counts>();
  const count = (one: Diagnostic, finding: number) => {
    const counts = found.get(finding) ?? { errors: 0, warnings: 0 };
    if (one.level === 'error') counts.errors += 1;
    if (one.level === 'warning') counts.warnings += 1;
    found.set(finding, counts);
  };
  for (const one of examined.diagnostics) {
    if (one.waived || one.level === 'info') continue;
    const findings = new Set(one.shownOn.map(row => findingOf.get(row)));
    for (const finding of findings) if (finding !== undefined) count(one, finding);
  }
  return found;
}

function levelCounts({ say }: Report, { errors, warnings }: Counts): Markup {
  return html`<span>${errors > 0 ? html`<span class="tag t-error">${say(text(`必须改 ${errors}`, `${errors} to fix`))}</span> ` : undefined}${
    warnings > 0
      ? html`<span class="tag t-warning">${say(text(`请核对 ${warnings}`, `${warnings} to check`))}</span>`
      : undefined
  }</span>`;
}

function overdueDays(state: FindingState): number {
  return state.closed ? 0 : state.rows.reduce((most, row) => Math.max(most, row.overdue), 0);
}

/** The last day of any row; a finding without one has none to show. */
function deadline(state: FindingState): string {
  return state.rows.reduce<string>((latest, { last }) => (last !== undefined && last > latest ? last : latest), '');
}

function shortFocus(state: FindingState): string {
  const name = focusName(state);
  return name === unnamed ? '' : name;
}

/** What people may search for beyond what the row shows: sub-findings. */
function wordsOf(state: FindingState): string {
  return state.finding.subFindings.map(sub => sub.title).join(' ');
}
