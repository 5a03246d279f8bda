import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HalfDone, sync } from './support/half-done.js';
import { runAs } from './support/measured.js';

/*
 * The system itself refuses every write beyond so many bytes of a file (RLIMIT_FSIZE), wherever in a file that falls: the nearest to a
 * full disk that needs no administrator. Real full disks: file-systems.office.test.ts.
 */

const limits = [0, 1000, 5000, 9000, 13_000, 17_000, 1_000_000];
const asError = fileURLToPath(new URL('support/size-limit-as-error.mjs', import.meta.url));
const limitedTo = (limit = 0) => ['prlimit', `--fsize=${limit}`, process.execPath, '--import', asError];
const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

let ledger: HalfDone;
beforeAll(async () => {
  ledger = await HalfDone.make();
});
afterAll(() => ledger.remove());

describe.runIf(hasPrlimit)('no file may grow beyond', () => {
  test.each(limits)(
    '%i bytes: the old workbook and one sentence, or the new one; then the next sync goes on',
    async limit => {
      const folder = ledger.trial(String(limit));
      const limited = limitedTo(limit);
      const ended = await runAs(limited, folder, 'sync', '台账.xlsx', '--as-of', '2023-10-20', '--quiet');
      const { book, faults } = ledger.judge(folder);
      expect(faults).toEqual([]);
      if (ended.exit === 4) {
        expect(ended.err).toMatch(/磁盘空间不足/u);
        expect(ended.err.trim().split('\n')).toHaveLength(1);
        expect(ended.err).not.toMatch(/没有料到|^\s+at /mu);
        expect(book).toBe(/台账已经写好/u.test(ended.err) ? 'new' : 'old');
      } else {
        expect([0, 1]).toContain(ended.exit);
        expect(book).toBe('new');
      }
      await sync(folder);
      expect(ledger.judge(folder)).toEqual({ book: 'new', faults: [] });
      expect(ledger.untold(folder)).toEqual([]);
    },
  );

  test('the smallest of these limits refuses, the largest does not', async () => {
    const ends: (number | null)[] = [];
    for (const limit of [limits[0], limits.at(-1)]) {
      const folder = ledger.trial(`end-${limit}`);
      const limited = limitedTo(limit);
      ends.push((await runAs(limited, folder, 'sync', '台账.xlsx', '--as-of', '2023-10-20', '--quiet')).exit);
    }
    expect(ends[0]).toBe(4);
    expect([0, 1]).toContain(ends[1]);
  });
});
