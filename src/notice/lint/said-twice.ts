import { text } from '../../model/text.js';
import type { NoticeClaim } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';

/** The number of findings is one number: 25 in the preamble and 26 in the summary cannot both be right. */
export function* saidTwice(linting: Linting): Iterable<Remark> {
  const totals = linting.parsed.claims.filter(
    claim =>
      claim.of === '反馈问题总数' &&
      claim.parent === undefined &&
      claim.includedIn === undefined &&
      // 党的领导方面反馈问题4个: the number of one focus area.
      !/方面|领域/u.test(claim.text),
  );
  const first = new Map<string, NoticeClaim>();
  for (const claim of totals) {
    const key = `${claim.kind ?? ''}|${claim.unit}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, claim);
      continue;
    }
    if (other.value === claim.value || other.line === claim.line) continue;
    yield remark(linting, 'claim-conflict', 'error', `${claim.line}|${claim.text}`, {
      line: claim.line,
      words: claim.text,
      also: [other.line],
      found: claim.value,
      expected: other.value,
      message: text(
        `反馈问题数这里写${claim.value}${claim.unit}，第${other.line}行写${other.value}${other.unit}`,
        `${claim.value} findings here, ${other.value} in line ${other.line}`,
      ),
      remedy: text('对照反馈意见，把两处改成一致', 'make both agree with the feedback'),
    });
  }
}
