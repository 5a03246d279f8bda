import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readJournal } from '../../src/sync/journal.js';
import { verifyJournal } from '../../src/sync/journal-verify.js';
import { typeOver } from '../support/type-into.js';
import { command, HalfDone, stateOf, sync } from './support/half-done.js';

/*
 * What a sync that is killed between the workbook's rename and the end of its journal had still to tell: put down before the
 * rename, it is brought in by the next run, by `log` and by `restore`, when the workbook was replaced, and is dropped when it
 * was not. Kills at every moment of the sync itself are in killed.test.ts.
 */

/** `LEDGER_KILLS` (see killed.test.ts) takes every moment instead of every sixth. */
const STRIDE = process.env.LEDGER_KILLS === undefined ? 6 : 1;
const BOOK = '台账.xlsx';

let ledger: HalfDone;
/** A sync that was killed just before, and one that was killed just after the workbook's rename. */
let before: string;
let after: string;

const killedAt = (at: number) => ({ LEDGER_DISTURB_AT: String(at) });

beforeAll(async () => {
  ledger = await HalfDone.make();
  // The first moment after which the workbook is the new one.
  let old = 1;
  let done = ledger.moments;
  while (done - old > 1) {
    const at = (old + done) >> 1;
    const folder = ledger.trial(`search-${at}`);
    await sync(folder, killedAt(at));
    if (ledger.judge(folder).book === 'new') done = at;
    else old = at;
  }
  before = ledger.trial('before');
  await sync(before, killedAt(old));
  after = ledger.trial('after');
  await sync(after, killedAt(done));
});
afterAll(() => ledger.remove());

/** A copy of a folder as a killed sync left it. */
function left(by: string, name: string): string {
  const folder = join(by, '..', name);
  cpSync(by, folder, { recursive: true });
  return folder;
}

const journalOf = (folder: string) => join(stateOf(folder), 'journal.jsonl');
const linesOf = (folder: string) => [...readJournal(journalOf(folder))].length;
const waits = (folder: string) => readdirSync(stateOf(folder)).filter(name => /^pending|\.next$/.test(name));
const temporaries = (folder: string) => readdirSync(folder).filter(name => name.startsWith('.ledger-'));

test('the two kills are on either side of the rename, and both had put down what was to follow', () => {
  expect([ledger.judge(before).book, ledger.judge(after).book]).toEqual(['old', 'new']);
  for (const folder of [before, after])
    expect(waits(folder)).toEqual(['memory.json.next', 'own-sheets.json.next', 'pending.jsonl']);
  expect(linesOf(after)).toBe(linesOf(before));
});

