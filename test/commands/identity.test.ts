import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshFolder, ledger } from '../support/cli.js';
import { rawEntries } from '../support/excel/packages.js';
import { makeZip } from '../support/excel/zips.js';
import { rearrange, tableOf } from '../support/rearrange.js';

const asOf = ['--as-of', '2023-10-20'];
const header = ['序号', '反馈问题', '具体问题', '整改措施', '责任领导', '责任部门', '整改时限', '整改结果', '佐证材料'];

/** Every row names its finding, so that it can be sorted by any column. */
const rows: readonly (readonly (string | number | null)[])[] = [
  [1, '学习不深入', '次数不够', '每月集中学习一次', '张某', '办公室', '2023-12-31', '已完成', '第1盒P1'],
  [1, '学习不深入', '记录不全', '专人负责记录', '张某', '办公室', '2023-12-31', '整改中', null],
  [2, '制度不健全', null, '修订三项制度', '李某', '人事科', '2023-12-31', '已完成', '第1盒P2'],
  [3, '违规发放补贴', null, '清退全部补贴', '王某', '财务科', '2023-12-31', '未启动', null],
  [4, '公车管理松懈', null, '安装定位设备', '王某', '办公室', '2023-12-31', '已完成', '第1盒P3'],
];

async function write(file: string, content: readonly (readonly (string | number | null)[])[]): Promise<void> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('台账');
  for (const row of content) sheet.addRow([...row]);
  writeFileSync(file, Buffer.from(await book.xlsx.writeBuffer()));
}

const edit = (file: string, change: Parameters<typeof rearrange>[2]) => rearrange(file, '台账', change);

/** Column → value of every row, by its measure. */
async function seen(file: string): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const { header: head, rows: body } = await tableOf(file, '台账');
  const byMeasure = new Map<string, Record<string, string>>();
  for (const row of body) {
    const named = Object.fromEntries(head.map((name, index) => [name, row[index] ?? '']));
    if (named.整改措施 !== undefined && named.整改措施 !== '') byMeasure.set(named.整改措施, named);
  }
  return byMeasure;
}

type Edit = { readonly sheet: string; readonly header: string; readonly before: string; readonly after: string };

/** Cells of the ledger's own sheet that the next sync would write. */
async function planned(folder: string): Promise<readonly Edit[]> {
  const { out } = await ledger(folder, ['sync', '台账.xlsx', '--dry-run', '--json', ...asOf]);
  const edits: readonly Edit[] = JSON.parse(out).plan.edits;
  return edits.filter(one => one.sheet === '台账');
}

async function diagnosed(folder: string): Promise<readonly string[]> {
  const { out } = await ledger(folder, ['check', '台账.xlsx', '--json', ...asOf]);
  const all: readonly { readonly check: string }[] = JSON.parse(out).diagnostics;
  return all.map(one => one.check).filter(check => /row-moved|identity-lost|reference-moved/.test(check));
}

const sync = (folder: string) => ledger(folder, ['sync', '台账.xlsx', '--json', ...asOf]);

