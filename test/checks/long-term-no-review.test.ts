import { expect, it } from 'vitest';
import { ledgerWith, reports } from '../support/reports.js';

const check = 'long-term-no-review';

it('is one line for all long-term findings', () => {
  const source = ledgerWith(
    '序号|反馈问题|整改措施|整改结果|下次回看日期',
    '1|甲|措施|长期坚持|',
    '2|乙|措施|常态化推进|',
    '3|丙|措施|整改中|',
  );
  expect(reports(check, source).map(one => [one.level, one.count])).toEqual([['warning', 2]]);
});

it('is only worth knowing in a ledger that has no such column', () => {
  const source = ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|长期坚持', '2|乙|措施|长期坚持');
  expect(reports(check, source).map(one => [one.level, one.count, one.at.row])).toEqual([['info', 2, 1]]);
});

it('one review date holds for the finding, and 已完成并长期坚持 needs none', () => {
  const source = ledgerWith(
    '序号|反馈问题|整改措施|整改结果|下次回看日期',
    '1|甲|措施|长期坚持|',
    '||措施|长期坚持|2024-01-31',
    '2|乙|措施|已完成并长期坚持|',
  );
  expect(reports(check, source)).toEqual([]);
});
