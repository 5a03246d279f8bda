import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, ledger } from '../support/cli.js';
import { OFFICE, Person, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { configure, googleEnv, mirroredOffice, sharedBook } from '../support/mirrored-office.js';
import { typeOver } from '../support/type-into.js';

/* The config names another mirror, and then the first one again: nothing is lost, and nothing is taken for what it is not. */

const MIRROR = '整改台账';

async function workbook(path: string): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const sheet = book.getWorksheet(MIRROR);
  if (sheet === undefined) throw new Error(`no ${MIRROR} in ${path}`);
  return sheet;
}

/** 0: there is no such column. */
function columnOf(sheet: ExcelJS.Worksheet, header: string): number {
  for (let col = 1; col <= sheet.columnCount; col++) if (sheet.getCell(1, col).text === header) return col;
  return 0;
}

function cell(sheet: ExcelJS.Worksheet, row: number, header: string): string {
  const col = columnOf(sheet, header);
  return col === 0 ? '' : sheet.getCell(row, col).text;
}

/** 审核状态 and 审核意见 of finding 3, and 整改进展 of finding 4. */
async function inFile(path: string): Promise<readonly string[]> {
  const sheet = await workbook(path);
  return [cell(sheet, 4, '审核状态'), cell(sheet, 4, '审核意见'), cell(sheet, 5, '整改进展')];
}

async function review(path: string, header: string, text: string): Promise<void> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const sheet = book.getWorksheet(MIRROR);
  if (sheet === undefined) throw new Error('no mirror');
  sheet.getCell(4, columnOf(sheet, header)).value = text;
  await book.xlsx.writeFile(path);
}

