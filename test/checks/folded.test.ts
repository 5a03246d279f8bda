import { expect, it } from 'vitest';
import { examined } from '../support/workbook.js';

const facts = '## 基本信息\n| 项目 | 内容 |\n| 巡察开始 | 2023-03-15 |\n| 反馈日期 | 2023-07-28 |\n';
const ledger = (count: number) =>
  `${facts}\n## 整改台账\n| 序号 | 反馈问题 | 整改措施 | 措施日期 | 整改结果 |\n${Array.from({ length: count }, (_, n) => `| ${n + 1} | 问题${n + 1}制度不健全 | 修订第${n + 1}项制度 | 2020-01-02 | 整改中 |`).join('\n')}`;
const old = (count: number) =>
  examined(ledger(count)).diagnostics.filter(one => one.check === 'measure-before-inspection');

it('a fault on three hundred rows is told once, with its count, and still shows on each of them', () => {
  const [told, ...others] = old(300);
  expect(others).toEqual([]);
  expect(told?.count).toBe(300);
  expect(told?.message.zh).toContain('共300条');
  expect(told?.also).toHaveLength(50);
  expect(told?.shownOn).toHaveLength(300);
});

it('what a person can go through is told one by one', () => {
  expect(old(20)).toHaveLength(20);
});
