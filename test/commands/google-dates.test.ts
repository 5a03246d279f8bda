import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledger } from '../support/cli.js';
import { type Book, OFFICE, Person, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { configure, googleEnv, mirroredOffice, sharedBook } from '../support/mirrored-office.js';

/* A date is a day on the wall calendar: whatever the spreadsheet's locale and time zone, and whatever this computer's. */

let google: TestGoogle;

beforeEach(async () => {
  google = await startGoogle();
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

const MIRROR = '整改台账';
const DAY_ZERO = Date.UTC(1899, 11, 30);
/** The service's number of a day, with a part of a day for the time. */
const serial = (day: string, time = '00:00:00') => (Date.parse(`${day}T${time}Z`) - DAY_ZERO) / 86_400_000;

/** Locale and zone of the spreadsheet, how its browser shows dates, and the zone of this computer. */
const PLACES = [
  { locale: 'zh_CN', timeZone: 'Asia/Shanghai', pattern: 'yyyy"年"m"月"d"日"', here: 'America/Los_Angeles' },
  { locale: 'en_US', timeZone: 'America/Los_Angeles', pattern: 'm/d/yyyy', here: 'Asia/Shanghai' },
  { locale: 'de_DE', timeZone: 'Europe/Berlin', pattern: 'dd.mm.yyyy', here: 'Pacific/Kiritimati' },
  { locale: 'en_GB', timeZone: 'Pacific/Kiritimati', pattern: 'dd/mm/yyyy', here: 'Pacific/Pago_Pago' },
  { locale: 'ar_SA', timeZone: 'Pacific/Pago_Pago', pattern: undefined, here: 'Africa/Cairo' },
] as const;

type Looks = { readonly type: 'DATE' | 'DATE_TIME'; readonly pattern?: string };

function typeSerial(book: Book, title: string, row: number, col: number, value: number, looks: Looks): void {
  new Person(book).type(row, col, value, title);
  const cells = book.sheets.find(sheet => sheet.title === title)?.rows[row - 1]?.cells;
  if (cells !== undefined) cells[col - 1] = { ...cells[col - 1], userEnteredFormat: { numberFormat: looks } };
}

/** How a person's date looks there; without a pattern it is the locale's own. */
const looksOf = (type: Looks['type'], pattern: string | undefined): Looks =>
  pattern === undefined ? { type } : { type, pattern: type === 'DATE' ? pattern : `${pattern} hh:mm:ss` };

describe('an Excel ledger with a Google mirror', () => {
  for (const { locale, timeZone, pattern, here } of PLACES) {
    it(`a sheet in ${locale}, ${timeZone}; this computer in ${here}`, async () => {
      const { book, mirror } = sharedBook(google);
      Object.assign(book, { locale, timeZone });
      const folder = await mirroredOffice(mirror);
      configure(folder, { ...mirror, columns: ['序号', '反馈问题', '整改措施', '整改时限', '完成日期', '整改结果'] });
      const path = join(folder, '台账.xlsx');
      const file = new ExcelJS.Workbook();
      await file.xlsx.readFile(path);
      const sheet = file.getWorksheet(MIRROR);
      const header = Array.from({ length: 13 }, (_, index) => sheet?.getRow(1).getCell(index + 1).text ?? '');
      const done = header.indexOf('完成日期') + 1;
      const put = (row: number, value: Date, numFmt: string): void => {
        const cell = sheet?.getRow(row).getCell(done);
        if (cell === undefined) throw new Error('no cell');
        cell.value = value;
        cell.style = { numFmt };
      };
      put(2, new Date('2023-09-28T00:00:00Z'), 'yyyy-mm-dd');
      put(4, new Date('2023-10-01T23:59:30Z'), 'yyyy/m/d h:mm');
      put(6, new Date('2024-02-29T00:00:30Z'), 'd.m.yyyy');
      await file.xlsx.writeFile(path);
      const env = { ...googleEnv(google), TZ: here };
      const sync = async () => JSON.parse((await ledger(folder, ['sync', '--json'], env)).out);
      await sync();

      const person = new Person(book);
      const at = person.column('完成日期', MIRROR);
      const stored = (row: number) => book.sheets.find(one => one.title === MIRROR)?.rows[row - 1]?.cells[at - 1];
      for (const [row, day] of [
        [2, '2023-09-28'],
        [4, '2023-10-01'],
        [6, '2024-02-29'],
      ] as const) {
        expect(stored(row)?.userEnteredValue).toEqual({ numberValue: serial(day) });
        expect(stored(row)?.userEnteredFormat?.numberFormat?.type).toBe('DATE');
      }

      const closed = person.column('销号日期', MIRROR);
      typeSerial(book, MIRROR, 2, closed, serial('2023-10-18'), looksOf('DATE', pattern));
      typeSerial(book, MIRROR, 4, closed, serial('2023-12-31', '23:59:59'), looksOf('DATE_TIME', pattern));
      typeSerial(book, MIRROR, 6, closed, serial('2024-03-01', '00:00:01'), looksOf('DATE_TIME', pattern));
      person.type(8, closed, '2023年10月18日', MIRROR);
      const brought = await sync();
      expect(brought.mirror).toMatchObject({ pulled: 4 });
      const kept = new ExcelJS.Workbook();
      await kept.xlsx.readFile(path);
      const own = kept.getWorksheet(MIRROR);
      const col = Array.from({ length: 40 }, (_, index) => index + 1).find(
        one => own?.getRow(1).getCell(one).text === '销号日期',
      );
      const day = (row: number) => {
        const value = own?.getRow(row).getCell(col ?? 1).value;
        return value instanceof Date ? value.toISOString() : value;
      };
      expect(day(2)).toBe('2023-10-18T00:00:00.000Z');
      expect(day(4)).toBe('2023-12-31T00:00:00.000Z');
      expect(day(6)).toBe('2024-03-01T00:00:00.000Z');
      expect(day(8)).toBe('2023年10月18日');
      expect((await sync()).mirror).toMatchObject({ pulled: 0, pushed: 0, calls: { write: 0 } });
    });
  }
});

describe('a ledger on Google', () => {
  for (const { locale, timeZone, pattern, here } of PLACES) {
    it(`in ${locale}, ${timeZone}; this computer in ${here}`, async () => {
      const book = google.server.create(OFFICE, '整改台账');
      google.server.share(book, ROBOT, 'writer');
      Object.assign(book, { locale, timeZone });
      const person = new Person(book);
      person.rename(MIRROR);
      const rows: (string | number)[][] = [
        ['序号', '聚焦方面', '反馈问题', '整改措施', '责任部门', '整改时限', '整改结果', '完成日期'],
        [1, '（一）聚焦主责', '制度执行不到位', '修订制度3项', '办公室', '', '整改中', ''],
        [2, '', '违规发放补贴', '清退补贴', '财务科', '', '整改中', ''],
        [3, '', '资金监管不力', '建立台账', '财务科', '', '已完成', ''],
      ];
      for (const [row, line] of rows.entries()) {
        for (const [at, value] of line.entries()) if (value !== '') person.type(row + 1, at + 1, value);
      }
      typeSerial(book, MIRROR, 2, 6, serial('2023-10-19', '23:59:59'), looksOf('DATE_TIME', pattern));
      typeSerial(book, MIRROR, 3, 6, serial('2023-10-20', '00:00:01'), looksOf('DATE_TIME', pattern));
      typeSerial(book, MIRROR, 4, 8, serial('2023-09-28'), looksOf('DATE', pattern));
      const folder = await mirroredOffice({ to: '无' });
      const env = { ...googleEnv(google), TZ: here };
      const run = (...args: string[]) =>
        ledger(folder, ['sync', `google:${book.id}`, '--as-of', '2023-10-20', '--json', ...args], env);
      const first = JSON.parse((await run()).out);
      const overdue = first.diagnostics.filter((one: { check: string }) => one.check === 'overdue');
      // One second before midnight of the day before is a day late, one second into the day itself is not.
      expect(overdue.map((one: { finding: number }) => one.finding)).toEqual([1]);
      expect(person.at(2, person.column('逾期天数'))).toBe('1');
      expect(person.at(2, 6)).toBe(String(serial('2023-10-19', '23:59:59')));
      google.server.reset();
      const again = JSON.parse((await run('--dry-run')).out);
      expect(again.plan.edits).toEqual([]);
    });
  }
});
