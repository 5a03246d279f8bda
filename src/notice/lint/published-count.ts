import { text } from '../../model/text.js';
import { publishedCount } from '../to-ledger.js';
import { type Linting, type Remark, remark } from './linting.js';

/** 反馈问题13个，本通报公开11个: 11 findings follow, and no more are published than there are. */
export function* publishedCounts(linting: Linting): Iterable<Remark> {
  const { parsed } = linting;
  const told = publishedCount(parsed);
  if (told === undefined) return;
  const listed = parsed.sections.reduce((sum, section) => sum + section.findings.length, 0);
  const total = parsed.claims.find(claim => claim.of === '反馈问题总数' && claim.line === told.line);
  if (Number(told.value) !== listed) {
    yield remark(linting, 'claim-mismatch', 'error', `published|${told.line}`, {
      line: told.line,
      words: told.text,
      found: told.value,
      expected: String(listed),
      message: text(
        `写本通报公开${told.value}${told.unit}问题，后面列了${listed}个`,
        `${told.value} findings are said to be published, ${listed} follow`,
      ),
      remedy: text('改正这个数，或补上漏列的问题', 'correct the figure or add what was left out'),
    });
  }
  if (total !== undefined && Number(told.value) > Number(total.value)) {
    yield remark(linting, 'nested-count', 'error', `published|${told.line}`, {
      line: told.line,
      words: told.text,
      found: told.value,
      expected: `≤ ${total.value}`,
      message: text(
        `公开的问题（${told.value}个）比反馈的（${total.value}个）还多`,
        `more findings are published (${told.value}) than were fed back (${total.value})`,
      ),
      remedy: text('核对这两个数', 'verify both figures'),
    });
  }
}
