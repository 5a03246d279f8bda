import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledger, type Ran } from '../support/cli.js';
import { changedParts } from '../support/excel/compare.js';
import { rawEntries } from '../support/excel/packages.js';
import { type Book, Person, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { configure, googleEnv, mirroredOffice, sharedBook } from '../support/mirrored-office.js';
import { typeOver } from '../support/type-into.js';

/* The office's workbook and its Google mirror, with the program as a whole process. */

let google: TestGoogle;
let book: Book;
let mirror: object;
let person: Person;

beforeEach(async () => {
  google = await startGoogle();
  ({ book, mirror } = sharedBook(google));
  person = new Person(book);
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

const run = (folder: string, ...args: string[]) => ledger(folder, args, googleEnv(google));
const sync = async (folder: string, ...args: string[]) => {
  const ran = await run(folder, 'sync', '--json', ...args);
  const parsed = JSON.parse(ran.out);
  return { ran, mirror: parsed.mirror, document: parsed, checks: checksOf(ran) };
};
const checksOf = (ran: Ran): string[] => JSON.parse(ran.out).diagnostics.map((one: { check: string }) => one.check);

/** Types into the mirror as a reviewer does. */
function review(finding: string, header: string, value: string): void {
  const row = person.rowOf(finding, person.column('反馈问题', '整改台账'), '整改台账');
  person.type(row, person.column(header, '整改台账'), value, '整改台账');
}

/** The ledger as an office sees it: finding → header → text. */
async function workbook(folder: string): Promise<Map<string, Record<string, string>>> {
  const file = new ExcelJS.Workbook();
  await file.xlsx.readFile(join(folder, '台账.xlsx'));
  const sheet = file.getWorksheet('整改台账');
  const lines: string[][] = [];
  sheet?.eachRow(row => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell, col) => {
      cells[col - 1] = cell.text;
    });
    lines.push(cells);
  });
  const [header = [], ...rows] = lines;
  return new Map(rows.map(row => [row[2] ?? '', Object.fromEntries(header.map((name, i) => [name, row[i] ?? '']))]));
}

const third = '第3项制度执行不到位';

describe('a review on the mirror', () => {
  it('closes in the same run without being taken for the office’s own closing', async () => {
    const folder = await mirroredOffice(mirror);
    const first = await sync(folder);
    expect(first.mirror).toMatchObject({ state: 'done', newRows: 11, calls: { read: 1, write: 1, drive: 1 } });
    const before = await workbook(folder);
    review(third, '审核状态', '已销号');
    review(third, '审核意见', '=材料齐全，同意');
    person.typeDate(4, person.column('销号日期', '整改台账'), '2023-10-18', '整改台账');
    const second = await sync(folder);
    expect(second.mirror).toMatchObject({ pulled: 3, calls: { read: 1, write: 1 } });
    expect(second.checks).not.toContain('closed-by-office');
    expect(second.document.counts.byStatus).toMatchObject({ closed: 1 });
    const after = await workbook(folder);
    expect(after.get(third)).toMatchObject({ 审核状态: '已销号', 审核意见: '=材料齐全，同意', 问题状态: '已销号' });
    // Nothing else in the ledger's rows moved.
    for (const [finding, row] of before) if (finding !== third) expect(after.get(finding)).toMatchObject(row);
    const last = await sync(folder);
    expect(last.checks).not.toContain('closed-by-office');
    expect(last.mirror).toMatchObject({ pulled: 0, pushed: 0, calls: { read: 1, write: 0 } });
    expect(last.document.writes.changed).toBe(false);
  });

  it('changes nothing in the workbook but its own cells: every other byte stays', async () => {
    const folder = await mirroredOffice(mirror);
    await sync(folder);
    review(third, '审核意见', '请补充清单');
    await sync(folder);
    const before = await rawEntries(readFileSync(join(folder, '台账.xlsx')));
    review(third, '审核意见', '清单已收到');
    review('第7项制度执行不到位', '审核意见', '同意');
    const { document } = await sync(folder);
    const edits: { store: string; header: string; cell: string }[] = document.plan.edits;
    expect(edits.map(edit => edit.header)).toEqual(['审核意见', '审核意见']);
    const column = edits[0]?.cell.replace(/\d+$/, '') ?? '';
    const after = await rawEntries(readFileSync(join(folder, '台账.xlsx')));
    expect([...after.keys()]).toEqual([...before.keys()]);
    const changed = changedParts(before, after, new Set([column]));
    expect(changed).toEqual({ sheets: ['xl/worksheets/sheet1.xml'], shared: [], added: [] });
  });

  it('that returns a finding re-opens it and counts it', async () => {
    const folder = await mirroredOffice(mirror);
    await sync(folder);
    review(third, '审核状态', '已退回');
    const returned = await sync(folder);
    expect(returned.document.counts.byStatus).toMatchObject({ done: 5 });
    expect((await workbook(folder)).get(third)).toMatchObject({
      审核状态: '已退回',
      问题状态: '整改中',
      退回次数: '1',
    });
    expect((await sync(folder)).document.writes.changed).toBe(false);
  });

  it('set by the office itself is none: reported, put back, kept in the journal', async () => {
    const folder = await mirroredOffice(mirror);
    await sync(folder);
    review(third, '审核状态', '已退回');
    await sync(folder);
    await typeOver(join(folder, '台账.xlsx'), '已退回', '已销号');
    const own = await sync(folder);
    expect(own.checks.filter(check => check === 'closed-by-office')).toHaveLength(1);
    expect((await workbook(folder)).get(third)).toMatchObject({ 审核状态: '已退回', 问题状态: '整改中' });
    const id = own.document.diagnostics.find((one: { check: string }) => one.check === 'closed-by-office').row;
    const log = await run(folder, 'log', '--row', id);
    expect(log.out).toContain('已销号');
  });
});

