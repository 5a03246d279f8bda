import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lockHolder, takeLock } from '../../src/sync/lock.js';
import { freshFolders } from './support/folder.js';
import { compileScripts } from './support/processes.js';

const freshFolder = freshFolders();
const start = new Date('2023-10-30T09:05:00Z');
let scripts: ReturnType<typeof compileScripts>;
const children: ChildProcess[] = [];

beforeAll(() => {
  scripts = compileScripts('hold-lock');
});
afterAll(() => scripts.remove());
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A run in another process; `said` resolves with its n-th line. */
function run(path: string, holdMs: number) {
  const child = spawn(process.execPath, [scripts.script('hold-lock'), path, String(holdMs)]);
  children.push(child);
  let output = '';
  child.stdout.on('data', data => {
    output += String(data);
  });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const held = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => output.includes('held') && resolve());
    child.on('close', () => (output.includes('held') ? resolve() : reject(new Error(`not held: ${output}`))));
  });
  held.catch(() => {});
  return { child, ended, held, lines: () => output.trim().split('\n') };
}

describe('one run at a time', () => {
  it('refuses a second run and says who holds the ledger', async () => {
    const path = join(freshFolder(), '.ledger', '台账.xlsx.lock');
    const other = run(path, 60_000);
    await other.held;
    await expect(takeLock(path, start)).rejects.toMatchObject({ exit: 4, code: 'locked' });
    await expect(takeLock(path, start)).rejects.toThrow(new RegExp(`process ${other.child.pid} on computer`));
    expect((await lockHolder(path))?.pid).toBe(other.child.pid);
  });

  it('is free again after the run, and nothing stays behind', async () => {
    const folder = freshFolder();
    const path = join(folder, 'a.lock');
    for (let round = 0; round < 3; round += 1) {
      const lock = await takeLock(path, start);
      lock.assertHeld();
      await lock.release();
      await lock.release();
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a second run in the same process', async () => {
    const path = join(freshFolder(), 'a.lock');
    const lock = await takeLock(path, start);
    await expect(takeLock(path, start)).rejects.toMatchObject({ code: 'locked' });
    await lock.release();
  });

  it('goes on at once after the holder was killed', async () => {
    const path = join(freshFolder(), 'a.lock');
    const other = run(path, 60_000);
    await other.held;
    other.child.kill('SIGKILL');
    await other.ended;
    expect(existsSync(path)).toBe(true);
    expect(await lockHolder(path)).toBeUndefined();
    const lock = await takeLock(path, start);
    lock.assertHeld();
    await lock.release();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('gives the lock back on %s', async signal => {
    const path = join(freshFolder(), 'a.lock');
    const other = run(path, 60_000);
    await other.held;
    other.child.kill(signal);
    await other.ended;
    expect(other.child.signalCode).toBe(signal);
    expect(existsSync(path)).toBe(false);
  });

  it('never lets two of many runs work at the same time, killed ones among them', async () => {
    const path = join(freshFolder(), 'a.lock');
    const done: { from: number; to: number }[] = [];
    for (let round = 0; round < 3; round += 1) {
      const runs = Array.from({ length: 5 }, () => run(path, 150));
      const victim = runs[round];
      setTimeout(() => victim?.child.kill('SIGKILL'), 200 + 40 * round);
      await Promise.all(runs.map(({ ended }) => ended));
      for (const { lines } of runs) {
        const [held, end] = lines().map(line => Number(line.split(' ')[1]));
        if (held !== undefined && end !== undefined) done.push({ from: held, to: end });
        if (lines()[0] !== '' && !lines()[0]?.startsWith('held')) expect(lines()).toEqual(['locked']);
      }
    }
    expect(done.length).toBeGreaterThan(0);
    done.sort((a, b) => a.from - b.from);
    done.reduce((before, next) => {
      expect(next.from).toBeGreaterThanOrEqual(before.to);
      return next;
    });
  });
});

describe('two computers on one shared folder', () => {
  const foreign = { token: 'x', pid: process.pid, host: 'OFFICE-PC', machine: 'another', since: start.toISOString() };

  it('respects a lease of the other computer, although no such process exists here', async () => {
    const path = join(freshFolder(), 'a.lock');
    writeFileSync(path, JSON.stringify({ ...foreign, pid: 999_999_999 }));
    await expect(takeLock(path, start)).rejects.toThrow(/OFFICE-PC/);
  });

  it('takes over when the other computer has not renewed it for more than ten minutes', async () => {
    const path = join(freshFolder(), 'a.lock');
    writeFileSync(path, JSON.stringify(foreign));
    const eleven = Date.now() / 1000 - 11 * 60;
    utimesSync(path, eleven, eleven);
    const lock = await takeLock(path, start);
    lock.assertHeld();
    await lock.release();
  });

  it('stops the one that slept through before it writes, and leaves the new lease alone', async () => {
    const path = join(freshFolder(), 'a.lock');
    const lock = await takeLock(path, start);
    writeFileSync(path, JSON.stringify(foreign));
    expect(() => lock.assertHeld()).toThrow(/another run took over/);
    await lock.release();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(foreign);
  });
});

describe('damage', () => {
  it('takes a lease that was only half written as left by a killed run', async () => {
    const path = join(freshFolder(), 'a.lock');
    for (const half of ['', '{"token":"x","pi', '{}']) {
      writeFileSync(path, half);
      const lock = await takeLock(path, start);
      await lock.release();
    }
  });

  it('gets past a guard left by a run that was killed inside it', async () => {
    const folder = freshFolder();
    const path = join(folder, 'a.lock');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(`${path}.guard`);
    const lock = await takeLock(path, start);
    await lock.release();
  });

  it('says so in a sentence when the folder cannot be written', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, '.ledger'), 'a file where the folder should be');
    await expect(takeLock(join(folder, '.ledger', 'a.lock'), start)).rejects.toMatchObject({
      exit: 4,
      code: 'state-in-the-way',
    });
  });
});
