import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importDocumentSchema, lintDocumentSchema } from '../../src/render/output-schema.js';
import { freshFolder, ledger } from '../support/cli.js';

const corpus = fileURLToPath(new URL('../notice/corpus/', import.meta.url));
const folder = freshFolder();
copyFileSync(join(corpus, '01-media-centre.txt'), join(folder, '通报.txt'));
copyFileSync(join(corpus, '42-disease-control.md'), join(folder, '干净.md'));
mkdirSync(join(folder, '文件夹.txt'));
writeFileSync(join(folder, '作文.txt'), '春天来了，花都开了。\n我们去公园玩。\n');
writeFileSync(join(folder, 'letter.txt'), 'Dear sir,\nI write to you.\n');
writeFileSync(join(folder, '空.txt'), '');

const synced = z.looseObject({
  counts: z.looseObject({ findings: z.int(), subFindings: z.int(), measures: z.int() }),
  diagnostics: z.array(z.looseObject({ check: z.string(), message: z.string() })),
});

/** A real notice that lies beside the project on its authors' machine; its text is not part of the project. */
const example = fileURLToPath(new URL('../../../shared/notice-example.txt', import.meta.url));
const retold = ['通报.txt'];
if (existsSync(example)) {
  copyFileSync(example, join(folder, '实例.txt'));
  retold.push('实例.txt');
}

describe('ledger import', () => {
  it('makes a workbook beside the notice, says what it read, and overwrites nothing', async () => {
    const first = await ledger(folder, ['import', '通报.txt']);
    expect(first.err).toBe('');
    expect(first.exit).toBe(0);
    expect(first.out).toContain('2个方面、11个问题');
    expect(first.out).toContain('34条措施');
    expect(first.out).toContain('联系方式属于个人信息，没有写进台账');
    expect(existsSync(join(folder, '通报-台账.xlsx'))).toBe(true);
    const again = await ledger(folder, ['import', '通报.txt']);
    expect(again.exit).toBe(2);
    expect(again.err).toContain('已经存在，不会覆盖');
  });

  it.each(retold)('gives a ledger of which sync finds what a careful reader would, and no more: %s', async name => {
    const book = `核对-${name}.xlsx`;
    await ledger(folder, ['import', name, '-o', book]);
    const ran = await ledger(folder, ['sync', book, '--json', '--as-of', '2023-11-30']);
    const { counts, diagnostics: said } = synced.parse(JSON.parse(ran.out));
    expect(ran.exit).toBe(1);
    expect(counts).toMatchObject({ findings: 11, subFindings: 25, measures: 34 });
    const checks = new Set(said.map(one => one.check));
    for (const check of [
      'total-mismatch',
      'claim-mismatch',
      'finding-number',
      'section-number',
      'done-money-outstanding',
      'due-counted-as-recovered',
      'untraced-money',
      'unreported-outstanding',
      'claim-untraceable',
      'claim-missing',
      'measure-before-inspection',
      'period-missing',
      'promise-in-done',
      'no-leader',
      'no-department',
      'no-deadline',
      'done-without-evidence',
    ])
      expect(checks, check).toContain(check);
    for (const check of [
      'internal',
      'duplicate-column',
      'unreadable-cell',
      'unknown-reference',
      'date-order',
      'marker-gap',
      'unknown-status',
    ])
      expect(checks, check).not.toContain(check);
    // 8 rule documents are stated and named; 1173.3 − 670 is 503.3.
    expect(said.filter(one => /制度”写8/.test(one.message))).toEqual([]);
    expect(said.filter(one => one.check === 'total-mismatch')).toHaveLength(1);
  });

  it('gives the parsed notice as JSON', async () => {
    const ran = await ledger(folder, ['import', '干净.md', '-o', 'json.xlsx', '--json']);
    const document = importDocumentSchema.parse(JSON.parse(ran.out));
    expect(document.notice.sections.length).toBeGreaterThan(0);
    expect(document.written).toBe(join(folder, 'json.xlsx'));
  });

  it.each([
    ['不存在.txt', 4, /找不到文件/],
    ['文件夹.txt', 2, /是文件夹/],
    ['空.txt', 2, /文件是空的/],
    ['作文.txt', 2, /没有在文中找到/],
    ['letter.txt', 2, /几乎没有中文/],
    ['核对-通报.txt.xlsx', 2, /工作簿，不是通报/],
  ] as const)('%s is refused with a sentence', async (name, exit, sentence) => {
    const ran = await ledger(folder, ['import', name, '-o', '不会写.xlsx']);
    expect(ran.err).toMatch(sentence);
    expect(ran.exit).toBe(exit);
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(folder, '不会写.xlsx'))).toBe(false);
  });

  it('writes .xlsx only, and nowhere but where there is a folder', async () => {
    expect((await ledger(folder, ['import', '通报.txt', '-o', '通报.docx'])).err).toMatch(/\.xlsx 结尾/);
    expect((await ledger(folder, ['import', '通报.txt', '-o', '没有/台账.xlsx'])).exit).toBe(4);
  });
});

