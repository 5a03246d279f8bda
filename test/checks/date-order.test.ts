import { expect, it } from 'vitest';
import { ledgerWith, reports } from '../support/reports.js';

const ledger = ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|整改中');
const facts = (...lines: string[]) =>
  ['## 基本信息', '| 项目 | 内容 |', ...lines.map(line => `| ${line} |`), ledger].join('\n');

it('reports each date that is earlier than the one before it, once', () => {
  const found = reports(
    'date-order',
    facts('巡察开始 | 2023-06-15', '巡察结束 | 2023-03-15', '反馈日期 | 2023-07-28', '统计截止日期 | 2022-10-30'),
  );
  expect(found.map(one => [one.at.row, one.found])).toEqual([
    [3, '2023-03-15'],
    [5, '2022-10-30'],
  ]);
});

it('compares only what is given, and months as months', () => {
  expect(reports('date-order', facts('巡察开始 | 2023-03-15', '统计截止日期 | 2023-10-30'))).toEqual([]);
  expect(reports('date-order', facts('反馈日期 | 2023-07-28', '整改方案日期 | 2023年7月'))).toEqual([]);
});
