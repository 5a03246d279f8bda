import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, ledger } from '../support/cli.js';
import { foreignLedger } from '../support/foreign.js';

const asOf = ['--as-of', '2023-10-20'];

describe('what is answered from memory', () => {
  let folder: string;
  const sync = (...flags: string[]) => ledger(folder, ['sync', '台账.xlsx', ...asOf, ...flags]);
  beforeEach(async () => {
    folder = freshFolder();
    await foreignLedger(join(folder, '台账.xlsx'));
  });

  it('is everything that is said of the ledger, and nothing of the run before', async () => {
    const first = await sync();
    const second = await sync();
    expect(first.out).toContain('第一次处理');
    expect(second.out).not.toContain('第一次处理');
    expect(second.out).not.toContain('备份在');
    const body = (out: string) => out.slice(out.indexOf('截至'), out.lastIndexOf('台账.xlsx'));
    expect(body(second.out)).toContain('完成率');
    expect(body(second.out)).toBe(body(first.out).replace(/已写回 $/u, ''));
  });

  it('is the same whether the run before spoke JSON or not', async () => {
    const json = await sync('--json');
    const told = await sync();
    expect(told.out).toContain('完成率');
    expect(told.exit).toBe(json.exit);
    const again = JSON.parse((await sync('--json')).out);
    expect(again.diagnostics).toEqual(JSON.parse(json.out).diagnostics);
    expect(again.writes.changed).toBe(false);
  });

  it('a state that was lost is said once, and changes nothing in the ledger', async () => {
    await sync();
    rmSync(join(folder, '.ledger'), { recursive: true });
    const after = await sync('--json');
    expect(after.err).toContain('.ledger');
    expect(JSON.parse(after.out).writes.changed).toBe(false);
    expect((await sync()).out).not.toContain('以前的同步记录');
  });
});
