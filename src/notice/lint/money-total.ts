import type { Diagnostic } from '../../model/diagnostic.js';
import { compare, inUnit, times, yuan } from '../../model/money.js';
import { amountsOf } from '../deeds.js';
import type { ParsedNotice } from '../parsed.js';

/** Sums told under findings that are tried together; two to the power of it are too many beyond. */
const mostTried = 16;

/**
 * A total of money in the headline that is not the sum of what the findings tell. Nothing is wrong when it is the sum of
 * some of them (党费 are no 违规资金); when the findings tell less, the rest may simply not be told.
 */
export function judgeMoneyTotal(found: Diagnostic, parsed: ParsedNotice): 'right' | 'unsure' | 'wrong' {
  if (found.found === undefined || found.expected === undefined) return 'wrong';
  const [stated, told] = [yuan(found.found), yuan(found.expected)];
  if (isSumOfSome(found.found, parsed)) return 'right';
  // A slip that explains the difference (a digit, two swapped) makes it one.
  return compare(stated, told) > 0 && !found.message.zh.includes('可能的原因') ? 'unsure' : 'wrong';
}

function isSumOfSome(stated: string, parsed: ParsedNotice): boolean {
  const told = parsed.sections.flatMap(section => section.findings).flatMap(amountsOf);
  const fen = (decimal: string) => Number(inUnit(times(yuan(decimal), '100'), '元'));
  const amounts = [...new Set(told.map(amount => `${amount.line}|${amount.yuan}`))].map(key =>
    fen(key.slice(key.indexOf('|') + 1)),
  );
  const wanted = fen(stated);
  if (amounts.length > mostTried || !Number.isSafeInteger(wanted)) return false;
  let sums = new Set([0]);
  for (const amount of amounts) {
    sums = new Set([...sums, ...[...sums].map(sum => sum + amount).filter(sum => sum <= wanted)]);
    if (sums.has(wanted)) return true;
  }
  return false;
}
