import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, ledger, type Ran } from '../support/cli.js';
import { foreignLedger } from '../support/foreign.js';
import {
  type Book,
  OFFICE,
  Person,
  REVIEWER,
  ROBOT,
  startGoogle,
  type TestGoogle,
} from '../support/google-server/index.js';
import { typeOver } from '../support/type-into.js';

const listed = ['序号', '聚焦方面', '反馈问题', '整改措施', '整改结果', '问题状态'];

async function office(mirror: object): Promise<string> {
  const folder = freshFolder();
  await foreignLedger(join(folder, '台账.xlsx'));
  writeFileSync(
    join(folder, 'ledger.config.json'),
    JSON.stringify({ source: '台账.xlsx', asOf: '2023-10-20', mirror }),
  );
  return folder;
}

async function cellsOf(path: string, sheet: string): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const found = book.getWorksheet(sheet);
  if (found === undefined) throw new Error(`no sheet ${sheet} in ${path}`);
  return found;
}

const mirrorOf = (ran: Ran) => JSON.parse(ran.out).mirror;

describe('an .xlsx mirror in a shared folder', () => {
  it('is made, carries the listed columns only, and brings the review back', async () => {
    const folder = await office({ to: '共享.xlsx', rows: 'all', columns: listed });
    const first = await ledger(folder, ['sync', '--json']);
    expect(mirrorOf(first)).toMatchObject({ state: 'done', newRows: 3 });

    const path = join(folder, '共享.xlsx');
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const sheet = book.worksheets.find(one => one.getRow(1).getCell(1).value === '序号');
    const header = sheet?.getRow(1).values ?? [];
    expect(JSON.stringify(header)).not.toContain('责任');
    expect(JSON.stringify(header)).not.toContain('佐证');
    const column = Array.isArray(header) ? header.indexOf('审核状态') : -1;
    if (sheet === undefined) throw new Error('no mirror sheet');
    sheet.getRow(2).getCell(column).value = '已退回';
    sheet.getRow(2).getCell(column + 1).value = '佐证不足';
    await book.xlsx.writeFile(path);

    const second = await ledger(folder, ['sync', '--json']);
    expect(mirrorOf(second)).toMatchObject({ state: 'done', pulled: 2 });
    const own = await cellsOf(join(folder, '台账.xlsx'), '台账');
    const headers = own.getRow(3).values;
    const at = Array.isArray(headers) ? headers.indexOf('审核状态') : -1;
    expect(own.getRow(4).getCell(at).value).toBe('已退回');
    expect(JSON.parse(second.out).counts.byStatus).toMatchObject({ 'in-progress': 2 });

    const third = await ledger(folder, ['sync', '--json']);
    expect(mirrorOf(third)).toMatchObject({ pulled: 0, pushed: 0 });
    expect(JSON.parse(third.out).writes.changed).toBe(false);
  });

  it('a list that nobody wrote: exit 2 with one to paste, nothing made', async () => {
    const folder = await office({ to: '共享.xlsx' });
    const ran = await ledger(folder, ['sync']);
    expect(ran.exit).toBe(2);
    expect(ran.err).toContain('"columns"');
  });

  it('both sides changed one cell: exit 3, both values shown, nothing written; --on-conflict decides and keeps the loser', async () => {
    const folder = await office({ to: '共享.xlsx', rows: 'all', columns: listed });
    await ledger(folder, ['sync']);
    await typeOver(join(folder, '台账.xlsx'), '9月15日全部收回', '9月18日收回一部分');
    await typeOver(join(folder, '共享.xlsx'), '9月15日全部收回', '请补充收据');
    const ledgerBefore = readFileSync(join(folder, '台账.xlsx'));
    const stopped = await ledger(folder, ['sync']);
    expect(stopped.exit).toBe(3);
    expect(stopped.out).toContain('9月18日收回一部分');
    expect(stopped.out).toContain('请补充收据');
    expect(stopped.out).toMatch(/以台账为准加 --on-conflict source，以共享表为准加 --on-conflict mirror\n$/);
    expect(readFileSync(join(folder, '台账.xlsx')).equals(ledgerBefore)).toBe(true);
    const decided = await ledger(folder, ['sync', '--on-conflict', 'source']);
    expect(decided.exit).toBeLessThan(3);
    const kept = await cellsOf(join(folder, '台账.xlsx'), '修改不一致');
    expect(JSON.stringify(kept.getSheetValues())).toContain('请补充收据');
  });
});

describe('a Google mirror', () => {
  let google: TestGoogle;
  let book: Book;
  beforeEach(async () => {
    google = await startGoogle();
    book = google.server.create(OFFICE, '巡察整改共享表');
    google.server.share(book, ROBOT, 'writer');
    google.server.share(book, REVIEWER, 'writer');
  });
  afterEach(async () => {
    expect(google.server.unsound).toEqual([]);
    await google.stop();
  });
  const config = (more: object = {}) => ({
    to: `google:${book.id}`,
    rows: 'all',
    columns: listed,
    reviewers: [REVIEWER],
    approvedBy: '张某',
    approvedOn: '2023-10-01',
    ...more,
  });
  const env = () => ({
    LEDGER_GOOGLE_API_ROOT: google.options.apiRoot ?? '',
    GOOGLE_APPLICATION_CREDENTIALS: google.options.keyFile ?? '',
  });

  it('first sync 1 read and 1 write, second 1 read and none', async () => {
    const folder = await office(config());
    const first = await ledger(folder, ['sync', '--json'], env());
    expect(mirrorOf(first)).toMatchObject({ state: 'done', newRows: 3, calls: { read: 1, write: 1 } });
    const second = await ledger(folder, ['sync', '--json'], env());
    expect(mirrorOf(second)).toMatchObject({ pulled: 0, pushed: 0, calls: { read: 1, write: 0 } });
    const person = new Person(book);
    expect(person.texts('整改台账')[0]).toEqual(expect.arrayContaining(['序号', '反馈问题', '审核状态', '行标识']));
  });

  it('without approval nothing is pushed and the ledger is written all the same', async () => {
    const folder = await office(config({ approvedBy: undefined, approvedOn: undefined }));
    const ran = await ledger(folder, ['sync', '--json'], env());
    expect(ran.err).toContain('approvedBy');
    expect(mirrorOf(ran)).toMatchObject({ state: 'held', newRows: 0 });
    expect(JSON.parse(ran.out).writes.changed).toBe(true);
  });

  it('a mirror that cannot be reached leaves the ledger written and says that it is behind', async () => {
    const folder = await office(config({ to: 'google:1nobodyEverMadeThisSheet0000000000000000000' }));
    const ran = await ledger(folder, ['sync'], env());
    expect(ran.exit).toBe(4);
    expect(ran.err).toContain('共享表没有更新');
    expect(ran.out).toContain('已写回');
  });
});
