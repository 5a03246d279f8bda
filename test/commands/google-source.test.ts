import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshFolder, ledger } from '../support/cli.js';
import { newSheet } from '../support/google-server/book.js';
import { type Book, OFFICE, Person, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { googleEnv } from '../support/mirrored-office.js';

/* A unit without Excel keeps the ledger itself in a Google Sheet; every command works there as on a file. */

let google: TestGoogle;
let book: Book;
let person: Person;
let folder: string;

const TABLE = [
  [
    '序号',
    '聚焦方面',
    '反馈问题',
    '整改措施',
    '责任领导',
    '责任部门',
    '整改时限',
    '整改结果',
    '应追缴金额',
    '已追缴金额',
  ],
  [
    1,
    '（一）聚焦主责主业方面',
    '制度执行不到位',
    '9月5日修订制度3项',
    '李某',
    '办公室',
    '2023-10-31',
    '已完成',
    '',
    '',
  ],
  [2, '', '违规发放补贴', '9月8日清退补贴', '李某', '财务科', '2023-10-31', '整改中', 1000.5, 900],
  ['', '', '', '9月12日开展自查2次', '', '', '', '整改中', '', ''],
  [
    3,
    '（二）聚焦群众身边腐败方面',
    '资金监管不力',
    '9月15日建立台账',
    '张某',
    '财务科',
    '2023-10-31',
    '未启动',
    '',
    '',
  ],
];

beforeEach(async () => {
  google = await startGoogle();
  book = google.server.create(OFFICE, '整改台账');
  google.server.share(book, ROBOT, 'writer');
  person = new Person(book);
  person.rename('整改台账');
  for (const [row, line] of TABLE.entries()) {
    for (const [col, value] of line.entries()) if (value !== '') person.type(row + 1, col + 1, value);
  }
  folder = freshFolder();
  writeFileSync(
    join(folder, 'ledger.config.json'),
    JSON.stringify({ source: `google:${book.id}`, asOf: '2023-10-20' }),
  );
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

const run = (...args: string[]) => ledger(folder, args, googleEnv(google));
const backups = () => {
  const state = join(folder, '.ledger');
  const [id = ''] = readdirSync(state).filter(name => existsSync(join(state, name, 'backups')));
  const place = join(state, id, 'backups');
  return readdirSync(place).map(name => join(place, name));
};

it('check reads it and leaves it alone; status and map, too', async () => {
  const check = await run('check', '--json');
  expect(JSON.parse(check.out).counts).toMatchObject({ findings: 3, measures: 4, byStatus: { done: 1 } });
  expect(JSON.parse(check.out).money).toMatchObject({ due: '1000.50', recovered: '900.00', outstanding: '100.50' });
  const status = await run('status');
  expect(status.out).toContain('整改');
  const map = await run('map');
  expect(map.out).toContain('反馈问题');
  expect(google.server.writes).toBe(0);
  expect(existsSync(join(folder, '.ledger'))).toBe(false);
});

it('sync writes back, rolls up with formulas, keeps a copy first and a journal; the next one finds nothing to do', async () => {
  const first = await run('sync', '--json');
  const document = JSON.parse(first.out);
  expect(first.err).toContain('我们不改动您的任何单元格');
  expect(document.writes).toMatchObject({ changed: true, sheets: expect.arrayContaining(['汇总', '校验结果']) });
  expect([google.server.reads, google.server.writes]).toEqual([1, 1]);
  expect([2, 3, 5].map(row => person.at(row, person.column('问题状态')))).toEqual(['已完成', '整改中', '未启动']);
  expect(person.at(3, person.column('未追缴金额'))).toBe('100.5');
  expect(
    person
      .texts('汇总')
      .flat()
      .some(text => text.startsWith('=') && text.includes('COUNTIFS')),
  ).toBe(true);
  for (const [row, line] of TABLE.entries()) {
    for (const [col, value] of line.entries()) expect(person.at(row + 1, col + 1)).toBe(String(value));
  }

  const [copy = ''] = backups();
  expect(document.writes.backup).toBe(copy);
  const kept = new ExcelJS.Workbook();
  await kept.xlsx.readFile(copy);
  expect(kept.getWorksheet('整改台账')?.getCell('I3').value).toBe(1000.5);
  expect(kept.worksheets.map(sheet => sheet.name)).toEqual(['整改台账']);

  // The server does not calculate; what a spreadsheet makes of our formulas is what they were written with.
  const cached = JSON.parse((await run('sync', '--dry-run', '--json')).out);
  expect(cached.plan.edits).toEqual([]);

  const log = await run('log', '--json');
  expect(log.out).toContain('问题状态');
  expect((await run('log', '--verify')).exit).toBe(0);
});

it('what somebody changed there is found again, with its row', async () => {
  await run('sync');
  person.insertColumn(2, '本单位备注');
  person.insertRows(4);
  const row = person.rowOf('资金监管不力', person.column('反馈问题'));
  person.type(row, person.column('整改结果'), '已完成');
  google.server.reset();
  const second = await run('sync', '--json');
  expect(google.server.writes).toBe(1);
  expect(person.at(row, person.column('问题状态'))).toBe('已完成');
  const id = person.at(row, person.column('行标识'));
  expect(JSON.parse(second.out).plan.edits).toEqual(
    expect.arrayContaining([expect.objectContaining({ header: '问题状态', row: id, after: '已完成' })]),
  );
  expect((await run('log', '--row', id)).out).toContain('已完成');
});

it('rows that somebody sorts while we write are set right, and it is said', async () => {
  await run('sync');
  person.type(5, person.column('整改结果'), '已完成');
  person.type(2, person.column('整改结果'), '整改中');
  let once = true;
  google.server.beforeCall = call => {
    if (call.write && once) {
      once = false;
      person.sort(2, person.column('整改措施'), true);
    }
    return undefined;
  };
  const ran = await run('sync');
  expect(ran.out).toContain('写入期间有人移动了表中的行或列');
  const row = person.rowOf('9月15日建立台账', person.column('整改措施'));
  expect(person.at(row, person.column('问题状态'))).toBe('已完成');
});

it('waiting is told, the calls are counted, a key that others can read and a link are warned of', async () => {
  let left = 1;
  google.server.beforeCall = call => (!call.write && left-- > 0 ? { kind: 'status', status: 503 } : undefined);
  google.server.permissions.get(book.id)?.push({ id: 'anyoneWithLink', type: 'anyone', role: 'reader' });
  chmodSync(google.options.keyFile, 0o644);
  const ran = await run('sync');
  expect(ran.err).toMatch(/Google 没有正常应答（503），\d 秒后第 2 次尝试/);
  expect(ran.err).toContain('知道链接的任何人都能打开这张表格：请立即');
  expect(ran.err.split('可以被本机其他用户读取')).toHaveLength(2);
  expect(ran.out).toContain('（Google 调用：读2次、写1次、权限核对1次）');
});

it('copies are kept as many as of a file, the same state once', async () => {
  writeFileSync(
    join(folder, 'ledger.config.json'),
    JSON.stringify({ source: `google:${book.id}`, asOf: '2023-10-20', backups: 2 }),
  );
  for (const result of ['整改中', '已完成', '整改中', '基本完成']) {
    person.type(5, person.column('整改结果'), result);
    expect((await run('sync')).exit).toBeLessThan(2);
  }
  expect(backups()).toHaveLength(2);
  // A run that was killed between its copy and its write: the next one within the same second finds the copy there.
  let once = true;
  google.server.beforeCall = call => {
    if (!call.write || !once) return undefined;
    once = false;
    return { kind: 'status', status: 404 };
  };
  person.type(5, person.column('整改结果'), '已完成');
  expect((await run('sync')).exit).toBe(4);
  expect((await run('sync')).exit).toBeLessThan(2);
  expect(backups()).toHaveLength(2);
});

it('a copy takes any name of a tab and any length of a text', async () => {
  const long = `${'整'.repeat(32_766)}😀${'改'.repeat(17_000)}`;
  person.type(2, person.column('整改措施'), long);
  for (const title of ['甲/乙:丙', `${'长'.repeat(40)}一`, `${'长'.repeat(40)}二`, 'History', "'引号'"]) {
    book.sheets.push({ ...newSheet(book.sheets.length + 50, title, 5, 5) });
    person.type(1, 1, title, title);
  }
  const ran = await run('sync');
  expect(ran.exit, ran.err).toBeLessThan(2);
  const kept = new ExcelJS.Workbook();
  await kept.xlsx.readFile(backups()[0] ?? '');
  expect(kept.worksheets.map(sheet => sheet.name)).toEqual([
    ...['整改台账', '甲_乙_丙', '长'.repeat(31), `${'长'.repeat(28)}(2)`, 'History_', '_引号_', '超长文字'],
  ]);
  const pieces = kept.getWorksheet('超长文字')?.getRow(2).values;
  const texts = Array.isArray(pieces) ? pieces.slice(1).map(String) : [];
  expect(texts[0]).toBe("'整改台账'!D2");
  expect(texts.slice(1).join('')).toBe(long);
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(32_767);
  expect(person.at(2, person.column('整改措施'))).toBe(long);
});

it('fifty thousand characters reach a Google mirror whole; an .xlsx mirror gets what it holds, and it is said', async () => {
  const long = '整'.repeat(50_000);
  person.type(2, person.column('整改措施'), long);
  const other = google.server.create(OFFICE, '共享表');
  google.server.share(other, ROBOT, 'writer');
  const configured = (to: string) =>
    writeFileSync(
      join(folder, 'ledger.config.json'),
      JSON.stringify({
        source: `google:${book.id}`,
        asOf: '2023-10-20',
        mirror: {
          to,
          rows: 'all',
          columns: ['序号', '反馈问题', '整改措施', '整改结果'],
          approvedBy: '张某',
          approvedOn: '2023-10-01',
        },
      }),
    );
  configured(`google:${other.id}`);
  const first = JSON.parse((await run('sync', '--json')).out);
  const there = new Person(other);
  expect(there.at(2, there.column('整改措施', '整改台账'), '整改台账')).toBe(long);
  expect(first.diagnostics.map((one: { check: string }) => one.check)).not.toContain('mirror-text-cut');

  configured('共享.xlsx');
  for (const state of ['done', 'done']) {
    const ran = JSON.parse((await run('sync', '--json')).out);
    expect(ran.mirror).toMatchObject({ state, conflicts: [] });
    const cut = ran.diagnostics.find((one: { check: string }) => one.check === 'mirror-text-cut');
    expect(cut.message).toBe(
      '问题1（第2行）“整改措施”有 50000 个字，共享表的一格最多放 32767 个字，只共享了前面的部分；全文在台账里，没有改动',
    );
  }
  const shared = new ExcelJS.Workbook();
  await shared.xlsx.readFile(join(folder, '共享.xlsx'));
  const sheet = shared.getWorksheet('整改台账');
  const at = [1, 2, 3, 4, 5].find(col => sheet?.getRow(1).getCell(col).text === '整改措施') ?? 0;
  expect(sheet?.getRow(2).getCell(at).text).toBe(`${'整'.repeat(32_766)}…`);
  expect(person.at(2, person.column('整改措施'))).toBe(long);
});

it('restore brings back what a copy says, cell by cell: notes and what came later stay, and the next sync is content', async () => {
  const long = '长'.repeat(40_000);
  person.type(5, 4, long);
  person.type(7, 1, '填表说明：按月更新');
  person.typeDate(2, 7, '2023-10-31');
  await run('sync');
  // A copy is made before each write: this one holds the program's columns as well.
  person.type(3, person.column('整改结果'), '已完成');
  await run('sync');
  const whole = structuredClone(person.texts());
  const [, second = ''] = backups().sort();
  expect((await run('restore')).out).toContain(second);

  person.type(3, person.column('整改结果'), '整改中');
  person.type(2, 7, undefined);
  person.type(5, 4, '改短了');
  person.deleteRows(4);
  person.type(2, 3, '=改坏了');
  person.note(2, 3, '批注');
  person.insertColumn(2, '后加的栏');
  person.type(2, 2, '后加的内容');
  book.sheets.push(newSheet(77, '后加的表', 5, 5));
  person.type(1, 1, '后加的内容', '后加的表');
  const restored = await run('restore', '--to', '1');
  expect(restored.exit, restored.err).toBe(0);
  expect(restored.out).toMatch(/已按 .* 的备份恢复 \d+ 格，批注和格式没有动。恢复前的内容备份在 .*\.xlsx。/);
  const office = (rows: readonly string[][]) => rows.map(row => Array.from({ length: 10 }, (_, at) => row[at] ?? ''));
  expect(office(person.texts())).toEqual(office(whole));
  expect(person.sheet().rows[1]?.cells[6]?.userEnteredFormat?.numberFormat?.type).toBe('DATE');
  expect(person.sheet().rows[1]?.cells[3]?.note).toBe('批注');
  expect(person.at(1, 1, '后加的表')).toBe('后加的内容');
  const log = (await run('log')).out;
  expect(log).toContain('恢复备份');
  expect(log).toContain('“后加的内容” → ');
  expect((await run('log', '--verify')).exit).toBe(0);
  const next = JSON.parse((await run('sync', '--json')).out);
  expect(next.exit).toBeLessThan(2);
  expect(next.counts.findings).toBe(3);
  expect(JSON.parse((await run('sync', '--json')).out).plan.edits).toEqual([]);
  // Twice the same: nothing is left to be restored.
  person.type(3, 4, '再改');
  await run('restore', '--to', '1');
  expect((await run('restore', '--to', '2')).exit).toBe(0);
});

it('restore says which sheet it cannot bring back, and refuses a copy of another sheet', async () => {
  book.sheets.push(newSheet(77, '会议调度', 5, 5));
  person.type(1, 1, '类型', '会议调度');
  await run('sync');
  person.deleteTab('会议调度');
  const restored = await run('restore', '--to', '1');
  expect(restored.exit).toBe(0);
  expect(restored.err).toContain('备份里的工作表“会议调度”现在没有了');
  expect(restored.err).toContain('版本记录');
});

it('can have an .xlsx mirror of its own', async () => {
  writeFileSync(
    join(folder, 'ledger.config.json'),
    JSON.stringify({
      source: `google:${book.id}`,
      asOf: '2023-10-20',
      mirror: { to: '共享.xlsx', rows: 'all', columns: ['序号', '反馈问题', '整改措施', '整改结果'] },
    }),
  );
  const first = JSON.parse((await run('sync', '--json')).out);
  expect(first.mirror).toMatchObject({ state: 'done', newRows: 4 });
  const path = join(folder, '共享.xlsx');
  const shared = new ExcelJS.Workbook();
  await shared.xlsx.readFile(path);
  const sheet = shared.getWorksheet('整改台账');
  const at = [...Array(20).keys()].find(col => sheet?.getRow(1).getCell(col + 1).text === '审核意见');
  if (sheet === undefined || at === undefined) throw new Error('no 审核意见 on the mirror');
  sheet.getRow(2).getCell(at + 1).value = '请补充修订后的制度';
  await shared.xlsx.writeFile(path);
  const second = JSON.parse((await run('sync', '--json')).out);
  expect(second.mirror).toMatchObject({ pulled: 1 });
  expect(person.at(2, person.column('审核意见'))).toBe('请补充修订后的制度');
});
