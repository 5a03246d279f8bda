import type { sheets_v4 } from '@googleapis/sheets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GoogleStore, openGoogle } from '../../src/stores/google/index.js';
import {
  type Book,
  OFFICE,
  Person,
  REVIEWER,
  ROBOT,
  startGoogle,
  type TestGoogle,
} from '../support/google-server/index.js';
import { Office, office, rowId } from '../support/mirror-office.js';

let google: TestGoogle;
let book: Book;
let person: Person;
let us: Office;

beforeEach(async () => {
  google = await startGoogle();
  book = google.server.create(OFFICE, '巡察整改共享表');
  google.server.share(book, ROBOT, 'writer');
  google.server.share(book, REVIEWER, 'writer');
  person = new Person(book);
  us = office();
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

const open = (): Promise<GoogleStore> => openGoogle(book.id, google.options);
const sync = async (options: Parameters<Office['sync']>[1] = {}) => us.sync(await open(), options);

/** The mirror as an inspector sees it: header → texts by row id. */
function mirror(): Map<string, Record<string, string>> {
  const [header = [], ...rows] = person.texts('整改台账');
  const id = header.indexOf('行标识');
  return new Map(
    rows
      .filter(row => row[id])
      .map(row => [row[id] ?? '', Object.fromEntries(header.map((name, i) => [name, row[i] ?? '']))]),
  );
}

const cell = (id: string, header: string): [number, number] => [
  person.rowOf(id, person.column('行标识', '整改台账'), '整改台账'),
  person.column(header, '整改台账'),
];
const review = (id: string, header: string, value: string) => person.type(...cell(id, header), value, '整改台账');

describe('the first push', () => {
  it('is one read and one write; the second sync one read and none', async () => {
    const first = await sync();
    expect(first.state).toBe('done');
    expect(first.calls).toEqual({ read: 1, write: 1, drive: 1, signIn: 0 });
    google.server.reset();
    const second = await sync();
    expect(second).toMatchObject({ pushed: [], calls: { read: 1, write: 0, drive: 1 } });
    expect(google.server.calls.map(call => call.path.split('/')[1])).toEqual(['v4', 'drive']);
  });

  it('carries the listed columns, the reviewer’s, and the hidden id last', async () => {
    await sync();
    expect(person.texts('整改台账')[0]).toEqual([
      ...['序号', '聚焦方面', '反馈问题', '整改措施', '整改进展', '整改结果', '应追缴金额', '已追缴金额'],
      ...['审核状态', '审核意见', '审核人', '审核日期', '销号日期', '问题状态', '行标识'],
    ]);
    expect(mirror().size).toBe(11);
    expect(mirror().get(rowId(2))).toMatchObject({
      反馈问题: '问题3：制度执行不到位',
      应追缴金额: '1000.5',
      问题状态: '已完成',
    });
    const sheet = person.sheet('整改台账');
    expect(sheet.columns[14]?.hidden).toBe(true);
    expect(sheet.frozenRows).toBe(1);
    expect(sheet.filter?.range?.endColumnIndex).toBe(15);
  });

  it('takes over an empty first tab and leaves other tabs alone', async () => {
    await sync();
    expect(book.sheets.map(sheet => sheet.title)).toEqual(['整改台账', '汇总']);
    const other = google.server.create(OFFICE);
    google.server.share(other, ROBOT, 'writer');
    new Person(other).type(1, 1, '别人的内容');
    await office().sync(await openGoogle(other.id, google.options));
    expect(other.sheets.map(sheet => sheet.title)).toEqual(['工作表1', '整改台账', '汇总']);
    expect(new Person(other).texts('工作表1')).toEqual([['别人的内容']]);
  });

  it('looks like a ledger: drop-downs for the reviewer, colours, one chart, protection of all the rest', async () => {
    await sync();
    const sheet = person.sheet('整改台账');
    const reviewCol = person.column('审核状态', '整改台账');
    expect(
      sheet.rows[1]?.cells[reviewCol - 1]?.dataValidation?.condition?.values?.map(one => one.userEnteredValue),
    ).toEqual(['已退回', '已销号', '抽查不实']);
    expect(sheet.rules.length).toBeGreaterThan(3);
    expect(person.sheet('汇总').charts).toHaveLength(1);
    expect(person.texts('汇总')[1]?.[0]).toBe('本表11/11项；截至2023-10-30');
    const open = [];
    for (let col = 1; col <= 15; col++)
      if (mayWrite(REVIEWER, 2, col)) open.push(person.texts('整改台账')[0]?.[col - 1]);
    expect(open).toEqual(['审核状态', '审核意见', '审核人', '审核日期', '销号日期']);
    for (let col = 1; col <= 15; col++) expect(mayWrite(REVIEWER, 1, col)).toBe(false);
    expect(mayWrite(REVIEWER, 2, 16)).toBe(true);
  });

  it('sends no column that is not on the list, no evidence path, no name, no masked number', async () => {
    us.row(rowId(1)).progress = '联系人电话13812345678，卡号6222021234567890128';
    await sync();
    us.row(rowId(1)).measure = '改过';
    await sync();
    const sent = google.server.calls.map(call => call.body).join('\n');
    for (const secret of ['佐证', '内部目录', '张某', '13812345678', '社会公开']) expect(sent).not.toContain(secret);
    expect(sent).toContain('138****5678');
  });

  it('sends only public rows when so told, and the roll-up says how many', async () => {
    us.settings = { ...us.settings, rows: 'public' };
    await sync();
    expect(mirror().size).toBe(7);
    expect(google.server.calls.map(call => call.body).join('')).not.toContain('问题1：');
    expect(person.texts('汇总')[1]?.[0]).toBe('本表7/11项，4项未共享；截至2023-10-30');
  });

  it('keeps back what is marked secret', async () => {
    us.row(rowId(4)).publicity = '涉密';
    us.row(rowId(5)).progress = '见《通知》（机密★5年）';
    const { diagnostics } = await sync();
    expect(mirror().size).toBe(9);
    expect(google.server.calls.map(call => call.body).join('')).not.toContain('机密');
    expect(diagnostics.find(one => one.check === 'not-allowed-out')?.message.zh).toContain('第 6、7 行');
  });

  it('asks first, and leaves the mirror alone when it is not approved', async () => {
    const outcome = await sync({ approveFirstPush: async () => false });
    expect(outcome.state).toBe('held');
    expect(google.server.writes).toBe(0);
  });
});

function mayWrite(who: string, row: number, col: number): boolean {
  const sheet = person.sheet('整改台账');
  return sheet.protections.every(one => {
    const range = one.range ?? {};
    const inside =
      row - 1 >= (range.startRowIndex ?? 0) &&
      row - 1 < (range.endRowIndex ?? sheet.rowCount) &&
      col - 1 >= (range.startColumnIndex ?? 0) &&
      col - 1 < (range.endColumnIndex ?? sheet.columnCount);
    return !inside || one.editors?.users?.includes(who) === true;
  });
}

describe('a first push that was cut off', () => {
  it('is finished by the next sync: markers, protection, drop-downs and all', { timeout: 30_000 }, async () => {
    us = office(600);
    for (const row of us.rows) row.progress = '进展'.repeat(1200);
    let writes = 0;
    google.server.beforeCall = call => (call.write && ++writes > 1 ? { kind: 'status', status: 404 } : undefined);
    await expect(sync()).rejects.toMatchObject({ code: 'not-found' });
    expect(mirror().size).toBeGreaterThan(0);
    expect(mirror().size).toBeLessThan(600);
    google.server.beforeCall = () => undefined;
    await sync();
    expect(mirror().size).toBe(600);
    const sheet = person.sheet('整改台账');
    expect(sheet.columns.filter(column => column.metadata.length > 0)).toHaveLength(15);
    expect(mayWrite(REVIEWER, 300, 3)).toBe(false);
    const reviewCol = person.column('审核状态', '整改台账');
    for (const row of [2, 300, 601]) expect(sheet.rows[row - 1]?.cells[reviewCol - 1]?.dataValidation).toBeDefined();
    expect(sheet.rules.length).toBeGreaterThan(3);
    expect((await sync()).calls).toMatchObject({ write: 0 });
  });
});

describe('what travels', () => {
  beforeEach(async () => {
    await sync();
    google.server.reset();
  });

  it('a changed status: one write, only the cells that differ', async () => {
    us.row(rowId(1)).result = '已完成';
    const { pushed, calls } = await sync();
    expect(calls).toMatchObject({ read: 1, write: 1 });
    expect(pushed.map(edit => [edit.header, edit.after])).toEqual([
      ['整改结果', { kind: 'text', text: '已完成' }],
      ['问题状态', { kind: 'text', text: '已完成' }],
    ]);
    expect(mirror().get(rowId(1))?.问题状态).toBe('已完成');
  });

  it('of the roll-up, too, only the cells that differ are written, and nothing of its looks', async () => {
    const before = new Map(book.sheets.map(sheet => [sheet.id, structuredClone(person.texts(sheet.title))]));
    us.row(rowId(1)).result = '已完成';
    await sync();
    const [write] = google.server.calls.filter(call => call.write);
    const requests: sheets_v4.Schema$Request[] = JSON.parse(write?.body ?? '{}').requests;
    expect(new Set(requests.flatMap(one => Object.keys(one)))).toEqual(
      new Set(['createDeveloperMetadata', 'updateCells']),
    );
    const sent = requests.flatMap(({ updateCells }) => {
      if (updateCells === undefined) return [];
      const { sheetId = 0, rowIndex = 0, columnIndex = 0 } = updateCells?.start ?? {};
      expect(updateCells?.fields).toBe('userEnteredValue');
      return (updateCells?.rows ?? []).flatMap((row, down) =>
        (row.values ?? []).map((cell, right) => {
          const { stringValue, numberValue } = cell.userEnteredValue ?? {};
          const was = before.get(sheetId ?? 0)?.[(rowIndex ?? 0) + down]?.[(columnIndex ?? 0) + right] ?? '';
          return [was, String(stringValue ?? numberValue ?? '')];
        }),
      );
    });
    // Two cells of the finding; 整改中, 已完成 and the rate of its group and of all.
    expect(sent).toHaveLength(8);
    for (const [was, is] of sent) expect(is).not.toBe(was);
    const [, , , , group] = person.texts('汇总');
    expect(group).toEqual(['（一）聚焦主责主业方面', '6', '2', '4', '0.6667', '0']);
  });

  it('a roll-up in which somebody put in a row, or merged cells, is made whole again', async () => {
    const figures = () => person.texts('汇总').map(line => line.filter(text => text !== ''));
    const whole = figures();
    const merges = structuredClone(person.sheet('汇总').merges);
    person.insertRows(5, 1, '汇总');
    await sync();
    expect(figures()).toEqual(whole);
    person.merge(5, 1, 6, 1, '汇总');
    await sync();
    expect(figures()).toEqual(whole);
    expect(person.sheet('汇总').merges).toEqual(merges);
    expect((await sync()).calls).toMatchObject({ read: 1, write: 0 });
  });

  it('a review comes into the ledger, has its effect, and comes back as status in the same run', async () => {
    review(rowId(0), '审核状态', '已销号');
    review(rowId(0), '审核意见', '=同意，材料齐全');
    person.typeDate(...cell(rowId(0), '销号日期'), '2023-10-28', '整改台账');
    const { pulled } = await sync();
    expect(pulled.reviews.map(edit => edit.column)).toEqual(['review', 'reviewNote', 'closedDate']);
    expect(us.row(rowId(0))).toMatchObject({
      review: '已销号',
      reviewNote: '=同意，材料齐全',
      closedDate: '2023-10-28',
    });
    expect(mirror().get(rowId(0))?.问题状态).toBe('已销号');
    expect((await sync()).calls).toMatchObject({ read: 1, write: 0 });
  });

  it('a close set by the office is none: it is put back and said so', async () => {
    us.row(rowId(3)).review = '已销号';
    const { diagnostics } = await sync();
    expect(us.row(rowId(3)).review).toBe('');
    expect(mirror().get(rowId(3))?.审核状态).toBe('');
    expect(diagnostics.map(one => one.check)).toEqual(['closed-by-office']);
  });

  it('who writes a column is named by it, the program as well', async () => {
    person.type(...cell(rowId(4), '整改结果'), '改过', '整改台账');
    person.type(...cell(rowId(4), '问题状态'), '改过', '整改台账');
    const { diagnostics } = await sync();
    expect(diagnostics.map(one => one.message.zh)).toEqual([
      '问题5（第6行）“整改结果”由整改办填写，共享表中被改为“改过”，已恢复为“已完成”，改动记入同步记录',
      '问题5（第6行）“问题状态”由系统填写，共享表中被改为“改过”，已恢复为“已完成”，改动记入同步记录',
    ]);
  });

  it('a cell edited in vain by the owner is restored and reported', async () => {
    review(rowId(2), '整改措施', '别人改的');
    const { ownedCellEdits, diagnostics } = await sync();
    expect(mirror().get(rowId(2))?.整改措施).toBe('措施3');
    expect(ownedCellEdits).toMatchObject([{ side: 'mirror', found: { text: '别人改的' } }]);
    expect(diagnostics[0]?.message.zh).toContain('共享表中被改为“别人改的”，已恢复为“措施3”');
  });

  it('a conflict stops everything; a decision settles it', async () => {
    us.row(rowId(2)).measure = '台账的';
    review(rowId(2), '整改措施', '共享表的');
    review(rowId(0), '审核状态', '已销号');
    const stopped = await sync();
    expect(stopped).toMatchObject({ state: 'decision', calls: { write: 0 } });
    expect(us.row(rowId(0)).review ?? '').toBe('');
    expect(stopped.diagnostics[0]?.message.zh).toContain('台账改为“台账的”，共享表改为“共享表的”');
    expect(stopped.diagnostics[0]?.remedy.zh).toContain('--on-conflict source');
    const decided = await sync({ onConflict: 'mirror' });
    expect(decided.diagnostics.map(one => [one.check, one.level, one.remedy.zh])).toEqual([
      ['conflict', 'info', '不用处理；没有采用的内容保留在“修改不一致”表里，定错了可以照着改回'],
    ]);
    expect(us.row(rowId(2)).measure).toBe('共享表的');
    expect(us.row(rowId(0)).review).toBe('已销号');
    expect((await sync()).calls).toMatchObject({ write: 0 });
  });

  it('money, long texts and signs survive both ways', async () => {
    const row = us.row(rowId(5));
    row.due = '123456789.01';
    row.progress = '+86 @某 =1+1 1E5 😀';
    row.measure = '整'.repeat(30_000);
    await sync();
    expect(mirror().get(rowId(5))).toMatchObject({
      应追缴金额: '123456789.01',
      整改进展: '+86 @某 =1+1 1E5 😀',
      整改措施: '整'.repeat(30_000),
    });
    expect((await sync()).calls).toMatchObject({ write: 0 });
  });

  it('a column taken off the list leaves the mirror, and comes back when it is listed again', async () => {
    const all = us.settings;
    us.settings = { ...all, columns: ['序号', '反馈问题', '整改措施', '整改结果'] };
    person.insertColumn(1, '备注');
    person.type(2, 1, '审核方的备注', '整改台账');
    const { pushed } = await sync();
    // Each value that goes stands in the journal under its row.
    expect(pushed.filter(edit => edit.before === '1000.5').map(edit => [edit.row, edit.header])).toEqual([
      [rowId(2), '应追缴金额'],
    ]);
    const left = person.texts('整改台账').flat();
    expect(left.filter(text => text.startsWith('进展'))).toEqual([]);
    expect(left.filter(text => text === '1000.5')).toEqual([]);
    expect(left).toContain('审核方的备注');
    expect((await sync()).calls).toMatchObject({ write: 0 });
    us.settings = all;
    await sync();
    expect(mirror().get(rowId(2))).toMatchObject({ 整改进展: '进展3', 应追缴金额: '1000.5', 问题状态: '已完成' });
    expect((await sync()).calls).toMatchObject({ write: 0 });
  });

  it('a new row arrives, a row that leaves is emptied and keeps its review', async () => {
    review(rowId(10), '审核意见', '待补充');
    us.rows.push({ id: rowId(40), finding: '问题12：新增', measure: '措施12', result: '未启动' });
    await sync();
    expect(mirror().get(rowId(40))).toMatchObject({ 反馈问题: '问题12：新增', 问题状态: '未启动' });
    const [row, col] = cell(rowId(40), '审核状态');
    expect(person.sheet('整改台账').rows[row - 1]?.cells[col - 1]?.dataValidation).toBeDefined();
    us.rows.splice(10, 1);
    await sync();
    expect(mirror().get(rowId(10))).toMatchObject({
      反馈问题: '（本行已移出共享范围）',
      整改措施: '',
      审核意见: '待补充',
    });
    expect((await sync()).calls).toMatchObject({ write: 0 });
  });
});

describe('what people do on the mirror', () => {
  beforeEach(async () => {
    await sync();
    google.server.reset();
  });

  it('their columns, notes, rows and order stay', async () => {
    person.insertColumn(3, '巡察办批注');
    person.type(4, 3, '重点', '整改台账');
    person.note(5, 4, '一条备注', '整改台账');
    person.sort(2, person.column('反馈问题', '整改台账'), true, '整改台账');
    person.type(14, 4, '审核方自己的一行', '整改台账');
    person.rename('第三轮台账', '整改台账');
    us.row(rowId(1)).result = '已完成';
    const before = book.sheets[0]?.rows.map(row => row.cells[2]);
    const { diagnostics } = await sync();
    expect(book.sheets[0]?.title).toBe('第三轮台账');
    expect(book.sheets[0]?.rows.map(row => row.cells[2])).toEqual(before);
    expect(diagnostics.map(one => [one.check, one.message.zh])).toEqual([
      ['mirror-own-row', '共享表第 14 行是审核方自己加的行，没有带回台账，原样保留'],
      ['mirror-changed', '共享表的工作表由“整改台账”改名为“第三轮台账”，照常同步'],
      ['mirror-changed', '共享表里新加了“巡察办批注”栏，原样保留，不带回台账'],
      ['mirror-changed', '共享表的行排过序，已按行标识对应'],
    ]);
    expect(book.sheets[0]?.rows.some(row => row.cells.some(one => one?.note === '一条备注'))).toBe(true);
    person.rename('整改台账', '第三轮台账');
    expect(mirror().get(rowId(1))?.整改结果).toBe('已完成');
    expect([...mirror().keys()][0]).toBe(rowId(8));
  });

  it('a deleted row comes back with its review', async () => {
    review(rowId(4), '审核状态', '已退回');
    await sync();
    person.deleteRows(cell(rowId(4), '审核状态')[0], 1, '整改台账');
    await sync();
    expect(mirror().get(rowId(4))).toMatchObject({ 审核状态: '已退回', 反馈问题: '问题5：制度执行不到位' });
  });

  it('a deleted column comes back filled', async () => {
    person.deleteColumn(person.column('整改措施', '整改台账'), '整改台账');
    await sync();
    expect(mirror().get(rowId(6))).toMatchObject({ 整改措施: '措施7', 反馈问题: '问题7：制度执行不到位' });
    expect((await sync()).calls).toMatchObject({ write: 0 });
  });

  it('protection taken off is put on again and reported', async () => {
    person.removeProtection('整改台账');
    person.removeProtection('汇总');
    const { diagnostics, calls } = await sync();
    expect(diagnostics.map(one => one.check)).toEqual(['protection-missing', 'protection-missing']);
    expect(calls).toMatchObject({ write: 1 });
    expect(mayWrite(REVIEWER, 3, 3)).toBe(false);
    expect((await sync()).diagnostics).toEqual([]);
  });

  it('a reviewer let into a protected range is noticed', async () => {
    for (const one of person.sheet('整改台账').protections) one.editors?.users?.push(REVIEWER);
    const { diagnostics } = await sync();
    expect(diagnostics.map(one => one.check)).toEqual(['protection-missing']);
    expect(mayWrite(REVIEWER, 3, 3)).toBe(false);
  });

  it('half of the rows gone asks for a decision; accepted, they come back', async () => {
    person.deleteRows(4, 5, '整改台账');
    const stopped = await sync();
    expect(stopped).toMatchObject({ state: 'decision', massChanges: 1, calls: { write: 0 } });
    expect(stopped.diagnostics[0]?.remedy.zh).toMatch(
      /--accept-mass-change 重新运行：缺的行会按台账补回.*文件→版本记录/,
    );
    await sync({ acceptMassChange: true });
    expect(mirror().size).toBe(11);
  });

  it('a row moved between our read and our write gets its own values', async () => {
    us.row(rowId(1)).measure = '新措施二';
    us.row(rowId(8)).measure = '新措施九';
    let once = true;
    google.server.beforeCall = call => {
      if (call.write && once) {
        once = false;
        person.sort(2, person.column('反馈问题', '整改台账'), true, '整改台账');
      }
      return undefined;
    };
    const { notes } = await sync();
    expect(notes.length).toBeGreaterThan(0);
    for (const [id, row] of mirror()) expect(row.整改措施).toBe(us.row(id).measure);
  });

  it('another ledger’s mirror is refused', async () => {
    const other = new Office(office().rows, 'zzzz23456');
    await expect(other.sync(await open())).rejects.toMatchObject({ code: 'other-ledger', exit: 3 });
  });
});

it('ten thousand rows: first push in few parts below 2 MB, then one read', { timeout: 180_000 }, async () => {
  us = office(10_000);
  // Worked out once: this is about the mirror.
  const content = us.content();
  const still = { content, takeIn: async () => content };
  await sync(still);
  const writes = google.server.calls.filter(call => call.write);
  expect(writes.length).toBeLessThan(60);
  for (const call of writes) expect(Buffer.byteLength(call.body)).toBeLessThan(2_000_000);
  expect(mirror().size).toBe(10_000);
  google.server.reset();
  expect((await sync(still)).calls).toEqual({ read: 1, write: 0, drive: 1, signIn: 0 });
});