describe('a dry run', () => {
  it('says which way each cell would travel, and writes nothing anywhere', async () => {
    const folder = await mirroredOffice(mirror);
    const dry = await run(folder, 'sync', '--dry-run');
    expect(dry.err).toBe('');
    expect(dry.out).toContain('台账 → 共享表（新行 11 行）');
    expect(google.server.writes).toBe(0);
    expect(existsSync(join(folder, '.ledger'))).toBe(false);
    await sync(folder);
    review(third, '审核意见', '请补充清单');
    await typeOver(join(folder, '台账.xlsx'), '9月14日印发办法第4号', '9月24日印发办法第4号');
    const before = readFileSync(join(folder, '台账.xlsx'));
    google.server.reset();
    const second = await sync(folder, '--dry-run');
    expect(second.mirror).toMatchObject({ state: 'preview', pulled: 1, pushed: 1 });
    expect(second.document.plan.edits).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ store: 'source', header: '审核意见', after: '请补充清单' }),
        expect.objectContaining({ store: 'mirror', header: '整改进展', after: '9月24日印发办法第4号' }),
      ]),
    );
    const words = await run(folder, 'sync', '--dry-run');
    expect(words.out).toContain('共享表 → 台账');
    expect(google.server.writes).toBe(0);
    expect(readFileSync(join(folder, '台账.xlsx')).equals(before)).toBe(true);
    const done = await sync(folder);
    expect(done.mirror).toMatchObject({ pulled: 1, pushed: 1 });
  });

  it('makes no .xlsx mirror that is not there', async () => {
    const folder = await mirroredOffice({ to: '共享.xlsx' });
    const dry = await run(folder, 'sync', '--dry-run');
    expect(dry.out).toContain('台账 → 共享表（新行 11 行）');
    expect(existsSync(join(folder, '共享.xlsx'))).toBe(false);
  });

  it('of a conflict ends with 3 and shows both values', async () => {
    const folder = await mirroredOffice(mirror);
    await sync(folder);
    await typeOver(join(folder, '台账.xlsx'), '9月14日印发办法第4号', '台账改的');
    review('第4项制度执行不到位', '整改进展', '共享表改的');
    const dry = await run(folder, 'sync', '--dry-run');
    expect(dry.exit).toBe(3);
    expect(dry.out).toMatch(/问题4（第5行）“整改进展”：台账写“台账改的”，共享表写“共享表改的”/);
  });
});

