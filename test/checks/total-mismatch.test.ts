import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/examine.js';
import { ledgerWith, reports } from '../support/reports.js';
import { ledgerOf, onDay, workbook } from '../support/workbook.js';

const ledger = ledgerWith('序号|反馈问题|整改措施|整改结果', '1|违规发放补贴|清退补贴|整改中');
const register = (...rows: string[]) =>
  `\n## 追缴资金\n| 问题序号 | 项目 | 应追缴 | 已追缴 | 单位 |\n${rows.map(row => `| ${row} |`).join('\n')}`;
const claims = (...rows: string[]) =>
  `${ledger}\n## 通报数据\n| 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 |\n${rows.map(row => `| ${row} |`).join('\n')}`;
const totals = (total: string, ...parts: string[]) =>
  claims(`T|追缴资金|${total}|元|已追缴|`, ...parts.map((part, index) => `${index + 1}|第${index}项款|${part}|元||T`));
const said = (source: string) =>
  reports('total-mismatch', source)
    .map(one => one.message.zh)
    .join('\n');

describe('possible explanations, labelled as possible', () => {
  it.each([
    ['one part left out', totals('150.5', '100', '200', '50.5'), '合计可能漏加了“第1项款”'],
    ['one part counted twice', totals('610', '100', '250', '130'), '合计可能把“第2项款”加了两次'],
    ['one digit', totals('521993.5', '521992.5'), '合计可能有一位数字写错：写成521,993.50，应为521,992.50'],
    ['two digits swapped', totals('12345', '12354'), '合计可能相邻两位写反：写成12,345.00，应为12,354.00'],
    ['元 and 万元', totals('503.3', '5033000'), '合计可能把元和万元弄混了'],
    ['元 and 万元 in a part', totals('1000300', '1000000', '0.03'), '“第1项款”可能把元和万元弄混了'],
  ])('%s', (_slip, source, expected) => {
    expect(said(source)).toContain('可能的原因：');
    expect(said(source)).toContain(expected);
  });

  it('points at no part when a slip in any of them would do', () => {
    expect(said(totals('601', '100', '200', '300'))).not.toMatch(/第\d项款/);
  });
});

describe('rounding', () => {
  it('is told as 四舍五入 when exact parts support the rounded total', () => {
    const found = reports(
      'total-mismatch',
      claims('T|追缴资金|52.2|万元|已追缴|', '1|甲款|285358.5|元||T', '2|乙款|236634|元||T'),
    );
    expect(found.map(one => one.level)).toEqual(['info']);
    expect(found[0]?.message.zh).toContain('四舍五入');
  });

  it('is told as 四舍五入 when the ledger has the exact values of rounded parts', () => {
    const rows = register('1|甲款|14444|14444|元', '1|乙款|24444|24444|元');
    const source = (total: string) =>
      claims(`T|追缴资金|${total}|万元|已追缴|`, '1|甲款|1.44|万元||T', '2|乙款|2.44|万元||T') + rows;
    expect(reports('total-mismatch', source('3.89')).map(one => one.level)).toEqual(['info']);
    expect(reports('total-mismatch', source('3.90')).map(one => one.level)).toEqual(['error']);
  });

  it('is no excuse without exact values', () => {
    expect(
      reports(
        'total-mismatch',
        claims('T|追缴资金|3.89|万元|已追缴|', '1|甲款|1.44|万元||T', '2|乙款|2.44|万元||T'),
      ).map(one => one.level),
    ).toEqual(['error']);
  });
});

describe('one finding, two statements', () => {
  const stated = (own: string, ...rows: string[]) =>
    ledgerWith('序号|反馈问题|整改措施|整改结果|应追缴金额|金额单位', `1|违规发放补贴|清退补贴|整改中|${own}|元`) +
    register(...rows);

  it('differ', () => {
    expect(reports('total-mismatch', stated('5000', '1|甲|3000||元', '1|乙|2100||元'))).toMatchObject([
      { finding: 1, found: '5000.00', expected: '5100.00', at: { sheet: '整改台账', header: '应追缴金额' } },
    ]);
  });

  it('are one amount when they agree', () => {
    expect(reports('total-mismatch', stated('5000', '1|甲|3000||元', '1|乙|0.2||万元'))).toEqual([]);
  });

  it('differ within the allowed difference only', () => {
    const facts = '\n## 基本信息\n| 允许差额 | 0.05 |\n| 差额理由 | 银行结息 |';
    expect(reports('total-mismatch', stated('5000', '1|甲|5000.05||元') + facts)).toEqual([]);
    expect(reports('total-mismatch', stated('5000', '1|甲|5000.06||元') + facts)).toHaveLength(1);
  });
});

