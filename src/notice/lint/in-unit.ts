import { inUnit, type Money, yuan } from '../../model/money.js';
import { type Text, text } from '../../model/text.js';

/** Sums as the text gives them: who wrote 18.46万元 need not convert 184,600.00元. The parts of 1.24亿元 are told in 万元. */
export function inUnitOf(unit: string | undefined, { zh, en }: Text): Text {
  if (unit !== '万元' && unit !== '亿元') return text(zh, en);
  const converted = zh.replace(
    /([+-]?)(\d{1,3}(?:,\d{3})*\.\d{2,})(元?)/gu,
    (_, sign: string, digits: string, named: string) => {
      const amount = inUnit(yuan(digits.replaceAll(',', '')), '万元');
      return `${sign}${amount}${named === '' ? '' : '万元'}`;
    },
  );
  return text(converted, en);
}

/** An exact sum beside words that tell one in 万元 or 元. */
export function besideWords(words: string, exact: Money, grouped: (money: Money) => string): string {
  return /[万亿]/u.test(words) ? `${inUnit(exact, '万元')}万元` : `${grouped(exact)}元`;
}
