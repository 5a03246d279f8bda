import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, lstatSync, openSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { openOrdinarySync, UnfitFile } from '../files/ordinary.js';
import { type Text, text } from '../model/text.js';
import { fileLines, hadRuns, headPath, readHead, readTail, type Tail, tornPath } from './journal-files.js';
import { BEGINNING, type JournalRun, type Link, readSeal, type Sealable, sealLine } from './journal-line.js';
import { errorCode, stateFailure, writeStateFile } from './state-folder.js';

/** Where the next line of a journal goes, and what is amiss there. */
export type JournalEnd = {
  /** Bytes of the journal that stand as they are. */
  readonly at: number;
  /** A half line after them, left by a run that was cut off. */
  readonly torn: Buffer;
  /** A line feed when the last line lacks its own. */
  readonly lead: '' | '\n';
  readonly link: Link;
  /** Neither journal nor head is there. */
  readonly begins: boolean;
  readonly irregular: readonly Text[];
};

/** Looks at the end of a journal and changes nothing. Call it under the ledger's lock. */
export function journalEnd(path: string): JournalEnd {
  const tail = tailOf(path);
  const irregular: Text[] = [];
  const { rest } = tail;
  // A whole line without its line feed is no half line; and what is longer than any line is none that a run began, and stays.
  const ended = tail.endless || (rest.length > 0 && readSeal(rest)?.sound === true);
  const torn = ended ? Buffer.alloc(0) : tail.rest;
  if (torn.length > 0) irregular.push(tornText(tornPath(path)));
  const last = ended && !tail.endless ? rest : tail.last;
  const head = readHead(path);
  const begins = last === undefined && head === undefined;
  if (begins && hadRuns(path)) irregular.push(goneText());
  return {
    at: tail.size - torn.length,
    torn,
    lead: ended ? '\n' : '',
    link: continueFrom(path, last, head, irregular),
    begins,
    irregular,
  };
}

/** The lines of a run as they follow that end, in pieces of some megabytes; returns where the chain then goes on. */
export function* sealedLines(
  { lead, link: after, irregular }: JournalEnd,
  run: JournalRun,
  entries: Iterable<Sealable>,
): Generator<Buffer, Link> {
  let link = after;
  let pending: string[] = [lead];
  let length = 0;
  for (const entry of withNotes(irregular, entries)) {
    const sealed = sealLine(link, run, entry);
    link = sealed.link;
    pending.push(sealed.line, '\n');
    length += sealed.line.length;
    if (length <= 1 << 22) continue;
    yield Buffer.from(pending.join(''));
    pending = [];
    length = 0;
  }
  yield Buffer.from(pending.join(''));
  return link;
}

function* withNotes(irregular: readonly Text[], entries: Iterable<Sealable>): Generator<Sealable> {
  for (const note of irregular) yield { kind: 'journal', why: note.zh };
  yield* entries;
}

/**
 * Writes lines at an end and flushes them; the head must follow. Half a run in the journal would say that things were done
 * which were not: when the disk refuses, the journal is cut back to what it was.
 */
export function putLines(
  path: string,
  { at, torn }: Pick<JournalEnd, 'at' | 'torn'>,
  pieces: Iterator<Buffer, Link>,
): Link {
  const file = openOwn(path, constants.O_RDWR);
  try {
    if (torn.length > 0) {
      keepAside(tornPath(path), torn);
      ftruncateSync(file, at);
    }
    try {
      let end = at;
      let piece = pieces.next();
      while (piece.done !== true) {
        end += writeAll(file, piece.value, end);
        piece = pieces.next();
      }
      fsyncSync(file);
      return piece.value;
    } catch (error) {
      // The first failure is the one to report.
      try {
        ftruncateSync(file, at);
      } catch {
        // What stays is whole lines, which hold, and a half one, which the next run moves aside.
      }
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

/** Number and hash of the last line, whole or not at all. */
export async function writeHead(path: string, link: Link): Promise<void> {
  await writeStateFile(headPath(path), `${JSON.stringify({ seq: link.seq, hash: link.hash })}\n`);
}

/** From now on a journal without head means that the head was taken away, not that the first run was killed. */
export async function beginHead(path: string, { begins }: Pick<JournalEnd, 'begins'>): Promise<void> {
  if (begins) await writeHead(path, BEGINNING);
}

function tailOf(path: string): Tail {
  let file: number;
  try {
    // Nothing is written through a link: better said now than when the workbook is written already.
    if (lstatSync(path).isSymbolicLink()) throw new UnfitFile('ENOTFILE', path);
    file = openOrdinarySync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { size: 0, last: undefined, rest: Buffer.alloc(0), endless: false };
    throw error;
  }
  try {
    return readTail(file);
  } finally {
    closeSync(file);
  }
}

/** The link that the next line is to carry, and what is amiss. */
function continueFrom(path: string, lastLine: Buffer | undefined, head: Link | undefined, irregular: Text[]): Link {
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

/** Whether a sound line with this hash stands in the journal. */
export function hasLine(path: string, wanted: string): boolean {
  const mark = Buffer.from(`"${wanted}"}`);
  for (const { bytes } of fileLines(path)) {
    if (bytes.subarray(-mark.length).equals(mark) && readSeal(bytes)?.sound === true) return true;
  }
  return false;
}

function countLines(path: string): number {
  let count = 0;
  for (const { number } of fileLines(path)) count = number;
  return count;
}

function keepAside(path: string, bytes: Buffer): void {
  try {
    const file = openOwn(path, constants.O_WRONLY | constants.O_APPEND);
    try {
      writeSync(file, bytes);
      writeSync(file, '\n');
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw stateFailure(error, path);
  }
}

/** Opens a file of ours to write into it, and makes it. A link is not followed, and a pipe's reader not waited for. */
function openOwn(path: string, flags: number): number {
  const { O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  let file: number;
  try {
    file = openSync(path, flags | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644);
  } catch (error) {
    // So says the system of a link, and of a pipe that nobody reads.
    throw errorCode(error) === 'ELOOP' || errorCode(error) === 'ENXIO' ? new UnfitFile('ENOTFILE', path) : error;
  }
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw new UnfitFile('ENOTFILE', path);
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

function goneText(): Text {
  return text(
    '这本台账以前同步过，但修改记录整个不见了（被删除，或没有随台账一起搬来）；记录从这里重新开始。',
    'This ledger was synced before, but all of its journal is gone (deleted, or not moved along with the ledger); it begins anew here.',
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
