import { basename } from 'node:path';
import { type Text, text } from '../model/text.js';
import { conflictCopies, fileLines, hadRuns, headPath, LONGEST_TORN, readHead } from './journal-files.js';
import { compact, type Link, readInstant, readLine, readSeal, type Sealed } from './journal-line.js';

/** What is wrong with a journal. `line` is that of the file, 1-based; `seq` the entry's own number. */
export type JournalDefect = {
  readonly kind: 'changed' | 'removed' | 'reordered' | 'duplicated' | 'truncated' | 'forked' | 'head-missing';
  readonly line?: number;
  readonly seq?: number;
  readonly message: Text;
};

/** What is worth knowing and no defect: a killed run, a wrong clock, a synchronised folder. */
export type JournalNote = {
  readonly kind: 'torn' | 'clock-back' | 'head-behind' | 'conflict-copy';
  readonly line?: number;
  readonly seq?: number;
  readonly message: Text;
};

export type JournalVerdict = {
  /** Entries that could be read. */
  readonly entries: number;
  /** The last entry's number and hash, to be noted elsewhere. */
  readonly last: Link | undefined;
  readonly defects: readonly JournalDefect[];
  readonly notes: readonly JournalNote[];
};

/** Hashes as `compact` gives them. */
type Found = Sealed & { readonly line: number; readonly at: string };

/** What conflict copies hold beyond the journal: number → hashes of the entries with it. */
type Copies = ReadonlyMap<number, ReadonlySet<string>>;

/** Walks through the whole journal. A journal that does not exist yet has no defects. */
export function verifyJournal(path: string): JournalVerdict {
  return plainVerdict(path) ?? fullVerdict(path);
}

/**
 * The verdict on a journal in which every line follows from the one before, up to the one that the head names, and that has no
 * conflict copies: nothing has to be remembered for it. undefined when it is not so.
 */
function plainVerdict(path: string): JournalVerdict | undefined {
  if (conflictCopies(path).length > 0) return undefined;
  const notes: JournalNote[] = [];
  let previous: Pick<Found, 'seq' | 'hash' | 'at'> = { seq: 0, hash: '', at: '' };
  for (const { bytes, number: line, whole } of fileLines(path)) {
    const seal = readSeal(bytes);
    if (!whole || seal?.sound !== true || seal.seq !== previous.seq + 1 || seal.prev !== previous.hash)
      return undefined;
    const entry = readLine(bytes);
    if (entry === undefined || (seal.seq === 1 && entry.kind === 'journal')) return undefined;
    const { at } = entry;
    if (at < previous.at) notes.push(clockNote({ line, seq: seal.seq, at }, previous));
    previous = { seq: seal.seq, hash: seal.hash, at };
  }
  const { seq, hash } = previous;
  const head = readHead(path);
  if (seq === 0 || head?.seq !== seq || head.hash !== hash) return undefined;
  return { entries: seq, last: { seq, hash }, defects: [], notes };
}

/** The same for any journal, damaged in whatever way. */
function fullVerdict(path: string): JournalVerdict {
  const defects: JournalDefect[] = [];
  const notes: JournalNote[] = [];
  const found = collect(path, defects, notes);
  const copies = collectCopies(path, found, notes);
  findLoss(path, found, defects);
  const chain = withoutForks(found, defects);
  findReordered(chain, defects);
  const inOrder = chain.toSorted((a, b) => a.seq - b.seq);
  findGaps(inOrder, copies, defects);
  findBreaks(inOrder, found, copies, defects);
  findClockSteps(inOrder, notes);
  compareHead(path, inOrder, found, copies, defects, notes);
  const end = inOrder.at(-1);
  return {
    entries: found.length,
    last: end === undefined ? undefined : { seq: end.seq, hash: Buffer.from(end.hash, 'latin1').toString('hex') },
    defects: defects.toSorted((a, b) => (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER)),
    notes,
  };
}

