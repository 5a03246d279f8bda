import { leadingMarker } from './markers.js';
import type { SourceLine } from './source.js';

/** Markdown without its marks: headings keep their level, pipe tables their cells; links, pictures and HTML lose all but their text. */
export function markdownLines(content: string): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  let table = 0;
  let inTable = false;
  let inComment = false;
  // Front matter: keys for a site, not text.
  let inFrontMatter = /^---\s*\r?\n[\s\S]{0,5000}?\n---\s*(?:\r?\n|$)/.test(content);
  content.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const number = index + 1;
    let text = raw;
    if (inFrontMatter) {
      inFrontMatter = index === 0 || raw.trim() !== '---';
      return;
    }
    if (inComment) {
      const end = text.indexOf('-->');
      if (end < 0) return;
      text = text.slice(end + 3);
      inComment = false;
    }
    text = text.replace(/<!--.*?-->/g, '');
    const opens = text.indexOf('<!--');
    if (opens >= 0) {
      text = text.slice(0, opens);
      inComment = true;
    }
    if (/^\s*(?:```|~~~)/.test(text) || /^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$/.test(text)) return;
    text = text.replace(/^\s*(?:>\s?)+/, '');
    if (/^\s*\|.*\|\s*$/.test(text)) {
      if (/^[\s|:-]+$/.test(text)) return;
      if (!inTable) table += 1;
      inTable = true;
      const cells = text
        .trim()
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map(cell => plain(cell));
      lines.push({
        number,
        text: cells.join('\t'),
        table,
        cells: cells.map(cell => ({ text: cell, span: 1, continues: false })),
      });
      return;
    }
    inTable = false;
    const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(text);
    if (heading !== null) {
      lines.push({ number, text: plain(heading[2] ?? ''), heading: (heading[1] ?? '').length });
      return;
    }
    const shown = bulleted(text);
    const strong = strongLead(text, shown);
    lines.push({ number, text: shown, ...(strong > 0 ? { strong } : {}) });
  });
  return lines;
}

/** "- 一是…" is the office's own list; the dash only draws a bullet before it. Alone, the bullet is what tells items apart. */
function bulleted(text: string): string {
  const dash = /^\s*[-*+]\s+(?:\[[ xX]\]\s+)?/.exec(text);
  const words = plain(text.slice(dash?.[0].length ?? 0));
  return dash === null || words === '' || leadingMarker(words) !== undefined ? words : `●${words}`;
}

/** How much of the head of a line stands in **bold**. */
function strongLead(written: string, shown: string): number {
  const lead = /^\s*(?:[-*+]\s+)?(\*\*|__)(?=\S)(.{1,200}?)\1/.exec(written)?.[2];
  const words = lead === undefined ? '' : plain(lead);
  const at = words === '' ? -1 : shown.indexOf(words);
  return at < 0 || at > 1 ? 0 : at + words.length;
}

function plain(text: string): string {
  return text
    .replace(/!\[[^\]]{0,200}\]\([^)]{0,2000}\)/g, '')
    .replace(/\[([^\]]{0,200})\]\([^)]{0,2000}\)/g, '$1')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?[a-zA-Z][^<>]{0,200}>/g, '')
    .replace(/\*\*|__|~~|`/g, '')
    .replace(/\*([^*\s][^*]{0,200}?)\*/g, '$1')
    .replace(/(?<!\w)_(?=\S)|(?<=\S)_(?!\w)/g, '')
    .replace(/(?<!\S)\*(?=\S)|(?<=\S)\*(?!\S)/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!|>])/g, '$1')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}
