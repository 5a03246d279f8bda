import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stateOf } from './support/half-done.js';
import { type Measured, run } from './support/measured.js';
import { BOOK, syncedSample } from './support/synced-sample.js';

/*
 * Something else than a file where a file is named, or where one of the state should lie. Whoever opens a pipe waits for its
 * other end, and a device may never end: nothing of that may hang, be read to its end, or be written into.
 */

const root = mkdtempSync(join(tmpdir(), 'ledger-way-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MIB = 400;

let freshCopy: () => string;
beforeAll(async () => {
  freshCopy = (await syncedSample(root)).copy;
});

type Thing = (path: string) => Promise<() => void>;
const nothing = () => {};
const things: Readonly<Record<string, Thing>> = {
  'a pipe': async path => {
    execFileSync('mkfifo', [path]);
    return nothing;
  },
  'a folder': async path => {
    mkdirSync(path);
    writeFileSync(join(path, '内容.txt'), 'x');
    return nothing;
  },
  'a socket': path =>
    new Promise((resolve, reject) => {
      // The name of a socket may have 108 bytes.
      const was = process.cwd();
      const server = createServer();
      server.on('error', reject);
      process.chdir(dirname(path));
      server.listen(path.slice(dirname(path).length + 1), () => resolve(() => server.close()));
      process.chdir(was);
    }),
  // Never the system's own, through a link: the administrator could write over it.
  ...(process.getuid?.() === 0
    ? {
        'a device that never ends': async (path: string) => {
          execFileSync('mknod', [path, 'c', '1', '5']);
          return nothing;
        },
      }
    : {}),
};

function expectRefused(ended: Measured, exit: number, says: RegExp): void {
  expect(ended.err.trim()).toMatch(says);
  expect(ended).toMatchObject({ exit, out: '' });
  expect(ended.err.trim().split('\n')).toHaveLength(1);
  expectBounded(ended);
}
function expectBounded(ended: Measured): void {
  expect(ended.exit).not.toBeNull();
  expect(ended.err).not.toMatch(/^\s+at |没有料到|undefined|\[object/mu);
  expect(ended.mib).toBeLessThan(MIB);
}
const noFile = /(?:不是普通文件|是一个文件夹|是文件夹|占用了?这个位置).*(?:请)/u;

describe.runIf(process.platform !== 'win32').each(Object.entries(things))('%s', (kind, put) => {
  /** Everything for a pipe, which is the worst of them; of the others the first of each list. */
  const some = <T>(list: readonly T[], few: number): readonly T[] => (kind === 'a pipe' ? list : list.slice(0, few));

  test.each(
    some<readonly string[]>(
      [
        ['check', BOOK, '--config', 'X'],
        ['sync', '--config', 'X'],
        ['doctor', '--config', 'X'],
        ['share', '--list', '--config', 'X'],
        ['check', BOOK, '--mapping', 'X'],
        ['map', BOOK, '--mapping', 'X'],
        ['sync', BOOK, '--plan', 'X'],
        ['notice', BOOK, '-o', '通报.docx', '--draft', '--template', 'X'],
        ['init', '新.xlsx', '--from', 'X'],
        ['lint', 'X'],
        ['import', 'X', '-o', '新.xlsx'],
        ['lint', '通报.txt', '--against', 'X'],
        ['check', 'X'],
      ],
      1,
    ),
  )('named: %s %s %s %s %s %s', async (...args) => {
    const folder = freshCopy();
    writeFileSync(
      join(folder, '通报.txt'),
      '关于巡察整改进展情况的通报\n一、反馈问题1：学习不深入。\n整改措施：每月学习。',
    );
    const done = await put(join(folder, '东西'));
    const before = readdirSync(folder).sort();
    const given = args.map(word => (word === 'X' ? '东西' : word));
    expectRefused(await run(folder, ...given), 2, noFile);
    expect(readdirSync(folder).sort()).toEqual(before);
    done();
  });

  test('as the config beside the ledger', async () => {
    const folder = freshCopy();
    const done = await put(join(folder, 'ledger.config.json'));
    for (const command of ['sync', 'check', 'status', 'log'])
      expectRefused(await run(folder, command, BOOK), 2, /ledger\.config\.json.*不.*配置文件/u);
    done();
  });

  test.each(
    some<readonly string[]>(
      [
        ['check', BOOK, '-o', '东西.xlsx'],
        ['clean', BOOK, '-o', '东西.xlsx'],
        ['init', '东西.xlsx'],
        ['import', '通报.txt', '-o', '东西.xlsx'],
        ['map', BOOK, '-o', '东西.json'],
        ['sync', BOOK, '--plan-out', '东西.json'],
        ['report', BOOK, '-o', '东西.html'],
        ['lint', '通报.txt', '-o', '东西.html'],
        ['notice', BOOK, '--draft', '-o', '东西.docx'],
      ],
      1,
    ),
  )('where the output should go: %s %s %s %s', async (...args) => {
    const folder = freshCopy();
    writeFileSync(
      join(folder, '通报.txt'),
      '关于巡察整改进展情况的通报\n一、反馈问题1：学习不深入。\n整改措施：每月学习。',
    );
    const target = join(folder, args.find(word => word.startsWith('东西')) ?? '');
    const done = await put(target);
    const was = lstatSync(target);
    const before = readdirSync(folder).sort();
    expectRefused(await run(folder, ...args), 2, /已经存在/u);
    expect([lstatSync(target).ino, readdirSync(folder).sort()]).toEqual([was.ino, before]);
    done();
  });

  test.each(some(['journal.jsonl', 'memory.json', 'run.lock', 'pending.jsonl', 'journal.head', 'own-sheets.json'], 1))(
    'in the place of %s',
    async name => {
      const folder = freshCopy();
      const path = join(stateOf(folder), name);
      rmSync(path, { force: true });
      const done = await put(path);
      const book = readFileSync(join(folder, BOOK));
      expectRefused(
        await run(folder, 'sync', BOOK, '--as-of', '2023-10-20', '--quiet'),
        4,
        new RegExp(`无法使用 .*${name.replace('.', '\\.')}.*占用.*请`, 'u'),
      );
      expect(readFileSync(join(folder, BOOK)).equals(book)).toBe(true);
      for (const args of [['log'], ['log', '--verify'], ['status'], ['doctor'], ['check'], ['restore', '--to', '1']]) {
        const [command = '', ...flags] = args;
        const ended = await run(folder, command, BOOK, ...flags);
        expectBounded(ended);
        expect([0, 1, 4]).toContain(ended.exit);
      }
      done();
    },
  );

  test('in the place of what only speeds up: the work is done', async () => {
    const folder = freshCopy();
    const path = join(stateOf(folder), 'run-cache.json');
    rmSync(path);
    const done = await put(path);
    const ended = await run(folder, 'sync', BOOK, '--as-of', '2023-10-20', '--quiet');
    expect(ended.err).toBe('');
    expectBounded(ended);
    done();
  });

  test.each(some(['.ledger', 'backups', 'workbook lock'], 1))('in the place of %s', async what => {
    const folder = freshCopy();
    const path =
      what === '.ledger'
        ? join(folder, '.ledger')
        : what === 'backups'
          ? join(stateOf(folder), 'backups')
          : join(folder, '.ledger', `${BOOK}.lock`);
    rmSync(path, { recursive: true, force: true });
    const done = await put(path);
    for (const args of [
      ['sync', BOOK, '--as-of', '2023-10-20', '--quiet'],
      ['log', BOOK],
      ['doctor', BOOK],
      ['restore', BOOK],
      ['restore', BOOK, '--to', '1'],
      ['check', BOOK],
    ]) {
      const ended = await run(folder, ...args);
      expectBounded(ended);
      if (ended.err !== '') expect(ended.err.trim()).toMatch(/无法使用 .*占用.*请|没有第|还没有/u);
    }
    done();
  });

  test('a half line is not moved aside into it', async () => {
    const folder = freshCopy();
    const done = await put(join(stateOf(folder), 'journal.torn'));
    writeFileSync(join(stateOf(folder), 'journal.jsonl'), '{"seq":9,"at"', { flag: 'a' });
    const ended = await run(folder, 'sync', BOOK, '--as-of', '2023-10-20', '--quiet');
    expect(ended.err).toMatch(/journal\.torn.*占用.*请/u);
    expectBounded(ended);
    done();
  });

  test('as a conflict copy, as a backup, as a file that a killed run left', async () => {
    const folder = freshCopy();
    const state = stateOf(folder);
    const [backup = ''] = readdirSync(join(state, 'backups'));
    const done = [
      await put(join(state, 'journal (conflicted copy).jsonl')),
      await put(join(state, 'backups', backup.replace(/ \d{6} /u, ' 235959 '))),
      await put(join(state, 'memory.json.7')),
    ];
    const told = await run(folder, 'log', BOOK, '--verify');
    expectBounded(told);
    expectRefused({ ...told, out: '' }, 4, /conflicted copy.*占用.*请/u);
    const listed = await run(folder, 'restore', BOOK, '--json');
    expect(JSON.parse(listed.out).backups).toHaveLength(1);
    for (const end of done) end();
  });
});

describe.runIf(process.platform !== 'win32')('a link in the place of a file of the state', () => {
  test.each([
    'journal.jsonl',
    'journal.head',
    'journal.torn',
    'memory.json',
    'own-sheets.json',
    'run.lock',
    'run.lock.now',
    'pending.jsonl',
    'memory.json.next',
    'run-cache.json',
  ])('%s: what it leads to is not written over', async name => {
    const folder = freshCopy();
    const state = stateOf(folder);
    const others = join(folder, '别人的.txt');
    writeFileSync(others, '别人的文件');
    if (name === 'journal.torn') writeFileSync(join(state, 'journal.jsonl'), '{"seq":9,"at"', { flag: 'a' });
    rmSync(join(state, name), { force: true });
    symlinkSync(others, join(state, name));
    const book = readFileSync(join(folder, BOOK));
    const ended = await run(folder, 'sync', BOOK, '--as-of', '2023-10-20', '--quiet');
    expectBounded(ended);
    expect(readFileSync(others, 'utf8')).toBe('别人的文件');
    // Refused before the workbook is written, or done with a file of its own.
    if (ended.exit === 4) {
      expect(ended.err).toMatch(/占用.*链接.*请/u);
      if (name === 'journal.jsonl') expect(readFileSync(join(folder, BOOK)).equals(book)).toBe(true);
    } else expect(ended.err).toBe('');
  });
});
