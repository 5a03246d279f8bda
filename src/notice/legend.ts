import { wordKey } from '../sheets/cells.js';
import { fold } from './fold.js';
import type { SourceLine } from './source.js';
import { type StatusTable, statusOf } from './status-words.js';

const explained = /([√×✓✗○●◎△▲☆★□■◇◆])["”]?\s*(?:表示|代表|为|指|是)\s*["“]?([^,;。、)"”]{2,12})/gu;

/** “注：√表示已完成，○表示正在推进”: signs that a document explains count as the words that it explains them with. */
export function withLegend(lines: readonly SourceLine[], statuses: StatusTable): StatusTable {
  const found = new Map(statuses);
  for (const line of lines) {
    if (!/[√×✓✗○●◎△▲☆★□■◇◆]/.test(line.text)) continue;
    for (const [, sign, words] of fold(line.text).matchAll(explained)) {
      const reading = statusOf(words ?? '', statuses);
      if (reading === undefined || sign === undefined) continue;
      found.set(wordKey(sign), reading.status === 'done' && reading.longTerm ? 'done-long-term' : reading.status);
    }
  }
  return found;
}
