import { describe, expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf, reports } from '../support/reports.js';

describe('leader, department, deadline', () => {
  it('are missing once, with the count, where the column is not there', () => {
    const source = ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|整改中', '2|乙|措施|整改中');
    for (const check of ['no-leader', 'no-department', 'no-deadline']) {
      expect(reports(check, source).map(one => [one.level, one.count, one.at.row, one.shownOn])).toEqual([
        ['error', 2, 1, [2, 3]],
      ]);
    }
  });

  it('a ledger that has 责任人 and no 责任领导 names whoever answers', () => {
    const source = ledgerWith('序号|反馈问题|整改措施|责任人|整改结果', '1|甲|措施|张某|整改中', '2|乙|措施||整改中');
    expect(reports('no-leader', source).map(one => one.message.zh)).toEqual([expect.stringContaining('问题2')]);
    const both = ledgerWith('序号|反馈问题|整改措施|责任领导|责任人|整改结果', '1|甲|措施||张某|整改中');
    expect(placesOf('no-leader', both)).toEqual(['error 整改台账!D1']);
  });

  it('a missing column is to be added or mapped, not filled in', () => {
    const [said] = reports('no-leader', ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|整改中'));
    expect(said?.remedy.zh).toContain('加一栏“责任领导”');
    expect(said?.also).toEqual([]);
  });

  it('are called by the names that the office gave its columns', () => {
    const source = ledgerWith('序号|反馈问题|整改措施|牵头领导|完成情况', '1|甲|措施|张某|整改中', '2|乙|措施||整改中');
    const [said] = reports('no-leader', source);
    expect(said?.remedy.zh).toContain('“牵头领导”');
    expect(said?.remedy.en).toContain('牵头领导');
    expect(`${said?.remedy.zh}${said?.remedy.en}`).not.toContain('责任领导');
  });

  it('are awaited, not missing, before the plan is issued', () => {
    const source = inspected(
      ledgerWith('序号|反馈问题|整改措施|整改结果', '1|甲|措施|整改中'),
      '整改方案日期 | 2023-08-28',
    );
    expect(reports('no-leader', source, { asOf: '2023-08-10' }).map(one => [one.level, one.remedy.zh])).toEqual([
      ['info', '待整改方案明确后补上'],
    ]);
    expect(reports('no-leader', source, { asOf: '2023-09-10' }).map(one => one.level)).toEqual(['error']);
  });

  it('are inherited from the finding’s first row', () => {
    const source = ledgerWith(
      '序号|反馈问题|整改措施|责任领导|责任部门|整改时限|整改结果',
      '1|甲|措施|张某|办公室|10月底前|整改中',
      '||措施||||整改中',
    );
    for (const check of ['no-leader', 'no-department', 'no-deadline']) expect(placesOf(check, source)).toEqual([]);
  });

  it('are not asked of what is withdrawn', () => {
    const source = ledgerWith(
      '序号|反馈问题|整改措施|责任领导|整改结果',
      '1|甲|措施|张某|整改中',
      '2|乙|措施||不再纳入',
    );
    expect(placesOf('no-leader', source)).toEqual([]);
  });

  it('a deadline of 长期坚持, 立行立改 or 10月底前 is a deadline', () => {
    const source = ledgerWith(
      '序号|反馈问题|整改措施|整改时限|整改结果',
      '1|甲|措施|长期坚持|整改中',
      '2|乙|措施|立行立改|整改中',
      '3|丙|措施|10月底前|整改中',
      '4|丁|措施|集中整改期内|整改中',
    );
    expect(placesOf('no-deadline', source)).toEqual([]);
    expect(placesOf('unreadable-cell', source)).toEqual([]);
  });
});