/** Reads the lines; says which were changed (their own hash is wrong) and which stand there twice. */
function collect(path: string, defects: JournalDefect[], notes: JournalNote[]): Found[] {
  const found: Found[] = [];
  const firstLine = new Map<string, number>();
  const changed: { from: number; to: number }[] = [];
  const markChanged = (line: number) => {
    const last = changed.at(-1);
    if (last?.to === line - 1) last.to = line;
    else changed.push({ from: line, to: line });
  };
  let previous = { hash: '', at: '' };
  for (const { bytes, number: line, whole } of fileLines(path)) {
    const seal = readSeal(bytes);
    // What is longer is no half line of a run and stays where it is: reported as changed.
    if (!whole && seal?.sound !== true && bytes.length > 0 && bytes.length <= LONGEST_TORN) {
      notes.push({ kind: 'torn', line, message: tornText(line) });
      continue;
    }
    const sound = seal?.sound === true && readLine(bytes) !== undefined;
    if (!sound) markChanged(line);
    const seq = seal?.seq ?? 0;
    const hash = compact(seal?.hash ?? '');
    const earlier = sound ? firstLine.get(hash) : undefined;
    if (earlier !== undefined) {
      defects.push({ kind: 'duplicated', line, seq, message: duplicatedText(line, earlier) });
      continue;
    }
    if (sound) firstLine.set(hash, line);
    // Most lines share these with the line before: kept once.
    const at = shared(readInstant(bytes), previous.at);
    const prev = shared(compact(seal?.prev ?? ''), previous.hash);
    found.push({ seq, prev, hash, sound, line, at });
    previous = { hash, at };
  }
  for (const { from, to } of changed) defects.push({ kind: 'changed', line: from, message: changedText(from, to) });
  return withLikelyNumbers(found);
}

function shared(text: string, before: string): string {
  return text === before ? before : text;
}

/**
 * A changed line whose number cannot be read, or is that of a sound line, is taken for the entry that is expected at its place,
 * so that it is not reported as removed as well; if that one is there too, the line is somebody's addition and no entry.
 */
function withLikelyNumbers(found: readonly Found[]): Found[] {
  if (found.every(entry => entry.sound)) return [...found];
  const certain = new Set(found.flatMap(entry => (entry.sound ? [entry.seq] : [])));
  let expected = 1;
  return found.flatMap(entry => {
    const seq = entry.sound || (entry.seq > 0 && !certain.has(entry.seq)) ? entry.seq : expected;
    if (!entry.sound && certain.has(seq)) return [];
    expected = seq + 1;
    return [seq === entry.seq ? entry : { ...entry, seq }];
  });
}

function collectCopies(path: string, found: readonly Found[], notes: JournalNote[]): Copies {
  const beyond = new Map<number, Set<string>>();
  const own = new Set(found.map(entry => entry.hash));
  for (const copy of conflictCopies(path)) {
    let count = 0;
    for (const { bytes } of fileLines(copy)) {
      const seal = readSeal(bytes);
      if (seal?.sound !== true) continue;
      const hash = compact(seal.hash);
      if (own.has(hash)) continue;
      count += 1;
      const hashes = beyond.get(seal.seq);
      if (hashes === undefined) beyond.set(seal.seq, new Set([hash]));
      else hashes.add(hash);
    }
    notes.push({ kind: 'conflict-copy', message: copyText(basename(copy), count) });
  }
  return beyond;
}

/** A journal of which nothing is left, or that says of itself that it began anew. */
function findLoss(path: string, found: readonly Found[], defects: JournalDefect[]): void {
  if (found.length === 0 && readHead(path) === undefined && hadRuns(path)) {
    defects.push({ kind: 'removed', message: allRemovedText() });
    return;
  }
  for (const { bytes } of fileLines(path)) {
    const first = readLine(bytes);
    if (first?.seq === 1 && first.kind === 'journal') {
      defects.push({
        kind: 'removed',
        line: 1,
        seq: 1,
        message: text(`第 1 条写明：${first.why ?? ''}`, `Entry 1 says: ${first.why ?? ''}`),
      });
    }
    return;
  }
}

/** Two different entries with one number: two runs wrote at once. The first stays in the chain. */
function withoutForks(found: readonly Found[], defects: JournalDefect[]): Found[] {
  const chain = new Map<number, Found>();
  for (const entry of found) {
    const other = chain.get(entry.seq);
    if (other === undefined) chain.set(entry.seq, entry);
    else if (entry.sound) {
      defects.push({ kind: 'forked', line: entry.line, seq: entry.seq, message: forkedText(entry, other.line) });
    }
  }
  return [...chain.values()];
}

/** The fewest lines that would have to be moved: all outside a longest ascending sequence. */
function findReordered(chain: readonly Found[], defects: JournalDefect[]): void {
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  chain.forEach((entry, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const end = chain[ends[middle] ?? -1];
      if (end !== undefined && end.seq < entry.seq) low = middle + 1;
      else high = middle;
    }
    before.push(low > 0 ? ends[low - 1] : undefined);
    ends[low] = index;
  });
  const inPlace = new Set<number>();
  for (let index = ends.at(-1); index !== undefined; index = before[index]) inPlace.add(index);
  chain.forEach((entry, index) => {
    if (inPlace.has(index)) return;
    defects.push({ kind: 'reordered', line: entry.line, seq: entry.seq, message: reorderedText(entry) });
  });
}

