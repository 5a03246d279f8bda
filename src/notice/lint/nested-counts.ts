import { compare, yuan } from '../../model/money.js';
import { text } from '../../model/text.js';
import type { NoticeClaim } from '../parsed.js';
import { type Linting, type Remark, remark } from './linting.js';
import { isUnit } from './units.js';

/** What is only included (34，含立行立改2) cannot be more than what includes it. */
export function* nestedCounts(linting: Linting): Iterable<Remark> {
  const { claims } = linting.parsed;
  const byId = new Map(claims.map(claim => [claim.id, claim]));
  for (const part of claims) {
    const whole = byId.get(part.includedIn ?? '');
    if (whole === undefined || whole.unit !== part.unit || !isMore(part, whole)) continue;
    yield remark(linting, 'nested-count', 'error', `${part.line}|${part.text}`, {
      line: part.line,
      words: part.text,
      found: `${part.value}${part.unit}`,
      expected: `≤ ${whole.value}${whole.unit}`,
      message: text(
        `“${part.of}”${part.value}${part.unit}包含在“${whole.of}”${whole.value}${whole.unit}里，却比它多`,
        `“${part.of}” (${part.value}${part.unit}) is included in “${whole.of}” (${whole.value}${whole.unit}) and exceeds it`,
      ),
      remedy: text('核对这两个数，改正其中一个', 'verify both figures and correct one'),
    });
  }
}

function isMore(part: NoticeClaim, whole: NoticeClaim): boolean {
  return isUnit(part.unit)
    ? compare(yuan(part.value), yuan(whole.value)) > 0
    : Number(part.value) > Number(whole.value);
}
