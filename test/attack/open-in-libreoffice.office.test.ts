import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, HalfDone, sync } from './support/half-done.js';

/* The workbook open in a real LibreOffice, and what one that went down leaves behind. */

let ledger: HalfDone;
const profile = mkdtempSync(join(tmpdir(), 'ledger-profile-'));
let office: ChildProcess | undefined;
beforeAll(async () => {
  ledger = await HalfDone.make();
});
afterAll(() => {
  end();
  ledger.remove();
  rmSync(profile, { recursive: true, force: true });
});

/** The whole group: soffice is a script that starts the program. */
function end(): void {
  if (office?.pid !== undefined && office.exitCode === null && office.signalCode === null)
    process.kill(-office.pid, 'SIGKILL');
  office = undefined;
}

test('a sync waits for a person to close it; restore, too; check and copies do not', async () => {
  const folder = ledger.trial('open');
  const book = join(folder, '台账.xlsx');
  const lock = join(folder, '.~lock.台账.xlsx#');
  office = spawn('soffice', [`-env:UserInstallation=file://${profile}`, '--headless', '--norestore', '--calc', book], {
    stdio: 'ignore',
    detached: true,
  });
  for (let waited = 0; waited < 120 && !existsSync(lock); waited += 1) await pause(1000);
  expect(existsSync(lock)).toBe(true);
  const before = readFileSync(book);

  for (const ended of [await sync(folder), await command(folder, ['restore', '台账.xlsx', '--to', '1'])]) {
    expect(ended.exit).toBe(4);
    expect(ended.err).toMatch(/正在 Excel、WPS 或 LibreOffice 中打开.*\.~lock\.台账\.xlsx#/u);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
  }
  expect(readFileSync(book).equals(before)).toBe(true);
  expect([0, 1]).toContain((await command(folder, ['check', '台账.xlsx', '-o', '副本.xlsx', '--quiet'])).exit);
  expect(await command(folder, ['clean', '台账.xlsx', '-o', '报送.xlsx'])).toMatchObject({ exit: 0, err: '' });

  // It goes down and leaves its mark: the sentence names the file, and without it the sync goes on.
  end();
  await pause(1000);
  expect(existsSync(lock)).toBe(true);
  const still = await sync(folder);
  expect(still.err).toMatch(/请删除同一文件夹里的隐藏文件“\.~lock\.台账\.xlsx#”/u);
  rmSync(lock);
  expect([0, 1]).toContain((await sync(folder)).exit);
  expect(ledger.judge(folder)).toEqual({ book: 'new', faults: [] });
  expect(ledger.untold(folder)).toEqual([]);
});
