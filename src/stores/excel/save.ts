import { hash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { StoreError } from '../store.js';
import { errorCode, type FileSystem } from './file-system.js';
import { openElsewhere, type RefusalCode, refuse, stale } from './refusals.js';
import { revisionOf } from './workbook.js';

/** @throws StoreError `open-elsewhere` when a program that has the file open left its mark beside it. */
export async function requireClosed(fs: FileSystem, path: string): Promise<void> {
  const name = basename(path);
  // Excel and WPS put `~$` before the name (for names over 8 characters in the place of the first two), LibreOffice
  // `.~lock.` around it, WPS on Linux `.~`.
  const marks = new Set([`~$${name}`, `~$${name.slice(2)}`, `.~${name}`, `.~lock.${name}#`]);
  const found = (await fs.list(dirname(path))).find(entry => marks.has(entry));
  if (found !== undefined) throw openElsewhere(path, found);
}

const TEMPORARY_PREFIX = '.ledger-';
const TEMPORARY_SUFFIX = '.tmp';
/**
 * A temporary file this old belongs to a run that was killed. That of another workbook may still have to tell its own next
 * run that it never came into its place (see sync/pending.ts), and is left for long.
 */
const ABANDONED_AFTER = 60 * 60 * 1000;
const FORGOTTEN_AFTER = 30 * 24 * ABANDONED_AFTER;

/** Where the new file is prepared: in the same folder, so that the rename is one step. Its name tells whose it is. */
export function temporaryPath(fs: FileSystem, target: string): string {
  return join(dirname(target), `${temporaryPrefix(target)}${fs.unique()}${TEMPORARY_SUFFIX}`);
}

function temporaryPrefix(target: string): string {
  return `${TEMPORARY_PREFIX}${hash('sha256', basename(target)).slice(0, 8)}-`;
}

/** Removes what killed runs left beside the file. What cannot be removed does no harm and stays. */
export async function removeAbandoned(fs: FileSystem, target: string): Promise<void> {
  const folder = dirname(target);
  for (const name of await fs.list(folder)) {
    if (!name.startsWith(TEMPORARY_PREFIX) || !name.endsWith(TEMPORARY_SUFFIX)) continue;
    const path = join(folder, name);
    const after = name.startsWith(temporaryPrefix(target)) ? ABANDONED_AFTER : FORGOTTEN_AFTER;
    try {
      const { modified } = await fs.stat(path);
      if (fs.now().getTime() - modified.getTime() > after) await fs.remove(path);
    } catch {
      // Another run removed it first.
    }
  }
}

export type Replacement = {
  readonly target: string;
  readonly bytes: Buffer;
  readonly mode: number;
  /** Checks what the disk gives back; throws when it is not what it should be. */
  readonly verify: (written: Buffer) => Promise<void>;
  /** Runs when the new file is complete and checked; the last moment to keep the old one. Given where the new one waits. */
  readonly beforeReplacing: (temporary: string) => Promise<void>;
  /** The revision that may be replaced. */
  readonly revision: string;
};

/**
 * Replaces a file in one step: until the rename it is the old one, from then on the new one, whole.
 * @throws StoreError; the target is then as it was, and nothing of ours is left beside it.
 */
export async function replaceFile(fs: FileSystem, replacement: Replacement): Promise<void> {
  const { target, bytes, mode, verify, beforeReplacing, revision } = replacement;
  await removeAbandoned(fs, target).catch(() => undefined);
  const temporary = temporaryPath(fs, target);
  try {
    await fs.writeNew(temporary, bytes, mode);
    await fs.makeAlike(temporary, target).catch(() => undefined);
    await verify(await fs.readFile(temporary));
    await beforeReplacing(temporary);
    await requireClosed(fs, target);
    if (revisionOf(await fs.readFile(target)) !== revision) throw stale(target);
    await renameWithPatience(fs, temporary, target);
  } catch (error) {
    await removeQuietly(fs, temporary);
    throw writeFault(error, target);
  }
  // The new file is in place; a folder that cannot be flushed (network drives) does not undo that.
  await fs.flushFolder(dirname(target)).catch(() => undefined);
}

const RENAME_PATIENCE = 5_000;
const RENAME_PAUSE = 250;

/** On Windows a virus scanner or a preview may hold the file for a moment. */
async function renameWithPatience(fs: FileSystem, from: string, to: string): Promise<void> {
  for (let waited = 0; ; waited += RENAME_PAUSE) {
    try {
      await fs.rename(from, to);
      return;
    } catch (error) {
      const code = errorCode(error);
      const busy = code === 'EBUSY' || code === 'EPERM' || code === 'EACCES';
      if (!busy) throw error;
      if (waited >= RENAME_PATIENCE) {
        throw refuse(code === 'EBUSY' ? 'open-elsewhere' : 'read-only-folder', to, undefined, error);
      }
      await fs.wait(RENAME_PAUSE);
    }
  }
}

export async function removeQuietly(fs: FileSystem, path: string): Promise<void> {
  await fs.remove(path).catch(() => undefined);
}

const WRITE_FAULTS: Readonly<Record<string, RefusalCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EROFS: 'read-only-folder',
  EACCES: 'read-only-folder',
  EPERM: 'read-only-folder',
  EBUSY: 'open-elsewhere',
};

/** A system error as a sentence; a StoreError and anything that is a bug as it is. */
export function writeFault(error: unknown, path: string): unknown {
  const code = errorCode(error);
  if (code === undefined || isStoreError(error)) return error;
  return refuse(WRITE_FAULTS[code] ?? 'write-failed', path, undefined, error);
}

const READ_FAULTS: Readonly<Record<string, RefusalCode>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  ELOOP: 'not-found',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EISDIR: 'folder',
  ENOTFILE: 'not-a-file',
  ETOOLARGE: 'too-large',
  EBUSY: 'open-elsewhere',
  ENAMETOOLONG: 'name-too-long',
};

export function readFault(error: unknown, path: string): unknown {
  const code = errorCode(error);
  if (code === undefined || isStoreError(error)) return error;
  return refuse(READ_FAULTS[code] ?? 'unreadable', path, undefined, error);
}

function isStoreError(error: unknown): error is StoreError {
  return error instanceof Error && error.name === 'StoreError';
}