describe('who decides', () => {
  it('both sides changed one cell: nothing is written until somebody decides, and the loser is kept', async () => {
    const folder = await mirroredOffice(mirror);
    await sync(folder);
    await typeOver(join(folder, '台账.xlsx'), '9月14日印发办法第4号', '台账改的');
    review('第4项制度执行不到位', '整改进展', '共享表改的');
    review(third, '审核状态', '已销号');
    const before = readFileSync(join(folder, '台账.xlsx'));
    google.server.reset();
    const stopped = await sync(folder);
    expect(stopped.ran.exit).toBe(3);
    expect(stopped.mirror).toMatchObject({
      state: 'decision',
      conflicts: [{ source: '台账改的', mirror: '共享表改的' }],
    });
    expect(google.server.writes).toBe(0);
    expect(readFileSync(join(folder, '台账.xlsx')).equals(before)).toBe(true);
    const decided = await sync(folder, '--on-conflict', 'mirror');
    expect(decided.mirror).toMatchObject({ state: 'done', conflicts: [{ decision: 'mirror' }] });
    const after = await workbook(folder);
    expect(after.get('第4项制度执行不到位')?.整改进展).toBe('共享表改的');
    expect(after.get(third)?.审核状态).toBe('已销号');
    const file = new ExcelJS.Workbook();
    await file.xlsx.readFile(join(folder, '台账.xlsx'));
    expect(JSON.stringify(file.getWorksheet('修改不一致')?.getSheetValues())).toContain('台账改的');
    expect((await sync(folder)).mirror).toMatchObject({ pushed: 0, pulled: 0, calls: { write: 0 } });
  });

  it('half of the mirror gone: asked about first, put back when it was meant', async () => {
    const folder = await mirroredOffice(mirror);
    await sync(folder);
    person.deleteRows(3, 6, '整改台账');
    const stopped = await sync(folder);
    expect(stopped.ran.exit).toBe(3);
    expect(stopped.checks).toContain('mass-change');
    const said = (await run(folder, 'sync')).out;
    expect(said).toMatch(
      /一下子改动太多，需要您确认；台账和共享表都没有写\n大批改动确属有意加 --accept-mass-change\n$/,
    );
    await sync(folder, '--accept-mass-change');
    expect(person.texts('整改台账')).toHaveLength(12);
  });
});

describe('what leaves the house', () => {
  it('is the list and nothing else: no other column, no hidden sheet, no secret row, no telephone', async () => {
    const folder = await mirroredOffice(mirror, number => ({
      ...(number === 2 ? { 整改进展: '联系人手机13812345678，9月12日印发' } : {}),
      ...(number === 5 ? { 公开范围: '涉密', 反馈问题: '这一项不得外传' } : {}),
      ...(number === 6 ? { 整改进展: '见会议纪要（秘密★3年）' } : {}),
    }));
    await sync(folder);
    await typeOver(join(folder, '台账.xlsx'), '9月14日印发办法第4号', '9月24日印发办法第4号');
    review(third, '审核状态', '已销号');
    await sync(folder);
    const sent = google.server.calls.map(call => call.body).join('\n');
    expect(sent).toContain('9月24日印发办法第4号');
    expect(sent).toContain('138****5678');
    for (const secret of ['不得外传', '研判', '13812345678', '李某', '张某', '办公室', '内部第', '秘密★', '社会公开'])
      expect(sent).not.toContain(secret);
  });

  it('keeps every text as it is on both sides', async () => {
    const texts = [
      '=1+1',
      '+86 138',
      '@某',
      "'引号",
      '320102199001011234',
      '1E5',
      '进展😀',
      '整'.repeat(50_000),
      '2023.9.1',
    ];
    const folder = await mirroredOffice({ ...mirror, mask: 'none' }, number => {
      const text = texts[number - 1];
      return text === undefined ? {} : { 整改进展: text };
    });
    // Excel keeps 32,767 characters in a cell; the mirror gets what the ledger holds.
    const wanted = [...(await workbook(folder)).values()].map(row => row.整改进展 ?? '');
    await sync(folder);
    const col = person.column('整改进展', '整改台账');
    const shown = person
      .texts('整改台账')
      .slice(1)
      .map(row => row[col - 1]);
    expect(shown).toEqual(wanted);
    for (const [index, text] of texts.slice(0, 7).entries()) {
      review(`第${index + 1}项制度执行不到位`, '审核意见', text);
    }
    await sync(folder);
    const notes = [...(await workbook(folder)).values()].map(row => row.审核意见);
    expect(notes.slice(0, 7)).toEqual(texts.slice(0, 7));
    expect((await sync(folder)).mirror).toMatchObject({ pulled: 0, pushed: 0, calls: { write: 0 } });
  });

  it('the key is named by a flag, the config or the environment, in this order', async () => {
    const folder = await mirroredOffice(mirror);
    const { LEDGER_GOOGLE_API_ROOT = '' } = googleEnv(google);
    const bare = { LEDGER_GOOGLE_API_ROOT };
    const none = await ledger(folder, ['sync'], bare);
    expect(none.exit).toBe(4);
    expect(none.err).toContain('--key-file');
    const key = google.options.keyFile;
    expect((await ledger(folder, ['sync', '--key-file', key], bare)).exit).toBeLessThan(2);
    const wrong = { ...bare, GOOGLE_APPLICATION_CREDENTIALS: join(folder, 'gone.json') };
    expect((await ledger(folder, ['doctor'], wrong)).out).toContain('打不开密钥文件');
    expect((await ledger(folder, ['doctor', '--key-file', key], wrong)).exit).toBe(0);
  });

  it('goes nowhere without an approval, and the approval is in the journal', async () => {
    const folder = await mirroredOffice({ ...mirror, approvedBy: undefined, approvedOn: undefined });
    expect((await sync(folder)).mirror).toMatchObject({ state: 'held' });
    expect(google.server.writes).toBe(0);
    configure(folder, mirror);
    await sync(folder);
    expect((await run(folder, 'log')).out).toContain('批准共享到');
  });
});

