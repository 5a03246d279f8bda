import { closeSync, constants, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type Text, text } from '../model/text.js';
import { conflictCopies, fileLines, headPath, readHead, readTail, tornPath } from './journal-files.js';
import {
  BEGINNING,
  type JournalEntry,
  type JournalLine,
  type JournalRun,
  type Link,
  readLine,
  readSeal,
  sealLine,
} from './journal-line.js';
import { stateFailure, writeStateFile } from './state-folder.js';

export type { JournalEntry, JournalKind, JournalLine, JournalRun } from './journal-line.js';

/*
 * journal.jsonl: who changed what when. Lines are only ever added. Each carries the hash of the one before, and journal.head
 * the last number and hash, so that a changed, removed, moved or cut-off line is seen (`verifyJournal`). It shows accidents and
 * casual tampering; who may write the folder and rewrites lines and head together is not stopped. Note the last hash elsewhere
 * (the 签发核对表, say) where that matters.
 *
 * Appending never covers damage up: it goes on from the head where the journal and its head disagree, so the break stays
 * visible for good, and says so in a line of kind `journal`.
 *
 * Two computers: on a shared folder the lock keeps them apart. In a folder that a cloud service synchronises there is no lock
 * that both see; the service keeps one journal and puts the other beside it as a conflict copy. Reading and verifying take such
 * copies in: nothing is lost, the fork is reported, and the next run goes on.
 */

export type Appended = {
  readonly last: Link;
  /** What was found amiss at the end of the journal; it has been written into the journal, too. */
  readonly irregular: readonly Text[];
};

/**
 * Adds the entries of one run in one go, flushed to the disk. Call it under the ledger's lock. No entries: nothing happens.
 * A half line that a killed run left at the end goes to `journal.torn` and the chain goes on.
 * @throws StoreError (exit 4) when the disk is full or the folder cannot be written; the journal is then as before.
 */
export async function appendJournal(
  path: string,
  run: JournalRun,
  entries: readonly JournalEntry[],
): Promise<Appended> {
  if (entries.length === 0) return { last: readHead(path) ?? BEGINNING, irregular: [] };
  try {
    await mkdir(dirname(path), { recursive: true });
    const { last, irregular } = await appendLines(path, run, entries);
    await writeHead(path, last);
    return { last, irregular };
  } catch (error) {
    throw stateFailure(error, path);
  }
}

/**
 * The journal's lines in order, then those that only a conflict copy has (`from` names it). Lines that cannot be read are left
 * out: `verifyJournal` speaks of them.
 * @param row only what concerns the row with this id.
 */
export function* readJournal(path: string, row?: string): Generator<JournalLine & { from?: string }> {
  // A cheap look at the text first: the journal of a large ledger has a million lines, a row some ten of them.
  const mark = row === undefined ? '' : `"row":${JSON.stringify(row)}`;
  const wanted = (line: string) => {
    if (!line.includes(mark)) return undefined;
    const entry = readLine(line);
    return row === undefined || entry?.row === row ? entry : undefined;
  };
  const copies = conflictCopies(path);
  const seen = new Set<string>();
  for (const { line } of fileLines(path)) {
    const entry = wanted(line);
    if (entry === undefined) continue;
    if (copies.length > 0) seen.add(entry.hash);
    yield entry;
  }
  for (const copy of copies) {
    for (const { line } of fileLines(copy)) {
      const entry = wanted(line);
      if (entry === undefined || seen.has(entry.hash)) continue;
      seen.add(entry.hash);
      yield { ...entry, from: basename(copy) };
    }
  }
}

async function writeHead(path: string, link: Link): Promise<void> {
  await writeStateFile(headPath(path), `${JSON.stringify({ seq: link.seq, hash: link.hash })}\n`);
}

