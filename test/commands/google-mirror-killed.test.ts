import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cellAt } from '../../src/model/grid.js';
import { openExcel } from '../../src/stores/excel/index.js';
import { freshFolder, ledger } from '../support/cli.js';
import { copyOf } from '../support/google-server/book.js';
import { type Book, Person, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { killedSync } from '../support/killed-sync.js';
import { googleEnv, mirroredOffice, sharedBook } from '../support/mirrored-office.js';
import { typeOver } from '../support/type-into.js';

/* A sync of workbook and mirror that is killed (SIGKILL) at any moment: the next one reaches the end an undisturbed one reaches. */

/** Kills at spread moments of each kind; LEDGER_MIRROR_KILLS=100 for a longer hunt. */
const KILLS = Number(process.env.LEDGER_MIRROR_KILLS ?? 4);

let google: TestGoogle;
let book: Book;
let start: string;
let mirrorAtStart: Book;

beforeEach(async () => {
  google = await startGoogle();
  const shared = sharedBook(google);
  book = shared.book;
  start = await mirroredOffice(shared.mirror);
  await ledger(start, ['sync'], googleEnv(google));
  await typeOver(join(start, '台账.xlsx'), '9月14日印发办法第4号', '9月24日印发办法第4号');
  const person = new Person(book);
  const type = (row: number, header: string, text: string) =>
    person.type(row, person.column(header, '整改台账'), text, '整改台账');
  type(4, '审核状态', '已销号');
  type(6, '审核状态', '已退回');
  type(6, '审核意见', '请补充清单');
  // In vain: it is put back, and must not be lost.
  type(8, '整改结果', '随便改的');
  mirrorAtStart = copyOf(book);
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

/** A copy of the office as it was, and the mirror as it was. */
function again(): string {
  const folder = freshFolder();
  cpSync(start, folder, { recursive: true });
  Object.assign(book, copyOf(mirrorAtStart));
  return folder;
}

/** Both sides as people see them; ids of this program's journal and times aside. */
async function end(folder: string): Promise<unknown> {
  const grid = await openExcel(join(folder, '台账.xlsx')).read();
  const sheets = grid.sheets.map(sheet => [
    sheet.name,
    sheet.rows.map(row => row.cells.map((_, at) => cellAt(sheet, row.number, at + 1)?.text ?? '')),
  ]);
  const person = new Person(book);
  return { sheets, mirror: person.texts('整改台账'), rollup: person.texts('汇总') };
}

/** What was overwritten on the mirror, as the journal tells it. */
async function told(folder: string): Promise<string[]> {
  const { out } = await ledger(folder, ['log', '--json'], googleEnv(google));
  const entries: { kind: string; cell?: string; row?: string; before?: string; after?: string }[] =
    JSON.parse(out).entries;
  const ofMirror = entries.filter(one => one.kind === 'mirror');
  return ofMirror.map(one => [one.cell, one.row, one.before, one.after].join('|')).sort();
}

it('at every call, before and after the service did its part, and at moments in between', {
  timeout: 240_000,
}, async () => {
  const whole = again();
  google.server.reset();
  const began = performance.now();
  await killedSync(google, whole, {});
  const takes = performance.now() - began;
  const calls = google.server.calls.length;
  expect(google.server.writes).toBe(1);
  const wanted = await end(whole);
  const overwritten = await told(whole);
  expect(overwritten.join()).toContain('随便改的');
  const ways = [
    ...Array.from({ length: calls }, (_, index) => ({ atCall: index + 1 })),
    { atCall: -calls },
    ...Array.from({ length: KILLS }, (_, index) => ({ afterMs: (takes * (index + 1)) / (KILLS + 1) })),
  ];
  for (const how of ways) {
    const folder = again();
    await killedSync(google, folder, how);
    const next = await ledger(folder, ['sync', '--json'], googleEnv(google));
    const name = JSON.stringify(how);
    expect(next.exit, `${name}: ${next.err}`).toBeLessThan(2);
    const after = await ledger(folder, ['sync', '--json'], googleEnv(google));
    expect(JSON.parse(after.out).mirror, name).toMatchObject({ pushed: 0, pulled: 0, conflicts: [], restored: 0 });
    expect(JSON.parse(after.out).writes.changed, name).toBe(false);
    expect(await end(folder), name).toEqual(wanted);
    expect(await told(folder), name).toEqual(overwritten);
    expect((await ledger(folder, ['log', '--verify'])).exit, name).toBe(0);
  }
});

it('at changes to the disk, from the last to the first', { timeout: 240_000 }, async () => {
  const whole = again();
  const counted = join(whole, 'moments');
  await killedSync(google, whole, { env: { LEDGER_DISTURB_COUNT: counted } });
  const wanted = await end(whole);
  const overwritten = await told(whole);
  const moments = Number(readFileSync(counted, 'utf8'));
  expect(moments).toBeGreaterThan(40);
  const step = Math.max(1, Math.floor(moments / KILLS));
  // From the last on: what comes after the workbook is written is what a killed run may forget.
  for (let at = moments; at > 0; at -= step) {
    const folder = again();
    await killedSync(google, folder, { env: { LEDGER_DISTURB_AT: String(at) } });
    const next = await ledger(folder, ['sync', '--json'], googleEnv(google));
    expect(next.exit, `moment ${at}: ${next.err}`).toBeLessThan(2);
    expect(await end(folder), `moment ${at} of ${moments}`).toEqual(wanted);
    expect(await told(folder), `moment ${at} of ${moments}`).toEqual(overwritten);
  }
});
