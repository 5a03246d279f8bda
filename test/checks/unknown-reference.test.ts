import { expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf, reports } from '../support/reports.js';

const ledger = ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|整改中', '2|乙|措施|整改中');
const policies = (...references: string[]) =>
  ['## 制度清单', '| 问题序号 | 制度名称 |', ...references.map(one => `| ${one} | 某制度 |`)].join('\n');

it('tells one number of one register once, with its rows', () => {
  const found = reports('unknown-reference', `${ledger}\n${policies('5', '1', '5', '2、7')}`);
  expect(found.map(one => [one.found, one.count])).toEqual([
    ['5', 2],
    ['7', 1],
  ]);
});

it('leaves 全部, 自查自纠, ranges and blanks alone', () => {
  expect(placesOf('unknown-reference', `${ledger}\n${policies('全部', '自查自纠', '1-2', '问题2', '')}`)).toEqual([]);
});

it('is silent where the ledger lists only part of the findings', () => {
  expect(placesOf('unknown-reference', inspected(`${ledger}\n${policies('5')}`, '范围 | 部分'))).toEqual([]);
});