function findGaps(inOrder: readonly Found[], copies: Copies, defects: JournalDefect[]): void {
  let last = 0;
  for (const entry of inOrder) {
    const gap = firstMissing(last + 1, entry.seq - 1, copies);
    if (gap !== undefined) {
      defects.push({
        kind: 'removed',
        line: entry.line,
        seq: gap,
        message: removedText(gap, entry.seq - 1, entry.line),
      });
    }
    last = entry.seq;
  }
}

function firstMissing(from: number, to: number, copies: Copies): number | undefined {
  for (let seq = from; seq <= to; seq += 1) if (!copies.has(seq)) return seq;
  return undefined;
}

/** Lines whose own hash is right, but which the next line remembers differently: rewritten with a new hash. */
function findBreaks(
  inOrder: readonly Found[],
  found: readonly Found[],
  copies: Copies,
  defects: JournalDefect[],
): void {
  let hashes: Map<number, string[]> | undefined;
  let previous: Found | undefined;
  for (const entry of inOrder) {
    const after = previous?.seq === entry.seq - 1 ? previous.hash : undefined;
    if (entry.seq > 1 && entry.prev !== after) hashes ??= hashesBySeq(found);
    const follows =
      entry.seq === 1
        ? entry.prev === ''
        : entry.prev === after || remembers(entry.seq - 1, entry.prev, hashes ?? new Map(), copies);
    const adjacent = entry.seq === 1 || previous?.seq === entry.seq - 1;
    if (entry.sound && adjacent && !follows && previous?.sound !== false) {
      const line = previous?.line ?? entry.line;
      defects.push({ kind: 'changed', line, seq: previous?.seq ?? 1, message: brokenText(line, entry.line) });
    }
    previous = entry;
  }
}

function hashesBySeq(found: readonly Found[]): Map<number, string[]> {
  const hashes = new Map<number, string[]>();
  for (const { seq, hash } of found) {
    const list = hashes.get(seq);
    if (list === undefined) hashes.set(seq, [hash]);
    else list.push(hash);
  }
  return hashes;
}

function remembers(seq: number, hash: string, own: ReadonlyMap<number, readonly string[]>, copies: Copies): boolean {
  return own.get(seq)?.includes(hash) === true || copies.get(seq)?.has(hash) === true;
}

function findClockSteps(inOrder: readonly Found[], notes: JournalNote[]): void {
  let previous: Found | undefined;
  for (const entry of inOrder) {
    if (previous !== undefined && entry.sound && previous.sound && entry.at < previous.at) {
      notes.push(clockNote(entry, previous));
    }
    previous = entry;
  }
}

function clockNote(entry: Instant, previous: Pick<Instant, 'at'>): JournalNote {
  return { kind: 'clock-back', line: entry.line, seq: entry.seq, message: clockText(entry, previous) };
}

function compareHead(
  path: string,
  inOrder: readonly Found[],
  found: readonly Found[],
  copies: Copies,
  defects: JournalDefect[],
  notes: JournalNote[],
): void {
  const head = readHead(path);
  const end = inOrder.at(-1);
  if (head === undefined) {
    if (end !== undefined) defects.push({ kind: 'head-missing', message: headMissingText(basename(headPath(path))) });
    return;
  }
  const last = end?.seq ?? 0;
  if (head.seq > last) {
    const gap = firstMissing(last + 1, head.seq, copies);
    if (gap !== undefined) defects.push({ kind: 'truncated', seq: gap, message: truncatedText(gap, head.seq) });
    return;
  }
  if (head.seq < last) notes.push({ kind: 'head-behind', seq: head.seq, message: headBehindText(last - head.seq) });
  if (head.seq === 0) return;
  const entry = inOrder.find(candidate => candidate.seq === head.seq);
  // A line that is gone or whose own hash is wrong has been reported.
  if (entry === undefined || !entry.sound || remembers(head.seq, compact(head.hash), hashesBySeq(found), copies))
    return;
  defects.push({ kind: 'changed', line: entry.line, seq: entry.seq, message: notTheHeadText(entry.line) });
}

