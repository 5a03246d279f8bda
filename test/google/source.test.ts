import { afterEach, beforeEach, expect, it } from 'vitest';
import { examine } from '../../src/examine.js';
import type { Grid } from '../../src/model/grid.js';
import { isEmptyPlan, type Plan } from '../../src/model/plan.js';
import { type GoogleStore, openGoogle } from '../../src/stores/google/index.js';
import { planWrites } from '../../src/writeback/index.js';
import { type Book, OFFICE, Person, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { rowId } from '../support/mirror-office.js';
import { ledgerOf, onDay } from '../support/workbook.js';

/* A unit without Excel keeps the whole ledger in a Google Sheet: checks, write-back and roll-up happen there. */

let google: TestGoogle;
let book: Book;
let person: Person;
let store: GoogleStore;

const TABLE = [
  ['序号', '聚焦方面', '反馈问题', '整改措施', '整改时限', '整改结果', '应追缴金额', '已追缴金额'],
  [1, '（一）聚焦主责主业方面', '制度执行不到位', '修订制度', '集中整改期内', '已完成', '', ''],
  [2, '', '违规发放补贴', '清退补贴', '2023-09-30', '整改中', 1000.5, 900],
  ['', '', '', '开展自查', '', '整改中', '', ''],
  [3, '（二）聚焦群众身边腐败方面', '资金监管不力', '建立台账', '10月底前', '未启动', '', ''],
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
  store = await openGoogle(book.id, google.options);
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

function planFor(grid: Grid): Plan {
  const examined = examine(ledgerOf(grid), { asOf: onDay('2023-10-30'), levels: {}, mirrored: false });
  const ids = new Map(examined.ledger.main.rows.map((row, index) => [row.number, rowId(index)]));
  const plan = planWrites(examined, ids, { ledgerId: 'bcdf23456', findingIds: ['bbbb', 'bbbc', 'bbbd'] });
  // The server does not calculate: a formula shows what a spreadsheet program would make of it, as we cached it.
  for (const image of plan.images) {
    for (const cell of image.rows.flatMap(row => row.cells)) {
      if (cell?.content.kind !== 'formula') continue;
      const { formula, cached } = cell.content;
      results.set(
        `=${formula}`,
        cached.kind === 'number' ? { numberValue: Number(cached.text) } : { stringValue: cached.text },
      );
    }
  }
  google.server.calculate = formula => results.get(formula) ?? { errorValue: { type: 'NAME' } };
  return plan;
}
const results = new Map<string, { numberValue: number } | { stringValue: string }>();

it('is written back with columns, ids, roll-up and results, and the second run finds nothing to do', async () => {
  const first = planFor(await store.read());
  await store.apply(first);
  expect(google.server.calls.map(call => call.write)).toEqual([false, true]);
  expect(book.sheets.map(sheet => sheet.title)).toEqual(['整改台账', '汇总', '校验结果']);
  const status = person.column('问题状态');
  expect([2, 3, 5].map(row => person.at(row, status))).toEqual(['已完成', '整改中', '未启动']);
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
  const second = planFor(await store.read());
  expect(second.edits).toEqual([]);
  expect(second.images.map(image => image.name)).toEqual([]);
  expect(isEmptyPlan(second)).toBe(true);
});

it('a change of a cell changes only what follows from it', async () => {
  await store.apply(planFor(await store.read()));
  person.type(5, 6, '已完成');
  const plan = planFor(await store.read());
  expect(plan.edits.every(edit => edit.at.col > 8)).toBe(true);
  expect(plan.edits.map(edit => edit.header)).toContain('问题状态');
  google.server.reset();
  await store.apply(plan);
  expect(google.server.writes).toBe(1);
  expect(person.at(5, person.column('问题状态'))).toBe('已完成');
});

it('rows sorted while we write keep their own results', async () => {
  await store.apply(planFor(await store.read()));
  person.type(5, 6, '已完成');
  person.type(3, 8, 1000.5);
  const plan = planFor(await store.read());
  let once = true;
  google.server.beforeCall = call => {
    if (call.write && once) {
      once = false;
      person.sort(2, 4, true);
    }
    return undefined;
  };
  const { notes } = await store.apply(plan);
  expect(notes.length).toBeGreaterThan(0);
  const row = (text: string) => person.rowOf(text, 3);
  expect(person.at(row('资金监管不力'), person.column('问题状态'))).toBe('已完成');
  expect(person.at(row('违规发放补贴'), person.column('未追缴金额'))).toBe('0');
});
