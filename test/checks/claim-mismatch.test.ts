import { describe, expect, it } from 'vitest';
import { reports } from '../support/reports.js';

/** Three findings with two sub-findings each; two findings done. */
const ledger = `## 整改台账
| 序号 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 | 完成日期 |
| 1 | 学习不深入 | 次数不够 | 每月一次 | 已完成 | 2023-09-01 |
| | | 内容不全 | 补学内容 | 已完成 | 2023-09-02 |
| 2 | 制度不健全 | 没有修订 | 修订制度 | 已完成 | 2023-10-20 |
| | | 没有执行 | 检查执行 | 已完成 | 2023-10-20 |
| 3 | 作风不实 | 走访少 | 开展走访 | 整改中 | |
| | | 问题多 | 解决问题 | 整改中 | |`;
const claims = (...rows: string[]) =>
  `\n## 通报数据\n| 编号 | 事项 | 数值 | 单位 | 口径 |\n${rows.map(row => `| ${row} |`).join('\n')}`;
const facts = (...rows: string[]) => `\n## 基本信息\n${rows.map(row => `| ${row} |`).join('\n')}`;
const levels = (source: string) => reports('claim-mismatch', source).map(one => one.level);

describe('another level', () => {
  it('that matches asks for 口径 instead of calling the figure wrong', () => {
    const [one] = reports('claim-mismatch', ledger + claims('1|整改到位数|4|个|'));
    expect(one?.level).toBe('warning');
    expect(one?.message.zh).toContain('按具体问题数才是4');
    expect(one?.remedy.zh).toContain('口径');
  });

  it('is compared when 口径 names it', () => {
    expect(
      levels(ledger + claims('1|整改到位数|4|个|具体问题', '2|反馈问题总数|6|个|具体问题', '3|完成率|66.7|%|具体问题')),
    ).toEqual([]);
  });

  it('is no excuse when 口径 says 问题', () => {
    expect(levels(ledger + claims('1|整改到位数|4|个|问题'))).toEqual(['error']);
  });
});

describe('rates', () => {
  it.each(['67', '66.7', '66.67', '66.667'])('%s percent is 2 of 3 at its own precision', rate => {
    expect(levels(ledger + claims(`1|完成率|${rate}|%|`))).toEqual([]);
  });

  it('66.6 percent is cut off, not rounded', () => {
    expect(reports('claim-mismatch', ledger + claims('1|完成率|66.6|%|'))).toMatchObject([
      { found: '66.6', expected: '66.7' },
    ]);
  });

  it('that follow from a count that is wrong itself are not told again', () => {
    expect(levels(ledger + claims('1|反馈问题总数|3|个|', '2|整改到位数|3|个|问题', '3|完成率|100|%|'))).toEqual([
      'error',
    ]);
  });
});

describe('what is no error', () => {
  it.each([
    ['a ledger of some findings only', facts('范围 | 部分') + claims('1|反馈问题总数|13|个|', '2|完成率|90|%|')],
    [
      'a finding that was done after the cut-off day',
      facts('统计截止日期 | 2023-09-30') + claims('1|整改到位数|1|个|'),
    ],
    ['zero sanctions, none listed', claims('1|政务处分|0|人|', '2|党纪处分|无|人|')],
    ['a count in words', claims('1|整改到位数|两个||')],
    ['a figure of another register', claims('1|群众满意度|98|%|', '2|问题线索|3|件|')],
  ])('%s', (_case, more) => expect(levels(ledger + more)).toEqual([]));

  it('an approximate figure is not compared, and said once', () => {
    expect(levels(ledger + claims('1|整改到位数|约10|个|', '2|追缴资金|500余万元||'))).toEqual(['info']);
  });
});

describe('what is an error', () => {
  it('sanctions listed and zero claimed', () => {
    const actions = '\n## 谈话与处理\n| 问题序号 | 形式 | 人数 |\n| 1 | 记过 | 1 |';
    expect(levels(ledger + actions + claims('1|政务处分|0|人|'))).toEqual(['error']);
  });

  it('more policies claimed than listed', () => {
    const policies = '\n## 制度清单\n| 问题序号 | 制度名称 |\n| 1 | 甲制度 |\n| 2 | 《甲制度》 |';
    expect(reports('claim-mismatch', ledger + policies + claims('1|制度|3|项|'))).toMatchObject([
      { found: '3', expected: '1' },
    ]);
  });

  it('a value that nobody can read, as a warning', () => {
    expect(levels(ledger + claims('1|整改到位数|全部|个|'))).toEqual(['warning']);
  });
});
