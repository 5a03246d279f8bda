import { text } from '../../model/text.js';
import { type Linting, type Remark, remark } from './linting.js';

/** 集中整改期内 is spoken of, and nowhere how long it is: whether it was kept cannot be told. A note, many notices do so. */
export function* period(linting: Linting): Iterable<Remark> {
  const { facts, inspection } = linting.parsed;
  if (inspection.feedback === undefined || facts.some(fact => fact.key === 'periodMonths')) return;
  const line = linting.source.lines.find(one => /集中整改期/u.test(one.text));
  if (line === undefined) return;
  yield remark(linting, 'period-missing', 'info', 'text', {
    line: line.number,
    words: '集中整改期',
    message: text(
      '说到集中整改期，没有写是几个月，读者看不出是否按期',
      'the rectification period is spoken of, not how long it is',
    ),
    remedy: text('写明集中整改期是几个月', 'say how many months it is'),
  });
}
