import { noticeTitle } from '../checks/titles.js';
import { countLevels } from '../examine.js';
import type { Diagnostic, Level } from '../model/diagnostic.js';
import { type Lang, type Text, text } from '../model/text.js';
import { levelNames } from '../render/palette.js';
import { placesText, placeText } from '../render/place.js';
import { pageDocument } from './document.js';
import { html, type Markup } from './markup.js';

/** A diagnostic with the place in its line that it is about (UTF-16 offset and length; 0 for the whole line). */
export type Marked = { readonly diagnostic: Diagnostic; readonly from: number; readonly length: number };

export type MarkedNotice = {
  /** The file's name, without its folders. */
  readonly source: string;
  /** The ledger it was compared with, if any. */
  readonly against: string | undefined;
  /** The lines are paragraphs and table rows of a document, not lines of a text. */
  readonly paragraphs: boolean;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  readonly marks: readonly Marked[];
  readonly lang: Lang;
};

const levels = ['error', 'warning', 'info'] as const;

/** By this the command knows a page of its own, which it may replace. */
export const markedNoticeMark = '<meta name="generator" content="ledger lint">';

/**
 * The notice line by line with the places marked and what is to be said beside them: one HTML file that needs nothing
 * else and may load nothing. Every text of the notice is escaped.
 */
export function markedNotice({ source, against, paragraphs, lines, marks, lang }: MarkedNotice): string {
  const say = (words: Text) => words[lang];
  const byLine = new Map<number, Numbered[]>();
  for (const [index, mark] of marks.entries()) {
    const line = mark.diagnostic.at.line ?? 1;
    const list = byLine.get(line);
    if (list === undefined) byLine.set(line, [{ ...mark, number: index + 1 }]);
    else list.push({ ...mark, number: index + 1 });
  }
  const counts = countLevels(marks.map(mark => mark.diagnostic));
  const title = say(text(`${source}：标注稿`, `${source}, marked up`));
  const body = html`<header>
<h1>${title}</h1>
<p>${levels.map(level => html`<span class="count ${level}">${levelNames[level][lang]} ${counts[level]}</span> `)}</p>
${paragraphs ? html`<p class="soft">${say(text('行号是第几个有文字的段落或表格行', 'A line is a paragraph or table row that holds text'))}</p>` : undefined}
${against === undefined ? undefined : html`<p>${say(text(`已与台账 ${against} 对照`, `compared with ${against}`))}</p>`}
</header>
<main>
${contents(marks, lang)}
<section aria-label="${say(text('正文', 'Text'))}">
${lines
  .filter(line => line.text.trim() !== '' || byLine.has(line.number))
  .map(line => lineMarkup(line, byLine.get(line.number) ?? [], lang))}
</section>
</main>`;
  return pageDocument({ lang, title, mark: markedNoticeMark, style, body });
}

/** A mark with the number by which the contents point to it. */
type Numbered = Marked & { readonly number: number };

/** What is to be done first stands first; each entry leads to its note. */
function contents(marks: readonly Marked[], lang: Lang): Markup {
  if (marks.length === 0) return html`<p class="fine">${text('没有发现问题', 'nothing was found')[lang]}</p>`;
  const numbered: readonly Numbered[] = marks.map((mark, index) => ({ ...mark, number: index + 1 }));
  const groups = levels.flatMap(level => {
    const list = numbered.filter(({ diagnostic }) => diagnostic.level === level);
    return list.length === 0 ? [] : [{ level, list }];
  });
  return html`<nav aria-label="${text('目录', 'Contents')[lang]}">
${groups.map(
  ({
    level,
    list,
  }) => html`<h2 class="${level}">${levelNames[level][lang]}${text(`（${list.length}）`, ` (${list.length})`)[lang]}</h2>
<ul>${list.map(
    ({
      diagnostic,
      number,
    }) => html`<li><a href="#n${number}">${placeText({ line: diagnostic.at.line ?? 1 }, lang)} ${noticeTitle(diagnostic.check)[lang]}</a></li>
`,
  )}</ul>
`,
)}</nav>`;
}

function lineMarkup(
  line: { readonly number: number; readonly text: string },
  marks: readonly Numbered[],
  lang: Lang,
): Markup {
  const notes = marks.map(mark => noteMarkup(mark, lang));
  return html`<div class="line${marks.length > 0 ? ' noted' : ''}" id="l${line.number}"><span class="no">${line.number}</span><div><p>${markedText(line.text, marks)}</p>${notes}</div></div>
`;
}

