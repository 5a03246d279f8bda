import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Link } from './journal-line.js';
import { errorCode } from './state-folder.js';

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
    content = readFileSync(headPath(journal), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const found = /^\{"seq":(\d{1,15}),"hash":"((?:[0-9a-f]{64})?)"\}\s*$/.exec(content);
  return found?.[1] === undefined || found[2] === undefined ? undefined : { seq: Number(found[1]), hash: found[2] };
}

/** One line of a file; `whole` is false for a last one without line feed. */
export type FileLine = { readonly number: number; readonly line: string; readonly whole: boolean };

const CHUNK = 1 << 20;
const LINE_FEED = 0x0a;

/**
 * The lines of a file, split at line feeds only (readline would also split at U+2028, which may stand in a cell). A file that
 * is missing has none.
 */
export function* fileLines(path: string): Generator<FileLine> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    let number = 0;
    let begun: Buffer[] = [];
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const length = readSync(file, chunk, 0, CHUNK, null);
      if (length === 0) break;
      let from = 0;
      for (let at = chunk.indexOf(LINE_FEED); at !== -1 && at < length; at = chunk.indexOf(LINE_FEED, from)) {
        number += 1;
        yield { number, line: Buffer.concat([...begun, chunk.subarray(from, at)]).toString('utf8'), whole: true };
        begun = [];
        from = at + 1;
      }
      if (from < length) begun.push(chunk.subarray(from, length));
    }
    if (begun.length > 0) yield { number: number + 1, line: Buffer.concat(begun).toString('utf8'), whole: false };
  } finally {
    closeSync(file);
  }
}

/** The end of an open file: its last whole line, and the bytes after it that belong to no whole line. */
export type Tail = { readonly size: number; readonly last: string | undefined; readonly rest: Buffer };

/** Reads back from the end, as far as needed. */
export function readTail(file: number): Tail {
  const { size } = fstatSync(file);
  for (let span = 1 << 16; ; span *= 4) {
    const from = Math.max(0, size - span);
    const bytes = Buffer.allocUnsafe(size - from);
    let filled = 0;
    while (filled < bytes.length) {
      const length = readSync(file, bytes, filled, bytes.length - filled, from + filled);
      if (length === 0) break;
      filled += length;
    }
    const end = bytes.lastIndexOf(LINE_FEED);
    const start = end <= 0 ? -1 : bytes.lastIndexOf(LINE_FEED, end - 1);
    // Not yet far enough back to be sure where the last whole line begins.
    if (from > 0 && start === -1) continue;
    return {
      size,
      last: end === -1 ? undefined : bytes.subarray(start + 1, end).toString('utf8'),
      rest: bytes.subarray(end + 1),
    };
  }
}
