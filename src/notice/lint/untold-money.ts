import type { Diagnostic, Place } from '../../model/diagnostic.js';
import { equals, grouped, sum, yuan } from '../../model/money.js';
import { text } from '../../model/text.js';
import { amountsOf } from '../deeds.js';
import type { NoticeClaim, ParsedNotice } from '../parsed.js';
import { amountOf } from './parts-in-text.js';

/**
 * Sums of the headline that no finding names. In a text the very sum is told, too, where it is called otherwise: 超标准公务接待3.8万元
 * is the 3.8万元 of 退缴超标准接待费3.8万元.
 * @param claimAt the claim that a cell of the notice as a ledger comes from
 * @returns undefined when all of them are told
 */
export function untoldMoney(
  found: Diagnostic,
  claimAt: (place: Place) => NoticeClaim | undefined,
  { sections }: ParsedNotice,
): Diagnostic | undefined {
  const places = [found.at, ...found.also];
  const told = sections
    .flatMap(section => section.findings)
    .flatMap(amountsOf)
    .map(amount => yuan(amount.yuan));
  const left = places.filter(place => {
    const claim = claimAt(place);
    return claim === undefined || !told.some(one => equals(one, yuan(amountOf(claim))));
  });
  const [at, ...also] = left;
  if (at === undefined) return undefined;
  if (left.length === places.length) return found;
  const claims = left.flatMap(place => claimAt(place) ?? []);
  const total = sum(claims.map(claim => yuan(amountOf(claim))));
  const names = claims.map(claim => claim.of).join('、');
  return {
    ...found,
    at,
    also,
    count: left.length,
    message: text(
      `${left.length}项金额共${grouped(total)}元，追缴资金和台账里都没有对应的行：${names}`,
      `${left.length} sums, ¥${grouped(total)} in all, have no row in the ledger or in 追缴资金`,
    ),
  };
}
