import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CellRef, Grid } from '../../src/model/grid.js';
import { cellAt } from '../../src/model/grid.js';
import type { Content, Edit, Plan } from '../../src/model/plan.js';
import { type GoogleStore, openGoogle } from '../../src/stores/google/index.js';
import { StoreError } from '../../src/stores/store.js';
import { type Book, OFFICE, Person, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';

let google: TestGoogle;
let book: Book;
let person: Person;
let store: GoogleStore;

beforeEach(async () => {
  google = await startGoogle();
  book = google.server.create(OFFICE, '整改台账');
  google.server.share(book, ROBOT, 'writer');
  person = new Person(book);
  person.rename('台账');
  person.type(1, 1, '序号');
  person.type(1, 2, '反馈问题');
  person.type(1, 3, '整改结果');
  for (let n = 1; n <= 6; n++) {
    person.type(n + 1, 1, n);
    person.type(n + 1, 2, `问题${n}`);
    person.type(n + 1, 3, '整改中');
  }
  store = await openGoogle(book.id, google.options);
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

function plan(grid: Grid, changes: Partial<Plan>): Plan {
  return {
    target: grid.source,
    basedOn: grid.revision,
    ledgerId: grid.ledgerId ?? 'bcd234567',
    expects: [],
    columns: [],
    widen: [],
    edits: [],
    images: [],
    ...changes,
  };
}

function edit(row: number, col: number, after: Content, id = ''): Edit {
  const at: CellRef = { sheet: '台账', row, col };
  return { at, header: '', column: `c${col}`, row: id, before: '', after, why: '' };
}

const text = (value: string): Content => ({ kind: 'text', text: value });

/** Adds the program's id column D and a status column E, and fills the ids. */
async function firstContact(): Promise<void> {
  const grid = await store.read();
  const column = { sheet: '台账', headerRow: 1, headerRows: 1, width: 8, headerStyle: { bold: true } };
  await store.apply(
    plan(grid, {
      columns: [
        { ...column, key: 'findingStatus', col: 4, header: '问题状态', hidden: false },
        { ...column, key: 'rowId', col: 5, header: '行标识', hidden: true },
      ],
      edits: Array.from({ length: 6 }, (_, i) => edit(i + 2, 5, text(`f-${i + 1}`), `f-${i + 1}`)),
    }),
  );
}

/** Row id → what stands in the status column of that row. */
function statuses(): Record<string, string> {
  const id = person.column('行标识');
  const status = person.column('问题状态');
  const out: Record<string, string> = {};
  for (let row = 2; row <= 12; row++) if (person.at(row, id) !== '') out[person.at(row, id)] = person.at(row, status);
  return out;
}

describe('reading', () => {
  it('gives text, numbers in their shortest decimal form, dates by format, booleans, errors and formulas', async () => {
    person.type(2, 4, 1173.3);
    person.type(3, 4, 1e21);
    person.type(4, 4, 1e-7);
    person.typeDate(5, 4, '2023-07-28');
    const row = book.sheets[0]?.rows[5];
    if (row) row.cells[3] = { userEnteredValue: { formulaValue: '=SUM(D2:D3)' } };
    google.server.calculate = () => ({ numberValue: 0.1 + 0.2 });
    person.type(7, 4, '012345678901234567');
    const sheet = (await store.read()).sheets[0];
    if (sheet === undefined) throw new Error('no sheet');
    const at = (r: number) => cellAt(sheet, r, 4);
    expect(at(2)).toEqual({ kind: 'number', text: '1173.3' });
    expect(at(3)).toEqual({ kind: 'number', text: '1000000000000000000000' });
    expect(at(4)).toEqual({ kind: 'number', text: '0.0000001' });
    expect(at(5)).toEqual({ kind: 'date', text: '2023-07-28' });
    expect(at(6)).toEqual({ kind: 'number', text: '0.3', formula: 'SUM(D2:D3)' });
    expect(at(7)).toEqual({ kind: 'text', text: '012345678901234567' });
    expect(google.server.calls).toHaveLength(1);
  });

  it('changes its revision when a person changes anything, and only then', async () => {
    const first = (await store.read()).revision;
    expect((await store.read()).revision).toBe(first);
    person.type(3, 3, '已完成');
    expect((await store.read()).revision).not.toBe(first);
  });

  it('knows hidden rows', async () => {
    person.hideRow(3);
    expect((await store.read()).sheets[0]?.rows.map(row => row.hidden)).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('writing', () => {
  it('makes one read and one write, marks its columns, and nothing else changes', async () => {
    person.note(3, 2, '审核人的备注');
    await firstContact();
    expect(google.server.reads).toBe(1);
    expect(google.server.writes).toBe(1);
    const grid = await store.read();
    expect(grid.ledgerId).toBe('bcd234567');
    expect([...(grid.sheets[0]?.markers ?? [])]).toEqual([
      ['findingStatus', 4],
      ['rowId', 5],
    ]);
    expect(person.texts()[2]).toEqual(['2', '问题2', '整改中', '', 'f-2']);
    expect(book.sheets[0]?.rows[2]?.cells[1]?.note).toBe('审核人的备注');
  });

  it('gives back the revision that the next read finds', async () => {
    const grid = await store.read();
    const { revision } = await store.apply(plan(grid, { edits: [edit(2, 4, text('甲'))] }));
    expect((await store.read()).revision).toBe(revision);
  });

  it('keeps every text as it is, dates as dates and long numbers in all their digits', async () => {
    const wanted: Content[] = [
      text('=1+1'),
      text('+86'),
      text('@某'),
      text("'单引号"),
      text('1E5'),
      text('汉'.repeat(50_000)),
      text('😀 第一行\n第二行'),
      { kind: 'date', text: '2023-10-30' },
      { kind: 'date', text: '2023-10' },
      { kind: 'number', text: '521992.50' },
      { kind: 'number', text: '123456789012345678' },
    ];
    const grid = await store.read();
    await store.apply(plan(grid, { edits: wanted.map((content, i) => edit(2, 5 + i, content)) }));
    const sheet = (await store.read()).sheets[0];
    if (sheet === undefined) throw new Error('no sheet');
    const found = wanted.map((_, i) => cellAt(sheet, 2, 5 + i));
    expect(found.map(cell => cell?.text)).toEqual([
      ...wanted.slice(0, 9).map(content => ('text' in content ? content.text : '')),
      '521992.5',
      '123456789012345678',
    ]);
    expect(found.map(cell => cell?.kind)).toEqual([...Array(7).fill('text'), 'date', 'date', 'number', 'text']);
    expect(found.every(cell => cell?.formula === undefined)).toBe(true);
  });

  it('turns a cell that somebody formatted as a date back into a number', async () => {
    person.typeDate(2, 4, '1900-03-01');
    const grid = await store.read();
    await store.apply(plan(grid, { edits: [edit(2, 4, { kind: 'number', text: '61' })] }));
    const sheet = (await store.read()).sheets[0];
    expect(sheet && cellAt(sheet, 2, 4)).toEqual({ kind: 'number', text: '61' });
  });

  it('inserts new rows, so that a line typed below meanwhile stays', async () => {
    await firstContact();
    const grid = await store.read();
    google.server.beforeCall = call => {
      if (call.write) person.type(8, 2, '审核人自己的一行');
      return undefined;
    };
    await store.apply(plan(grid, { edits: [edit(8, 2, text('问题7'), 'f-7'), edit(8, 5, text('f-7'), 'f-7')] }));
    expect(
      person
        .texts()
        .slice(7)
        .map(row => row[1]),
    ).toEqual(['问题7', '审核人自己的一行']);
  });

  it('refuses a plan for a sheet that was read in another state', async () => {
    const grid = await store.read();
    person.type(2, 2, '改过');
    await store.read();
    await expect(store.apply(plan(grid, { edits: [edit(2, 4, text('甲'))] }))).rejects.toMatchObject({
      code: 'stale',
      exit: 3,
    });
    expect(google.server.writes).toBe(0);
  });

  it('lets only one of two runs that start from the same state write', async () => {
    await firstContact();
    const other = await openGoogle(book.id, google.options);
    const [mine, theirs] = [await store.read(), await other.read()];
    await other.apply(plan(theirs, { edits: [edit(2, 4, text('对方'), 'f-1')] }));
    await expect(store.apply(plan(mine, { edits: [edit(2, 4, text('本机'), 'f-1')] }))).rejects.toMatchObject({
      code: 'stale',
    });
    expect(person.at(2, 4)).toBe('对方');
  });

  it('makes and replaces sheets of its own, beside a sheet of the office with the same name', async () => {
    book.sheets.push({ ...structuredClone(book.sheets[0] ?? never()), id: 77, title: '汇总' });
    const grid = await store.read();
    const image = {
      role: 'rollup' as const,
      name: '汇总',
      widths: [10, 8],
      merges: [],
      frozenRows: 1,
      bars: [],
      landscape: false,
    };
    const rows = (values: string[]) => values.map(value => ({ cells: [{ content: text(value) }] }));
    await store.apply(plan(grid, { images: [{ ...image, rows: rows(['甲', '乙', '丙']) }] }));
    expect(book.sheets.map(sheet => sheet.title)).toEqual(['台账', '汇总', '汇总（系统）']);
    await store.apply(plan(await store.read(), { images: [{ ...image, rows: rows(['丁']) }] }));
    expect(person.texts('汇总（系统）')).toEqual([['丁']]);
    expect((await store.read()).sheets[2]?.role).toBe('rollup');
  });

  it('cuts a large plan into parts below 2 MB, each with its own token', async () => {
    const grid = await store.read();
    const edits = Array.from({ length: 3000 }, (_, i) => [
      edit(8 + i, 1, text(`id-${i}`), `id-${i}`),
      edit(8 + i, 2, text('整改'.repeat(150)), `id-${i}`),
    ]).flat();
    await store.apply(plan(grid, { edits }));
    const writes = google.server.calls.filter(call => call.write);
    expect(writes.length).toBeGreaterThan(1);
    for (const call of writes) expect(Buffer.byteLength(call.body)).toBeLessThan(2_000_000);
    expect(person.texts()).toHaveLength(3007);
    expect(book.metadata.filter(one => one.metadataKey === 'ledger.sync')).toHaveLength(writes.length);
  });
});

describe('people who move rows between our read and our write', () => {
  const all = { 'f-1': '新1', 'f-2': '新2', 'f-3': '新3', 'f-4': '新4', 'f-5': '新5', 'f-6': '新6' };
  const acts: Record<string, { act: (person: Person) => void; left?: Record<string, string> }> = {
    'insert a row': { act: p => p.insertRows(3) },
    'insert a row above the header': { act: p => p.insertRows(1) },
    'sort by number, descending': { act: p => p.sort(2, 1, true) },
    'rename the sheet': { act: p => p.rename('改名') },
    'add a column at the left': { act: p => p.insertColumn(1, '备注') },
    'add a column in the middle': { act: p => p.insertColumn(3, '备注') },
    'add a column and sort': {
      act: p => {
        p.insertColumn(3, '备注');
        p.sort(2, 1, true);
      },
    },
    'delete a row': {
      act: p => p.deleteRows(4),
      left: { 'f-1': '新1', 'f-2': '新2', 'f-4': '新4', 'f-5': '新5', 'f-6': '新6' },
    },
  };
  for (const [name, { act, left }] of Object.entries(acts)) {
    it(`no value lands on a wrong row: ${name}`, async () => {
      await firstContact();
      const grid = await store.read();
      let once = true;
      google.server.beforeCall = call => {
        if (call.write && once) {
          once = false;
          act(person);
        }
        return undefined;
      };
      const edits = Array.from({ length: 6 }, (_, i) => edit(i + 2, 4, text(`新${i + 1}`), `f-${i + 1}`));
      const { notes } = await store.apply(plan(grid, { edits }));
      if (name.includes('header')) person.deleteRows(1);
      expect(statuses()).toEqual(left ?? all);
      const problems = person
        .texts()
        .slice(1)
        .filter(row => row.join('') !== '');
      for (const row of problems) {
        const id = row[person.column('行标识') - 1];
        expect(row[person.column('反馈问题') - 1]).toBe(`问题${id?.slice(2)}`);
        expect(row[person.column('整改结果') - 1]).toBe('整改中');
      }
      if (!name.includes('rename')) expect(notes.length).toBeGreaterThan(0);
    });
  }

  for (const sorted of [false, true]) {
    it(`a column added${sorted ? ', rows sorted' : ''}: a value meant for the column beside the ids destroys none of them`, async () => {
      await firstContact();
      person.type(1, 6, '审核意见');
      const grid = await store.read();
      let once = true;
      google.server.beforeCall = call => {
        if (call.write && once) {
          once = false;
          person.insertColumn(3, '备注');
          if (sorted) person.sort(2, 1, true);
        }
        return undefined;
      };
      const edits = [2, 3, 6].map(row => edit(row, 6, text(`意见${row - 1}`), `f-${row - 1}`));
      const { notes } = await store.apply(plan(grid, { edits }));
      expect(notes.length).toBeGreaterThan(0);
      for (let n = 1; n <= 6; n++) {
        const row = person.rowOf(`问题${n}`, 2);
        expect(person.at(row, person.column('行标识'))).toBe(`f-${n}`);
        expect(person.at(row, person.column('审核意见'))).toBe([1, 2, 5].includes(n) ? `意见${n}` : '');
      }
    });
  }

  it('puts first ids on the right rows even when rows are sorted meanwhile', async () => {
    google.server.beforeCall = call => {
      if (call.write && google.server.writes === 1) person.sort(2, 1, true);
      return undefined;
    };
    await firstContact();
    for (let n = 1; n <= 6; n++) expect(person.at(person.rowOf(`问题${n}`, 2), 5)).toBe(`f-${n}`);
  });
});

describe('refusals', () => {
  it('explains a sheet that is not shared, one that does not exist, and an API that is off', async () => {
    const foreign = google.server.create(OFFICE);
    await expect((await openGoogle(foreign.id, google.options)).read()).rejects.toMatchObject({
      code: 'not-shared',
      exit: 4,
    });
    const gone = await openGoogle('x'.repeat(44), google.options);
    const error = await gone.read().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StoreError);
    expect(error instanceof StoreError && error.text.zh).toContain(ROBOT);
    expect(error).toMatchObject({ code: 'not-found' });
    google.server.disabled = true;
    await expect(store.read()).rejects.toMatchObject({ code: 'api-disabled' });
  });

  it('says who has to be let in when somebody protected a range', async () => {
    book.sheets[0]?.protections.push({ protectedRangeId: 1, range: { sheetId: 0 }, editors: { users: [OFFICE] } });
    const grid = await store.read();
    await expect(store.apply(plan(grid, { edits: [edit(2, 4, text('甲'))] }))).rejects.toMatchObject({
      code: 'protected',
    });
    expect(person.at(2, 4)).toBe('');
  });

  it('refuses a sheet of another ledger', async () => {
    await firstContact();
    const grid = await store.read();
    await expect(store.apply(plan(grid, { ledgerId: 'other', edits: [edit(2, 4, text('甲'))] }))).rejects.toMatchObject(
      {
        code: 'other-ledger',
      },
    );
  });
});

function never(): never {
  throw new Error('cannot be');
}
