import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshFolder, ledger } from '../support/cli.js';
import { copyOf } from '../support/google-server/book.js';
import { type Book, OFFICE, Person, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { killedSync, toldCells } from '../support/killed-sync.js';
import { googleEnv } from '../support/mirrored-office.js';

/* A sync of a ledger on Google that is killed (SIGKILL) at any moment: the next one reaches the end an undisturbed one reaches. */

/** Kills at spread moments of each kind; LEDGER_MIRROR_KILLS=100 for a longer hunt. */
const KILLS = Number(process.env.LEDGER_MIRROR_KILLS ?? 4);
const LEDGER = '整改台账';

let google: TestGoogle;
let book: Book;
let start: string;
let before: Book;

beforeEach(async () => {
  google = await startGoogle();
  book = google.server.create(OFFICE, '整改台账');
  google.server.share(book, ROBOT, 'writer');
  const person = new Person(book);
  person.rename(LEDGER);
  const rows: (string | number)[][] = [
    ['序号', '聚焦方面', '反馈问题', '整改措施', '责任部门', '整改时限', '整改结果', '应追缴金额', '已追缴金额'],
    [1, '（一）聚焦主责主业', '制度执行不到位', '9月5日修订制度3项', '办公室', '2023-10-31', '已完成', '', ''],
    [2, '', '违规发放补贴', '9月8日清退补贴', '财务科', '2023-10-31', '整改中', 1000.5, 900],
    ['', '', '', '9月12日开展自查2次', '', '', '整改中', '', ''],
    [3, '（二）聚焦群众身边', '资金监管不力', '9月15日建立台账', '财务科', '2023-10-31', '未启动', '', ''],
  ];
  for (const [row, line] of rows.entries()) {
    for (const [col, value] of line.entries()) if (value !== '') person.type(row + 1, col + 1, value);
  }
  start = freshFolder();
  writeFileSync(join(start, 'ledger.config.json'), JSON.stringify({ source: `google:${book.id}`, asOf: '2023-10-20' }));
  await ledger(start, ['sync'], googleEnv(google));
  // Work since: a status, money, a row in between.
  person.type(5, person.column('整改结果'), '已完成');
  person.type(3, person.column('已追缴金额'), 1000.5);
  person.insertRows(5);
  person.type(2, person.column('问题状态'), '乱填');
  person.type(5, person.column('整改措施'), '9月18日补充自查1次');
  person.type(5, person.column('整改结果'), '整改中');
  before = copyOf(book);
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

function again(): string {
  const folder = freshFolder();
  cpSync(start, folder, { recursive: true });
  Object.assign(book, copyOf(before));
  return folder;
}

/** All sheets; the id of the new row is made by chance and only counted. */
function end(): unknown {
  const person = new Person(book);
  return book.sheets.map(sheet => {
    const [header = [], ...rows] = person.texts(sheet.title);
    const id = header.indexOf('行标识');
    return [sheet.title, header, ...rows.map(row => row.map((text, at) => (at === id && text !== '' ? '标识' : text)))];
  });
}

it('at every call, before and after the service did its part, and at moments in between and on the disk', {
  timeout: 480_000,
}, async () => {
  const whole = again();
  const counted = join(whole, 'moments');
  google.server.reset();
  const began = performance.now();
  await killedSync(google, whole, { env: { LEDGER_DISTURB_COUNT: counted } });
  const takes = performance.now() - began;
  const calls = google.server.calls.length;
  expect(google.server.writes).toBe(1);
  const wanted = end();
  const journal = await toldCells(google, whole);
  expect(journal.join()).toContain('乱填');
  const moments = Number(readFileSync(counted, 'utf8'));
  expect(moments).toBeGreaterThan(20);
  const spread = (most: number) =>
    Array.from({ length: KILLS }, (_, index) => Math.ceil((most * (index + 1)) / (KILLS + 1)));
  const ways = [
    ...Array.from({ length: calls }, (_, index) => ({ atCall: index + 1 })),
    { atCall: -calls },
    ...spread(takes).map(afterMs => ({ afterMs })),
    ...spread(moments).map(at => ({ env: { LEDGER_DISTURB_AT: String(at) } })),
  ];
  for (const how of ways) {
    const folder = again();
    await killedSync(google, folder, how);
    const name = JSON.stringify(how);
    const next = await ledger(folder, ['sync', '--json'], googleEnv(google));
    expect(next.exit, `${name}: ${next.err}`).toBeLessThan(2);
    expect(end(), name).toEqual(wanted);
    expect(await toldCells(google, folder), name).toEqual(journal);
    const after = await ledger(folder, ['sync', '--json'], googleEnv(google));
    expect(JSON.parse(after.out).plan.edits, name).toEqual([]);
    expect((await ledger(folder, ['log', '--verify'], googleEnv(google))).exit, name).toBe(0);
  }
});
