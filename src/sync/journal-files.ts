import { closeSync, existsSync, fstatSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MEGABYTE, openOrdinarySync, readOrdinarySync } from '../files/ordinary.js';
import type { Link } from './journal-line.js';
import { errorCode, stateFailure } from './state-folder.js';

/** Number and hash of the last line, beside the journal: without it a cut-off end could not be seen. */
export function headPath(journal: string): string {
  return journal.replace(/\.jsonl$/, '.head');
}

/** Where half-written lines of killed runs are kept. */
export function tornPath(journal: string): string {
  return journal.replace(/\.jsonl$/, '.torn');
}

/**
 * Whether the ledger was synced before, going by what that sync remembered beside its journal: then a journal of which nothing
 * is left was taken away.
 */
export function hadRuns(journal: string): boolean {
  return existsSync(join(dirname(journal), 'memory.json'));
}

/**
 * Copies that a synchronised folder made when two computers wrote at the same time (`journal (conflicted copy).jsonl`,
 * `journal.sync-conflict-….jsonl`, `journal-某电脑的冲突副本.jsonl` …).
 */
export function conflictCopies(journal: string): string[] {
  const folder = dirname(journal);
  const own = basename(journal);
  const stem = own.replace(/\.jsonl$/, '');
  try {
    return readdirSync(folder)
      .filter(name => name !== own && name.startsWith(stem) && name.endsWith('.jsonl'))
      .sort()
      .map(name => join(folder, name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The head, or undefined when there is none that can be read. */
export function readHead(journal: string): Link | undefined {
  let content: string;
  try {
    content = readOrdinarySync(headPath(journal), MEGABYTE).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ETOOLARGE') return undefined;
    throw stateFailure(error, headPath(journal));
  }
  const found = /^\{"seq":(\d{1,15}),"hash":"((?:[0-9a-f]{64})?)"\}\s*$/.exec(content);
  return found?.[1] === undefined || found[2] === undefined ? undefined : { seq: Number(found[1]), hash: found[2] };
}

/**
 * One line of a file. `bytes` hold until the next line is asked for; they are empty for a line longer than any of ours.
 * `whole` is false for a last one without line feed.
 */
export type FileLine = { readonly number: number; readonly bytes: Buffer; readonly whole: boolean };

const CHUNK = MEGABYTE;
const LINE_FEED = 0x0a;
/** Two texts as long as a cell can hold, every character of them escaped, take a tenth of it. */
export const LONGEST_LINE = 8 * MEGABYTE;
/** A half line stands in another line, in base64, until the run that moves it aside is over. */
export const LONGEST_TORN = LONGEST_LINE / 2;
const NOTHING = Buffer.alloc(0);

/**
 * The lines of a file, split at line feeds only (readline would also split at U+2028, which may stand in a cell), in bounded
 * memory, however long file and lines are. A file that is missing has none.
 * @throws StoreError (exit 4) when something else than a file stands there, or the system refuses to read it
 */
export function* fileLines(path: string): Generator<FileLine> {
  let file: number;
  try {
    file = openOrdinarySync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw stateFailure(error, path);
  }
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let number = 0;
    let begun: Buffer[] = [];
    let length = 0;
    for (;;) {
      const bytes = chunk.subarray(0, readSync(file, chunk, 0, CHUNK, null));
      if (bytes.length === 0) break;
      let from = 0;
      for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, from)) {
        number += 1;
        yield { number, bytes: joined(begun, length, bytes.subarray(from, at)), whole: true };
        begun = [];
        length = 0;
        from = at + 1;
      }
      length += bytes.length - from;
      // The chunk is filled anew; of what is too long nothing is kept.
      if (length > LONGEST_LINE) begun = [];
      else if (from < bytes.length) begun.push(Buffer.from(bytes.subarray(from)));
    }
    if (length > 0) yield { number: number + 1, bytes: joined(begun, length, NOTHING), whole: false };
  } catch (error) {
    throw errorCode(error) === undefined ? error : stateFailure(error, path);
  } finally {
    closeSync(file);
  }
}

/** A line from its pieces. @param length of all that was begun */
function joined(begun: readonly Buffer[], length: number, rest: Buffer): Buffer {
  if (length + rest.length > LONGEST_LINE) return NOTHING;
  return begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
}

/** The end of an open file. */
export type Tail = {
  readonly size: number;
  /** Its last whole line; empty when it is longer than any of ours. */
  readonly last: Buffer | undefined;
  /** The bytes after it that belong to no whole line. */
  readonly rest: Buffer;
  /** There are more of these than any line has; then neither they nor the line before are given. */
  readonly endless: boolean;
};

/** Reads back from the end, as far as needed, but never further than two lines can reach. */
export function readTail(file: number): Tail {
  const { size } = fstatSync(file);
  const most = Math.min(size, 2 * (LONGEST_LINE + 1));
  for (let span = Math.min(most, 1 << 16); ; span = Math.min(most, span * 4)) {
    const from = size - span;
    const bytes = Buffer.allocUnsafe(span);
    let filled = 0;
    while (filled < bytes.length) {
      const length = readSync(file, bytes, filled, bytes.length - filled, from + filled);
      if (length === 0) break;
      filled += length;
    }
    const end = bytes.lastIndexOf(LINE_FEED);
    const start = end <= 0 ? -1 : bytes.lastIndexOf(LINE_FEED, end - 1);
    // Not yet far enough back to be sure where the last whole line begins.
    if (span < most && start === -1) continue;
    const rest = bytes.subarray(end + 1);
    if (rest.length > LONGEST_TORN) return { size, last: NOTHING, rest: NOTHING, endless: true };
    const last = end === -1 ? undefined : bytes.subarray(start + 1, end);
    const cut = last !== undefined && (last.length > LONGEST_LINE || (start === -1 && from > 0));
    return { size, last: cut ? NOTHING : last, rest, endless: false };
  }
}
