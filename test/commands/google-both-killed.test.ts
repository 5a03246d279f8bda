import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshFolder, ledger } from '../support/cli.js';
import { copyOf } from '../support/google-server/book.js';
import { type Book, OFFICE, Person, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { killedSync, toldCells } from '../support/killed-sync.js';
import { googleEnv } from '../support/mirrored-office.js';

/*
 * A sync of a ledger on Google with a mirror on Google that is killed (SIGKILL) at any moment: the next one reaches the end an
 * undisturbed one reaches on both sheets, and the journal tells once what was overwritten.
 */

/** Kills at spread moments on the disk; LEDGER_MIRROR_KILLS=100 for a longer hunt. */
const KILLS = Number(process.env.LEDGER_MIRROR_KILLS ?? 6);
const LEDGER = '整改台账';

let google: TestGoogle;
let source: Book;
let mirror: Book;
let start: string;
let before: { readonly source: Book; readonly mirror: Book };

beforeEach(async () => {
  google = await startGoogle();
  source = google.server.create(OFFICE, '整改台账');
  mirror = google.server.create(OFFICE, '共享表');
  for (const book of [source, mirror]) google.server.share(book, ROBOT, 'writer');
  const office = new Person(source);
  const reviewer = new Person(mirror);
  office.rename(LEDGER);
  const rows: (string | number)[][] = [
    ['序号', '聚焦方面', '反馈问题', '整改措施', '责任部门', '整改时限', '整改结果', '应追缴金额', '已追缴金额'],
    [1, '（一）聚焦主责主业', '制度执行不到位', '9月5日修订制度3项', '办公室', '2023-10-31', '已完成', '', ''],
    [2, '', '违规发放补贴', '9月8日清退补贴', '财务科', '2023-10-31', '整改中', 1000.5, 900],
    [3, '（二）聚焦群众身边', '资金监管不力', '9月15日建立台账', '财务科', '2023-10-31', '未启动', '', ''],
  ];
  for (const [row, line] of rows.entries()) {
    for (const [col, value] of line.entries()) if (value !== '') office.type(row + 1, col + 1, value);
  }
  start = freshFolder();
  const settings = {
    source: `google:${source.id}`,
    asOf: '2023-10-20',
    mirror: {
      to: `google:${mirror.id}`,
      rows: 'all',
      columns: ['序号', '反馈问题', '整改措施', '整改结果', '问题状态'],
      approvedBy: '张某',
      approvedOn: '2023-10-01',
    },
  };
  writeFileSync(join(start, 'ledger.config.json'), JSON.stringify(settings));
  await ledger(start, ['sync'], googleEnv(google));
  // Work since, some of it in vain: in the program's column, in the office's column on the mirror, on the mirror's roll-up.
  office.type(3, 7, '已完成', LEDGER);
  office.insertRows(4, 1, LEDGER);
  office.type(4, 4, '9月18日补充自查1次', LEDGER);
  office.type(4, 7, '整改中', LEDGER);
  office.type(2, office.column('问题状态', LEDGER), '乱填', LEDGER);
  reviewer.type(2, reviewer.column('审核状态', LEDGER), '已退回', LEDGER);
  reviewer.type(3, reviewer.column('审核意见', LEDGER), '请补收据', LEDGER);
  reviewer.type(4, reviewer.column('整改结果', LEDGER), '随便改', LEDGER);
  reviewer.type(5, 2, 99, '汇总');
  before = { source: copyOf(source), mirror: copyOf(mirror) };
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

function again(): string {
  const folder = freshFolder();
  cpSync(start, folder, { recursive: true });
  Object.assign(source, copyOf(before.source));
  Object.assign(mirror, copyOf(before.mirror));
  return folder;
}

/** Both sheets as people see them; ids are made by chance. (The server does not calculate: the ledger's roll-up is left out.) */
function end(): unknown {
  const ids = /^[a-z0-9]{4}-[a-z0-9]{3}$/;
  const plain = (book: Book, title: string) =>
    new Person(book).texts(title).map(row => row.map(text => (ids.test(text) ? '标识' : text)));
  return [plain(source, LEDGER), plain(source, '校验结果'), plain(mirror, LEDGER), plain(mirror, '汇总')];
}

it('at every call, before and after the service did its part, and at moments on the disk', {
  timeout: 480_000,
}, async () => {
  const whole = again();
  const counted = join(whole, 'moments');
  google.server.reset();
  await killedSync(google, whole, { env: { LEDGER_DISTURB_COUNT: counted } });
  const calls = google.server.calls.length;
  expect(google.server.writes).toBe(2);
  const wanted = end();
  const journal = await toldCells(google, whole);
  for (const typed of ['乱填', '随便改', '|99|']) expect(journal.join('\n')).toContain(typed);
  const moments = Number(readFileSync(counted, 'utf8'));
  const writes = google.server.calls.slice(0, calls).flatMap(call => (call.write ? [-call.number] : []));
  const ways = [
    ...Array.from({ length: calls }, (_, index) => ({ atCall: index + 1 })),
    ...writes.map(atCall => ({ atCall })),
    ...Array.from({ length: KILLS }, (_, index) => ({
      env: { LEDGER_DISTURB_AT: String(Math.ceil((moments * (index + 1)) / (KILLS + 1))) },
    })),
  ];
  for (const how of ways) {
    const folder = again();
    await killedSync(google, folder, how);
    const name = JSON.stringify(how);
    const next = await ledger(folder, ['sync', '--json'], googleEnv(google));
    expect(next.exit, `${name}: ${next.err}`).toBeLessThan(2);
    expect(end(), name).toEqual(wanted);
    expect(await toldCells(google, folder), name).toEqual(journal);
    expect((await ledger(folder, ['log', '--verify'], googleEnv(google))).exit, name).toBe(0);
  }
});
