import { describe, expect, it } from 'vitest';
import { ledgerWith, placesOf, reports } from '../support/reports.js';

const check = 'done-without-evidence';
const evidence = (written: string) =>
  ledgerWith('序号|反馈问题|整改措施|整改结果|佐证材料', `1|甲|措施|已完成|${written}`);

describe('evidence of what is done', () => {
  it('is missing once, with the count', () => {
    const source = ledgerWith(
      '序号|反馈问题|整改措施|整改结果',
      '1|甲|措施|已完成',
      '2|乙|措施|整改中',
      '3|丙|措施|办结',
    );
    expect(reports(check, source).map(one => [one.count, one.shownOn])).toEqual([[2, [2, 4]]]);
  });

  it.each(['第3盒P12', '已装订', '见附件3', '学习记录.pdf', 'Z3-1'])('%s is evidence', written => {
    expect(placesOf(check, evidence(written))).toEqual([]);
  });

  it.each(['无', '', '—', '暂无'])('%s is none', written => {
    expect(placesOf(check, evidence(written))).toEqual(['error 整改台账!E1']);
  });

  it('counts when one row of the finding names it, or the register does', () => {
    const rows = ledgerWith(
      '序号|反馈问题|整改措施|整改结果|佐证材料',
      '1|甲|措施|已完成|',
      '||措施|已完成|照片.jpg',
      '2|乙|措施|已完成|',
    );
    expect(placesOf(check, `${rows}\n## 佐证材料\n| 编号 | 问题序号 | 文件 |\n| Z1 | 1-2 | 汇编.pdf |`)).toEqual([]);
  });

  it('is not asked of what is not done', () => {
    expect(
      placesOf(
        check,
        ledgerWith('序号|反馈问题|整改措施|整改结果|佐证材料', '1|甲|措施|基本完成|', '2|乙|措施|长期坚持|'),
      ),
    ).toEqual([]);
  });
});