describe('ledger lint', () => {
  it('prints like a compiler: place, excerpt with the place underlined, what is wrong, what to do', async () => {
    const { out, exit } = await ledger(folder, ['lint', '通报.txt']);
    expect(exit).toBe(1);
    const lines = out.split('\n');
    const at = lines.findIndex(line => line.includes('[total-mismatch]'));
    expect(lines[at]).toMatch(/^通报\.txt:10:\d+ 必须改 合计与分项之和不符/);
    const [excerpt = '', carets = ''] = lines.slice(at + 1);
    // Han characters take two cells: what stands over the carets is what is meant.
    const from = stringWidth(carets.slice(0, carets.indexOf('^')));
    let over = '';
    let used = 0;
    for (const letter of excerpt) {
      if (used >= from && used < stringWidth(carets)) over += letter;
      used += stringWidth(letter);
    }
    expect(over).toMatch(/^追缴违规资金521993\.5元$/);
    expect(lines.slice(at).find(line => line.includes('怎么改：'))).toContain('对照凭证');
    expect(lines.every(line => stringWidth(line) <= 112)).toBe(true);
  });

  it('exits 0 for a notice with nothing wrong', async () => {
    const ran = await ledger(folder, ['lint', '干净.md']);
    expect(ran.err).toBe('');
    expect(ran.exit).toBe(0);
    expect(ran.out).toContain('没有发现要改的');
  });

  it('gives lines and columns as JSON', async () => {
    const ran = await ledger(folder, ['lint', '通报.txt', '--json']);
    const document = lintDocumentSchema.parse(JSON.parse(ran.out));
    expect(document.exit).toBe(ran.exit);
    expect(document.diagnostics.filter(one => one.level === 'error').every(one => (one.line ?? 0) > 0)).toBe(true);
  });

  it('compares with the ledger that was made from it: no difference but what is wrong in both', async () => {
    const ran = await ledger(folder, ['lint', '干净.md', '--against', 'json.xlsx', '--json']);
    const { diagnostics: said } = lintDocumentSchema.parse(JSON.parse(ran.out));
    expect(said.filter(one => one.level !== 'info')).toEqual([]);
    const twice = await ledger(folder, ['lint', '通报.txt', '--against', '核对-通报.txt.xlsx', '--json']);
    const places = lintDocumentSchema
      .parse(JSON.parse(twice.out))
      .diagnostics.map(one => `${one.check} ${one.line}:${one.column} ${one.found}`);
    expect(places.filter((one, index) => places.indexOf(one) !== index)).toEqual([]);
    const missing = await ledger(folder, ['lint', '干净.md', '--against', '没有.xlsx']);
    expect(missing.exit).toBe(4);
    expect((await ledger(folder, ['lint', '干净.md', '--against', '通报.txt'])).exit).toBe(2);
  });

  it('writes a marked-up copy in which nothing of the notice is markup, over its own copies only', async () => {
    const nasty = '第1个<script>alert(1)</script>&"\'\u202e';
    writeFileSync(
      join(folder, '注入.txt'),
      readFileSync(join(folder, '通报.txt'), 'utf8').replace('政治理论学习', () => nasty),
    );
    expect((await ledger(folder, ['lint', '注入.txt', '-o', '标注.html'])).exit).toBe(1);
    const page = readFileSync(join(folder, '标注.html'), 'utf8');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202e');
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
    expect(page).toContain('<mark class="error">');
    expect((await ledger(folder, ['lint', '注入.txt', '-o', '标注.html'])).exit).toBe(1);
    writeFileSync(join(folder, '别人的.html'), '<p>别人的</p>');
    const refused = await ledger(folder, ['lint', '注入.txt', '-o', '别人的.html']);
    expect([refused.exit, readFileSync(join(folder, '别人的.html'), 'utf8')]).toEqual([2, '<p>别人的</p>']);
    expect((await ledger(folder, ['lint', '注入.txt', '-o', '标注.docx'])).exit).toBe(2);
  });
});

describe('ledger explain', () => {
  it.each(['notice-status-differs', '说到没完成的，却一个也没列', 'mass-change'])('knows %s', async name => {
    const { out, exit } = await ledger(folder, ['explain', name]);
    expect(exit).toBe(0);
    expect(out).toContain('怎么改');
    expect(out).not.toContain('例子');
  });
});
