import { expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf } from '../support/reports.js';
import { examined } from '../support/workbook.js';

const ledger = ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|整改中');

it('is asked of a ledger with 基本信息, whether the line is empty or not there', () => {
  expect(placesOf('period-missing', inspected(ledger))).toEqual(['error 基本信息!0']);
  expect(placesOf('period-missing', inspected(ledger, '集中整改期（月） | '))).toEqual(['error 基本信息!B5']);
});

it('is only noted where there is no 基本信息', () => {
  expect(placesOf('period-missing', ledger)).toEqual([]);
  expect(examined(ledger).diagnostics.find(one => one.check === 'facts-missing')?.message.zh).toBe(
    '没有写巡察开始、反馈日期、集中整改期，6项与日期有关的校验没有做',
  );
});

it('is not said twice of a period that cannot be read', () => {
  const source = inspected(ledger, '集中整改期（月） | 按规定');
  expect(placesOf('period-missing', source)).toEqual([]);
  expect(placesOf('unreadable-cell', source)).toEqual(['error 基本信息!B5']);
});
