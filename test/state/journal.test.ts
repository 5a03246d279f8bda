import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendJournal, type JournalEntry, readJournal } from '../../src/sync/journal.js';
import { verifyJournal } from '../../src/sync/journal-verify.js';
import { freshFolders } from './support/folder.js';

const freshFolder = freshFolders();

function edit(row: string, before: string, after: string): JournalEntry {
  return { kind: 'edit', sheet: '整改台账', cell: 'N5', header: '整改结果', row, before, after, why: '审核退回' };
}

function runAt(minute: number) {
  return { run: `r${minute}`, who: '李某', at: new Date(Date.UTC(2023, 9, 30, 9, minute)).toISOString() };
}

/** A journal of `runs` runs with two entries each. */
async function journalOf(runs: number, folder = freshFolder()): Promise<string> {
  const path = join(folder, 'journal.jsonl');
  for (let at = 0; at < runs; at += 1) {
    await appendJournal(path, runAt(at), [edit(`f3k9-${at}`, '整改中', '已完成'), edit('f3k9-2p7', '', `第${at}次`)]);
  }
  return path;
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

function rewrite(path: string, change: (lines: string[]) => readonly string[]): void {
  writeFileSync(
    path,
    change(linesOf(path))
      .map(line => `${line}\n`)
      .join(''),
  );
}

function summary(path: string) {
  return verifyJournal(path).defects.map(({ kind, line, seq }) => [kind, line, seq]);
}

describe('an undisturbed journal', () => {
  it('holds, whatever was written into the cells', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), { maxLength: 4 }),
        async runs => {
          const path = join(freshFolder(), 'journal.jsonl');
          let minute = 0;
          for (const values of runs) {
            minute += 1;
            await appendJournal(
              path,
              runAt(minute),
              values.map(value => edit('f3k9-2p7', value, `${value}"}\n\u2028`)),
            );
          }
          const verdict = verifyJournal(path);
          expect([verdict.defects, verdict.notes]).toEqual([[], []]);
          expect([...readJournal(path)].map(entry => entry.before)).toEqual(runs.flat());
        },
      ),
      { numRuns: 30 },
    );
  });

  it('keeps overwritten values whole and finds them by row', async () => {
    const path = await journalOf(3);
    const long = '整改进展'.repeat(10_000);
    await appendJournal(path, runAt(9), [edit('bcdf-234', long, '')]);
    const [found, ...others] = readJournal(path, 'bcdf-234');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ seq: 7, run: 'r9', who: '李某', kind: 'edit', cell: 'N5', before: long, after: '' });
    expect([...readJournal(path, 'f3k9-2p7')].map(entry => entry.after)).toEqual(['第0次', '第1次', '第2次']);
  });

  it('is not touched by a run that changed nothing', async () => {
    const path = await journalOf(1);
    const before = readFileSync(path, 'utf8');
    await appendJournal(path, runAt(5), []);
    expect(readFileSync(path, 'utf8')).toBe(before);
    const none = join(freshFolder(), 'journal.jsonl');
    await appendJournal(none, runAt(5), []);
    expect(existsSync(none)).toBe(false);
    expect(verifyJournal(none)).toEqual({ entries: 0, last: undefined, defects: [], notes: [] });
  });
});

