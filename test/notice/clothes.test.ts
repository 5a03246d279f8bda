import { describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/notice/decode.js';
import { deedsOf } from '../../src/notice/deeds.js';
import type { ParsedNotice } from '../../src/notice/parsed.js';
import { readNotice } from '../../src/notice/read-notice.js';
import { corpus } from './corpus.js';
import { statusTable } from './linted.js';

/**
 * What a notice says does not depend on how it is typed: the same facts are read from each notice of the corpus after it
 * was put into other clothes (half-width marks, other labels, list items on lines of their own, a web page …).
 */
const halfWidth = new Map([...'，：；（）'].map((full, at) => [full, ',:;()'[at] ?? full]));
const label = '整改(?:进展|落实|完成)?情况|整改结果|整改措施|完成情况';

const texts: readonly (readonly [string, (lines: readonly string[]) => readonly string[]])[] = [
  ['half-width marks', lines => lines.map(halved)],
  ['half-width marks and stops', lines => lines.map(line => halved(line).replaceAll('。', '.'))],
  ['indented, with blank lines between', lines => lines.flatMap(line => [`　　${line}`, ''])],
  ['1、 for 1.', lines => lines.map(line => line.replace(/^(\s*\d{1,2})[.．](?!\d)/u, '$1、'))],
  ['1） for 1.', lines => lines.map(line => line.replace(/^(\s*\d{1,2})[.．、](?:(?!\d)|(?=20\d\d年))/u, '$1）'))],
  [
    'other labels',
    lines =>
      lines.map(line =>
        line.replace(/整改(?:进展|落实|完成)?情况(?=：)/gu, '整改推进落实情况').replace(/整改结果(?=：)/gu, '整改状态'),
      ),
  ],
  ['labels in brackets', lines => lines.map(line => line.replace(new RegExp(`^(${label})：`, 'u'), '【$1】'))],
  [
    'labels on lines of their own',
    lines =>
      lines.flatMap(line => {
        const [, name, rest] = new RegExp(`^(${label})：(.+)$`, 'u').exec(line) ?? [];
        return name === undefined || rest === undefined ? [line] : [`${name}：`, rest];
      }),
  ],
  ['no label before the result', lines => lines.map(line => line.replace(/^整改结果：/u, ''))],
  [
    'labels behind the line before',
    lines => {
      const joined: string[] = [];
      for (const line of lines.filter(one => one.trim() !== '')) {
        const last = joined.at(-1);
        if (last === undefined || !new RegExp(`^(?:${label})：`, 'u').test(line)) joined.push(line);
        else joined[joined.length - 1] = `${last}${/[。；]$/u.test(last) ? '' : '。'}${line}`;
      }
      return joined;
    },
  ],
  [
    'items on lines of their own',
    lines => lines.flatMap(line => (line.includes('：一是') ? line.split(/(?=[二三四五六七八]是)/u) : [line])),
  ],
  ['circled items on lines of their own', lines => lines.flatMap(line => line.split(/(?=[②③④⑤⑥])/u))],
  [
    '（1） for 一是',
    lines =>
      lines.map(line =>
        /一是.*二是/u.test(line)
          ? line.replace(
              /([一二三四五六七八])是(?=[^，。；])/gu,
              (_, n: string) => `（${'一二三四五六七八'.indexOf(n) + 1}）`,
            )
          : line,
      ),
  ],
];

const pages: readonly (readonly [string, string, (lines: readonly string[]) => string])[] = [
  [
    'a web page of paragraphs',
    'x.html',
    lines => `<html><body>${lines.map(line => `<p>${escaped(line)}</p>`).join('\n')}</body></html>`,
  ],
  ['a web page of line breaks', 'x.html', lines => `<div>${lines.map(escaped).join('<br>')}</div>`],
  [
    'a web page with words in spans',
    'x.html',
    lines =>
      lines
        .map(
          line =>
            `<p><span>${escaped(line.slice(0, 3))}</span><b>${escaped(line.slice(3, 8))}</b>${escaped(line.slice(8))}</p>`,
        )
        .join('\n'),
  ],
  [
    'Markdown with headings, bold labels and lists',
    'x.md',
    lines =>
      lines
        .flatMap(line => {
          const marked = line
            .replace(/^([一二三四五六七八九]、.*)$/u, '## $1')
            .replace(/^(（[一二三四五六七八九]）.*)$/u, '### $1')
            .replace(/^(整改[^：]{2,6}：)/u, '**$1**');
          return /：\*\*一是/u.test(marked)
            ? [
                marked.replace(/一是.*/u, ''),
                ...marked
                  .slice(marked.indexOf('一是'))
                  .split(/(?=[二三四五六]是)/u)
                  .map(item => `- ${item}`),
              ]
            : [marked];
        })
        .join('\n\n'),
  ],
];

function halved(line: string): string {
  return line.replace(/[，：；（）]/gu, mark => halfWidth.get(mark) ?? mark);
}

function escaped(line: string): string {
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** What is said, however it is typed: texts are compared by their letters. */
function said(parsed: ParsedNotice) {
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 12);
  const findings = parsed.sections.flatMap(section => section.findings);
  return {
    unit: parsed.unit,
    inspection: parsed.inspection,
    sections: parsed.sections.map(
      section => `${section.number ?? ''} ${letters(section.title)} ${section.findings.length}`,
    ),
    findings: findings.map(
      one =>
        `${one.number} ${letters(one.title)} ${one.status ?? ''} ${one.subFindings.length} ${one.measures.length} ${one.reports.length}`,
    ),
    dates: findings.flatMap(one => deedsOf(one).flatMap(deed => deed.dates.map(date => date.value))),
    amounts: findings.flatMap(one =>
      [...one.amounts, ...deedsOf(one).flatMap(deed => deed.amounts)].map(
        amount => `${amount.yuan} ${amount.kind ?? ''}`,
      ),
    ),
    policies: parsed.policies.map(policy => letters(policy.name)),
    claims: parsed.claims.map(claim => `${claim.of} ${claim.value} ${claim.unit} ${claim.parent ?? ''}`),
    contacts: parsed.contacts.length,
    unplaced: parsed.unplaced.length,
  };
}

describe('a notice in other clothes says the same', () => {
  const notices = corpus().filter(({ name }) => name.endsWith('.txt') && !name.includes('gb18030'));

  it.each(texts)('%s', async (_, change) => {
    for (const { name, decode } of notices) {
      const { lines, format } = await decode();
      const changed = change(lines.map(line => line.text)).map((text, at) => ({ number: at + 1, text }));
      expect(said(readNotice({ format, lines: changed }, statusTable)), name).toEqual(
        said(readNotice({ format, lines }, statusTable)),
      );
    }
  });

  it.each(pages)('%s', async (_, file, change) => {
    for (const { name, decode } of notices) {
      const { lines, format } = await decode();
      const page = await decodeNotice(Buffer.from(change(lines.map(line => line.text))), file);
      expect(said(readNotice(page, statusTable)), name).toEqual(said(readNotice({ format, lines }, statusTable)));
    }
  });
});
