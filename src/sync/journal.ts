import { basename, dirname } from 'node:path';
import type { Text } from '../model/text.js';
import { beginHead, journalEnd, putLines, sealedLines, writeHead } from './journal-end.js';
import { conflictCopies, fileLines, readHead } from './journal-files.js';
import {
  BEGINNING,
  compact,
  type JournalLine,
  type JournalRun,
  type Link,
  looksLikeLine,
  readLine,
  type Sealable,
} from './journal-line.js';
import { makeFolder, stateFailure } from './state-folder.js';

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
export async function appendJournal(path: string, run: JournalRun, entries: readonly Sealable[]): Promise<Appended> {
  if (entries.length === 0) return { last: readHead(path) ?? BEGINNING, irregular: [] };
  return appendEach(path, run, entries);
}

/** The same for entries that come one by one; there is at least one. */
export async function appendEach(path: string, run: JournalRun, entries: Iterable<Sealable>): Promise<Appended> {
  try {
    await makeFolder(dirname(path));
    const end = journalEnd(path);
    await beginHead(path, end);
    const last = putLines(path, end, sealedLines(end, run, entries));
    await writeHead(path, last);
    return { last, irregular: end.irregular };
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
  const wanted = (line: Buffer) => {
    if (!line.includes(mark)) return undefined;
    const entry = readLine(line);
    return row === undefined || entry?.row === row ? entry : undefined;
  };
  const copies = conflictCopies(path);
  const seen = new Set<string>();
  for (const { bytes } of fileLines(path)) {
    const entry = wanted(bytes);
    if (entry === undefined) continue;
    if (copies.length > 0) seen.add(compact(entry.hash));
    yield entry;
  }
  for (const copy of copies) {
    for (const { bytes } of fileLines(copy)) {
      const entry = wanted(bytes);
      if (entry === undefined || seen.has(compact(entry.hash))) continue;
      seen.add(compact(entry.hash));
      yield { ...entry, from: basename(copy) };
    }
  }
}

/** The last entries in the order of `readJournal`, and how many stand before them, without understanding each of these. */
export function newestEntries(
  path: string,
  most: number,
): { readonly shown: readonly (JournalLine & { from?: string })[]; readonly earlier: number } {
  if (conflictCopies(path).length > 0) {
    const { newest, earlier } = lastOf(readJournal(path), most);
    return { shown: newest, earlier };
  }
  const { newest, earlier } = lastOf(likelyLines(path), most);
  return { shown: newest.flatMap(line => readLine(line) ?? []), earlier };
}

function* likelyLines(path: string): Generator<Buffer> {
  for (const { bytes } of fileLines(path)) if (looksLikeLine(bytes)) yield Buffer.from(bytes);
}

function lastOf<T>(all: Iterable<T>, most: number): { readonly newest: readonly T[]; readonly earlier: number } {
  let newest: T[] = [];
  let earlier = 0;
  for (const one of all) {
    newest.push(one);
    if (newest.length < 2 * most) continue;
    newest = newest.slice(most);
    earlier += most;
  }
  const over = Math.max(0, newest.length - most);
  return { newest: newest.slice(over), earlier: earlier + over };
}
