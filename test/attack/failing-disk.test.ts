import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HalfDone, sync } from './support/half-done.js';

/** Each code takes other moments; `LEDGER_KILLS` (see killed.test.ts) makes all of them take every one. */
const STRIDE = process.env.LEDGER_KILLS === undefined ? 30 : 1;

let ledger: HalfDone;
beforeAll(async () => {
  ledger = await HalfDone.make();
});
afterAll(() => ledger.remove());

const CODES = ['ENOSPC', 'EROFS', 'EACCES', 'EIO', 'EPERM', 'EBUSY'];
/** A disk that stays as it is, and one change alone that fails. */
const KINDS = CODES.flatMap((code, index) => [
  { code, how: 'from some moment on', first: 4 * index + 2, once: {} },
  { code, how: 'at one moment alone', first: 4 * index + 4, once: { LEDGER_DISTURB_ONCE: '1' } },
]);

describe.each(KINDS)('a disk that says $code $how', ({ code, first, how, once }) => {
  test('one sentence and exit 4, or the work done; the old or the new workbook; when the disk is well again the next sync goes on', {
    timeout: 1_800_000,
  }, async () => {
    const wrong: string[] = [];
    let refused = 0;
    for (let at = Math.min(first, STRIDE); at <= ledger.moments; at += STRIDE) {
      const folder = ledger.trial(`${code}-${at}-${how}`);
      const failed = await sync(folder, { LEDGER_DISTURB_AT: String(at), LEDGER_DISTURB_CODE: code, ...once });
      const name = `${code} at ${at}`;
      const left = ledger.judge(folder);
      if (failed.exit === 4) {
        refused += 1;
        if (!/^\S.*[。）]?\n$/u.test(failed.err) || !/[\u4e00-\u9fff]/u.test(failed.err))
          wrong.push(`${name}: not one sentence: ${failed.err}`);
        if (/没有料到|^\s+at /mu.test(failed.err)) wrong.push(`${name}: not foreseen: ${failed.err}`);
        if (/没有写入[，。]|未改动/u.test(failed.err) && left.book !== 'old')
          wrong.push(`${name}: says that nothing was written, and it was: ${failed.err}`);
      } else if (failed.exit === null || failed.exit > 1) wrong.push(`${name}: exit ${failed.exit}: ${failed.err}`);
      else if (left.book !== 'new') wrong.push(`${name}: exit ${failed.exit} and the workbook is ${left.book}`);
      if (left.book === 'a third') wrong.push(`${name}: the workbook is neither the old nor the new one`);
      wrong.push(...left.faults.map(fault => `${name}: ${fault}`));
      await sync(folder);
      const end = ledger.judge(folder);
      if (end.book !== 'new') wrong.push(`${name}: after the next sync the workbook is ${end.book}`);
      wrong.push(...[...end.faults, ...ledger.untold(folder)].map(fault => `${name}, next: ${fault}`));
      ledger.forget(folder);
    }
    expect(wrong).toEqual([]);
    if (how === 'from some moment on') expect(refused).toBeGreaterThan(0);
  });
});