function tornText(line: number): Text {
  return text(
    `第 ${line} 行只写了一半（上次运行被中断），下次运行会把它移到一旁并继续。`,
    `Line ${line} is only half written (a run was cut off); the next run moves it aside and goes on.`,
  );
}

function duplicatedText(line: number, earlier: number): Text {
  return text(`第 ${line} 行与第 ${earlier} 行重复。`, `Line ${line} is a copy of line ${earlier}.`);
}

function changedText(from: number, to: number): Text {
  return from === to
    ? text(`第 ${from} 行被改动过：内容与它的校验值不符。`, `Line ${from} was changed: it does not match its hash.`)
    : text(
        `第 ${from} 至 ${to} 行被改动过：内容与各自的校验值不符。`,
        `Lines ${from} to ${to} were changed: they do not match their hashes.`,
      );
}

function brokenText(line: number, next: number): Text {
  return text(
    `第 ${line} 行在第 ${next} 行写下之后被换过：第 ${next} 行记住的是另一份内容。`,
    `Line ${line} was replaced after line ${next} had been written: line ${next} remembers something else.`,
  );
}

function notTheHeadText(line: number): Text {
  return text(
    `第 ${line} 行被换过：与 journal.head 记下的校验值不符。`,
    `Line ${line} was replaced: it does not match the hash in journal.head.`,
  );
}

function reorderedText(entry: Found): Text {
  return text(
    `第 ${entry.line} 行（第 ${entry.seq} 条）不在原来的位置。`,
    `Line ${entry.line} (entry ${entry.seq}) is not where it was written.`,
  );
}

function allRemovedText(): Text {
  return text(
    '这本台账同步过，却一条记录也找不到：修改记录被删除了，或没有随台账一起搬来。',
    'This ledger was synced, yet there is not one entry: its journal was deleted, or not moved along with the ledger.',
  );
}

function removedText(from: number, to: number, line: number): Text {
  return from === to
    ? text(`第 ${line} 行之前缺少第 ${from} 条。`, `Entry ${from} is missing before line ${line}.`)
    : text(
        `第 ${line} 行之前缺少第 ${from} 至 ${to} 条。`,
        `Entries ${from} to ${to} are missing before line ${line}.`,
      );
}

function truncatedText(from: number, to: number): Text {
  return from === to
    ? text(`末尾缺少第 ${from} 条。`, `Entry ${from} is missing at the end.`)
    : text(`末尾缺少第 ${from} 至 ${to} 条。`, `Entries ${from} to ${to} are missing at the end.`);
}

function forkedText(entry: Found, other: number): Text {
  return text(
    `第 ${entry.line} 行与第 ${other} 行都是第 ${entry.seq} 条：两次运行同时写入，或有人插入了一行。`,
    `Lines ${other} and ${entry.line} are both entry ${entry.seq}: two runs wrote at once, or somebody put a line in.`,
  );
}

function headMissingText(name: string): Text {
  return text(
    `${name} 不见了或已损坏，无法确认记录末尾是否被截去。`,
    `${name} is missing or damaged, so nobody can tell whether the end of the journal was cut off.`,
  );
}

function headBehindText(count: number): Text {
  return text(
    `最后 ${count} 条写下之后运行被中断，journal.head 尚未更新；下次运行会补上。`,
    `A run was cut off after its last ${count} entries, before journal.head was brought up to date; the next run does it.`,
  );
}

type Instant = Pick<Found, 'line' | 'seq' | 'at'>;

function clockText(entry: Instant, previous: Pick<Instant, 'at'>): Text {
  return text(
    `第 ${entry.line} 行的时间 ${entry.at} 早于上一条的 ${previous.at}：电脑时钟可能调过，或由另一台电脑写入。`,
    `Line ${entry.line} is dated ${entry.at}, before the entry above it (${previous.at}): a clock was set back, or another computer wrote it.`,
  );
}

function copyText(name: string, count: number): Text {
  return count === 0
    ? text(
        `${name} 是同步盘留下的副本，内容都已在记录中，可以删除。`,
        `${name} is a copy left by a synchronised folder; all of it is in the journal, it may be deleted.`,
      )
    : text(
        `${name} 是同步盘留下的副本（两台电脑同时写过），其中 ${count} 条只在副本里。请保留它，查询时会一并显示；以后请勿在两台电脑上同时运行。`,
        `${name} is a copy left by a synchronised folder (two computers wrote at once); ${count} entries are only there. Keep it, "ledger log" shows them too; do not run on two computers at once.`,
      );
}