describe('attacked', () => {
  it('a changed value', async () => {
    const path = await journalOf(3);
    rewrite(path, lines => lines.map((line, at) => (at === 2 ? line.replace('已完成', '整改中') : line)));
    expect(summary(path)).toEqual([['changed', 3, undefined]]);
    expect(verifyJournal(path).defects[0]?.message.zh).toContain('第 3 行被改动过');
  });

  it('a second member of the same name, blanks, a different line end: bytes count, not meaning', async () => {
    for (const change of [
      (line: string) => line.replace('"why"', '"after":"整改中","why"'),
      (line: string) => line.replace('"kind"', ' "kind"'),
      (line: string) => `${line}\r`,
    ]) {
      const path = await journalOf(2);
      rewrite(path, lines => lines.map((line, at) => (at === 1 ? change(line) : line)));
      expect(summary(path)).toEqual([['changed', 2, undefined]]);
    }
  });

  it('saved again by an editor: one defect for all lines', async () => {
    const path = await journalOf(3);
    rewrite(path, lines => lines.map(line => `${line}\r`));
    expect(verifyJournal(path).defects.map(defect => defect.message.zh)).toEqual([
      '第 1 至 6 行被改动过：内容与各自的校验值不符。',
    ]);
  });

  it('a line replaced together with its own hash', async () => {
    const path = await journalOf(3);
    const forged = await journalOf(2);
    const other = linesOf(forged)[3]?.replace('第1次', '第9次') ?? '';
    const { createHash } = await import('node:crypto');
    const body = `${other.slice(0, other.indexOf(',"hash":"'))}}`;
    const sealed = `${body.slice(0, -1)},"hash":"${createHash('sha256').update(body).digest('hex')}"}`;
    rewrite(path, lines => lines.map((line, at) => (at === 3 ? sealed : line)));
    expect(summary(path)).toEqual([['changed', 4, 4]]);
  });

  it('removed lines, at the beginning and in the middle', async () => {
    const path = await journalOf(4);
    rewrite(path, lines => lines.filter((_, at) => ![0, 3, 4].includes(at)));
    expect(summary(path)).toEqual([
      ['removed', 1, 1],
      ['removed', 3, 4],
    ]);
    expect(verifyJournal(path).defects[1]?.message.zh).toBe('第 3 行之前缺少第 4 至 5 条。');
  });

  it('a moved line and exchanged lines', async () => {
    const path = await journalOf(3);
    rewrite(path, ([a = '', b = '', c = '', d = '', e = '', f = '']) => [a, c, d, e, b, f]);
    expect(summary(path)).toEqual([['reordered', 5, 2]]);
    const exchanged = await journalOf(2);
    rewrite(exchanged, ([a = '', b = '', c = '', d = '']) => [a, c, b, d]);
    expect(verifyJournal(exchanged).defects.map(({ kind }) => kind)).toEqual(['reordered']);
  });

  it('a line that stands there twice', async () => {
    const path = await journalOf(2);
    rewrite(path, lines => [...lines.slice(0, 2), lines[1] ?? '', ...lines.slice(2)]);
    expect(summary(path)).toEqual([['duplicated', 3, 2]]);
  });

  it('lines cut off at the end', async () => {
    const path = await journalOf(3);
    rewrite(path, lines => lines.slice(0, 3));
    expect(summary(path)).toEqual([['truncated', undefined, 4]]);
    rmSync(path);
    expect(summary(path)).toEqual([['truncated', undefined, 1]]);
  });

  it('the last line replaced by a sound one', async () => {
    const path = await journalOf(2);
    const other = await journalOf(1);
    await appendJournal(other, runAt(1), [edit('f3k9-1', '整改中', '已完成'), edit('f3k9-2p7', '', '别的')]);
    writeFileSync(path, readFileSync(other));
    expect(summary(path)).toEqual([['changed', 4, 4]]);
  });

  it('a line that somebody made up', async () => {
    const path = await journalOf(2);
    rewrite(path, lines => [...lines.slice(0, 2), 'a note of mine', ...lines.slice(2)]);
    expect(summary(path)).toEqual([['changed', 3, undefined]]);
  });

  it('the head taken away or spoilt', async () => {
    const path = await journalOf(2);
    const head = path.replace('.jsonl', '.head');
    for (const spoil of [() => writeFileSync(head, '{"seq":4'), () => rmSync(head)]) {
      spoil();
      expect(summary(path)).toEqual([['head-missing', undefined, undefined]]);
    }
  });

  it('never goes unnoticed: any change of any byte', async () => {
    const path = await journalOf(3);
    const original = readFileSync(path);
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(original);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        writeFileSync(path, bytes);
        expect(verifyJournal(path).defects).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('never goes unnoticed: lines dropped, doubled and shuffled', async () => {
    const path = await journalOf(4);
    const original = linesOf(path);
    const picks = fc.array(fc.nat(original.length - 1), { maxLength: 12 });
    fc.assert(
      fc.property(picks, order => {
        const same = order.length === original.length && order.every((line, at) => line === at);
        writeFileSync(path, order.map(line => `${original[line]}\n`).join(''));
        expect(verifyJournal(path).defects.length === 0).toBe(same);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the chain goes on and covers nothing up', () => {
  it('after a run that was killed while writing a line', async () => {
    const path = await journalOf(2);
    const whole = linesOf(path)[3] ?? '';
    for (const length of [1, 40, whole.length - 1]) {
      appendFileSync(path, whole.slice(0, length));
      expect(verifyJournal(path).notes.map(({ kind }) => kind)).toContain('torn');
      const { irregular } = await appendJournal(path, runAt(20), [edit('f3k9-2p7', 'a', 'b')]);
      expect(irregular[0]?.zh).toContain('只写了一半');
      expect(verifyJournal(path).defects).toEqual([]);
    }
    const aside = readFileSync(path.replace('.jsonl', '.torn'), 'utf8').split('\n');
    expect(aside.map(line => line.length)).toEqual([1, 40, whole.length - 1, 0]);
    expect([...readJournal(path)].filter(entry => entry.kind === 'journal')).toHaveLength(3);
  });

  it('after a power cut that left zeros at the end', async () => {
    const path = await journalOf(1);
    appendFileSync(path, Buffer.alloc(5000));
    await appendJournal(path, runAt(20), [edit('f3k9-2p7', 'a', 'b')]);
    expect(verifyJournal(path).defects).toEqual([]);
  });

  it('when only the last line feed is missing', async () => {
    const path = await journalOf(2);
    writeFileSync(path, readFileSync(path).subarray(0, -1));
    expect(verifyJournal(path).defects).toEqual([]);
    const { irregular } = await appendJournal(path, runAt(20), [edit('f3k9-2p7', 'a', 'b')]);
    expect(irregular).toEqual([]);
    expect(verifyJournal(path)).toMatchObject({ entries: 5, defects: [] });
  });

  it('after a run that was killed between journal and head', async () => {
    const path = await journalOf(2);
    const head = readFileSync(path.replace('.jsonl', '.head'));
    await appendJournal(path, runAt(8), [edit('f3k9-2p7', 'a', 'b')]);
    writeFileSync(path.replace('.jsonl', '.head'), head);
    expect(verifyJournal(path)).toMatchObject({ defects: [], notes: [{ kind: 'head-behind' }] });
    const { irregular } = await appendJournal(path, runAt(9), [edit('f3k9-2p7', 'b', 'c')]);
    expect(irregular).toEqual([]);
    expect(verifyJournal(path)).toMatchObject({ entries: 6, defects: [], notes: [] });
  });

  it.each([
    ['cut off', (lines: string[]) => lines.slice(0, 3), 'removed'],
    ['emptied', () => [], 'removed'],
    ['its last line changed', (lines: string[]) => [...lines.slice(0, 5), 'x'], 'changed'],
  ])('after its end was %s: still seen by every later verification', async (_, change, kind) => {
    const path = await journalOf(3);
    rewrite(path, change);
    const { irregular } = await appendJournal(path, runAt(20), [edit('f3k9-2p7', 'a', 'b')]);
    expect(irregular).toHaveLength(1);
    await appendJournal(path, runAt(21), [edit('f3k9-2p7', 'b', 'c')]);
    expect(verifyJournal(path).defects.map(defect => defect.kind)).toEqual([kind]);
    expect([...readJournal(path)].some(entry => entry.kind === 'journal')).toBe(true);
  });

  it('after all was rewritten from some line on, with one line more to look like a killed run', async () => {
    const path = await journalOf(3);
    const forged = await journalOf(2);
    await appendJournal(forged, runAt(2), [edit('x', '1', '2'), edit('y', '1', '2'), edit('z', '1', '2')]);
    writeFileSync(path, readFileSync(forged));
    await appendJournal(path, runAt(20), [edit('f3k9-2p7', 'a', 'b')]);
    expect(verifyJournal(path).defects.map(defect => defect.kind)).toEqual(['changed']);
  });

  it('notes a clock that was set back, and calls it no error', async () => {
    const path = await journalOf(3);
    await appendJournal(path, runAt(1), [edit('f3k9-2p7', 'a', 'b')]);
    expect(verifyJournal(path)).toMatchObject({ defects: [], notes: [{ kind: 'clock-back', line: 7 }] });
  });
});

describe('two computers', () => {
  it('that wrote at once through a synchronised folder: the fork is reported, nothing is lost, the next run goes on', async () => {
    const here = await journalOf(2);
    const there = await journalOf(2);
    await appendJournal(here, runAt(10), [edit('f3k9-2p7', '', '甲')]);
    await appendJournal(there, runAt(11), [edit('f3k9-2p7', '', '乙')]);
    // The service keeps one journal and puts the other beside it; the head may be either's.
    for (const headOf of [here, there]) {
      const folder = freshFolder();
      const path = join(folder, 'journal.jsonl');
      const copy = 'journal (电脑二的冲突副本).jsonl';
      writeFileSync(path, readFileSync(here));
      writeFileSync(join(folder, copy), readFileSync(there));
      writeFileSync(join(folder, 'journal.head'), readFileSync(headOf.replace('.jsonl', '.head')));
      expect(verifyJournal(path)).toMatchObject({ defects: [], notes: [{ kind: 'conflict-copy' }] });
      await appendJournal(path, runAt(12), [edit('f3k9-2p7', '甲', '丙')]);
      expect(verifyJournal(path).defects).toEqual([]);
      const history = [...readJournal(path, 'f3k9-2p7')].map(entry => [entry.after, entry.from]);
      expect(history.slice(2)).toEqual([
        ['甲', undefined],
        ['丙', undefined],
        ['乙', copy],
      ]);
    }
  });

  it('that wrote at once into one file: both lines are there, the second is called a fork', async () => {
    const here = await journalOf(2);
    const there = await journalOf(2);
    await appendJournal(here, runAt(10), [edit('f3k9-2p7', '', '甲')]);
    await appendJournal(there, runAt(11), [edit('f3k9-2p7', '', '乙')]);
    appendFileSync(here, `${linesOf(there)[4]}\n`);
    expect(summary(here)).toEqual([['forked', 6, 5]]);
    await appendJournal(here, runAt(12), [edit('f3k9-2p7', '乙', '丙')]);
    expect(summary(here)).toEqual([['forked', 6, 5]]);
  });
});

describe.skipIf(process.platform === 'win32')('something else in its place', () => {
  it.each(['/dev/full', '/dev/zero'])('%s: said in one sentence, and nothing is written into it', async device => {
    const path = join(freshFolder(), 'journal.jsonl');
    symlinkSync(device, path);
    await expect(appendJournal(path, runAt(0), [edit('f3k9-2p7', '', 'a')])).rejects.toMatchObject({
      exit: 4,
      code: 'state-in-the-way',
    });
    expect(statSync(device).isCharacterDevice()).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['journal.jsonl']);
  });
});
