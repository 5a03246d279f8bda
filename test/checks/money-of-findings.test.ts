import { describe, expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf, reports } from '../support/reports.js';

const header = '序号|反馈问题|整改措施|整改结果|应追缴金额|已追缴金额|核减金额|金额单位|备注';
const finding = (...rows: string[]) => ledgerWith(header, ...rows.map(row => row));
const register = (columns: string, ...rows: string[]) =>
  `\n## 追缴资金\n| 问题序号 | ${columns.split('|').join(' | ')} |\n${rows.map(row => `| ${row} |`).join('\n')}`;

describe('done-money-outstanding', () => {
  const found = (source: string) => reports('done-money-outstanding', source).map(one => [one.finding, one.found]);

  it.each([
    ['money reduced with a reason', finding('1|甲|清退|已完成|100|60|40|元|核减依据会议纪要')],
    ['interest on top', finding('1|甲|清退|已完成|100|103|||含利息')],
    ['a finding that is still under way', finding('1|甲|清退|整改中|100|60||元|')],
    ['an amount that cannot be read', finding('1|甲|清退|已完成|约100|60||元|')],
    ['one row done, another not', finding('1|甲|清退|已完成|100|60||元|', '1|甲|收尾|整改中|||||')],
    [
      'a finding sent back by the reviewer',
      `${ledgerWith('序号|反馈问题|整改措施|整改结果|应追缴金额|已追缴金额|审核状态', '1|甲|清退|已完成|100|60|已退回')}`,
    ],
  ])('is silent on %s', (_case, source) => expect(found(source)).toEqual([]));

  it('is one diagnostic where the ledger has no place to say what came in', () => {
    const said = reports(
      'done-money-outstanding',
      ledgerWith('序号|反馈问题|整改措施|完成情况|应追缴金额（元）', '1|甲|清退|已完成|100', '2|乙|清退|已完成|50.5'),
    );
    expect(said.map(one => [one.count, one.found, one.at.row])).toEqual([[2, '150.50', 1]]);
    expect(said[0]?.remedy.zh).toContain('加一栏“已追缴金额”');
  });

  it.each(['已退金额', '已退款', '已上缴资金', '已收回金额', '已清退'])('%s is what came in', own => {
    const source = ledgerWith(`序号|反馈问题|整改措施|整改结果|应追缴金额（元）|${own}`, '1|甲|清退|已完成|100|100');
    expect(found(source)).toEqual([]);
  });

  it('adds instalments to the 分, in whatever unit they are written', () => {
    const rows = register('项目|应追缴|已追缴|单位', '1|甲|1.5|1|万元', '1|乙||4999.99|元');
    expect(found(finding('1|甲|清退|已完成|||||') + rows)).toEqual([[1, '0.01']]);
  });
});

describe('recovered-exceeds-due', () => {
  it.each([
    [
      'interest in a row of its own',
      finding('1|甲|清退|整改中|||||') + register('项目|应追缴|已追缴', '1|本金|100|100', '1|利息||3.2'),
    ],
    ['a reading that fails', finding('1|甲|清退|整改中|100|约200|||')],
    ['no column for what is due', ledgerWith('序号|反馈问题|整改措施|整改结果|已追缴金额', '1|甲|清退|整改中|200')],
    ['recovered in full', finding('1|甲|清退|整改中|0.3|0.3||万元|')],
  ])('is silent on %s', (_case, source) => expect(reports('recovered-exceeds-due', source)).toEqual([]));

  it('warns once where nobody wrote what is due', () => {
    expect(placesOf('recovered-exceeds-due', finding('1|甲|清退|整改中||5|||', '2|乙|清退|整改中||6|||'))).toEqual([
      'warning 整改台账!E2',
    ]);
  });

  it('looks at each item of a finding', () => {
    const rows = register('项目|应追缴|已追缴', '1|甲款|100|150', '1|乙款|100|50');
    expect(placesOf('recovered-exceeds-due', finding('1|甲|清退|整改中|||||') + rows)).toEqual(['error 追缴资金!D2']);
  });

  it('counts what was reduced as no longer due', () => {
    expect(reports('recovered-exceeds-due', finding('1|甲|清退|整改中|100|80|30|元|'))).toMatchObject([
      { level: 'error', found: '80.00', expected: '≤ 70.00' },
    ]);
  });
});

describe('repeated-amount', () => {
  it('tells both readings', () => {
    const [one] = reports(
      'repeated-amount',
      finding('1|甲|清退|整改中|5000||||', '1|甲|教育|整改中|5000||||', '1|甲|建制|整改中|5000||||'),
    );
    expect(one?.message.zh).toContain('5,000.00元');
    expect(one?.message.zh).toContain('15,000.00元');
    expect(one?.count).toBe(3);
  });

  it.each([
    ['zero on every row', finding('1|甲|清退|整改中|0||||', '1|甲|教育|整改中|0||||')],
    ['one amount of two findings', finding('1|甲|清退|整改中|5000||||', '2|乙|清退|整改中|5000||||')],
    [
      'two equal sums that the register lists one by one',
      finding('1|甲|清退|整改中|5000||||', '1|甲|退还|整改中|5000||||') +
        register('项目|应追缴|已追缴', '1|补贴|5000|', '1|奖金|5000|'),
    ],
    [
      'equal instalments on different days',
      finding('1|甲|清退|整改中|||||') +
        register('项目|应追缴|已追缴|日期', '1|补贴|5000|2500|2023-08-01', '1|补贴||2500|2023-09-01'),
    ],
  ])('is silent on %s', (_case, source) => expect(reports('repeated-amount', source)).toEqual([]));

  it('finds what is due written again on every instalment', () => {
    const rows = register('项目|应追缴|已追缴|日期', '1|补贴|5000|2500|2023-08-01', '1|补贴|5000|2500|2023-09-01');
    expect(placesOf('repeated-amount', finding('1|甲|清退|整改中|||||') + rows)).toEqual(['warning 追缴资金!C2']);
  });
});