describe('a sync that was killed after the rename', () => {
  test('log tells its lines at once, and the journal holds', async () => {
    const folder = left(after, 'log');
    const told = await command(folder, ['log', BOOK]);
    expect(told).toMatchObject({ exit: 0, err: '' });
    expect(told.out).toContain('已完成');
    expect(ledger.untold(folder)).toEqual([]);
    expect(await command(folder, ['log', BOOK, '--verify'])).toMatchObject({ exit: 0, err: '' });
  });

  test('restore brings them in before it goes back', async () => {
    const folder = left(after, 'restore');
    expect(await command(folder, ['restore', BOOK, '--to', '1'])).toMatchObject({ exit: 0, err: '' });
    expect(ledger.judge(folder)).toEqual({ book: 'old', faults: [] });
    const whole = left(after, 'restore-whole');
    await command(whole, ['log', BOOK]);
    expect(linesOf(folder)).toBe(linesOf(whole) + 1);
    expect([...readJournal(journalOf(folder))].at(-1)).toMatchObject({ kind: 'restore' });
  });

  test('whatever of the next sync is killed, too, and the one after that: nothing is told twice', {
    timeout: 900_000,
  }, async () => {
    const wrong: string[] = [];
    for (let at = 1; at <= ledger.moments; at += STRIDE) {
      const folder = left(after, `again-${at}`);
      const killed = await sync(folder, killedAt(at));
      await sync(folder, killedAt(at + 1));
      await sync(folder);
      wrong.push(...[...ledger.judge(folder).faults, ...ledger.untold(folder)].map(fault => `moment ${at}: ${fault}`));
      ledger.forget(folder);
      if (killed.signal === null) break;
    }
    expect(wrong).toEqual([]);
  });

  test('who only looks sees the state as the next run will find it, and moves nothing', async () => {
    const looks = [
      ['check', BOOK, '--json', '--verbose'],
      ['status', BOOK, '--json'],
      ['report', BOOK, '--json', '-o', 'REPORT'],
      ['sync', BOOK, '--dry-run', '--json', '--verbose'],
    ];
    const seen = async (folder: string, round: string): Promise<string[]> => {
      const answers: string[] = [];
      for (const look of looks) {
        const page = join(folder, `${round}.html`);
        const args = look.map(word => (word === 'REPORT' ? page : word));
        const { out, err } = await command(folder, [...args, '--as-of', '2023-10-25']);
        expect(err).toBe('');
        answers.push(out.replaceAll(page, 'REPORT'), existsSync(page) ? readFileSync(page, 'utf8') : '');
        rmSync(page, { force: true });
      }
      return answers;
    };
    const folder = left(after, 'looked-at');
    const state = readdirSync(stateOf(folder));
    const before = await seen(folder, 'a');
    expect(readdirSync(stateOf(folder))).toEqual(state);
    expect(waits(folder)).toHaveLength(3);
    // The journal brings everything in; then the same is seen.
    await command(folder, ['log', BOOK]);
    expect(waits(folder)).toEqual([]);
    expect(await seen(folder, 'b')).toEqual(before);
    // A part of it is brought in already: the run that does it was cut off, too.
    const half = left(after, 'looked-at-half');
    renameSync(join(stateOf(half), 'memory.json.next'), join(stateOf(half), 'memory.json'));
    expect((await seen(half, 'c')).map(text => text.replaceAll(half, folder))).toEqual(before);
    // The two states do differ in what is looked at.
    const old = left(after, 'looked-at-old');
    rmSync(join(stateOf(old), 'pending.jsonl'));
    expect((await seen(old, 'd')).map(text => text.replaceAll(old, folder))).not.toEqual(before);
  });

  test('the workbook was worked on since: what the killed sync wrote stands in the journal, then what the next one does', async () => {
    const folder = left(after, 'edited');
    await typeOver(join(folder, BOOK), '学习记录（第1盒）', '学习记录（第2盒）');
    await command(folder, ['log', BOOK]);
    expect(ledger.untold(folder)).toEqual([]);
  });

  test('the workbook was renamed since', async () => {
    const folder = left(after, 'renamed');
    renameSync(join(folder, BOOK), join(folder, '改名.xlsx'));
    await command(folder, ['log', '改名.xlsx']);
    expect(ledger.untold(folder)).toEqual([]);
  });

  test('the whole folder was moved since', async () => {
    const folder = left(after, 'moved');
    renameSync(folder, `${folder} 到这里`);
    await command(`${folder} 到这里`, ['log', BOOK]);
    expect(ledger.untold(`${folder} 到这里`)).toEqual([]);
  });

  test('lines of the journal were removed since: its lines are told, and the gap is seen', async () => {
    const folder = left(after, 'removed');
    const lines = readFileSync(journalOf(folder), 'utf8').split('\n');
    writeFileSync(journalOf(folder), `${lines.slice(0, 2).join('\n')}\n`);
    await command(folder, ['log', BOOK]);
    expect(readFileSync(journalOf(folder), 'utf8')).toContain('整改中');
    expect(verifyJournal(journalOf(folder)).defects.map(defect => defect.kind)).toContain('removed');
    expect(waits(folder)).toEqual([]);
  });

  test('a torn copy of what was put down is not believed', async () => {
    const folder = left(after, 'torn');
    const path = join(stateOf(folder), 'pending.jsonl');
    const whole = readFileSync(path);
    for (const torn of [whole.subarray(0, whole.length - 5), whole.subarray(0, whole.length >> 1), Buffer.alloc(200)]) {
      writeFileSync(path, torn);
      const lines = linesOf(folder);
      expect(await command(folder, ['log', BOOK])).toMatchObject({ exit: 0 });
      expect(linesOf(folder)).toBe(lines);
      expect(existsSync(path)).toBe(false);
    }
    expect((await sync(folder)).exit).toBeLessThan(2);
  });
});

