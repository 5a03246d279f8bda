import { describe, expect, it } from 'vitest';
import { type Edition, saysNothingOfPublicity, standing } from '../../src/notice/write/index.js';
import { examined } from '../support/workbook.js';
import { soundLedger } from './support/sample.js';

/** What keeps a notice back: checks, and what is missing. */
function held(workbook: string, edition: Edition = 'public') {
  const found = standing(examined(workbook), edition);
  return {
    checks: found.blocking.map(one => one.check),
    missing: found.missing.map(one => one.zh),
    others: found.others,
  };
}

describe('what keeps a notice back', () => {
  it('is nothing in a sound ledger', () => {
    expect(held(soundLedger)).toMatchObject({ checks: [], missing: [] });
  });

  it('an error on a row that is printed', () => {
    const broken = soundLedger.replace('清退违规补贴 | 2023-09-01 | 李某', '清退违规补贴 | 2023-09-01 | ');
    expect(held(broken).checks).toContain('no-leader');
  });

  it('not an error on a row that is not printed', () => {
    const broken = soundLedger.replace('逐人核对 | 2023-09-05 | 李某', '逐人核对 | 2023-09-05 | ');
    const { checks, others } = held(broken);
    expect(checks).toEqual([]);
    expect(others.map(one => one.check)).toContain('no-leader');
  });

  it('an error on a row that the internal edition prints keeps only that one back', () => {
    const broken = soundLedger.replace('修订公车管理办法 | 2023-09-05 | 李某', '修订公车管理办法 | 2023-09-05 | ');
    expect(held(broken, 'public').checks).toEqual([]);
    expect(held(broken, 'internal').checks).toContain('no-leader');
  });

  it('a stated figure that the ledger does not bear out', () => {
    const stated = `${soundLedger}
## 通报数据
| 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 | 说明 |
| 1 | 反馈问题总数 | 5 | 个 | 问题 | | |`;
    expect(held(stated).checks).toContain('claim-mismatch');
  });

  it('a 公开范围 that cannot be read: the row may be meant to be printed', () => {
    expect(held(soundLedger.replace('第3盒 | 不公开', '第3盒 | 再议')).checks).toContain('unreadable-cell');
  });

  it('a 统计截止日期 that is out of date', () => {
    expect(
      held(soundLedger.replace('| 统计截止日期 | 2023-10-30 |', '| 统计截止日期 | 2023-09-30 |')).checks,
    ).toContain('after-as-of');
  });

  it('a verified exception keeps nothing back', () => {
    const broken = soundLedger.replace('清退违规补贴 | 2023-09-01 | 李某', '清退违规补贴 | 2023-09-01 | ');
    const verified = `${broken}
## 核实说明
| 提示编号 | 对象 | 理由 | 批准人 | 到期日 |
| 没有责任领导 | 2 | 分管领导待任命 | 张某 | 2024-12-31 |`;
    expect(held(verified).checks).toEqual([]);
  });

  it('a unit without a name, and a printed finding without a result', () => {
    const bare = soundLedger
      .replace('| 被巡察党组织 | 甲市乙局党组 |', '| 被巡察党组织 | |')
      .replace('款项 | 整改中', '款项 | ');
    expect(held(bare).missing).toEqual([
      '基本信息没有填“被巡察党组织”，标题和落款没有单位名称',
      '问题2没有填“整改结果”',
    ]);
  });

  it('tells a ledger that says nothing of publicity from one that publishes nothing', () => {
    const without = soundLedger.replaceAll(/ (社会公开|党内通报|不公开) \|/g, '  |');
    expect(saysNothingOfPublicity(examined(without))).toBe(true);
    expect(saysNothingOfPublicity(examined(soundLedger.replaceAll('社会公开', '不公开')))).toBe(false);
  });
});
