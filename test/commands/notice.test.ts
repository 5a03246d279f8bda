import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/notice/decode.js';
import { authorWorkbook, type NewRow } from '../../src/stores/excel/author.js';
import { freshFolder, ledger } from '../support/cli.js';

const folder = freshFolder();
const asOf = ['--as-of', '2023-10-30'];

function row(seq: string, more: NewRow<'ledger'>): NewRow<'ledger'> {
  return {
    seq: { number: seq },
    focus: '（一）聚焦政治建设方面',
    measure: '2023年9月12日开展专题研讨4次',
    leader: '张某',
    department: '办公室',
    deadline: '2023年12月31日',
    result: '已完成',
    evidence: '第1盒',
    publicity: '社会公开',
    ...more,
  };
}

async function write(name: string, rows: readonly NewRow<'ledger'>[]): Promise<void> {
  const book = {
    full: true,
    facts: {
      unit: '甲市乙局党组',
      feedback: { date: '2023-07-28' },
      periodMonths: { number: '3' },
      statedAsOf: { date: '2023-10-30' },
      moneyUnit: '元',
    },
    rows: { ledger: rows },
  };
  writeFileSync(join(folder, name), await authorWorkbook(book));
}

async function linesOf(name: string): Promise<string[]> {
  return (await decodeNotice(readFileSync(join(folder, name)), name)).lines.map(line => line.text);
}

beforeAll(async () => {
  await write('好.xlsx', [
    row('1', { finding: '理论学习不深入' }),
    row('2', { finding: '会议记录不全', publicity: '不公开' }),
  ]);
  await write('错.xlsx', [row('1', { finding: '理论学习不深入', leader: '' })]);
  await write('未填.xlsx', [row('1', { finding: '理论学习不深入', publicity: '' })]);
  await write('党内.xlsx', [row('1', { finding: '理论学习不深入', publicity: '党内通报' })]);
});

