import { expect, it } from 'vitest';
import { ledgerWith, reports } from '../support/reports.js';

it('says once how many amounts are text, in all sheets', () => {
  const source = [
    ledgerWith(
      '序号|反馈问题|整改措施|应追缴金额（元）|整改结果',
      '1|甲|措施|"18000"|整改中',
      "2|乙|措施|'6,000.50|整改中",
    ),
    '## 追缴资金',
    '| 问题序号 | 项目 | 已追缴（元） |',
    '| 1 | 补贴 | "300" |',
  ].join('\n');
  const found = reports('amount-as-text', source);
  expect(found.map(one => [one.level, one.count])).toEqual([['warning', 3]]);
});

it('leaves amounts with their unit written out alone', () => {
  const source = ledgerWith(
    '序号|反馈问题|整改措施|应追缴金额|整改结果',
    '1|甲|措施|1,173.3万元|整改中',
    '2|乙|措施|壹拾贰万叁仟元整|整改中',
  );
  expect(reports('amount-as-text', source)).toEqual([]);
});
