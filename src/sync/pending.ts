import { createHash } from 'node:crypto';
import { closeSync, fstatSync, readSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { MEGABYTE, openOrdinarySync } from '../files/ordinary.js';
import { text } from '../model/text.js';
import { type Announce, type Coming, StoreError } from '../stores/store.js';
import { appendEach, appendJournal, type JournalEntry, type JournalLine, type JournalRun } from './journal.js';
import { beginHead, hasLine, type JournalEnd, journalEnd, putLines, sealedLines, writeHead } from './journal-end.js';
import { fileLines, readHead } from './journal-files.js';
import { type Link, readLine } from './journal-line.js';
import { forgetServiceWrite, putDownForService, type ServiceWrite } from './pending-service.js';
import { sha256 } from './run-cache.js';
import { errorCode, flushFolder, makeFolder, type StatePaths, stateFailure, writeStateFile } from './state-folder.js';

/*
 * pending.jsonl: what a run is about to do, put down and flushed before the workbook is replaced. The file's new hash, the
 * journal's lines already sealed, and beside it (`memory.json.next` …) the files of the state that belong to the new workbook.
 * Once the workbook is in place all of it is brought in and pending.jsonl goes. A run that is killed in between leaves it to
 * the next one, which finds out from the workbook's hash whether it was replaced: then it brings everything in, to the byte
 * what the killed run would have left; if not, nothing was done and nothing is said.
 */

/** What belongs to a new state of a file. */
export type Aftermath = {
  readonly entries: readonly JournalEntry[];
  /** Files of the state folder by path, with their content. */
  readonly files: ReadonlyMap<string, string>;
};

const headerSchema = z.object({
  version: z.literal(1),
  run: z.object({ run: z.string(), who: z.string(), at: z.string() }),
  /** The file that is replaced and the new one beside it, seen from the state folder, which moves along with them. */
  file: z.string(),
  temporary: z.string(),
  from: z.string(),
  to: z.string(),
  /** The end of the journal as it was. */
  at: z.int().nonnegative(),
  torn: z.base64(),
  begins: z.boolean(),
  files: z.array(z.string().regex(/^[\w-]+\.json$/)),
});
type Header = z.infer<typeof headerSchema>;
const trailerSchema = z.object({ seq: z.int(), hash: z.string(), sha256: z.string() });

/** As it is read back: whole, or there is none. Its lines stay where they are: there may be more than the memory holds. */
type Pending = Header & { readonly lines: Stretch; readonly last: Link };
/** Bytes of a file. */
type Stretch = { readonly path: string; readonly from: number; readonly length: number };

/**
 * Does a work that replaces a file, and brings into journal and state what belongs to it: both, or, whenever it is cut off,
 * neither in the end. A store that cannot tell its new state beforehand does not announce it; then the state follows the work.
 * @param aftermath what belongs to the new state, by its revision
 * @param service a write of a service, and what of its aftermath does not depend on the revision (see pending-service.ts)
 * @throws StoreError of the work, or (exit 4) when the state cannot be written
 */
export async function withAftermath<T extends { readonly revision: string }>(
  paths: StatePaths,
  run: JournalRun,
  aftermath: (revision: string) => Aftermath,
  work: (announce: Announce) => Promise<T>,
  service?: { readonly write: ServiceWrite; readonly early: Aftermath },
): Promise<T> {
  if (service !== undefined) await putDownForService(paths, run, service.write, service.early);
  let announced = false;
  let done: T;
  try {
    done = await work(async coming => {
      announced = true;
      await putDown(paths, run, coming, aftermath(coming.to));
    });
  } catch (error) {
    // By the file's hash, not on the error's word: network drives report renames as failed that were done.
    if (announced) await settle(paths).catch(() => undefined);
    throw error;
  }
  if (announced) {
    await settle(paths, done.revision).catch((error: unknown) => {
      throw behind(stateFailure(error, paths.journal));
    });
  } else {
    const { entries, files } = aftermath(done.revision);
    await appendJournal(paths.journal, run, entries);
    for (const [path, content] of files) await writeStateFile(path, content);
    if (service !== undefined) await forgetServiceWrite(paths, service.write.address);
  }
  return done;
}

/**
 * Brings in or takes back what a run that was cut off had put down. Call it under the ledger's lock, before anything of the
 * state is read. Nothing is there to settle: one look into the folder.
 * @param revision of the workbook that is at hand: it may have been renamed since
 * @throws StoreError (exit 4) when the folder cannot be read or written
 */
export async function settle(paths: StatePaths, revision?: string): Promise<void> {
  const path = pendingPath(paths);
  try {
    if (!(await isPending(paths))) return;
    const pending = readPending(path);
    if (pending !== undefined && wasReplaced(paths, pending, revision)) await bringIn(paths, pending);
    await takeAway(paths, pending);
  } catch (error) {
    throw stateFailure(error, path);
  }
}

/** Whether a run that was cut off left something to be settled. */
export async function isPending(paths: StatePaths): Promise<boolean> {
  try {
    await stat(pendingPath(paths));
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw stateFailure(error, pendingPath(paths));
  }
}

/** The state as the next run under the lock will find it, for those who only look: nothing is moved. */
export type Foreseen = {
  /** Where the content of a file of the state stands: the first of these that is there. */
  readonly places: (path: string) => readonly string[];
  /** Where the journal will end; undefined when it ends where it does. */
  readonly journalEnd: Link | undefined;
  /** File whose sealed lines the journal will take up; undefined when none wait. */
  readonly journalWaits: string | undefined;
};

/**
 * What a run that was cut off had put down is counted in, if its workbook is the one at hand.
 * @param revision of the workbook that is at hand
 * @throws StoreError (exit 4) when the folder cannot be read
 */
export async function foreseeState(paths: StatePaths, revision: string): Promise<Foreseen> {
  const pending = (await isPending(paths)) ? readPending(pendingPath(paths)) : undefined;
  if (pending === undefined || !wasReplaced(paths, pending, revision))
    return { places: path => [path], journalEnd: undefined, journalWaits: undefined };
  const waiting = new Set(pending.files.map(name => join(paths.folder, name)));
  return {
    // Whoever brings them in at this moment moves them to where they belong.
    places: path => (waiting.has(path) ? [`${path}.next`, path] : [path]),
    journalEnd: pending.lines.length > 0 ? pending.last : undefined,
    journalWaits: pending.lines.length > 0 ? pendingPath(paths) : undefined,
  };
}

function pendingPath(paths: StatePaths): string {
  return join(paths.folder, 'pending.jsonl');
}

async function putDown(
  paths: StatePaths,
  run: JournalRun,
  coming: Coming,
  { entries, files }: Aftermath,
): Promise<void> {
  const path = pendingPath(paths);
  try {
    await makeFolder(paths.folder);
    for (const [file, content] of files) await writeFlushed(`${file}.next`, [Buffer.from(content)]);
    await writeFlushed(path, pendingContent(paths, run, coming, entries, [...files.keys()]));
    await flushFolder(paths.folder);
  } catch (error) {
    for (const file of [path, ...[...files.keys()].map(one => `${one}.next`)])
      await rm(file, { force: true }).catch(() => undefined);
    throw stateFailure(error, path);
  }
}

function* pendingContent(
  paths: StatePaths,
  run: JournalRun,
  { file, temporary, from, to }: Coming,
  entries: readonly JournalEntry[],
  files: readonly string[],
): Generator<Buffer> {
  const end = endOf(paths.journal);
  const header: Header = {
    version: 1,
    run,
    file: relative(paths.folder, file),
    temporary: relative(paths.folder, temporary),
    from,
    to,
    at: end.at,
    torn: end.torn.toString('base64'),
    begins: end.begins,
    files: files.map(one => basename(one)),
  };
  const digest = createHash('sha256');
  const first = Buffer.from(`${JSON.stringify(header)}\n`);
  digest.update(first);
  yield first;
  if (entries.length === 0) {
    yield Buffer.from(trailer(end.link, digest.digest('hex')));
    return;
  }
  const lines = sealedLines(end, run, entries);
  let piece = lines.next();
  while (piece.done !== true) {
    digest.update(piece.value);
    yield piece.value;
    piece = lines.next();
  }
  yield Buffer.from(trailer(piece.value, digest.digest('hex')));
}

function endOf(journal: string): JournalEnd {
  try {
    return journalEnd(journal);
  } catch (error) {
    throw stateFailure(error, journal);
  }
}

function trailer(last: Link, digest: string): string {
  return `${JSON.stringify({ seq: last.seq, hash: last.hash, sha256: digest })}\n`;
}

async function writeFlushed(path: string, pieces: Iterable<Buffer>): Promise<void> {
  try {
    // Not over what lies there: a pipe would wait for a reader.
    await rm(path, { force: true });
    const file = await open(path, 'wx');
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw stateFailure(error, path);
  }
}

/** undefined: the run was cut off while it wrote this, before anything was done. */
function readPending(path: string): Pending | undefined {
  const digest = createHash('sha256');
  let header: Header | undefined;
  let from = 0;
  let length = 0;
  // Each line waits for the next one: the last is the trailer.
  let held: Buffer | undefined;
  for (const { bytes, whole } of fileLines(path)) {
    if (!whole) return undefined;
    if (held !== undefined) {
      digest.update(held).update('\n');
      if (header === undefined) {
        const first = headerSchema.safeParse(json(held));
        if (!first.success) return undefined;
        header = first.data;
        from = held.length + 1;
      } else length += held.length + 1;
    }
    held = Buffer.from(bytes);
  }
  const trailer = held === undefined ? undefined : trailerSchema.safeParse(json(held));
  if (header === undefined || trailer?.success !== true || digest.digest('hex') !== trailer.data.sha256)
    return undefined;
  const { seq, hash } = trailer.data;
  return { ...header, lines: { path, from, length }, last: { seq, hash } };
}

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The workbook's hash says it. When somebody has changed the workbook since, the new file's own name says whether it is still waiting there. */
function wasReplaced(paths: StatePaths, { file, temporary, from, to }: Header, revision: string | undefined): boolean {
  if (revision === to) return true;
  const present = sha256(resolve(paths.folder, file));
  if (present === to) return true;
  if (present === from || revision === from) return false;
  return sha256(resolve(paths.folder, temporary)) !== to;
}

async function bringIn(paths: StatePaths, pending: Pending): Promise<void> {
  const { journal } = paths;
  try {
    // If not, the journal is not what it was: lines are gone, or another computer's were put in its place.
    if (pending.lines.length > 0 && !(await putRest(journal, pending)))
      await appendEach(journal, pending.run, linesOf(pending));
  } catch (error) {
    throw errorCode(error) === undefined ? error : stateFailure(error, journal);
  }
  for (const name of pending.files) {
    const path = join(paths.folder, name);
    await rename(`${path}.next`, path).catch((error: unknown) => {
      // Brought in already, by a run that was cut off afterwards.
      if (errorCode(error) !== 'ENOENT') throw stateFailure(error, path);
    });
  }
}

function* linesOf({ lines }: Pending): Generator<JournalLine> {
  for (const { number, bytes } of fileLines(lines.path)) {
    // Header and trailer are no lines of the journal.
    const line = number === 1 ? undefined : readLine(bytes);
    if (line !== undefined) yield line;
  }
}

/** Writes what is still missing of the lines, if the journal goes on just where it did; false if it does not. */
async function putRest(journal: string, { at, torn, lines, last, begins }: Pending): Promise<boolean> {
  const half = Buffer.from(torn, 'base64');
  const there = lengthFrom(journal, at);
  if (there === undefined) return false;
  const same = there === 0 || equal({ path: journal, from: at, length: Math.min(there, lines.length) }, lines);
  // Further lines may follow ours: then all was brought in but for the removal of pending.jsonl.
  if (there > lines.length) return same || hasLine(journal, last.hash);
  const isTorn = half.length > 0 && there === half.length && startsWith(journal, at, half);
  if (!isTorn && !same) return hasLine(journal, last.hash);
  await beginHead(journal, { begins: begins && readHead(journal) === undefined });
  if (isTorn) putLines(journal, { at, torn: half }, pieces(lines, last));
  else if (there < lines.length) {
    const rest = { ...lines, from: lines.from + there, length: lines.length - there };
    putLines(journal, { at: at + there, torn: Buffer.alloc(0) }, pieces(rest, last));
  }
  await writeHead(journal, last);
  return true;
}

/** The bytes of a file in pieces of some megabytes. */
function* pieces({ path, from, length }: Stretch, last: Link): Generator<Buffer, Link> {
  const file = openOrdinarySync(path);
  try {
    for (let done = 0; done < length; ) {
      const piece = Buffer.allocUnsafe(Math.min(4 * MEGABYTE, length - done));
      const filled = readSync(file, piece, 0, piece.length, from + done);
      if (filled === 0) throw new Error(`${path} became shorter while it was read`);
      yield piece.subarray(0, filled);
      done += filled;
    }
  } finally {
    closeSync(file);
  }
  return last;
}

/** Whether a stretch is how another one begins. */
function equal(one: Stretch, other: Stretch): boolean {
  const both = [openOrdinarySync(one.path), openOrdinarySync(other.path)] as const;
  try {
    const bytes = [Buffer.allocUnsafe(MEGABYTE), Buffer.allocUnsafe(MEGABYTE)] as const;
    for (let done = 0; done < one.length; done += MEGABYTE) {
      const length = Math.min(MEGABYTE, one.length - done);
      for (const n of [0, 1] as const) {
        const from = (n === 0 ? one : other).from + done;
        if (readSync(both[n], bytes[n], 0, length, from) !== length) return false;
      }
      if (bytes[0].compare(bytes[1], 0, length, 0, length) !== 0) return false;
    }
    return true;
  } finally {
    for (const file of both) closeSync(file);
  }
}

/** How many bytes a file has from a place on; undefined when it ends before that place. */
function lengthFrom(path: string, at: number): number | undefined {
  let file: number;
  try {
    file = openOrdinarySync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return at === 0 ? 0 : undefined;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    return size < at ? undefined : size - at;
  } finally {
    closeSync(file);
  }
}

function startsWith(path: string, at: number, wanted: Buffer): boolean {
  const file = openOrdinarySync(path);
  try {
    const bytes = Buffer.alloc(wanted.length);
    return readSync(file, bytes, 0, bytes.length, at) === bytes.length && bytes.equals(wanted);
  } finally {
    closeSync(file);
  }
}

/** pending.jsonl goes first: without it the rest says nothing. A new workbook that never got into its place goes, too. */
async function takeAway(paths: StatePaths, pending: Pending | undefined): Promise<void> {
  await rm(pendingPath(paths), { force: true });
  await flushFolder(paths.folder);
  if (pending === undefined) return;
  for (const name of pending.files)
    await rm(join(paths.folder, `${name}.next`), { force: true }).catch(() => undefined);
  const temporary = resolve(paths.folder, pending.temporary);
  if (/^\.ledger-[\w-]+\.tmp$/.test(basename(temporary)) && sha256(temporary) === pending.to)
    await rm(temporary, { force: true }).catch(() => undefined);
}

/** The workbook is written and nothing of it is lost: what the state still lacks, the next run brings in. */
function behind({ text: reason, code, message }: StoreError): StoreError {
  return new StoreError(
    4,
    code,
    text(
      `台账已经写好，但修改记录还没有记完；下次运行会自动补上。原因：${reason.zh}`,
      `The ledger is written, but its journal is not yet complete; the next run completes it. The reason: ${reason.en}`,
    ),
    { cause: message },
  );
}
