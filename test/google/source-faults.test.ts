import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FAULTS } from '../support/google-faults.js';
import { copyOf } from '../support/google-server/book.js';
import { type Book, OFFICE, Person, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { inProcess } from '../support/in-process.js';

/*
 * A ledger that lives on Google, alone and with a mirror on Google, through the whole command: every fault at every call,
 * and random sequences of faults and of work on the sheets. The clock is the tests' own, so that waiting takes no time.
 */

const clock = vi.hoisted(() => {
  let now = Date.now();
  return {
    now: () => now,
    random: () => 0.5,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
});
/** What a spreadsheet makes of our formulas: what they were written with; the server does not calculate. */
const results = vi.hoisted(() => new Map<string, { numberValue: number } | { stringValue: string }>());

vi.mock('../../src/stores/google/calls.js', async original => {
  const real = await original<typeof import('../../src/stores/google/calls.js')>();
  return { ...real, realClock: clock, PATIENCE: { ...real.PATIENCE, timeoutMs: 200 } };
});
vi.mock('../../src/stores/google/requests.js', async original => {
  const real = await original<typeof import('../../src/stores/google/requests.js')>();
  const planBlocks: typeof real.planBlocks = (plan, book) => {
    for (const cell of plan.images.flatMap(image => image.rows.flatMap(row => row.cells))) {
      if (cell?.content.kind !== 'formula') continue;
      const { formula, cached } = cell.content;
      const value = cached.kind === 'number' ? { numberValue: Number(cached.text) } : { stringValue: cached.text };
      results.set(`=${formula}`, value);
    }
    return real.planBlocks(plan, book);
  };
  return { ...real, planBlocks };
});

const LEDGER = '整改台账';
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
  [1, '（一）聚焦主责主业', '制度执行不到位', '9月5日修订制度3项', '李某', '办公室', '2023-10-31', '已完成', '', ''],
  [2, '', '违规发放补贴', '9月8日清退补贴', '李某', '财务科', '2023-10-31', '整改中', 1000.5, 900],
  ['', '', '', '9月12日开展自查2次', '', '', '', '整改中', '', ''],
  [3, '（二）聚焦群众身边', '资金监管不力', '9月15日建立台账', '张某', '财务科', '2023-10-31', '未启动', '', ''],
];

let google: TestGoogle;
const folders: string[] = [];

beforeEach(async () => {
  google = await startGoogle();
  google.server.now = Date.now;
  google.server.calculate = formula => results.get(formula) ?? { errorValue: { type: 'NAME' } };
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type Place = { readonly folder: string; readonly book: Book; readonly mirror: Book | undefined };

function place(mirrored: boolean): Place {
  const book = google.server.create(OFFICE, '整改台账');
  google.server.share(book, ROBOT, 'writer');
  const person = new Person(book);
  person.rename(LEDGER);
  for (const [row, line] of TABLE.entries()) {
    for (const [col, value] of line.entries()) if (value !== '') person.type(row + 1, col + 1, value);
  }
  const mirror = mirrored ? google.server.create(OFFICE, '共享表') : undefined;
  if (mirror !== undefined) google.server.share(mirror, ROBOT, 'writer');
  const folder = mkdtempSync(join(tmpdir(), 'ledger-source-'));
  folders.push(folder);
  writeFileSync(
    join(folder, 'ledger.config.json'),
    JSON.stringify({
      source: `google:${book.id}`,
      asOf: '2023-10-20',
      google: { keyFile: google.options.keyFile, apiRoot: google.server.root },
      ...(mirror === undefined
        ? {}
        : {
            mirror: {
              to: `google:${mirror.id}`,
              rows: 'all',
              columns: ['序号', '聚焦方面', '反馈问题', '整改措施', '整改结果', '问题状态'],
              approvedBy: '张某',
              approvedOn: '2023-10-01',
            },
          }),
    }),
  );
  return { folder, book, mirror };
}

/** The same place, to be spoiled in another way: the books are put back, the folder is another. */
function again(there: Place, kept: { readonly book: Book; readonly mirror: Book | undefined }): Place {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-source-'));
  folders.push(folder);
  cpSync(there.folder, folder, { recursive: true });
  Object.assign(there.book, copyOf(kept.book));
  if (there.mirror !== undefined && kept.mirror !== undefined) Object.assign(there.mirror, copyOf(kept.mirror));
  return { ...there, folder };
}

const keep = ({ book, mirror }: Place) => ({
  book: copyOf(book),
  mirror: mirror === undefined ? undefined : copyOf(mirror),
});
/** Nobody types into the program's sheets in these tests: what the program wrote itself must not be taken for that. */
function tellsNoTyping({ folder }: Place, name: string): void {
  const root = join(folder, '.ledger');
  for (const id of readdirSync(root)) {
    const journal = join(root, id, 'journal.jsonl');
    if (existsSync(journal)) expect(readFileSync(journal, 'utf8'), name).not.toContain('系统表上有人改过');
  }
}

const sync = ({ folder }: Place) => inProcess(folder, 'sync', [], { json: true });

/** What changed since the last sync; a sync whose mirror was refused has written the ledger and told it already. */
const CHANGED = /^(?:新增|新完成|新销号|被退回|新逾期)（\d+个）$/;

/** All sheets as people see them; ids are made by chance, and are only counted. */
function shown({ book, mirror }: Place): unknown {
  return [book, ...(mirror === undefined ? [] : [mirror])].map(one => {
    const person = new Person(one);
    return one.sheets.map(sheet => {
      const [header = [], ...rows] = person.texts(sheet.title);
      const id = header.indexOf('行标识');
      const hide = (row: string[]) => row.map((text, at) => (at === id && text !== '' ? '一个标识' : text));
      const told = (row: string[]) => mirror !== undefined && CHANGED.test(row[0] ?? '');
      return [sheet.title, header, ...rows.filter(row => !told(row)).map(hide)];
    });
  });
}

/** Work on the ledger, and on the mirror, between two syncs. */
function work({ book, mirror }: Place): void {
  const person = new Person(book);
  person.type(5, person.column('整改结果', LEDGER), '已完成', LEDGER);
  person.type(3, person.column('已追缴金额', LEDGER), 1000.5, LEDGER);
  person.insertRows(5, 1, LEDGER);
  person.type(5, person.column('整改措施', LEDGER), '9月18日补充自查1次', LEDGER);
  person.type(5, person.column('整改结果', LEDGER), '整改中', LEDGER);
  if (mirror === undefined) return;
  const reviewer = new Person(mirror);
  reviewer.type(2, reviewer.column('审核状态', LEDGER), '已退回', LEDGER);
  reviewer.type(2, reviewer.column('审核意见', LEDGER), '请补充制度文本', LEDGER);
}

/** With LEDGER_SOURCE_SEEDS set, a mirrored ledger meets faults that last as well. */
const LONGER = process.env.LEDGER_SOURCE_SEEDS !== undefined;

for (const mirrored of [false, true]) {
  describe(`every fault at every call: a ledger on Google${mirrored ? ' with a mirror on Google' : ''}`, () => {
    for (const kind of Object.keys(FAULTS)) {
      it(`${kind}: the next clean sync ends where an undisturbed one does`, { timeout: 240_000 }, async () => {
        const fault = FAULTS[kind];
        const there = place(mirrored);
        const begin = keep(there);
        const first = again(there, begin);
        google.server.reset();
        expect((await sync(first)).exit).toBeLessThan(2);
        const calls = [google.server.calls.length];
        const wanted = [shown(first)];
        work(first);
        const middle = keep(first);
        const second = again(first, middle);
        google.server.reset();
        expect((await sync(second)).exit).toBeLessThan(2);
        calls.push(google.server.calls.length);
        wanted.push(shown(second));
        google.server.reset();
        await sync(second);
        expect(google.server.writes, 'undisturbed, nothing is left to be written').toBe(0);
        for (const [stage, count] of calls.entries()) {
          for (let at = 1; at <= count; at++) {
            for (const lasting of mirrored && !LONGER ? [false] : [false, true]) {
              const run = stage === 0 ? again(there, begin) : again(first, middle);
              google.server.reset();
              google.server.beforeCall = call =>
                (lasting ? call.number >= at : call.number === at) ? fault : undefined;
              const disturbed = await sync(run);
              google.server.beforeCall = () => undefined;
              const name = `${kind} at call ${at} of sync ${stage + 1}${lasting ? ', lasting' : ''}`;
              expect([0, 1, 3, 4], name).toContain(disturbed.exit);
              const clean = await sync(run);
              expect(clean.exit, `${name}: ${clean.warnings.join()}`).toBeLessThan(2);
              expect(shown(run), name).toEqual(wanted[stage]);
              tellsNoTyping(run, name);
              google.server.reset();
              await sync(run);
              expect(google.server.writes, name).toBe(0);
            }
          }
        }
      });
    }
  });
}

/** Marsaglia's xorshift, as in the sequences of the mirror. */
function random(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/** LEDGER_SOURCE_SEEDS=400 for a longer hunt. */
const SEQUENCES = Number(process.env.LEDGER_SOURCE_SEEDS ?? 60);

describe('random sequences of faults and of work on a ledger on Google', () => {
  for (let block = 0; block < 4; block++) {
    const from = (block * SEQUENCES) / 4 + 1;
    it(`seeds ${from} to ${from + SEQUENCES / 4 - 1}`, { timeout: 20_000 * SEQUENCES }, async () => {
      for (let seed = from; seed < from + SEQUENCES / 4; seed++) await sequence(seed);
    });
  }
});

async function sequence(seed: number): Promise<void> {
  const pick = random(seed);
  const there = place(seed % 2 === 0);
  const person = new Person(there.book);
  const passing = Object.values(FAULTS).filter(fault => fault.kind !== 'delay');
  let title = LEDGER;
  /** 整改措施, which tells a row in this test → what its 整改结果 was last set to. */
  const wanted = new Map(TABLE.slice(1).map(row => [String(row[3]), String(row[7])]));
  let made = 0;
  const column = (header: string) => person.column(header, title);
  const rowOf = (measure: string) => person.rowOf(measure, column('整改措施'), title);

  const work = (between: boolean): void => {
    const measures = [...wanted.keys()];
    const measure = measures[pick(measures.length)] ?? '';
    switch (pick(between ? 4 : 6)) {
      case 0: {
        const result = ['已完成', '整改中', '基本完成', '未启动'][pick(4)] ?? '整改中';
        wanted.set(measure, result);
        person.type(rowOf(measure), column('整改结果'), result, title);
        return;
      }
      case 1: {
        const row = rowOf(measure) + 1;
        const added = `9月20日新措施${seed}-${++made}`;
        person.insertRows(row, 1, title);
        wanted.set(added, '整改中');
        person.type(row, column('整改措施'), added, title);
        person.type(row, column('整改结果'), '整改中', title);
        return;
      }
      case 2:
        if (there.book.sheets.every(sheet => sheet.columnCount < 60)) {
          person.insertColumn(1 + pick(8), `备注${seed}-${pick(1000)}`, title);
        }
        return;
      case 3: {
        const ours = measures.filter(one => one.startsWith('9月20日'));
        const gone = ours[pick(Math.max(1, ours.length))];
        if (gone === undefined) person.hideRow(rowOf(measure), title);
        else {
          person.deleteRows(rowOf(gone), 1, title);
          wanted.delete(gone);
        }
        return;
      }
      case 4: {
        const to = `台账${pick(1000)}`;
        person.rename(to, title);
        title = to;
        return;
      }
      default: {
        // A program's cell, typed over.
        const header = person.texts(title)[0] ?? [];
        if (header.includes('问题状态')) person.type(rowOf(measure), column('问题状态'), '乱填', title);
      }
    }
  };

  const reviewer = there.mirror === undefined ? undefined : new Person(there.mirror);
  /** 整改措施 → what the reviewer last wrote beside it. */
  const reviews = new Map<string, string>();
  const review = (): void => {
    if (reviewer === undefined || !there.mirror?.sheets.some(sheet => sheet.title === LEDGER)) return;
    const column = (header: string) => reviewer.column(header, LEDGER);
    const shown = [...wanted.keys()].filter(one =>
      reviewer.texts(LEDGER).some(row => row[column('整改措施') - 1] === one),
    );
    const measure = shown[pick(Math.max(1, shown.length))];
    if (measure === undefined) return;
    reviews.set(measure, `意见${seed}-${pick(1000)}`);
    reviewer.type(
      reviewer.rowOf(measure, column('整改措施'), LEDGER),
      column('审核意见'),
      reviews.get(measure),
      LEDGER,
    );
  };

  for (let turn = 0; turn < 3; turn++) {
    work(false);
    review();
    google.server.beforeCall = call => {
      if (call.write && call.path.includes(there.book.id) && pick(4) === 0) work(true);
      if (call.write && there.mirror !== undefined && call.path.includes(there.mirror.id) && pick(4) === 0) review();
      return pick(4) === 0 ? passing[pick(passing.length)] : undefined;
    };
    const disturbed = await sync(there);
    expect([0, 1, 3, 4], `seed ${seed}: ${disturbed.warnings.join()}`).toContain(disturbed.exit);
  }
  google.server.beforeCall = () => undefined;
  const clean = await sync(there);
  expect(clean.exit, `seed ${seed}: ${clean.warnings.join()}`).toBeLessThan(2);
  google.server.reset();
  await sync(there);
  expect(google.server.writes, `seed ${seed}: nothing is left to be written`).toBe(0);
  tellsNoTyping(there, `seed ${seed}`);

  const [header = [], ...rows] = person.texts(title);
  const filled = rows.filter(
    row => row[header.indexOf('整改措施')] !== '' && row[header.indexOf('整改措施')] !== undefined,
  );
  const found = new Map(
    filled.map(row => [row[header.indexOf('整改措施')] ?? '', row[header.indexOf('整改结果')] ?? '']),
  );
  expect(Object.fromEntries(found), `seed ${seed}`).toEqual(Object.fromEntries(wanted));
  const ids = filled.map(row => row[header.indexOf('行标识')] ?? '');
  expect(new Set(ids).size, `seed ${seed}: ids`).toBe(wanted.size);
  expect(ids, `seed ${seed}`).not.toContain('');
  const headers = header.filter(text => ['问题状态', '行标识', '校验情况', '系统提示'].includes(text));
  expect(headers.length, `seed ${seed}: columns of ours doubled`).toBe(new Set(headers).size);
  // Ledger and mirror show the same rows, and the reviewer's words stand on both.
  const noted = (row: readonly string[], at: number): string => row[at] ?? '';
  for (const row of filled) {
    const measure = noted(row, header.indexOf('整改措施'));
    const at = header.indexOf('审核意见');
    expect(at < 0 ? '' : noted(row, at), `seed ${seed}: ${measure}, in the ledger`).toBe(reviews.get(measure) ?? '');
  }
  if (reviewer !== undefined) {
    const [names = [], ...lines] = reviewer.texts(LEDGER);
    const shown = lines.filter(line => noted(line, names.indexOf('整改措施')) !== '');
    const told = shown.map(line => ['整改措施', '整改结果', '审核意见'].map(name => noted(line, names.indexOf(name))));
    const expected = [...wanted].map(([measure, result]) => [measure, result, reviews.get(measure) ?? '']);
    expect(told.toSorted(), `seed ${seed}: on the mirror`).toEqual(expected.toSorted());
  }
  // An undisturbed first sync of what the people wrote says the same of every finding.
  const fresh = place(false);
  const other = new Person(fresh.book);
  for (let row = 2; row <= TABLE.length; row++)
    for (let col = 1; col <= 10; col++) other.type(row, col, undefined, LEDGER);
  const office = (TABLE[0] ?? []).map(String);
  for (const [index, row] of filled.entries()) {
    for (const [at, name] of office.entries()) {
      const text = row[header.indexOf(name)] ?? '';
      if (text !== '') other.type(index + 2, at + 1, /^[\d.]+$/.test(text) ? Number(text) : text, LEDGER);
    }
  }
  await sync(fresh);
  const status = (person: Person, sheet: string): string[] =>
    person
      .texts(sheet)
      .slice(1)
      .filter(row => row[person.column('整改措施', sheet) - 1])
      .map(row => row[person.column('问题状态', sheet) - 1] ?? '');
  expect(status(person, title), `seed ${seed}: statuses`).toEqual(status(other, LEDGER));
}