describe('the office’s own 合计', () => {
  const table = (...rows: string[]) => ledgerWith('序号|反馈问题|整改措施|整改结果|应追缴金额（元）', ...rows);

  it('is compared with the rows above it', () => {
    expect(
      reports('total-mismatch', table('1|甲|清退|整改中|100', '2|乙|清退|整改中|200', '合计||||301')),
    ).toMatchObject([{ found: '301.00', expected: '300.00', at: { row: 4 } }]);
  });

  it('that is a formula is not said to be mistyped', () => {
    const { grid } = workbook(table('1|甲|清退|整改中|100', '2|乙|清退|整改中|200', '合计||||310'));
    const calculated = {
      ...grid,
      sheets: grid.sheets.map(sheet => ({
        ...sheet,
        rows: sheet.rows.map(row => ({
          ...row,
          cells: row.cells.map(cell => (cell?.text === '310' ? { ...cell, formula: 'SUM(E2:E3)' } : cell)),
        })),
      })),
    };
    const told = (one: typeof grid) =>
      examine(ledgerOf(one), { asOf: onDay('2023-10-30'), levels: {}, mirrored: false })
        .diagnostics.filter(({ check }) => check === 'total-mismatch')
        .map(({ message, remedy }) => `${message.zh} ${remedy.zh}`);
    expect(told(grid)).toEqual([expect.stringContaining('数字写错')]);
    expect(told(calculated)).toEqual([expect.stringMatching(/公式没有把每一行都加进去.*保存一次/)]);
    expect(told(calculated)[0]).not.toContain('数字写错');
  });

  it('may come after sub-totals', () => {
    const rows = ['1|甲|清退|整改中|100', '小计||||100', '2|乙|清退|整改中|200', '小计||||200', '合计||||300'];
    expect(reports('total-mismatch', table(...rows))).toEqual([]);
  });

  it('is not computed over an amount that cannot be read', () => {
    expect(reports('total-mismatch', table('1|甲|清退|整改中|约100', '2|乙|清退|整改中|200', '合计||||301'))).toEqual(
      [],
    );
  });
});

describe('parts of counts', () => {
  it('add up to their total', () => {
    const rows = (done: number) =>
      claims('T|反馈问题总数|25|个||', `1|已完成|${done}|个||T`, '2|整改中|6|个||T', '3|完成率|76|%||T');
    expect(reports('total-mismatch', rows(19))).toEqual([]);
    expect(reports('total-mismatch', rows(18))).toMatchObject([{ found: '25', expected: '24' }]);
  });

  it('name a total that is there', () => {
    expect(reports('total-mismatch', claims('1|已完成|1|个||T9'))).toMatchObject([
      { found: 'T9', at: { header: '所属合计编号' } },
    ]);
  });
});

it('tells a part that is stated as recovered and only due', () => {
  const rows = register('1|养老保险|200||元', '1|加油卡|100|100|元');
  const source = claims('T|追缴资金|300|元|已追缴|', '1|养老保险|200|元||T', '2|加油卡|100|元||T') + rows;
  expect(reports('total-mismatch', source)).toMatchObject([{ found: '200.00', expected: '0.00' }]);
  expect(said(source)).toContain('可能把应追缴写成了已追缴');
});

it('is silent on any total that is the sum of its parts, in whatever unit each is written', () => {
  const part = fc.record({ fen: fc.integer({ min: 0, max: 10 ** 12 }), inWan: fc.boolean() });
  const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
  const wan = (fen: number) => `${Math.floor(fen / 1_000_000)}.${String(fen % 1_000_000).padStart(6, '0')}`;
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 10 ** 6 }), (parts, slip) => {
      const total = parts.reduce((sum, one) => sum + one.fen, 0);
      const rows = parts.map(({ fen, inWan }, index) =>
        inWan ? `${index}|第${index}项款|"${wan(fen)}"|万元||T` : `${index}|第${index}项款|"${yuan(fen)}"|元||T`,
      );
      const stated = (fen: number) =>
        reports('total-mismatch', claims(`T|追缴资金|"${yuan(fen)}"|元|已追缴|`, ...rows));
      expect(stated(total)).toEqual([]);
      expect(stated(total + slip)).toHaveLength(1);
    }),
    { numRuns: 40 },
  );
});

it('looks at totals of totals, each with its own parts', () => {
  const rows = (sub: string) => [
    'T|追缴资金|600|元|已追缴|',
    `A|个人承担部分|${sub}|元||T`,
    'A1|甲款|100|元||A',
    'A2|乙款|200|元||A',
    'B|单位承担部分|300|元||T',
  ];
  expect(reports('total-mismatch', claims(...rows('300')))).toEqual([]);
  expect(reports('total-mismatch', claims(...rows('301'))).map(one => one.at.row)).toEqual([2, 3]);
});