describe('two .xlsx mirrors in turn', () => {
  const mirror = (to: string) => ({ to });
  const sync = async (folder: string, to: string, ...args: string[]) => {
    configure(folder, mirror(to));
    const ran = await ledger(folder, ['sync', '--json', ...args]);
    const document = JSON.parse(ran.out);
    const checks: string[] = document.diagnostics.map((one: { check: string }) => one.check);
    return { exit: ran.exit, mirror: document.mirror, checks, document };
  };

  it('a review goes along to the second, the second’s comes back to the first; no closing of the office’s, no conflict', async () => {
    const folder = await mirroredOffice(mirror('甲.xlsx'));
    const [first, second, own] = ['甲.xlsx', '乙.xlsx', '台账.xlsx'].map(name => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await sync(folder, '甲.xlsx');
    await review(first, '审核状态', '已销号');
    await sync(folder, '甲.xlsx');

    const moved = await sync(folder, '乙.xlsx');
    expect(moved.checks).not.toContain('closed-by-office');
    expect(moved.mirror).toMatchObject({ state: 'done', newRows: 11, restored: 0 });
    expect((await inFile(second))[0]).toBe('已销号');
    expect((await sync(folder, '乙.xlsx')).mirror).toMatchObject({ pulled: 0, pushed: 0 });

    await review(second, '审核状态', '已退回');
    await review(second, '审核意见', '材料不全');
    await sync(folder, '乙.xlsx');
    await typeOver(own, '9月14日印发办法第4号', '9月24日印发办法第4号');
    expect((await inFile(own)).slice(0, 2)).toEqual(['已退回', '材料不全']);

    const back = await sync(folder, '甲.xlsx');
    expect(back.exit).toBeLessThan(3);
    expect(back.checks).not.toContain('closed-by-office');
    expect(back.mirror).toMatchObject({ state: 'done', conflicts: [], restored: 0, pulled: 0 });
    expect(await inFile(first)).toEqual(['已退回', '材料不全', '9月24日印发办法第4号']);
    expect((await inFile(own)).slice(0, 2)).toEqual(['已退回', '材料不全']);
    expect((await sync(folder, '甲.xlsx')).mirror).toMatchObject({ pulled: 0, pushed: 0 });
  });

  it('both reviewed differently: a conflict, decided by a person', async () => {
    const folder = await mirroredOffice(mirror('甲.xlsx'));
    await sync(folder, '甲.xlsx');
    await sync(folder, '乙.xlsx');
    await review(join(folder, '乙.xlsx'), '审核意见', '乙的意见');
    await sync(folder, '乙.xlsx');
    await review(join(folder, '甲.xlsx'), '审核意见', '甲的意见');
    const stopped = await sync(folder, '甲.xlsx');
    expect(stopped.exit).toBe(3);
    expect(stopped.mirror.conflicts).toMatchObject([{ header: '审核意见', source: '乙的意见', mirror: '甲的意见' }]);
    await sync(folder, '甲.xlsx', '--on-conflict', 'mirror');
    expect((await inFile(join(folder, '台账.xlsx')))[1]).toBe('甲的意见');
  });

  it('what the office writes into the review columns in between is none, on either', async () => {
    const folder = await mirroredOffice(mirror('甲.xlsx'));
    const own = join(folder, '台账.xlsx');
    await sync(folder, '甲.xlsx');
    await review(join(folder, '甲.xlsx'), '审核意见', '请补充');
    await sync(folder, '甲.xlsx');
    await typeOver(own, '请补充', '同意销号');
    const moved = await sync(folder, '乙.xlsx');
    expect(moved.checks).toContain('owned-cell-edited');
    expect((await inFile(own))[1]).toBe('请补充');
    expect((await inFile(join(folder, '乙.xlsx')))[1]).toBe('请补充');
  });

  it('ledger and mirror moved together are known again', async () => {
    const folder = await mirroredOffice(mirror('共享/甲.xlsx'));
    mkdirSync(join(folder, '共享'));
    await sync(folder, '共享/甲.xlsx');
    const elsewhere = join(freshFolder(), '新文件夹');
    renameSync(folder, elsewhere);
    const { checks } = await sync(elsewhere, '共享/甲.xlsx');
    expect(checks).not.toContain('mirror-state-lost');
  });
});

describe('an .xlsx mirror that cannot be reached', () => {
  it('is not made in a folder that is not there, nor anew where it was; the ledger is written all the same', async () => {
    const folder = await mirroredOffice({ to: '共享盘/共享.xlsx' });
    const first = await ledger(folder, ['sync']);
    expect(first.exit).toBe(4);
    expect(first.err).toContain('找不到共享表所在的文件夹');
    expect(first.out).toContain('已写回');
    expect(existsSync(join(folder, '共享盘'))).toBe(false);

    mkdirSync(join(folder, '共享盘'));
    await ledger(folder, ['sync']);
    const path = join(folder, '共享盘', '共享.xlsx');
    await review(path, '审核意见', '请补充');
    await ledger(folder, ['sync']);
    const kept = readFileSync(path);
    unlinkSync(path);
    const gone = await ledger(folder, ['sync']);
    expect(gone.exit).toBe(4);
    expect(gone.err).toContain('不见了，上次同步时还在');
    expect(existsSync(path)).toBe(false);
    await ledger(folder, ['sync', '--accept-mass-change']);
    expect((await inFile(path))[1]).toBe('请补充');
    expect(kept.length).toBeGreaterThan(0);
    rmSync(join(folder, '共享盘'), { recursive: true });
    expect((await ledger(folder, ['sync'])).err).toContain('找不到共享表所在的文件夹');
  });

  it('is never the ledger itself', async () => {
    const folder = await mirroredOffice({ to: '台账.xlsx' });
    const before = readFileSync(join(folder, '台账.xlsx'));
    const ran = await ledger(folder, ['sync']);
    expect(ran.exit).toBe(2);
    expect(ran.err).toContain('共享表不能就是台账本身');
    expect(readFileSync(join(folder, '台账.xlsx')).equals(before)).toBe(true);
  });
});

describe('two Google mirrors in turn', () => {
  let google: TestGoogle;
  beforeEach(async () => {
    google = await startGoogle();
  });
  afterEach(async () => {
    expect(google.server.unsound).toEqual([]);
    await google.stop();
  });

  it('the review goes along; the URL and the id are one address', async () => {
    const { book, mirror } = sharedBook(google);
    const other = google.server.create(OFFICE, '另一张');
    google.server.share(other, ROBOT, 'writer');
    const folder = await mirroredOffice(mirror);
    const sync = async (to: string) => {
      configure(folder, { ...mirror, to });
      return JSON.parse((await ledger(folder, ['sync', '--json'], googleEnv(google))).out);
    };
    const checks = (document: { diagnostics: { check: string }[] }) => document.diagnostics.map(one => one.check);
    const person = new Person(book);
    await sync(`google:${book.id}`);
    person.type(4, person.column('审核状态', MIRROR), '已销号', MIRROR);
    const byUrl = await sync(`https://docs.google.com/spreadsheets/d/${book.id}/edit#gid=0`);
    expect(byUrl.mirror).toMatchObject({ pulled: 1 });
    expect(checks(byUrl)).not.toContain('mirror-state-lost');
    const moved = await sync(`google:${other.id}`);
    expect(checks(moved)).not.toContain('closed-by-office');
    const there = new Person(other);
    expect(there.at(4, there.column('审核状态', MIRROR), MIRROR)).toBe('已销号');
    const back = await sync(`google:${book.id}`);
    expect(back.mirror).toMatchObject({ pulled: 0, pushed: 0, conflicts: [], restored: 0, calls: { write: 0 } });
  });
});

it('two copies of one ledger and one .xlsx mirror: each is told of the other once; an earlier state put back is no other copy', async () => {
  const share = freshFolder();
  const folder = await mirroredOffice({ to: join(share, '共享表.xlsx') });
  const sync = async (place: string) => JSON.parse((await ledger(place, ['sync', '--json'])).out);
  const told = (document: { diagnostics: { check: string }[] }) =>
    document.diagnostics.filter(one => one.check === 'mirror-two-ledgers').length;
  expect(told(await sync(folder))).toBe(0);
  const copy = join(freshFolder(), '副本');
  cpSync(folder, copy, { recursive: true });
  const former = readFileSync(join(share, '共享表.xlsx'));
  await typeOver(join(copy, '台账.xlsx'), '9月14日印发办法第4号', '9月24日印发办法第4号');
  expect(told(await sync(copy))).toBe(0);
  const back = await sync(folder);
  expect(told(back)).toBe(1);
  expect(back.mirror).toMatchObject({ restored: 1 });
  expect(told(await sync(folder))).toBe(0);
  expect(told(await sync(copy))).toBe(1);
  expect(told(await sync(copy))).toBe(0);
  writeFileSync(join(share, '共享表.xlsx'), former);
  expect(told(await sync(copy))).toBe(0);
});

describe('two copies of one ledger and one mirror on Google', () => {
  let google: TestGoogle;
  beforeEach(async () => {
    google = await startGoogle();
  });
  afterEach(async () => {
    expect(google.server.unsound).toEqual([]);
    await google.stop();
  });

  it('each is told of the other once, however it came about; a run that was killed is not another', async () => {
    const { mirror } = sharedBook(google);
    const folder = await mirroredOffice(mirror);
    const sync = async (place: string) => JSON.parse((await ledger(place, ['sync', '--json'], googleEnv(google))).out);
    const told = (document: { diagnostics: { check: string }[] }) =>
      document.diagnostics.filter(one => one.check === 'mirror-two-ledgers').length;
    expect(told(await sync(folder))).toBe(0);
    const copy = join(freshFolder(), '副本');
    cpSync(folder, copy, { recursive: true });
    await typeOver(join(copy, '台账.xlsx'), '9月14日印发办法第4号', '9月24日印发办法第4号');
    expect(told(await sync(copy))).toBe(0);
    const back = await sync(folder);
    expect(told(back)).toBe(1);
    expect(back.mirror).toMatchObject({ restored: 1 });
    expect(told(await sync(folder))).toBe(0);
    expect(told(await sync(copy))).toBe(1);
    // The write arrives, the answer does not, and the run gives up before it can remember.
    await typeOver(join(copy, '台账.xlsx'), '9月16日印发办法第6号', '9月26日印发办法第6号');
    let writes = 0;
    google.server.beforeCall = call => {
      if (call.write) writes++;
      return writes === 0 ? undefined : { kind: 'status', status: 404, applied: true };
    };
    await sync(copy);
    google.server.beforeCall = () => undefined;
    expect(told(await sync(copy))).toBe(0);
  });

  it('at the very same moment: one writes, the other looks again and writes what is left to write', async () => {
    const { book, mirror } = sharedBook(google);
    const folder = await mirroredOffice(mirror);
    const run = (place: string) => ledger(place, ['sync', '--json'], googleEnv(google));
    await run(folder);
    const copy = join(freshFolder(), '副本');
    cpSync(folder, copy, { recursive: true });
    const person = new Person(book);
    person.type(4, person.column('审核意见', MIRROR), '请补充', MIRROR);
    await typeOver(join(folder, '台账.xlsx'), '9月16日印发办法第6号', '9月26日印发办法第6号');
    await typeOver(join(copy, '台账.xlsx'), '9月16日印发办法第6号', '9月26日印发办法第6号');
    let once = true;
    let other: ReturnType<typeof run> | undefined;
    google.server.beforeCall = call => {
      if (!call.write || !once) return undefined;
      once = false;
      other = run(copy);
      return { kind: 'hold', until: other };
    };
    const mine = JSON.parse((await run(folder)).out);
    const theirs = JSON.parse((await other)?.out ?? '{}');
    expect(theirs.mirror).toMatchObject({ state: 'done', pulled: 1, pushed: 1 });
    expect(mine.mirror).toMatchObject({ state: 'done', conflicts: [], pushed: 0, calls: { read: 3, write: 1 } });
    expect((await inFile(join(folder, '台账.xlsx')))[1]).toBe('请补充');
    google.server.beforeCall = () => undefined;
    for (const place of [folder, copy]) {
      expect(JSON.parse((await run(place)).out).mirror).toMatchObject({ pulled: 0, pushed: 0, restored: 0 });
    }
  });

  it('somebody who is faster again and again: told to run once more, the ledger is written', async () => {
    const { book, mirror } = sharedBook(google);
    const folder = await mirroredOffice(mirror);
    const run = () => ledger(folder, ['sync'], googleEnv(google));
    await run();
    await typeOver(join(folder, '台账.xlsx'), '9月16日印发办法第6号', '9月26日印发办法第6号');
    google.server.beforeCall = call => {
      if (!call.write) return undefined;
      // The next generation is taken before ours arrives.
      const last = book.metadata.findLast(one => one.metadataKey === 'ledger.sync');
      const [generation = '0', , ledgerId = ''] = (last?.metadataValue ?? '').split(' ');
      const next = Number(generation) + 1;
      book.metadata.push({
        ...last,
        metadataId: (last?.metadataId ?? 0) + 1,
        metadataValue: `${next} other${next} ${ledgerId}`,
      });
      return undefined;
    };
    const ran = await run();
    expect(ran.exit).toBe(3);
    expect(ran.err).toContain('请重新运行');
    google.server.beforeCall = () => undefined;
    expect((await run()).exit).toBeLessThan(3);
  });
});
