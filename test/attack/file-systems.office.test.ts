import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { command, type Ended, HalfDone, sync } from './support/half-done.js';

/*
 * Real file systems that are full or read-only. They are mounted, which takes an administrator: in CI a machine on which that
 * is not possible fails here; elsewhere these tests are skipped, and the runner says so.
 */

const folder = mkdtempSync(join(tmpdir(), 'ledger-mounts-'));
const probe = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'ledger-test', folder], { encoding: 'utf8' });
const mayMount = probe.status === 0;
if (mayMount) execFileSync('umount', [folder]);

test.runIf(process.env.CI !== undefined)('this machine lets the tests mount file systems', () => {
  expect(mayMount, `CI must run as an administrator who may mount file systems; mount said: ${probe.stderr}`).toBe(
    true,
  );
});

const mounted: string[] = [];
function mount(name: string, ...args: readonly string[]): string {
  const at = join(folder, name);
  if (!existsSync(at)) mkdirSync(at);
  execFileSync('mount', [...args, at]);
  mounted.push(at);
  return at;
}
const unmountAll = (): void => {
  for (const at of mounted.splice(0).reverse()) execFileSync('umount', [at]);
};

let ledger: HalfDone;
beforeAll(async () => {
  ledger = await HalfDone.make();
});
afterEach(unmountAll);
afterAll(() => {
  ledger.remove();
  rmSync(folder, { recursive: true, force: true });
});

function expectOneSentence({ exit, err }: Ended, says: RegExp, where: string): void {
  expect(exit, where).toBe(4);
  expect(err.trim().split('\n'), where).toHaveLength(1);
  expect(err, where).toMatch(says);
  expect(err, where).not.toMatch(/没有料到|^\s+at /mu);
}

/** Fills a file system up but for so many bytes. */
function fill(at: string, leave: number): string {
  const ballast = join(at, 'ballast');
  const free = Number(
    execFileSync('stat', ['-f', '-c', '%a %S', at], { encoding: 'utf8' })
      .split(' ')
      .reduce((a, b) => String(Number(a) * Number(b))),
  );
  writeFileSync(ballast, Buffer.alloc(Math.max(0, free - leave)));
  return ballast;
}

describe.runIf(mayMount)('a full disk', () => {
  test('whatever room is left: the old workbook and one sentence, or the new one; with room made, the next sync goes on', {
    timeout: 900_000,
  }, async () => {
    const at = mount('small', '-t', 'tmpfs', '-o', 'size=1m', 'ledger-test');
    let refused = 0;
    let written = 0;
    for (let leave = 0; leave <= 160 * 1024; leave += 8192) {
      const where = `${leave} bytes left`;
      const trial = ledger.trial(String(leave), at);
      const ballast = fill(at, leave);
      const ended = await sync(trial);
      const { book, faults } = ledger.judge(trial);
      expect(faults, where).toEqual([]);
      if (ended.exit === 4) {
        expectOneSentence(ended, /磁盘空间不足/u, where);
        expect(book, where).toBe(/台账已经写好/u.test(ended.err) ? 'new' : 'old');
        refused += 1;
      } else {
        expect([0, 1], where).toContain(ended.exit);
        expect(book, where).toBe('new');
        written += 1;
      }
      rmSync(ballast);
      await sync(trial);
      expect(ledger.judge(trial), where).toEqual({ book: 'new', faults: [] });
      expect(ledger.untold(trial), where).toEqual([]);
      ledger.forget(trial);
    }
    expect(refused).toBeGreaterThan(5);
    expect(written).toBeGreaterThan(2);
  });

  test('a copy that does not fit leaves nothing behind', async () => {
    const at = mount('small', '-t', 'tmpfs', '-o', 'size=1m', 'ledger-test');
    const trial = ledger.trial('copy');
    fill(at, 8192);
    for (const args of [
      ['check', '台账.xlsx', '-o', join(at, '副本.xlsx')],
      ['clean', '台账.xlsx', '-o', join(at, '副本.xlsx')],
    ]) {
      expectOneSentence(await command(trial, args), /磁盘空间不足/u, args.join(' '));
      expect(execFileSync('ls', ['-A', at], { encoding: 'utf8' }).trim()).toBe('ballast');
    }
  });
});