describe('ledger notice', () => {
  it('writes the notice and the sheet to sign, and leaves the ledger alone', async () => {
    const before = readFileSync(join(folder, '好.xlsx'));
    const ran = await ledger(folder, ['notice', '好.xlsx', '-o', '通报.docx', ...asOf]);
    expect(ran.err).toBe('');
    expect(ran.exit).toBe(0);
    expect(ran.out).toContain('反馈问题2个，本通报写了1个');
    expect(await linesOf('通报.docx')).toContain(
      '截至2023年10月30日，巡察反馈问题2个，本通报公开1个。公开的问题中，已完成1个，完成率100%。',
    );
    expect((await linesOf('通报-签发核对表.docx'))[0]).toBe('签发核对表');
    expect(readFileSync(join(folder, '好.xlsx')).equals(before)).toBe(true);
  });

  it('never overwrites a notice or its sheet', async () => {
    const before = readFileSync(join(folder, '通报.docx'));
    const ran = await ledger(folder, ['notice', '好.xlsx', '-o', '通报.docx', ...asOf]);
    expect([ran.exit, ran.err]).toEqual([2, expect.stringMatching(/通报\.docx”已经存在/)]);
    expect(readFileSync(join(folder, '通报.docx')).equals(before)).toBe(true);
    writeFileSync(join(folder, '新-签发核对表.docx'), '别人的文件');
    const other = await ledger(folder, ['notice', '好.xlsx', '-o', '新.docx', ...asOf]);
    expect([other.exit, other.err]).toEqual([2, expect.stringMatching(/签发核对表\.docx”已经存在/)]);
    expect(existsSync(join(folder, '新.docx'))).toBe(false);
  });

  it('writes nothing while an error touches it, and says which', async () => {
    const ran = await ledger(folder, ['notice', '错.xlsx', '-o', '错.docx', ...asOf]);
    expect(ran.exit).toBe(1);
    expect(ran.out).toMatch(/没有写通报：有\d+处/);
    expect(ran.out).toContain('没有责任领导');
    expect(ran.out).toContain('--draft');
    expect(readdirSync(folder).filter(name => name.startsWith('错') && name.endsWith('.docx'))).toEqual([]);
  });

  it('writes a draft all the same, still with exit 1, and lists what stands', async () => {
    const ran = await ledger(folder, ['notice', '错.xlsx', '-o', '草.docx', '--draft', ...asOf]);
    expect(ran.exit).toBe(1);
    expect(ran.out).toContain('没有责任领导');
    expect(readFileSync(join(folder, '草.docx')).includes('word/ledger-draft.xml')).toBe(true);
    expect(readFileSync(join(folder, '草-签发核对表.docx')).includes('word/ledger-draft.xml')).toBe(true);
  });

  it('marks a draft of a sound ledger, too', async () => {
    const ran = await ledger(folder, ['notice', '好.xlsx', '-o', '好草.docx', '--draft', ...asOf]);
    expect(ran.exit).toBe(0);
    expect(readFileSync(join(folder, '好草.docx')).includes('word/ledger-draft.xml')).toBe(true);
  });

  it('says what to do when the ledger does not say what is public', async () => {
    const ran = await ledger(folder, ['notice', '未填.xlsx', '-o', '未填.docx', ...asOf]);
    expect([ran.exit, ran.err.trim().split('\n').length]).toEqual([2, 1]);
    expect(ran.err).toContain('“公开范围”还一个都没填');
    const party = await ledger(folder, ['notice', '党内.xlsx', '-o', '党内.docx', ...asOf]);
    expect(party.err).toContain('--edition internal');
    const internal = await ledger(folder, ['notice', '党内.xlsx', '-o', '党内.docx', '--edition', 'internal', ...asOf]);
    expect(internal.exit).toBe(0);
  });

  it.each([
    [['notice', '好.xlsx'], /写明通报的文件名/],
    [['notice', '好.xlsx', '-o', '好.xlsx'], /要以 \.docx 结尾/],
    [['notice', '好.xlsx', '-o', '无/此/处.docx'], /没有“.*”这个文件夹/],
    [['notice', '好.xlsx', '-o', 'x1.docx', '--template', '没有.docx'], /找不到模板.*没有\.docx/],
    [['notice', '好.xlsx', '-o', 'x2.docx', '--template', '好.xlsx'], /模板 好\.xlsx 不是能读的 Word 文档/],
    [['notice', '好.xlsx', '-o', 'x3.docx', '--edition', 'secret'], /--edition/],
    [['report', '好.xlsx'], /写明网页的文件名/],
    [['report', '好.xlsx', '-o', '好.xlsx'], /要以 \.html 结尾/],
  ] as const)('%j is refused in a sentence', async (args, sentence) => {
    const ran = await ledger(folder, [...args, ...asOf]);
    expect(ran.err).toMatch(sentence);
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect([2, 4]).toContain(ran.exit);
  });

  it('gives one JSON document', async () => {
    const ran = await ledger(folder, ['notice', '错.xlsx', '-o', 'json.docx', '--json', ...asOf]);
    const document: unknown = JSON.parse(ran.out);
    expect(document).toMatchObject({
      command: 'notice',
      exit: 1,
      document: { edition: 'public', draft: false, written: [], printed: 1, blocking: [expect.any(String)] },
    });
  });
});

describe('ledger report', () => {
  it('writes a page, replaces its own page, and nobody else’s', async () => {
    const first = await ledger(folder, ['report', '好.xlsx', '-o', '报告.html', ...asOf]);
    expect(first.exit).toBe(0);
    const page = readFileSync(join(folder, '报告.html'), 'utf8');
    expect(page).toContain('甲市乙局党组巡察整改情况报告');
    expect((await ledger(folder, ['report', '错.xlsx', '-o', '报告.html', ...asOf])).exit).toBe(1);
    expect(readFileSync(join(folder, '报告.html'), 'utf8')).not.toBe(page);
    writeFileSync(join(folder, '别人.html'), '<p>别人的网页</p>');
    mkdirSync(join(folder, '夹.html'));
    for (const name of ['别人.html', '夹.html']) {
      const refused = await ledger(folder, ['report', '好.xlsx', '-o', name, ...asOf]);
      expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining('已经存在')]);
    }
    expect(readFileSync(join(folder, '别人.html'), 'utf8')).toBe('<p>别人的网页</p>');
  });
});