async function appendLines(path: string, run: JournalRun, entries: readonly JournalEntry[]): Promise<Appended> {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
  try {
    const irregular: Text[] = [];
    const tail = readTail(file);
    let end = tail.size;
    let lastLine = tail.last;
    if (tail.rest.length > 0) {
      const rest = tail.rest.toString('utf8');
      if (readSeal(rest)?.sound === true) {
        end += writeSync(file, '\n', end);
        lastLine = rest;
      } else {
        keepAside(tornPath(path), tail.rest);
        end -= tail.rest.length;
        ftruncateSync(file, end);
        irregular.push(tornText(tornPath(path)));
      }
    }
    const head = readHead(path);
    // From now on a journal without head means that the head was taken away, not that the first run was killed.
    if (lastLine === undefined && head === undefined) await writeHead(path, BEGINNING);
    let link = continueFrom(path, lastLine, head, irregular);
    const notes = irregular.map((note): JournalEntry => ({ kind: 'journal', why: note.zh }));
    try {
      let at = end;
      let pending: string[] = [];
      let length = 0;
      const flush = () => {
        at += writeAll(file, Buffer.from(pending.join('')), at);
        pending = [];
        length = 0;
      };
      for (const entry of [...notes, ...entries]) {
        const sealed = sealLine(link, run, entry);
        link = sealed.link;
        pending.push(sealed.line, '\n');
        length += sealed.line.length;
        if (length > 1 << 22) flush();
      }
      flush();
      fsyncSync(file);
    } catch (error) {
      // Half a run in the journal would say that things were done which were not. The first failure is the one to report.
      try {
        ftruncateSync(file, end);
      } catch {
        // What stays is whole lines, which hold, and a half one, which the next run moves aside.
      }
      throw error;
    }
    return { last: link, irregular };
  } finally {
    closeSync(file);
  }
}

/** The link that the next line is to carry, and what is amiss. */
function continueFrom(path: string, lastLine: string | undefined, head: Link | undefined, irregular: Text[]): Link {
  const seal = lastLine === undefined ? undefined : readSeal(lastLine);
  const last: Link | undefined = lastLine === undefined ? BEGINNING : seal?.sound === true ? seal : undefined;
  if (head === undefined) {
    if (lastLine !== undefined) irregular.push(headMissingText());
    return last ?? { seq: seal?.seq ?? countLines(path), hash: seal?.hash ?? '' };
  }
  if (last === undefined) {
    irregular.push(endDamagedText());
    return { seq: Math.max(head.seq, seal?.seq ?? 0), hash: head.hash };
  }
  if (last.seq < head.seq) {
    irregular.push(cutOffText(last.seq + 1, head.seq));
    return head;
  }
  if (last.seq === head.seq && last.hash === head.hash) return last;
  // The run before was killed between journal and head: then the head's line is there. If not, the end was rewritten.
  if (last.seq > head.seq && (head.seq === 0 || hasLine(path, head.hash))) return last;
  irregular.push(endDamagedText());
  return { seq: last.seq, hash: head.hash };
}

function hasLine(path: string, wanted: string): boolean {
  for (const { line } of fileLines(path)) {
    if (line.endsWith(`"${wanted}"}`) && readSeal(line)?.sound === true) return true;
  }
  return false;
}

function countLines(path: string): number {
  let count = 0;
  for (const { number } of fileLines(path)) count = number;
  return count;
}

function keepAside(path: string, bytes: Buffer): void {
  const file = openSync(path, 'a');
  try {
    writeSync(file, bytes);
    writeSync(file, '\n');
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Buffer, at: number): number {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written, bytes.length - written, at + written);
  return written;
}

function tornText(aside: string): Text {
  return text(
    `修改记录的最后一行只写了一半（上次运行被中断），已移到 ${basename(aside)}，记录继续。`,
    `The last line of the journal was only half written (the last run was cut off); it was moved to ${basename(aside)} and the journal goes on.`,
  );
}

function headMissingText(): Text {
  return text(
    '修改记录旁的 journal.head 不见了或已损坏，无法确认记录末尾是否被截去；记录从现有最后一行继续。',
    'journal.head is missing or damaged, so nobody can tell whether the end of the journal was cut off; it goes on from its last line.',
  );
}

function cutOffText(from: number, to: number): Text {
  return text(
    `修改记录末尾缺少第 ${from} 至 ${to} 条；记录从第 ${to + 1} 条继续，缺口保留可查。`,
    `Entries ${from} to ${to} are missing at the end of the journal; it goes on with entry ${to + 1} and the gap stays visible.`,
  );
}

function endDamagedText(): Text {
  return text(
    '修改记录的末尾与上次记下的校验值不一致（被改写，或两台电脑同时写过）；记录继续，断点保留可查。',
    'The end of the journal does not match the checksum kept last time (it was rewritten, or two computers wrote at once); it goes on and the break stays visible.',
  );
}
