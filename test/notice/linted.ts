import type { Level } from '../../src/model/diagnostic.js';
import { lintNotice } from '../../src/notice/lint/index.js';
import type { Linting, Remark } from '../../src/notice/lint/linting.js';
import { readNotice } from '../../src/notice/read-notice.js';
import type { Source } from '../../src/notice/source.js';
import { wordTables } from '../../src/read/mapping.js';
import { onDay, standardMapping } from '../support/workbook.js';

/** The words for results that every layout has. */
export const statusTable = wordTables([standardMapping]).result;

/** A text as the lines of a .txt file. */
export function sourceOf(text: string): Source {
  return { format: 'txt', lines: text.split('\n').map((line, index) => ({ number: index + 1, text: line })) };
}

/** What `ledger lint` looks at. */
export function lintingOf(source: Source, edition: Linting['edition'] = 'public'): Linting {
  const texts = new Map(source.lines.map(line => [line.number, line.text]));
  return {
    source,
    parsed: readNotice(source, statusTable),
    mappings: [standardMapping],
    asOf: onDay('2024-12-31'),
    levels: {},
    edition,
    lineText: line => texts.get(line) ?? '',
  };
}

/** Errors and warnings of a text. */
export function linted(source: Source): readonly Remark[] {
  return lintNotice(lintingOf(source)).filter(one => one.diagnostic.level !== 'info');
}

/** Level, check and line of each. */
export function brief(remarks: readonly Remark[]): readonly (readonly [Level, string, number])[] {
  return remarks.map(({ diagnostic }) => [diagnostic.level, diagnostic.check, diagnostic.at.line ?? 0] as const);
}

/** The words of the text that a remark marks. */
export function marked(source: Source, { diagnostic, from, length }: Remark): string {
  const line = source.lines.find(one => one.number === diagnostic.at.line)?.text ?? '';
  return line.slice(from, from + length);
}