describe('a row is itself, wherever it stands', () => {
  let folder: string;
  let file: string;
  let before: Awaited<ReturnType<typeof seen>>;
  const idOf = (map: Awaited<ReturnType<typeof seen>>, measure: string) => map.get(measure)?.行标识;

  let prepared: string;

  /** A copy of a ledger that was synced once, with its state. */
  async function synced(): Promise<void> {
    folder = freshFolder();
    file = join(folder, '台账.xlsx');
    cpSync(prepared, folder, { recursive: true });
    before = await seen(file);
  }

  beforeAll(async () => {
    prepared = freshFolder();
    await write(join(prepared, '台账.xlsx'), [header, ...rows]);
    await sync(prepared);
    await synced();
  });

  it('first of all each row has an id of its own, and rows of a finding share its part', () => {
    const ids = [...before.values()].map(row => String(row.行标识));
    expect(new Set(ids).size).toBe(rows.length);
    expect(ids.every(id => /^\w+-\w+$/.test(id))).toBe(true);
    expect(ids[0]?.split('-')[0]).toBe(ids[1]?.split('-')[0]);
    expect(before.get('每月集中学习一次')?.问题状态).toBe('整改中');
    expect(before.get('修订三项制度')?.问题状态).toBe('已完成');
  });

  it('sorted by leader, upside down: ids and statuses go along, nothing is written to them', async () => {
    await synced();
    await edit(file, (body, at) =>
      body.sort((a, b) => (b[at('责任领导')] ?? '').localeCompare(a[at('责任领导')] ?? '', 'zh')),
    );
    expect(await planned(folder)).toEqual([]);
    await sync(folder);
    const after = await seen(file);
    for (const [measure, row] of before) expect(after.get(measure)).toEqual(row);
    expect(await diagnosed(folder)).toEqual([]);
  });

  it('rows of one finding upside down: what is told of the finding moves to its first row, ids stay', async () => {
    await synced();
    await edit(file, body => body.reverse());
    const plan = await planned(folder);
    expect(new Set(plan.map(one => one.header))).not.toContain('行标识');
    await sync(folder);
    const after = await seen(file);
    for (const measure of before.keys()) expect(idOf(after, measure)).toBe(idOf(before, measure));
    expect(after.get('专人负责记录')?.问题状态).toBe('整改中');
    expect(after.get('每月集中学习一次')?.问题状态).toBe('');
  });

  it('a row put in between gets an id, the others keep theirs', async () => {
    await synced();
    await edit(file, (body, at) => {
      const fresh = (body[0] ?? []).map(() => '');
      for (const [name, value] of [
        ['序号', '5'],
        ['反馈问题', '会风不实'],
        ['整改措施', '压减会议三分之一'],
        ['责任领导', '赵某'],
        ['责任部门', '办公室'],
        ['整改时限', '2023-12-31'],
        ['整改结果', '整改中'],
      ] as const)
        fresh[at(name)] = value;
      return [...body.slice(0, 2), fresh, ...body.slice(2)];
    });
    const plan = await planned(folder);
    expect(plan.filter(one => one.header === '行标识').map(one => one.before)).toEqual(['']);
    await sync(folder);
    const after = await seen(file);
    for (const [measure, row] of before) expect(after.get(measure)).toEqual(row);
    expect(String(idOf(after, '压减会议三分之一'))).toMatch(/^\w+-\w+$/);
    expect([...before.values()].map(row => row.行标识)).not.toContain(idOf(after, '压减会议三分之一'));
  });

  it('a row taken out leaves the others as they are', async () => {
    await synced();
    await edit(file, body => body.slice(0, 4));
    expect(await planned(folder)).toEqual([]);
    await sync(folder);
    const after = await seen(file);
    expect([...after.keys()]).toEqual([...before.keys()].filter(measure => measure !== '安装定位设备'));
    for (const [measure, row] of after) expect(row).toEqual(before.get(measure));
  });

  it('a copied row gets a new id, quietly; the row it was copied from keeps its own', async () => {
    await synced();
    await edit(file, (body, at) => {
      const copy = [...(body[2] ?? [])];
      copy[at('整改措施')] = '汇编全部制度';
      return [...body.slice(0, 3), copy, ...body.slice(3)];
    });
    await sync(folder);
    const after = await seen(file);
    expect(idOf(after, '修订三项制度')).toBe(idOf(before, '修订三项制度'));
    expect(idOf(after, '汇编全部制度')).not.toBe(idOf(before, '修订三项制度'));
    expect(await diagnosed(folder)).toEqual([]);
  });

  it('序号 given anew: the same findings with other numbers, no id changes', async () => {
    await synced();
    const renumbered: Readonly<Record<string, string>> = { '1': '4', '2': '3', '3': '2', '4': '1' };
    await edit(file, (body, at) =>
      body.map(row => row.map((cell, col) => (col === at('序号') ? (renumbered[cell] ?? cell) : cell))),
    );
    const plan = await planned(folder);
    expect(plan.map(one => one.header)).not.toContain('行标识');
    await sync(folder);
    const after = await seen(file);
    for (const [measure, row] of before) {
      expect(idOf(after, measure)).toBe(row.行标识);
      expect(after.get(measure)?.问题状态).toBe(row.问题状态);
    }
    expect(await diagnosed(folder)).toEqual([]);
  });

  it('the id column is hidden, and shown it is the same column', async () => {
    await synced();
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    const sheet = book.getWorksheet('台账');
    const at = (await tableOf(file, '台账')).header.indexOf('行标识') + 1;
    expect(sheet?.getColumn(at).hidden).toBe(true);
    // As a person shows it: the sheet part loses the mark, nothing else changes.
    const entries = await rawEntries(readFileSync(file));
    writeFileSync(
      file,
      makeZip(
        [...entries].map(([name, { content }]) => ({
          name,
          content: /worksheets\/sheet\d+\.xml$/.test(name)
            ? content.toString('utf8').replace(/(<col [^>]*?) hidden="1"/g, '$1')
            : content,
        })),
      ),
    );
    await book.xlsx.readFile(file);
    expect(book.getWorksheet('台账')?.getColumn(at).hidden).toBe(false);
    expect(await planned(folder)).toEqual([]);
  });

  it('one word changed: the plan shows what follows from it and nothing else', async () => {
    await synced();
    await edit(file, (body, at) => {
      const row = body[1];
      if (row !== undefined) row[at('整改结果')] = '已完成';
      return body;
    });
    const plan = await planned(folder);
    expect(plan.find(one => one.header === '问题状态')).toMatchObject({ before: '整改中', after: '已完成' });
    expect(plan.map(one => one.header).filter(name => !/^(问题状态|校验情况|系统提示)$/.test(name))).toEqual([]);
  });

  describe('sorted so that a row with a blank finding comes under another one', () => {
    const blank = (row: (typeof rows)[number]) => row.map((cell, col) => (col < 2 ? null : cell));

    beforeAll(async () => {
      folder = freshFolder();
      file = join(folder, '台账.xlsx');
      await write(file, [header, rows[0] ?? [], blank(rows[1] ?? []), ...rows.slice(2)]);
      await sync(folder);
      before = await seen(file);
      await edit(file, body => [...body.slice(0, 1), ...body.slice(2, 3), ...body.slice(1, 2), ...body.slice(3)]);
    });

    it('it is said, with both findings', async () => {
      const { out } = await ledger(folder, ['check', '台账.xlsx', '--json', ...asOf]);
      const said = JSON.parse(out).diagnostics.filter((one: { check: string }) => one.check === 'row-moved');
      expect(said.map((one: { message: string }) => one.message)).toEqual([
        expect.stringMatching(/学习不深入.*制度不健全.*仍按原来的问题计算/),
      ]);
    });

    it('and no status changes hands: neither in the rows nor in the figures', async () => {
      const ran = await sync(folder);
      expect(ran.exit).toBe(1);
      expect(JSON.parse(ran.out).counts).toMatchObject({
        findings: 4,
        byStatus: { done: 2, 'in-progress': 1, 'not-started': 1 },
      });
      const after = await seen(file);
      for (const [measure, row] of before) {
        expect(idOf(after, measure)).toBe(row.行标识);
        expect(after.get(measure)?.问题状态).toBe(row.问题状态);
      }
      expect(JSON.parse((await sync(folder)).out).writes.changed).toBe(false);
    });

    it('above its finding, too', async () => {
      await edit(file, body => [...body.slice(1, 3), ...body.slice(0, 1), ...body.slice(3)]);
      const after = await sync(folder);
      expect(JSON.parse(after.out).counts).toMatchObject({ findings: 4, byStatus: { done: 2, 'in-progress': 1 } });
      expect((await seen(file)).get('每月集中学习一次')?.问题状态).toBe('整改中');
    });

    it('until the row names its finding', async () => {
      await edit(file, (body, at) =>
        body.map(row => {
          if (row[at('整改措施')] !== '专人负责记录') return row;
          const named = [...row];
          named[at('序号')] = '2';
          named[at('反馈问题')] = '制度不健全';
          return named;
        }),
      );
      const after = await sync(folder);
      expect(JSON.parse(after.out).counts).toMatchObject({ findings: 4, byStatus: { done: 2, 'in-progress': 1 } });
      expect((await seen(file)).get('每月集中学习一次')?.问题状态).toBe('已完成');
      expect(await diagnosed(folder)).toEqual([]);
    });

    it('with the state lost, no inner id is shown to a person', async () => {
      folder = freshFolder();
      file = join(folder, '台账.xlsx');
      await write(file, [header, rows[0] ?? [], blank(rows[1] ?? []), ...rows.slice(2)]);
      await sync(folder);
      rmSync(join(folder, '.ledger'), { recursive: true });
      await edit(file, body => [...body.slice(0, 1), ...body.slice(2, 3), ...body.slice(1, 2), ...body.slice(3)]);
      const { out } = await ledger(folder, ['check', '台账.xlsx', '--json', ...asOf]);
      const [said] = JSON.parse(out).diagnostics.filter((one: { check: string }) => one.check === 'row-moved');
      expect(said.message).toContain('原来属于“学习不深入”');
    });
  });
});
