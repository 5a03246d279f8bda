import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HalfDone, sync } from './support/half-done.js';

/** Each code takes other moments; `LEDGER_KILLS` (see killed.test.ts) makes all of them take every one. */
const STRIDE = process.env.LEDGER_KILLS === undefined ? 12 : 1;

let ledger: HalfDone;
beforeAll(async () => {
  ledger = await HalfDone.make();
});
afterAll(() => ledger.remove());

const CODES = [
  { code: 'ENOSPC', first: 1 },
  { code: 'EROFS', first: 4 },
  { code: 'EACCES', first: 7 },
  { code: 'EIO', first: 10 },
];

describe.each(CODES)('a disk that says $code from some moment on', ({ code, first }) => {
  test('one sentence, exit 4, the old or the new workbook; when the disk is well again the next sync goes on', {
    timeout: 900_000,
  }, async () => {
    const wrong: string[] = [];
    let refused = 0;
    for (let at = Math.min(first, STRIDE); at <= ledger.moments; at += STRIDE) {
      const folder = ledger.trial(`${code}-${at}`);
      const failed = await sync(folder, { LEDGER_DISTURB_AT: String(at), LEDGER_DISTURB_CODE: code });
      const name = `${code} from moment ${at} on`;
      const left = ledger.judge(folder);
      if (failed.exit === 4) {
        refused += 1;
        if (!/^\S.*[。）]?\n$/u.test(failed.err) || !/[\u4e00-\u9fff]/u.test(failed.err))
          wrong.push(`${name}: not one sentence: ${failed.err}`);
        if (/没有料到|^\s+at /mu.test(failed.err)) wrong.push(`${name}: not foreseen: ${failed.err}`);
      } else if (failed.exit === null || failed.exit > 1) wrong.push(`${name}: exit ${failed.exit}: ${failed.err}`);
      if (left.book === 'a third') wrong.push(`${name}: the workbook is neither the old nor the new one`);
      wrong.push(...left.faults.map(fault => `${name}: ${fault}`));
      await sync(folder);
      const end = ledger.judge(folder);
      if (end.book !== 'new') wrong.push(`${name}: after the next sync the workbook is ${end.book}`);
      wrong.push(...end.faults.map(fault => `${name}, next: ${fault}`));
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(2);
  });
});
