import { nearestWord } from '../../checks/nearest-word.js';
import { text } from '../../model/text.js';
import { wordTables } from '../../read/mapping.js';
import { wordKey } from '../../sheets/cells.js';
import { withoutEndMark } from '../fold.js';
import { type Linting, type Remark, remark } from './linting.js';

/** 整改结果：已完戍: words where a status should stand that are none. */
export function* unreadStatus(linting: Linting): Iterable<Remark> {
  const { result } = wordTables(linting.mappings);
  for (const finding of linting.parsed.sections.flatMap(section => section.findings)) {
    for (const part of finding.unreadStatus) {
      const words = withoutEndMark(part.text);
      // — 2 —: the foot of a page that stands between a label and what follows.
      if (/^[-–—－一·\s]*\d{1,3}[-–—－一·\s]*$/u.test(words)) continue;
      const near = nearestWord(wordKey(words), result);
      yield remark(linting, 'unknown-status', 'error', `${part.line}|${words}`, {
        line: part.line,
        words,
        finding: finding.number,
        found: words,
        message: text(
          `问题${finding.number}的整改结果“${words}”看不懂${near === undefined ? '' : `，是不是“${near.word}”？`}`,
          `the result of finding ${finding.number} is “${words}”${near === undefined ? '' : `; is it ${near.word}?`}`,
        ),
        remedy: text('写“已完成”“基本完成”“整改中”“长期坚持”之一', 'write one of 已完成, 基本完成, 整改中, 长期坚持'),
      });
    }
  }
}
