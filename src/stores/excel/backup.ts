import { basename, dirname, extname, join } from 'node:path';
import { withTemporary } from '../../files/until-done.js';
import { wallClock } from '../../model/wall-clock.js';
import type { Coming } from '../store.js';
import { errorCode, type FileSystem, realFileSystem } from './file-system.js';
import { refuse } from './refusals.js';
import {
  readFault,
  removeAbandoned,
  removeQuietly,
  replaceFile,
  requireClosed,
  temporaryPath,
  writeFault,
} from './save.js';
import { readWorkbook, revisionOf } from './workbook.js';

/** A whole copy of a workbook as it was before a write. */
export type Backup = {
  readonly path: string;
  /** `YYYY-MM-DD HH:MM:SS`, by the clock of the computer that made it. */
  readonly takenAt: string;
  readonly size: number;
  /** First 12 digits of the SHA-256 of the copy. */
  readonly revision: string;
};

export const KEEP_BACKUPS = 20;

const NAME = /^(.*) (\d{4}-\d{2}-\d{2}) (\d{2})(\d{2})(\d{2}) ([0-9a-f]{12})(\.[^.]+)?$/s;
const REVISION_DIGITS = 12;

/** The backups in a folder, the newest first. */
export async function listBackups(folder: string, fs: FileSystem = realFileSystem): Promise<readonly Backup[]> {
  const backups: Backup[] = [];
  for (const name of await fs.list(folder)) {
    const found = NAME.exec(name);
    if (found === null) continue;
    const path = join(folder, name);
    const facts = await fs.stat(path).catch(() => undefined);
    // A folder, a pipe, a link that leads nowhere: no copy.
    if (facts?.isFile !== true) continue;
    const { size } = facts;
    const [, , day, hour, minute, second, revision] = found;
    backups.push({ path, takenAt: `${day} ${hour}:${minute}:${second}`, size, revision: revision ?? '' });
  }
  return backups.sort((a, b) => (a.takenAt < b.takenAt ? 1 : a.takenAt > b.takenAt ? -1 : 0));
}

/**
 * Keeps a copy of a workbook and removes the oldest beyond `keep`. The same state is kept once.
 * Returns where the copy lies.
 * @param state what the state is known by, when the copy's bytes do not say it
 */
export async function takeBackup(
  bytes: Buffer,
  of: string,
  folder: string,
  keep: number,
  fs: FileSystem = realFileSystem,
  state?: string,
): Promise<string> {
  try {
    await fs.makeFolder(folder);
    const present = await listBackups(folder, fs);
    const revision = (state ?? revisionOf(bytes)).slice(0, REVISION_DIGITS);
    // A killed run may have made this copy already; only a complete one has its final name.
    const same = present.find(
      backup => backup.revision === revision && (state !== undefined || backup.size === bytes.length),
    );
    if (same !== undefined) return same.path;
    const extension = extname(of);
    const path = join(folder, `${backupStem(of)} ${stamp(fs.now())} ${revision}${extension}`);
    const temporary = temporaryPath(fs, path);
    try {
      await fs.writeNew(temporary, bytes, 0o600);
      await fs.rename(temporary, path);
    } catch (error) {
      await removeQuietly(fs, temporary);
      throw error;
    }
    await fs.flushFolder(folder).catch(() => undefined);
    for (const old of present.slice(Math.max(0, keep - 1))) await removeQuietly(fs, old.path);
    return path;
  } catch (error) {
    throw writeFault(error, of);
  }
}

/** Bytes that most systems take for a name. */
const LONGEST_NAME = 255;

/** The name of a workbook as it stands before the date in the names of its backups: cut off where that would be too long. */
export function backupStem(workbook: string): string {
  const extension = extname(workbook);
  const room = LONGEST_NAME - Buffer.byteLength(` 2023-10-30 174512 ${'0'.repeat(REVISION_DIGITS)}${extension}`);
  let stem = '';
  let length = 0;
  for (const character of basename(workbook, extension)) {
    length += Buffer.byteLength(character);
    if (length > room) break;
    stem += character;
  }
  return stem;
}

/** `2023-10-30 174512`: sorts by time, and no character in it is forbidden anywhere. */
export function stamp(at: Date): string {
  const { day, time } = wallClock(at);
  return `${day} ${time.replaceAll(':', '')}`;
}

/**
 * Puts a backup in the workbook's place, in one step; the present state is kept as a backup first, so a restore can be
 * undone in the same way. A workbook that is gone is made again.
 * @throws StoreError; the workbook is then as it was.
 */
export async function restoreBackup(
  backup: string,
  target: string,
  options: {
    readonly backupDir: string;
    readonly keepBackups?: number;
    readonly fileSystem?: FileSystem;
    /** As for `Store.apply`; given where the present state was kept. */
    readonly announce?: (coming: Coming, kept: string) => Promise<void>;
  },
): Promise<{ readonly revision: string; readonly backup: string | undefined }> {
  const fs = options.fileSystem ?? realFileSystem;
  const keep = options.keepBackups ?? KEEP_BACKUPS;
  const bytes = await fs.readFile(backup).catch((error: unknown) => Promise.reject(readFault(error, backup)));
  const { revision } = await readWorkbook(bytes, backup);
  let path = target;
  try {
    path = await fs.realPath(target);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw readFault(error, target);
    await writeNewFile(fs, target, bytes);
    return { revision, backup: undefined };
  }
  await requireClosed(fs, path);
  const present = await fs.readFile(path).catch((error: unknown) => Promise.reject(readFault(error, path)));
  const { mode } = await fs.stat(path);
  let kept: string | undefined;
  await replaceFile(fs, {
    target: path,
    bytes,
    mode,
    revision: revisionOf(present),
    verify: async written => {
      if (!written.equals(bytes)) throw refuse('verify-failed', path);
    },
    beforeReplacing: async temporary => {
      // One more than usual: the copy being restored must not be the one that falls out.
      kept = await takeBackup(present, path, options.backupDir, keep + 1, fs);
      await options.announce?.({ file: path, temporary, from: revisionOf(present), to: revision }, kept);
    },
  });
  return { revision, backup: kept };
}

/** A file that is whole from the moment it can be seen. @throws StoreError `already-there` rather than overwrite. */
export async function writeNewFile(fs: FileSystem, out: string, bytes: Uint8Array): Promise<void> {
  try {
    await putFile(fs, out, bytes, 'new');
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw refuse('already-there', out, undefined, error);
    throw writeFault(error, out);
  }
}

/**
 * Puts a file in its place, whole and flushed, or does not.
 * @param how `new`: never over another file; `over`: in one step over the one that is there
 * @throws the system's error (`EEXIST` …); then nothing of ours is left
 */
export async function putFile(fs: FileSystem, out: string, bytes: Uint8Array, how: 'new' | 'over'): Promise<void> {
  await removeAbandoned(fs, out).catch(() => undefined);
  const temporary = temporaryPath(fs, out);
  try {
    await withTemporary(temporary, async () => {
      await fs.writeNew(temporary, bytes, 0o644);
      await (how === 'new' ? fs.renameNew(temporary, out) : fs.rename(temporary, out));
    });
  } catch (error) {
    await removeQuietly(fs, temporary);
    throw error;
  }
  await fs.flushFolder(dirname(out)).catch(() => undefined);
}
