import { describe, expect, it } from 'vitest';
import { evidenceIn, folderOf } from '../support/evidence.js';
import { ledgerWith, reports } from '../support/reports.js';
import { examined } from '../support/workbook.js';

const register = (...rows: string[]) =>
  `\n## 佐证材料\n| 编号 | 问题序号 | 文件 | 载体 |\n${rows.map(row => `| ${row} |`).join('\n')}`;
const ledger = (...cells: string[]) =>
  ledgerWith(
    '序号|反馈问题|整改措施|整改结果|佐证材料|申请销号日期',
    ...cells.map((cell, index) => `${index + 1}|问题${index}|措施${index}|已完成|${cell}`),
  );

function beside(check: string, source: string, files: string, rootReachable = true) {
  const folder = folderOf(files);
  const evidence = { ...evidenceIn(examined(source).ledger, folder), rootReachable };
  return reports(check, source, {
    evidence,
    previous: { rows: new Map(), findings: new Map(), evidence: folder.before },
  });
}

describe('evidence-missing', () => {
  it('names the file and every cell that names it', () => {
    const found = beside('evidence-missing', ledger('甲.pdf、乙.docx|', '乙.docx|'), '| 甲.pdf | 1 |');
    expect(found).toMatchObject([{ found: '乙.docx', count: 2, at: { row: 2, header: '佐证材料' } }]);
  });

  it('follows a number of the register to its file', () => {
    const source = ledger('Z1-1|') + register('Z1-1|1|汇编.pdf|电子');
    expect(beside('evidence-missing', source, '')).toMatchObject([{ found: '汇编.pdf', count: 2 }]);
    expect(beside('evidence-missing', source, '| 汇编.pdf | 1 |')).toEqual([]);
  });

  it('is one diagnostic when the whole folder cannot be reached, and when very many are missing', () => {
    const many = ledger(...Array.from({ length: 12 }, (_, index) => `材料${index}.pdf|`));
    expect(beside('evidence-missing', many, '', false)).toMatchObject([{ count: 12, found: '佐证材料' }]);
    expect(beside('evidence-missing', many, '')).toMatchObject([{ count: 12 }]);
  });

  it.each([
    ['paper', ledger('第3盒P12，已装订|', '见附件3|') + register('Z1|1|会议记录.docx|纸质')],
    ['nothing', ledger('无|', '|')],
  ])('does not look for %s', (_what, source) => expect(beside('evidence-missing', source, '')).toEqual([]));

  it('is silent where nobody looked', () => expect(reports('evidence-missing', ledger('甲.pdf|'))).toEqual([]));
});

describe('evidence-changed', () => {
  const changed = '| 甲.pdf | new | old |';
  it('is an error once closing was applied for, a warning before', () => {
    expect(beside('evidence-changed', ledger('甲.pdf|2023-10-01'), changed).map(one => one.level)).toEqual(['error']);
    expect(beside('evidence-changed', ledger('甲.pdf|'), changed).map(one => one.level)).toEqual(['warning']);
  });

  it('is silent on a file that is new, or the same', () => {
    expect(
      beside('evidence-changed', ledger('甲.pdf|2023-10-01', '乙.pdf|'), '| 甲.pdf | a |\n| 乙.pdf | b | b |'),
    ).toEqual([]);
  });
});

describe('evidence-overused', () => {
  const six = (name: string) => ledger(...Array.from({ length: 6 }, () => `${name}|`));
  it('is told from the sixth finding on', () => {
    expect(reports('evidence-overused', six('总结.docx')).map(one => [one.level, one.count])).toEqual([['info', 6]]);
    expect(reports('evidence-overused', ledger(...Array.from({ length: 5 }, () => '总结.docx|')))).toEqual([]);
  });

  it.each(['党组会议纪要.pdf', '整改方案.docx', '已装订', '第3盒', '见附件3'])('is silent on %s', name => {
    expect(reports('evidence-overused', six(name))).toEqual([]);
  });

  it('is silent on what the register marks for all findings', () => {
    expect(reports('evidence-overused', six('总结.docx') + register('Z1|全部|总结.docx|电子'))).toEqual([]);
  });
});
