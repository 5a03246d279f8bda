import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freshFolder, ledger } from '../support/cli.js';
import { startGoogle } from '../support/google-server/index.js';
import { configure, googleEnv, mirroredOffice, sharedBook } from '../support/mirrored-office.js';

/* What `doctor` says of the mirror: whether a sync could use it, and what to do where it could not. */

type Said = { readonly exit: number; readonly bad: readonly (string | null)[]; readonly all: string };

async function doctor(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const ran = await ledger(folder, ['doctor', '--json'], env);
  const findings: { ok: boolean; what: string; remedy: string | null }[] = JSON.parse(ran.out).findings;
  const bad = findings.filter(one => !one.ok).flatMap(one => [one.what, one.remedy]);
  return { exit: ran.exit, bad, all: findings.map(one => one.what).join('\n') };
}

it('an .xlsx mirror: not there yet, fine, open elsewhere, of another ledger, its folder gone', async () => {
  const share = join(freshFolder(), '共享盘');
  mkdirSync(share);
  const to = join(share, '共享表.xlsx');
  const folder = await mirroredOffice({ to });
  const before = await doctor(folder);
  expect([before.exit, before.bad]).toEqual([0, []]);
  expect(before.all).toContain('共享表 共享表.xlsx 还没有，同步时会新建');
  await ledger(folder, ['sync']);
  const fine = await doctor(folder);
  expect([fine.exit, fine.bad]).toEqual([0, []]);
  expect(fine.all).toContain(`共享表 ${to} 可以读写`);

  writeFileSync(join(share, '.~lock.共享表.xlsx#'), 'somebody');
  const open = await doctor(folder);
  expect(open.exit).toBe(4);
  expect(open.bad[0]).toBe('共享表 共享表.xlsx 现在用不了');
  expect(open.bad[1]).toContain('请保存并关闭');
  rmSync(join(share, '.~lock.共享表.xlsx#'));

  const other = await mirroredOffice({ to });
  expect((await doctor(other)).bad).toEqual([
    `共享表（${to}）属于另一份台账，不会写入`,
    '核对配置里的 mirror.to，或为本台账新建一张共享表',
  ]);
  writeFileSync(to, 'no workbook');
  expect((await doctor(folder)).bad[0]).toBe('共享表 共享表.xlsx 现在用不了');
  rmSync(share, { recursive: true });
  const gone = await doctor(folder);
  expect(gone.exit).toBe(4);
  expect(gone.bad[0]).toBe(`找不到共享表所在的文件夹 ${share}`);
});

it('a Google mirror of another ledger', async () => {
  const google = await startGoogle();
  try {
    const { mirror } = sharedBook(google);
    const folder = await mirroredOffice(mirror);
    expect((await doctor(folder, googleEnv(google))).exit).toBe(0);
    await ledger(folder, ['sync'], googleEnv(google));
    expect((await doctor(folder, googleEnv(google))).exit).toBe(0);
    const other = await mirroredOffice(mirror);
    const said = await doctor(other, googleEnv(google));
    expect([said.exit, said.bad.length]).toEqual([4, 2]);
    expect(said.bad[0]).toMatch(/^共享表（google:.*）属于另一份台账，不会写入$/);
    // A ledger that cannot be read is nobody's mirror.
    configure(other, mirror);
    writeFileSync(join(other, '台账.xlsx'), 'no workbook');
    expect((await doctor(other, googleEnv(google))).bad).not.toContain(said.bad[0]);
  } finally {
    await google.stop();
  }
});