/** The line cut where marks begin and end; a place with several marks takes the gravest colour. */
function markedText(words: string, marks: readonly Marked[]): Markup[] {
  const spans = marks
    .filter(mark => mark.length > 0)
    .map(mark => ({ from: mark.from, to: mark.from + mark.length, level: mark.diagnostic.level }));
  const edges = [...new Set([0, words.length, ...spans.flatMap(span => [span.from, span.to])])]
    .filter(at => at <= words.length)
    .sort((a, b) => a - b);
  const pieces: Markup[] = [];
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const from = edges[at] ?? 0;
    const to = edges[at + 1] ?? words.length;
    const piece = words.slice(from, to);
    const level = gravest(spans.filter(span => span.from <= from && span.to >= to).map(span => span.level));
    pieces.push(level === undefined ? html`${piece}` : html`<mark class="${level}">${piece}</mark>`);
  }
  return pieces;
}

function gravest(levels: readonly Level[]): Level | undefined {
  return levels.find(level => levels.includes(level));
}

function noteMarkup({ diagnostic, number }: Numbered, lang: Lang): Markup {
  const { check, level, message, remedy, also } = diagnostic;
  const places = also.slice(0, 8);
  return html`<aside class="${level}" id="n${number}"><strong>${levelNames[level][lang]} · ${noticeTitle(check)[lang]}</strong>
<p>${message[lang]}${places.length === 0 ? '' : `${text('（另见', ' (see also ')[lang]}${placesText(places, lang)}${text('）', ')')[lang]}`}</p>
<p class="fix">${text('怎么改：', 'fix: ')[lang]}${remedy[lang]}</p></aside>`;
}

const style = `
:root { color-scheme: light; --page: #fbfbfa; --ink: #1b1f24; --soft: #5a626d; --line: #d5d9df; --link: #0b57b0;
  --error: #b3261e; --warning: #8a4b00; --info: #4f5965; --error-bg: #fde4e1; --warning-bg: #ffeccc; --info-bg: #e8ebef; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --page: #14171c; --ink: #e8eaee; --soft: #a9b1bc;
  --line: #3a414b; --link: #8ab8ff; --error: #ff9d94; --warning: #f6b26b; --info: #b3bbc6; --error-bg: #4a1d1a;
  --warning-bg: #45320f; --info-bg: #2a3038; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 960px; padding: 1.5rem 1.25rem; background: var(--page); color: var(--ink); line-height: 1.7;
  font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0; }
section { margin-top: 1.2rem; }
a { color: var(--link); }
p { margin: .2rem 0; }
.count { margin-right: 1em; font-weight: 600; }
.count.error, h2.error, aside.error strong { color: var(--error); } .count.warning, h2.warning, aside.warning strong { color: var(--warning); }
.count.info, h2.info, aside.info strong { color: var(--info); }
nav h2 { font-size: .95rem; margin: .8rem 0 0; }
nav ul { list-style: none; padding: 0; margin: .2rem 0 0; columns: 2 20rem; font-size: .9rem; }
.soft { color: var(--soft); font-size: .9rem; }
.line { display: grid; grid-template-columns: 3.2em 1fr; gap: .5em; }
.line.noted { margin: .6rem 0; }
.no { color: var(--soft); text-align: right; font-size: .8rem; line-height: 2.2; user-select: none; }
.line p { white-space: pre-wrap; }
mark { color: inherit; border-radius: 2px; border-bottom: 2px solid; }
mark.error { background: var(--error-bg); border-color: var(--error); }
mark.warning { background: var(--warning-bg); border-color: var(--warning); }
mark.info { background: var(--info-bg); border-color: var(--info); }
aside { border-left: 4px solid; padding: .3rem .8rem; margin: .35rem 0; font-size: .92rem; break-inside: avoid; }
aside.error { border-color: var(--error); background: var(--error-bg); }
aside.warning { border-color: var(--warning); background: var(--warning-bg); }
aside.info { border-color: var(--info); background: var(--info-bg); }
.fine { font-weight: 600; }
:target { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 700px) { body { padding: 1rem .75rem; } .line { grid-template-columns: 1.7em 1fr; } nav a { display: inline-block; padding: .2rem 0; } }
@page { size: A4; margin: 15mm 13mm; }
@media print { body { max-width: none; padding: 0; background: #fff; font-size: 10.5pt; } nav { display: none; } mark, aside { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
