import { type Day, formatDayZh, type Span } from '../../../model/day.js';
import { type Text, text } from '../../../model/text.js';
import type { Fact, Inspection } from '../../parsed.js';
import { type Remark, remark } from '../linting.js';
import type { Comparing } from './comparing.js';

const compared: readonly { readonly key: keyof Inspection; readonly name: Text }[] = [
  { key: 'from', name: text('巡察开始', 'first day of the inspection') },
  { key: 'to', name: text('巡察结束', 'last day of the inspection') },
  { key: 'feedback', name: text('反馈日期', 'day of the feedback') },
  { key: 'asOf', name: text('截至日期', 'as-of date') },
];

/** The dates of the inspection, beside 基本信息. */
export function* factsAgainst({ linting, examined }: Comparing): Iterable<Remark> {
  const { values } = examined.ledger.facts;
  const known: { readonly [K in keyof Inspection]-?: Span | undefined } = {
    from: values.inspectionFrom,
    to: values.inspectionTo,
    feedback: values.feedback,
    asOf: values.statedAsOf,
  };
  const { inspection, facts } = linting.parsed;
  for (const { key, name } of compared) {
    const told: Day | undefined = inspection[key];
    const span = known[key];
    if (told === undefined || span === undefined || (told >= span.from && told <= span.to)) continue;
    const factKey: Fact['key'] = key;
    const line = facts.find(fact => fact.key === factKey)?.line ?? 1;
    yield remark(linting, 'notice-date-differs', 'error', key, {
      line,
      words: dayWords(told, linting.lineText(line)),
      found: told,
      expected: span.from,
      message: text(
        `${name.zh}写${formatDayZh(told)}，台账基本信息是${formatDayZh(span.from)}`,
        `the ${name.en} is ${told} here and ${span.from} in the ledger`,
      ),
      remedy: text('对照文件，改通报或改基本信息', 'compare with the documents and correct either'),
    });
  }
}

/** 2023年7月28日 or 7月28日, whichever the line has. */
function dayWords(day: Day, line: string): string | undefined {
  const full = formatDayZh(day);
  const short = full.slice(full.indexOf('年') + 1);
  return [full, short].find(words => line.includes(words));
}
