import type { Examined } from '../examine.js';
import { formatDayZh } from '../model/day.js';
import { type Lang, text } from '../model/text.js';
import type { Trend } from '../sync/trend.js';
import { type Charts, loadCharts } from './charts.js';
import { claimsSection } from './claims-section.js';
import { diagnosticsSection } from './diagnostics-section.js';
import { pageDocument } from './document.js';
import { figuresSection } from './figures-section.js';
import { findingsSection } from './findings-section.js';
import { html } from './markup.js';
import { moneySection } from './money-section.js';
import { progressSection } from './progress-section.js';
import type { Report } from './report.js';
import { script } from './script.js';
import { style } from './style.js';
import { trendSection } from './trend-section.js';

export type ReportInput = {
  readonly examined: Examined;
  readonly trend: Trend;
  /** Name of the ledger's file, without its folders. */
  readonly source: string;
  readonly lang: Lang;
  /** The program's version. */
  readonly version: string;
};

/** By this the command knows a page of its own, which it may replace. */
export const generatorMark = '<meta name="generator" content="ledger report">';

/**
 * The report as one HTML file that needs nothing else: style, script and drawings stand in it, and its content security
 * policy lets it load nothing. Same input, same bytes.
 */
export async function reportPage(input: ReportInput): Promise<string> {
  return pageOf(input, await loadCharts());
}

function pageOf(input: ReportInput, charts: Charts): string {
  const { examined, lang } = input;
  const report: Report = { ...input, charts, say: words => words[lang] };
  const { say } = report;
  const unit = examined.ledger.facts.values.unit ?? '';
  const title = say(text(`${unit}巡察整改情况报告`, `${unit} rectification report`)).trim();
  const money = moneySection(report);
  const sections = [
    { id: 'figures', name: text('概况', 'Key figures'), content: figuresSection(report) },
    { id: 'progress', name: text('进度', 'Progress'), content: progressSection(report) },
    ...(money === undefined ? [] : [{ id: 'money', name: text('资金', 'Money'), content: money }]),
    { id: 'claims', name: text('填报与核算', 'Stated and computed'), content: claimsSection(report) },
    { id: 'diagnostics', name: text('校验提示', 'Diagnostics'), content: diagnosticsSection(report) },
    { id: 'trend', name: text('历次同步', 'Trend'), content: trendSection(report) },
    { id: 'findings', name: text('问题清单', 'Findings'), content: findingsSection(report) },
  ];
  const body = html`<a class="skip" href="#main">${say(text('跳到正文', 'Skip to the content'))}</a>
<header>
<h1>${title}</h1>
<p class="soft">${say(
    text(`统计截至 ${formatDayZh(examined.asOf)} · 台账 ${input.source}`, `As of ${examined.asOf} · ${input.source}`),
  )}</p>
</header>
<nav aria-label="${say(text('本页内容', 'On this page'))}"><ul>${sections.map(
    one => html`<li><a href="#${one.id}">${say(one.name)}</a></li>`,
  )}</ul></nav>
<main id="main" tabindex="-1">
${sections.map(
  one => html`${one.content}
`,
)}</main>
<footer class="soft small">
<p>${say(
    text(
      `本页由台账自动生成（ledger ${input.version}），数字与台账一致；台账改动后请重新生成。本页含台账内容，请按台账的范围保管和传阅。`,
      `Made from the ledger by ledger ${input.version}; make it anew when the ledger changes. It holds what the ledger holds: keep it as you keep the ledger.`,
    ),
  )}</p>
</footer>`;
  return pageDocument({ lang, title, mark: generatorMark, style, script, body });
}
