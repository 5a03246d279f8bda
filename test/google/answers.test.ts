import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cellAt } from '../../src/model/grid.js';
import { openGoogle } from '../../src/stores/google/index.js';
import {
  type Book,
  OFFICE,
  Person,
  REVIEWER,
  ROBOT,
  startGoogle,
  type TestGoogle,
} from '../support/google-server/index.js';
import { type Office, office, rowId } from '../support/mirror-office.js';

/* What is asked of the service, and what it gives back: no more than is needed to know where every value stands. */

let google: TestGoogle;
let book: Book;
let person: Person;
let us: Office;

beforeEach(async () => {
  google = await startGoogle();
  book = google.server.create(OFFICE, '共享表');
  google.server.share(book, ROBOT, 'writer');
  google.server.share(book, REVIEWER, 'writer');
  person = new Person(book);
  us = office();
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

const sync = async () => us.sync(await openGoogle(book.id, google.options));

describe('bytes', () => {
  const rows = 2000;
  /** Bytes of the answers of the read and of the write. */
  const received = () =>
    [false, true].map(write =>
      google.server.calls
        .filter(call => call.path.startsWith('/v4/') && call.write === write)
        .reduce((sum, call) => sum + call.answered, 0),
    );

  beforeEach(() => {
    us = office(rows);
  });

  it('the first push asks for nothing back, a changed cell for the places only', async () => {
    await sync();
    expect(received()[1]).toBeLessThan(2000);
    google.server.reset();
    us.row(rowId(rows - 1)).progress = '已公示';
    await sync();
    const [read = 0, write = 0] = received();
    expect(google.server.writes).toBe(1);
    expect(write).toBeLessThan(read / 8);
    const sent = google.server.calls.find(call => call.write);
    expect(JSON.parse(sent?.body ?? '{}').responseRanges).toEqual(["'整改台账'!O:O", "'整改台账'!1:1"]);
  });

  it('each value comes once, and not indented', async () => {
    us = office();
    await sync();
    google.server.reset();
    await sync();
    const [before = 0] = received();
    const long = '整'.repeat(40_000);
    person.type(30, 4, long, '整改台账');
    google.server.reset();
    await sync();
    const [after = 0] = received();
    expect((after - before) / Buffer.byteLength(long)).toBeLessThan(1.1);
    for (const call of google.server.calls) expect(call.url.searchParams.get('prettyPrint')).toBe('false');
  });
});

describe('a sheet that somebody renames between our read and our write', () => {
  for (const first of [true, false]) {
    it(`is written all the same, whether the service looks for the ranges ${first ? 'before' : 'after'} it writes`, async () => {
      google.server.looksForRangesFirst = first;
      await sync();
      us.row(rowId(1)).measure = '新措施二';
      google.server.beforeCall = call => {
        if (call.write && book.sheets.some(sheet => sheet.title === '整改台账')) person.rename('第三轮', '整改台账');
        return undefined;
      };
      const { state } = await sync();
      expect(state).toBe('done');
      const row = person.rowOf(rowId(1), person.column('行标识', '第三轮'), '第三轮');
      expect(person.at(row, person.column('整改措施', '第三轮'), '第三轮')).toBe('新措施二');
      expect((await sync()).calls).toMatchObject({ write: 0 });
    });

    it(`and sorts as well: every value goes to its row (${first ? 'before' : 'after'})`, async () => {
      google.server.looksForRangesFirst = first;
      await sync();
      for (const at of [1, 4, 9]) us.row(rowId(at)).measure = `新措施${at}`;
      google.server.beforeCall = call => {
        if (call.write && book.sheets.some(sheet => sheet.title === '整改台账')) {
          person.sort(2, person.column('反馈问题', '整改台账'), true, '整改台账');
          person.rename('第三轮', '整改台账');
        }
        return undefined;
      };
      const { notes } = await sync();
      expect(notes.map(note => note.zh).join('')).toContain('改回正确的位置');
      const [header = [], ...lines] = person.texts('第三轮');
      for (const line of lines) {
        expect(line[header.indexOf('整改措施')]).toBe(us.row(line[header.indexOf('行标识')] ?? '').measure);
      }
    });
  }
});

describe('what a cell says', () => {
  it('a formula that shows nothing is no error', async () => {
    const store = await openGoogle(book.id, google.options);
    const row = book.sheets[0]?.rows[0];
    if (row === undefined) throw new Error('no row');
    row.cells[0] = { userEnteredValue: { formulaValue: '=IF(B1="","",B1)' } };
    google.server.calculate = () => ({ stringValue: '' });
    const sheet = (await store.read()).sheets[0];
    expect(sheet && cellAt(sheet, 1, 1)).toEqual({ kind: 'text', text: '', formula: 'IF(B1="","",B1)' });
  });

  it('a day written where somebody chose to show months only stays a day', async () => {
    const store = await openGoogle(book.id, google.options);
    person.type(1, 1, '完成日期');
    const row = book.sheets[0]?.rows[1];
    if (row === undefined) throw new Error('no row');
    row.cells[0] = {
      userEnteredValue: { numberValue: 45_000 },
      userEnteredFormat: { numberFormat: { type: 'DATE', pattern: 'yyyy"年"m"月"' } },
    };
    const grid = await store.read();
    const at = { sheet: '工作表1', row: 2, col: 1 };
    const after = { kind: 'date', text: '2023-10-18' } as const;
    await store.apply({
      target: grid.source,
      basedOn: grid.revision,
      ledgerId: 'bcd234567',
      expects: [],
      columns: [],
      widen: [],
      edits: [{ at, header: '', column: '', row: '', before: '', after, why: '' }],
      images: [],
    });
    const sheet = (await store.read()).sheets[0];
    expect(sheet && cellAt(sheet, 2, 1)).toEqual(after);
  });
});
