import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawEntries } from '../support/excel/packages.js';
import { command } from './support/half-done.js';
import { BOOK, syncedSample } from './support/synced-sample.js';

/*
 * Every command that makes a file: killed at any change to the disk, or on a disk that is full from any of them on, the file is not
 * there or it is whole, and nothing that was there is another.
 */

const root = mkdtempSync(join(tmpdir(), 'ledger-outputs-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** `LEDGER_KILLS` (see killed.test.ts) takes every moment instead of every fifth. */
const STRIDE = process.env.LEDGER_KILLS === undefined ? 5 : 1;

const NOTICE = `关于巡察整改进展情况的通报
一、聚焦基层党组织建设方面
1.关于“学习不深入”问题的整改情况。
整改措施：2023年9月1日召开学习会一次。
整改结果：已完成。
`;

/** Commands with what they make, by name. */
const makers: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['check -o', ['check', BOOK, '-o', '新.xlsx'], ['新.xlsx']],
  ['clean -o', ['clean', BOOK, '-o', '新.xlsx'], ['新.xlsx']],
  ['init', ['init', '新.xlsx'], ['新.xlsx', 'ledger.config.json']],
  ['init --sample', ['init', '新.xlsx', '--sample'], ['新.xlsx']],
  ['init --from', ['init', '新.xlsx', '--from', BOOK], ['新.xlsx', 'ledger.config.json']],
  ['import -o', ['import', '通报.txt', '-o', '新.xlsx'], ['新.xlsx']],
  ['map -o', ['map', BOOK, '-o', '新.json'], ['新.json']],
  ['sync --plan-out', ['sync', BOOK, '--as-of', '2023-10-20', '--plan-out', '新.json'], ['新.json']],
  ['report -o', ['report', BOOK, '-o', '新.html'], ['新.html']],
  ['lint -o', ['lint', '通报.txt', '-o', '新.html'], ['新.html']],
  ['notice -o', ['notice', BOOK, '--draft', '-o', '新.docx'], ['新.docx', '新-签发核对表.docx']],
];

let start: string;
let freshCopy: () => string;
beforeAll(async () => {
  const sample = await syncedSample(root);
  start = sample.start;
  freshCopy = sample.copy;
  writeFileSync(join(start, '通报.txt'), NOTICE);
});

/** Whether a file can be read to its end as what its name says. */
async function isWhole(path: string): Promise<boolean> {
  const bytes = readFileSync(path);
  try {
    if (path.endsWith('.json')) JSON.parse(bytes.toString('utf8'));
    else if (path.endsWith('.html')) return bytes.toString('utf8').trimEnd().endsWith('</html>');
    else return (await rawEntries(bytes)).size > 5;
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with a folder in which a command was disturbed. */
async function faults(folder: string, makes: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const name of makes)
    if (existsSync(join(folder, name)) && !(await isWhole(join(folder, name)))) wrong.push(`half of ${name}`);
  for (const name of [BOOK, '通报.txt'])
    if (!readFileSync(join(folder, name)).equals(readFileSync(join(start, name)))) wrong.push(`${name} is another`);
  for (const name of readdirSync(folder))
    if (!makes.includes(name) && !readdirSync(start).includes(name) && !/^\.ledger-[\w-]+\.tmp$/.test(name))
      wrong.push(`${name} was left behind`);
  return wrong;
}

const temporaries = (folder: string) => readdirSync(folder).filter(name => name.startsWith('.ledger-'));

describe.each(makers)('%s', { timeout: 240_000 }, (_name, args, makes) => {
  let moments: number;
  beforeAll(async () => {
    const folder = freshCopy();
    const count = join(root, `moments-${basename(folder)}`);
    const ended = await command(folder, args, { LEDGER_DISTURB_COUNT: count });
    expect(ended.err).toBe('');
    moments = Number(readFileSync(count, 'utf8'));
    for (const name of makes) expect(await isWhole(join(folder, name)), name).toBe(true);
    expect(temporaries(folder)).toEqual([]);
  });

  test('killed at every change to the disk; the next run makes it', async () => {
    expect(moments).toBeGreaterThan(3);
    const wrong: string[] = [];
    for (let at = 1; at <= moments; at += STRIDE) {
      const folder = freshCopy();
      const killed = await command(folder, args, { LEDGER_DISTURB_AT: String(at) });
      if (killed.signal !== 'SIGKILL') wrong.push(`moment ${at}: was not killed`);
      wrong.push(...(await faults(folder, makes)).map(fault => `moment ${at}: ${fault}`));
      for (const name of makes) rmSync(join(folder, name), { force: true });
      const next = await command(folder, args);
      if (next.exit === null || next.exit > 1) wrong.push(`moment ${at}: the next run: ${next.err}`);
      for (const name of makes) if (!(await isWhole(join(folder, name)))) wrong.push(`moment ${at}: then no ${name}`);
      rmSync(folder, { recursive: true });
    }
    expect(wrong).toEqual([]);
  });

  test('the disk is full from any change on: one sentence, exit 4, and nothing is left', async () => {
    const wrong: string[] = [];
    let refused = 0;
    for (let at = 1; at <= moments; at += STRIDE) {
      const folder = freshCopy();
      const ended = await command(folder, args, { LEDGER_DISTURB_AT: String(at), LEDGER_DISTURB_CODE: 'ENOSPC' });
      wrong.push(...(await faults(folder, makes)).map(fault => `moment ${at}: ${fault}`));
      if (temporaries(folder).length > 0) wrong.push(`moment ${at}: ${temporaries(folder).join()} is left`);
      if (ended.exit === 4) {
        refused += 1;
        if (!/磁盘空间不足.*请/u.test(ended.err) || ended.err.trim().split('\n').length !== 1)
          wrong.push(`moment ${at}: ${ended.err}`);
      } else if (ended.exit === null || ended.exit > 1 || ended.err !== '') {
        wrong.push(`moment ${at}: exit ${ended.exit}: ${ended.err}`);
      } else for (const name of makes) if (!existsSync(join(folder, name))) wrong.push(`moment ${at}: no ${name}`);
      rmSync(folder, { recursive: true });
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(0);
  });

  test('a file is there already: wrong use, and it stays', async () => {
    const folder = freshCopy();
    const [name = ''] = makes;
    writeFileSync(join(folder, name), '别人的文件');
    const before = readdirSync(folder);
    expect(await command(folder, args)).toMatchObject({ exit: 2, err: expect.stringMatching(/已经存在/u), out: '' });
    expect(readFileSync(join(folder, name), 'utf8')).toBe('别人的文件');
    expect(readdirSync(folder)).toEqual(before);
  });

  test('no such folder, no right to write, a name too long for the system: one sentence', async () => {
    const folder = freshCopy();
    const at = args.findIndex(word => word.startsWith('新'));
    const extension = args[at]?.slice(1) ?? '';
    for (const [place, exits] of [
      [`没有/新${extension}`, [2, 4]],
      [`/proc/新${extension}`, [4]],
      [`${'新'.repeat(90)}${extension}`, [4]],
    ] as const) {
      const before = readdirSync(folder);
      const ended = await command(folder, args.with(at, place));
      expect(exits, ended.err).toContain(ended.exit);
      expect(ended.err.trim().split('\n')).toHaveLength(1);
      expect(ended.err).toMatch(/请/u);
      expect(ended.err).not.toMatch(/没有料到/u);
      expect(readdirSync(folder)).toEqual(before);
    }
  });
});

describe('a page that the program made before', () => {
  test.each([
    ['report', ['report', BOOK, '-o', '新.html']],
    ['lint', ['lint', '通报.txt', '-o', '新.html']],
  ])('%s: replaced in one step, the old or the new one, whole', { timeout: 120_000 }, async (_name, args) => {
    const folder = freshCopy();
    const page = join(folder, '新.html');
    await command(folder, [...args, '--as-of', '2023-10-10']);
    const old = readFileSync(page);
    const count = join(root, 'moments-page');
    await command(folder, [...args, '--as-of', '2023-10-20', '--lang', 'en'], { LEDGER_DISTURB_COUNT: count });
    const made = readFileSync(page);
    expect(made.equals(old)).toBe(false);
    for (let at = 1; at <= Number(readFileSync(count, 'utf8')); at += Math.min(3, STRIDE)) {
      writeFileSync(page, old);
      await command(folder, [...args, '--as-of', '2023-10-20', '--lang', 'en'], { LEDGER_DISTURB_AT: String(at) });
      const now = readFileSync(page);
      expect(now.equals(old) || now.equals(made), `moment ${at}`).toBe(true);
    }
  });
});

test('stopped with Ctrl+C in the middle: nothing is left', async () => {
  const folder = freshCopy();
  const stop = new URL('support/stop-while-writing.mjs', import.meta.url).href;
  for (const [, args] of makers) {
    const before = readdirSync(folder);
    const ended = await command(folder, args, { NODE_OPTIONS: `--import ${stop}` });
    expect(ended.signal).toBe('SIGINT');
    expect(readdirSync(folder)).toEqual(before);
  }
});

test.each([
  ['check', '台账.xlsm', '新.xlsx'],
  ['clean', '台账.xlsx', '新.xlsm'],
  ['check', '台账.xlsx', '新.html'],
])('%s of %s into %s, which Excel would not open, is wrong use', async (name, book, copy) => {
  const folder = freshCopy();
  if (book !== BOOK) cpSync(join(folder, BOOK), join(folder, book));
  const before = readdirSync(folder);
  const ended = await command(folder, [name, book, '-o', copy]);
  expect(ended).toMatchObject({ exit: 2, out: '', err: expect.stringMatching(/要和原文件一样以 \.xls[xm] 结尾/u) });
  expect(readdirSync(folder)).toEqual(before);
});