it('a review too long for a cell of the workbook stays on the mirror and is told, sync after sync', async () => {
  const folder = await mirroredOffice(mirror);
  await sync(folder);
  review(third, '审核意见', '意'.repeat(40_000));
  review(third, '审核状态', '已退回');
  for (const pulled of [1, 0]) {
    const ran = await sync(folder);
    expect(ran.mirror).toMatchObject({ pulled, restored: 0 });
    expect(ran.document.diagnostics.map((one: { message: string }) => one.message).join('')).toContain('有 40000 个字');
  }
  expect(person.at(4, person.column('审核意见', '整改台账'), '整改台账')).toHaveLength(40_000);
});

it('a passing fault is waited out, and the waiting is told', async () => {
  const folder = await mirroredOffice(mirror);
  let left = 1;
  google.server.beforeCall = call =>
    call.write && left-- > 0 ? { kind: 'status', status: 503, html: true, applied: true } : undefined;
  const first = await sync(folder);
  expect(first.ran.err).toMatch(/Google 没有正常应答（503），\d 秒后第 2 次尝试/);
  expect(first.mirror).toMatchObject({ state: 'done', calls: { read: 2, write: 1 } });
});

it('figures typed over on the mirror’s roll-up stand in the journal, with the mirror named', async () => {
  const folder = await mirroredOffice(mirror);
  await sync(folder);
  const figure = person.at(5, 2, '汇总');
  person.type(5, 2, 98, '汇总');
  const words = await run(folder, 'sync');
  expect(words.out).toContain('共享表：取回审核 0 格，更新 0 格，汇总、保护等有更新（Google 调用：读1次、写1次');
  person.type(5, 2, 99, '汇总');
  const { checks, mirror: said } = await sync(folder);
  expect(checks).toContain('owned-cell-edited');
  expect(said.calls).toMatchObject({ read: 1, write: 1 });
  expect(person.at(5, 2, '汇总')).toBe(figure);
  const told = await run(folder, 'sync');
  expect(told.out).toContain('共享表已经是最新的');
  expect((await run(folder, 'log')).out).toMatch(
    new RegExp(`共享表 汇总!B5 {2}“99” → “${figure}” {2}系统表上有人改过，按台账重写`),
  );
  expect((await run(folder, 'log', '--verify')).exit).toBe(0);
});

it('somebody who should not be able to open the mirror is named', async () => {
  const folder = await mirroredOffice({ ...mirror, readers: ['leader@example.org'] });
  google.server.share(book, 'leader@example.org', 'reader');
  google.server.share(book, 'stranger@example.org', 'reader');
  const { document } = await sync(folder);
  const open = document.diagnostics.filter((one: { check: string }) => one.check === 'mirror-open');
  expect(open.map((one: { message: string }) => one.message)).toEqual([
    'stranger@example.org 能打开这张共享表，但不在配置的名单上',
  ]);
});