describe('recovery-before-feedback', () => {
  const paid = (title: string, date: string, note = '', measure = '清退') =>
    inspected(ledgerWith('序号|反馈问题|整改措施|整改结果', `1|${title}|${measure}|整改中`)) +
    register('项目|应追缴|已追缴|日期|备注', `1|补贴|100|100|${date}|${note}`);
  const levels = (source: string) => reports('recovery-before-feedback', source).map(one => one.level);

  it('is an error before the inspection, a warning before the feedback', () => {
    expect(levels(paid('违规发放补贴', '2022-03'))).toEqual(['error']);
    expect(levels(paid('违规发放补贴', '2023-06-20'))).toEqual(['warning']);
  });

  it.each([
    ['a finding about the previous round', paid('上轮巡察反馈的欠款没有清退', '2022-03')],
    ['a finding about poor rectification', paid('巡察整改不到位，仍有欠款', '2022-03')],
    ['立行立改 during the inspection', paid('违规发放补贴', '2023-05-04', '', '立行立改，当场清退')],
    ['立行立改 in the note', paid('违规发放补贴', '2023-05-04', '立行立改')],
    ['a month that may lie after the feedback', paid('违规发放补贴', '2023-07')],
    ['a date without a year', paid('违规发放补贴', '7月1日')],
    ['money that came in after the feedback', paid('违规发放补贴', '2023-08-01')],
    ['no feedback date', paid('违规发放补贴', '2022-03').replace('| 反馈日期 | 2023-07-28 |\n', '')],
  ])('is silent on %s', (_case, source) => expect(levels(source)).toEqual([]));
});

describe('recovery-to-unit-account', () => {
  const account = (where: string, item = '补贴') =>
    finding('1|甲|清退|整改中|||||') + register('项目|应追缴|已追缴|缴入账户', `1|${item}|100|100|${where}`);
  const levels = (source: string) => reports('recovery-to-unit-account', source).map(one => one.level);

  it('warns of 单位, and only informs of advances and loans paid back', () => {
    expect(levels(account('本单位账户'))).toEqual(['warning']);
    expect(levels(account('单位', '单位代垫社保'))).toEqual(['info']);
    expect(levels(account('单位', '归还个人借款'))).toEqual(['info']);
  });

  it.each(['财政', '市财政非税专户', '个人', ''])('is silent on “%s”', where =>
    expect(levels(account(where))).toEqual([]),
  );
});

describe('units and signs', () => {
  it('negative amounts that reverse or correct others are fine', () => {
    expect(reports('negative-amount', finding('1|甲|清退|整改中|100|-20|||更正多记'))).toEqual([]);
    expect(
      reports('negative-amount', finding('1|甲|清退|整改中|100|-20|||', '2|乙|清退|整改中|（30）||||')).map(
        one => one.count,
      ),
    ).toEqual([2]);
  });

  it('declared units may differ', () => {
    expect(reports('mixed-units', finding('1|甲|清退|整改中|503.3万元|||元|', '2|乙|清退|整改中|800|||元|'))).toEqual(
      [],
    );
    expect(
      reports('mixed-units', finding('1|甲|清退|整改中|503.3|||万元|', '2|乙|清退|整改中|800||||')).map(
        one => one.count,
      ),
    ).toEqual([1]);
    expect(reports('mixed-units', finding('1|甲|清退|整改中|5033||||', '2|乙|清退|整改中|800||||'))).toEqual([]);
  });

  it('an amount that the text states too is of the right scale', () => {
    expect(reports('suspicious-scale', finding('1|投资500万元的项目多付500元|清退|整改中|500|||元|'))).toEqual([]);
    expect(reports('suspicious-scale', finding('1|多付约500万元|清退|整改中|500|||元|'))).toEqual([]);
    expect(reports('suspicious-scale', finding('1|多付503.3万元|清退|整改中|503.3|||元|'))).toMatchObject([
      { found: '503.30', expected: '5033000.00' },
    ]);
  });
});

describe('unreported-outstanding', () => {
  const claims = (...rows: string[]) =>
    `\n## 通报数据\n| 编号 | 事项 | 数值 | 单位 | 口径 |\n${rows.map(row => `| ${row} |`).join('\n')}`;
  const owing = finding('1|甲|清退|整改中|100|60||元|', '2|乙|清退|整改中|100|140||元|');

  it('is not paid by what another finding got back too much', () => {
    expect(reports('unreported-outstanding', owing + claims('1|追缴资金|200|元|已追缴'))).toMatchObject([
      { expected: '40.00' },
    ]);
  });

  it.each([
    ['a claim of what is outstanding', owing + claims('1|追缴资金|200|元|已追缴', '2|尚欠|40|元|')],
    ['claims without money', owing + claims('1|反馈问题总数|2|个|')],
    ['nothing outstanding', finding('1|甲|清退|整改中|100|60|40|元|') + claims('1|追缴资金|60|元|已追缴')],
  ])('is silent on %s', (_case, source) => expect(reports('unreported-outstanding', source)).toEqual([]));
});
