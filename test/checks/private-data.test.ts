import { describe, expect, it } from 'vitest';
import { ledgerWith, placesOf, reports } from '../support/reports.js';

const ledger = (publicity: string, measure: string, note = '', leader = '张某') =>
  ledgerWith(
    '序号|反馈问题|整改措施|整改结果|公开范围|备注|责任领导',
    `1|学习不深入|${measure}|整改中|${publicity}|${note}|${leader}`,
  );
const phone = '联系张某13000000000';

describe('personal data', () => {
  it.each([
    [phone, '130****0000'],
    ['身份证11010519491231002X', '1101****2X'],
    ['卡号6222 0000 0000 0009', '6222****09'],
    ['发到zhang@163.com', 'z****@163.com'],
  ])('in a published measure is an error and is not repeated in full: %s', (measure, shown) => {
    const [one] = reports('private-data', ledger('社会公开', measure));
    expect(one).toMatchObject({ level: 'error', found: shown, at: { header: '整改措施' } });
    expect(JSON.stringify(one)).not.toContain(measure.replace(/^[^\da-z]+/, ''));
  });

  it('in what is published inside the Party counts, and in a claim', () => {
    expect(reports('private-data', ledger('党内通报', phone))).toHaveLength(1);
    expect(
      reports('private-data', `${ledger('', '学习')}\n## 通报数据\n| 编号 | 事项 | 数值 |\n| 1 | ${phone} | 3 |`),
    ).toHaveLength(1);
  });

  it('is told once a kind, with all its cells', () => {
    expect(placesOf('private-data', ledger('社会公开', `${phone}，${phone}`, '', '李某13800138000'))).toEqual([
      'error 整改台账!C2',
    ]);
    expect(reports('private-data', ledger('社会公开', phone, '', '李某13800138000'))[0]?.count).toBe(2);
  });

  it.each([
    ['a row that stays inside', ledger('', phone)],
    ['a row marked 不公开', ledger('不公开', phone)],
    ['a note, which no notice prints', ledger('社会公开', '学习', phone)],
    ['票据号 and 文号', ledger('社会公开', '票据号13800138000，文号13900139000')],
    ['the office’s own mailbox and telephone', ledger('社会公开', '请联系0730-8812345，xunchaban@yz.gov.cn')],
  ])('in %s is nobody’s business', (_case, source) => expect(reports('private-data', source)).toEqual([]));

  describe('with a mirror', () => {
    const shared = (rows: 'all' | 'public', ...columns: string[]) => ({
      mirrored: true,
      shared: { rows, columns: new Set(columns) },
    });
    it('is looked for in the columns that travel', () => {
      expect(reports('private-data', ledger('', '学习', phone), shared('all', 'note'))).toHaveLength(1);
      expect(reports('private-data', ledger('', '学习', phone), shared('all', 'measure'))).toEqual([]);
      expect(reports('private-data', ledger('', '学习', phone), shared('public', 'note'))).toEqual([]);
    });

    it('is looked for everywhere when the columns are not known', () => {
      expect(reports('private-data', ledger('', '学习', phone), { mirrored: true })).toHaveLength(1);
    });
  });
});
