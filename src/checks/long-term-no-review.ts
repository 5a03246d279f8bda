import { text } from '../model/text.js';
import { type Check, cellPlace, type Examining, type Found, hasColumn } from './check.js';
import { listed, missingColumn } from './places.js';

export const longTermNoReview: Check = {
  id: 'long-term-no-review',
  level: 'warning',
  title: text('长期坚持没有回看日期', 'Long-term without a review date'),
  about: text(
    '整改结果是“长期坚持”的，写明下次什么时候回看；整改时限写“长期坚持”不在此列。',
    'A result of 长期坚持 names its next review; a deadline of 长期坚持 is not meant.',
  ),
  why: text('长期坚持没有回看，就会变成长期不管。', 'What goes on for ever without a review is forgotten.'),
  remedy: text('在“下次回看日期”栏写上日期', 'write a date in the column 下次回看日期'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 下次回看日期 |
    | 1 | 学习不深入 | 每月学习一次 | 长期坚持 | «» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改时限 | 整改结果 | 下次回看日期 |
    | 1 | 学习不深入 | 每月学习一次 | | 长期坚持 | 2024-01-31 |
    | 2 | 制度不健全 | 修订三项制度 | 长期坚持 | 已完成并长期坚持 | |`,
  run: without,
};

function* without({ ledger, states }: Examining): Iterable<Found> {
  const missing = states.flatMap(({ finding, rows }) => {
    const row = rows.find(({ row: one, status }) => status === 'long-term' && !one.bad.has('nextReview'))?.row;
    if (row === undefined || finding.rows.some(one => one.data.nextReview !== undefined)) return [];
    return [{ finding, row }];
  });
  const [first] = missing;
  if (first === undefined) return;
  const known = hasColumn(ledger, 'nextReview');
  const places = known ? missing.map(({ row }) => cellPlace(ledger, row, 'nextReview')) : [];
  const labels = missing.map(({ finding }) => finding.label);
  yield {
    // An office that plans its reviews elsewhere has no such column: that is worth knowing, not wrong.
    ...(known ? {} : { level: 'info' as const, remedy: missingColumn('nextReview') }),
    message: text(
      known
        ? `${missing.length}个长期坚持的问题没有写下次回看日期：问题${listed(labels)}`
        : `台账没有“下次回看日期”这一栏，${missing.length}个长期坚持的问题不知道什么时候回看：问题${listed(labels)}`,
      `${missing.length} long-term findings name no next review: ${listed(labels, ', ')}`,
    ),
    at: places[0] ?? cellPlace(ledger, undefined, 'nextReview'),
    also: places.slice(1),
    count: missing.length,
    rows: missing.flatMap(({ finding }) => finding.rows),
    object: 'all',
  };
}
