import { equals, grouped, type Money, subtract, sum, yuan } from '../../model/money.js';
import { text } from '../../model/text.js';
import { moneyOf } from '../deeds.js';
import type { AmountKind, NoticeAmount, NoticeFinding } from '../parsed.js';
import { besideWords } from './in-unit.js';
import { type Linting, type Remark, remark } from './linting.js';

/** Under one finding, what was due less what came in (and was written off) is what is still owed: 1173.3 − 670 = 503.3. */
export function* moneyOfFindings(linting: Linting): Iterable<Remark> {
  for (const finding of linting.parsed.sections.flatMap(section => section.findings)) {
    const amounts = moneyOf(finding);
    const due = only(amounts, '应追缴');
    const owed = only(amounts, '未追缴');
    const paid = only(amounts, '已追缴');
    if (due === undefined || owed === undefined || paid === undefined) continue;
    const reduced = only(amounts, '核减');
    if (reduced === undefined && amounts.some(amount => amount.kind === '核减')) continue;
    const gone = sum([paid.value, ...(reduced === undefined ? [] : [reduced.value])]);
    const rest = subtract(due.value, gone);
    if (!equals(rest, owed.value))
      yield wrongRest(finding, owed, rest, `${due.amount.text}－${paid.amount.text}`, linting);
  }
}

type Told = { readonly amount: NoticeAmount; readonly value: Money };

/** The one amount of a kind; undefined when there is none, or several that differ. */
function only(amounts: readonly NoticeAmount[], kind: AmountKind): Told | undefined {
  const told = amounts.filter(amount => amount.kind === kind).map(amount => ({ amount, value: yuan(amount.yuan) }));
  const [first] = told;
  return first !== undefined && told.every(one => equals(one.value, first.value)) ? first : undefined;
}

function wrongRest(finding: NoticeFinding, owed: Told, rest: Money, sumText: string, linting: Linting): Remark {
  // In the unit in which it is told.
  const shown = besideWords(owed.amount.text, rest, grouped);
  return remark(linting, 'total-mismatch', 'error', `rest|${finding.line}`, {
    line: owed.amount.line,
    words: owed.amount.text,
    finding: finding.number,
    found: grouped(owed.value),
    expected: grouped(rest),
    message: text(
      `问题${finding.number}写还欠${owed.amount.text}，${sumText}算出来是${shown}`,
      `finding ${finding.number}: ${owed.amount.text} are said to be owed, ${shown} by the other figures`,
    ),
    remedy: text('核对应追缴、已追缴和未追缴三个数', 'verify what was due, what came in and what is owed'),
  });
}