describe('a sync that was killed before the rename', () => {
  test('who only looks sees nothing of it', async () => {
    const folder = left(before, 'looked-at-before');
    const without = left(before, 'looked-at-without');
    for (const name of waits(without)) rmSync(join(stateOf(without), name));
    const [seen, plain] = await Promise.all(
      [folder, without].map(async place => (await command(place, ['check', BOOK, '--json', '--verbose'])).out),
    );
    expect(seen?.replaceAll(folder, without)).toBe(plain);
    expect(waits(folder)).toHaveLength(3);
  });

  test('log tells nothing of it, and the new workbook that never came into its place is gone', async () => {
    const folder = left(before, 'log-before');
    const lines = linesOf(folder);
    expect(temporaries(folder)).toHaveLength(1);
    await command(folder, ['log', BOOK]);
    expect(linesOf(folder)).toBe(lines);
    expect([waits(folder), temporaries(folder)]).toEqual([[], []]);
  });

  test('the workbook was worked on since: still nothing is told of what was not done', async () => {
    const folder = left(before, 'edited-before');
    const lines = linesOf(folder);
    await typeOver(join(folder, BOOK), '学习记录（第1盒）', '学习记录（第2盒）');
    await command(folder, ['log', BOOK]);
    expect(linesOf(folder)).toBe(lines);
    expect([waits(folder), temporaries(folder)]).toEqual([[], []]);
  });

  test('while another run is at work, log tells what there is and leaves the rest to it', async () => {
    const folder = left(before, 'locked');
    const lock = join(stateOf(folder), 'run.lock');
    writeFileSync(
      lock,
      JSON.stringify({ token: 't', pid: 1, host: '别的电脑', machine: 'x', since: new Date().toISOString() }),
    );
    expect(await command(folder, ['log', BOOK])).toMatchObject({ exit: 0, err: '' });
    expect(waits(folder)).toHaveLength(3);
    rmSync(lock);
  });
});

test('a restore that is killed at any moment: the journal says so exactly when the workbook is the restored one', {
  timeout: 900_000,
}, async () => {
  const start = ledger.trial('restore-start');
  await sync(start);
  const lines = linesOf(start);
  const wrong: string[] = [];
  for (let at = 1; ; at += STRIDE) {
    const folder = left(start, `restore-${at}`);
    const killed = await command(folder, ['restore', BOOK, '--to', '1'], killedAt(at));
    const { book, faults } = ledger.judge(folder);
    await command(folder, ['log', BOOK]);
    const told = linesOf(folder) - lines;
    if (book === 'a third') wrong.push(`moment ${at}: neither the old nor the new one`);
    if (told !== (book === 'old' ? 1 : 0)) wrong.push(`moment ${at}: ${book}, and ${told} lines say so`);
    wrong.push(...faults.map(fault => `moment ${at}: ${fault}`));
    ledger.forget(folder);
    if (killed.signal === null) break;
  }
  expect(wrong).toEqual([]);
});

test('ledger and .xlsx mirror: after the next sync the journal is that of an undisturbed one', {
  timeout: 900_000,
}, async () => {
  const columns = ['序号', '聚焦方面', '反馈问题', '整改措施', '整改结果', '问题状态'];
  const mirrored = await HalfDone.make({ source: BOOK, mirror: { to: '共享.xlsx', rows: 'all', columns } });
  try {
    const wrong: string[] = [];
    const kinds = new Set<string>();
    for (let at = 1; at <= mirrored.moments; at += 2 * STRIDE) {
      const folder = mirrored.trial(`mirror-${at}`);
      await sync(folder, killedAt(at));
      await sync(folder);
      const { book, faults } = mirrored.judge(folder);
      if (book !== 'new') wrong.push(`moment ${at}: the workbook is ${book}`);
      for (const line of readJournal(journalOf(folder))) kinds.add(line.kind);
      wrong.push(...[...faults, ...mirrored.untold(folder)].map(fault => `moment ${at}: ${fault}`));
      mirrored.forget(folder);
    }
    expect(wrong).toEqual([]);
    expect(kinds).toContain('mirror');
  } finally {
    mirrored.remove();
  }
});