describe.runIf(mayMount)('a read-only disk', () => {
  test('is read, told from and checked; a sync says that it cannot write, and nothing is changed', async () => {
    const trial = ledger.trial('read-only');
    const at = mount('read-only', '--bind', trial);
    execFileSync('mount', ['-o', 'remount,ro,bind', at]);
    expect([0, 1]).toContain((await command(at, ['check', '台账.xlsx', '--quiet'])).exit);
    expect(await command(at, ['log', '台账.xlsx'])).toMatchObject({ exit: 0, err: '' });
    expect(await command(at, ['restore', '台账.xlsx'])).toMatchObject({ exit: 0, err: '' });
    expectOneSentence(await sync(at), /没有写入权限.*可以写入的文件夹/u, 'sync');
    expectOneSentence(await command(at, ['restore', '台账.xlsx', '--to', '1']), /没有写入权限/u, 'restore');
    expect(ledger.judge(trial)).toEqual({ book: 'old', faults: [] });
    unmountAll();
    await sync(trial);
    expect(ledger.untold(trial)).toEqual([]);
  });

  test('what a killed run had still to tell cannot be brought in: log says so and tells the rest', async () => {
    const trial = ledger.trial('read-only-killed');
    let at = ledger.moments;
    // From the end back to a kill after the rename and before the journal.
    for (; at > 0; at -= 4) {
      rmSync(trial, { recursive: true });
      ledger.trial('read-only-killed');
      await sync(trial, { LEDGER_DISTURB_AT: String(at) });
      if (ledger.judge(trial).book === 'new' && ledger.untold(trial).some(one => one.startsWith('journal'))) break;
    }
    const there = mount('read-only', '--bind', trial);
    execFileSync('mount', ['-o', 'remount,ro,bind', there]);
    const told = await command(there, ['log', '台账.xlsx']);
    expect(told.exit).toBe(0);
    expect(told.err).toMatch(/上次运行被中断.*没有补上/u);
    expect(told.out).toMatch(/系统栏|首次|→/u);
  });

  test('a workbook that is a mount of its own cannot be replaced', async () => {
    const trial = ledger.trial('mount-point');
    const book = join(trial, '台账.xlsx');
    execFileSync('mount', ['--bind', book, book]);
    mounted.push(book);
    expectOneSentence(await sync(trial), /正在 Excel、WPS 或 LibreOffice 中打开|没有写入/u, 'sync');
    unmountAll();
    expect(ledger.judge(trial)).toEqual({ book: 'old', faults: [] });
  });
});

describe.runIf(mayMount)('what an administrator’s save keeps', () => {
  test('owner, group and access list', async () => {
    const trial = ledger.trial('owner');
    const book = join(trial, '台账.xlsx');
    chownSync(book, 4321, 5432);
    // Owner rw, user 1234 rw, group r, others nothing: POSIX access list, version 2, as the kernel keeps it.
    const acl = Buffer.alloc(4 + 8 * 5);
    acl.writeUInt32LE(2, 0);
    [
      [1, 6, 0xffffffff],
      [2, 6, 1234],
      [4, 4, 0xffffffff],
      [16, 6, 0xffffffff],
      [32, 0, 0xffffffff],
    ].forEach(([tag = 0, rights = 0, id = 0], index) => {
      acl.writeUInt16LE(tag, 4 + 8 * index);
      acl.writeUInt16LE(rights, 6 + 8 * index);
      acl.writeUInt32LE(id, 8 + 8 * index);
    });
    const python = (code: string): string =>
      execFileSync('/usr/bin/python3', ['-c', `import os,sys\n${code}`, book, acl.toString('hex')], {
        encoding: 'utf8',
      }).trim();
    python('os.setxattr(sys.argv[1], "system.posix_acl_access", bytes.fromhex(sys.argv[2]))');
    expect([0, 1]).toContain((await sync(trial)).exit);
    expect(ledger.judge(trial).book).toBe('new');
    expect(statSync(book)).toMatchObject({ uid: 4321, gid: 5432 });
    expect(python('print(os.getxattr(sys.argv[1], "system.posix_acl_access").hex())')).toBe(acl.toString('hex'));
    expect(readFileSync(book).subarray(0, 2).toString()).toBe('PK');
  });
});
