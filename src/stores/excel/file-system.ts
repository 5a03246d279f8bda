import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MEGABYTE, readOrdinary } from '../../files/ordinary.js';

/**
 * Every operation with which the store touches the disk, as one record, so that a test can make each of them fail
 * (or end the process) in turn. Errors are Node's own, with their `code` (`ENOSPC`, `EBUSY` …).
 */
export type FileSystem = {
  /** Refuses what is no ordinary file (`EISDIR`, `ENOTFILE`) or absurdly large (`ETOOLARGE`). */
  readonly readFile: (path: string) => Promise<Buffer>;
  /** Follows symbolic links. */
  readonly stat: (path: string) => Promise<FileFacts>;
  /** The path with every symbolic link resolved. */
  readonly realPath: (path: string) => Promise<string>;
  /** Names in a folder; an absent folder is empty. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly makeFolder: (folder: string) => Promise<void>;
  /** Makes a file that must not exist yet, writes it and flushes it to the disk. `mode` as in chmod. */
  readonly writeNew: (path: string, bytes: Uint8Array, mode: number) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  /** As `rename`, but never over another file: fails with `EEXIST`. */
  readonly renameNew: (from: string, to: string) => Promise<void>;
  /** Gives a file the owner, the group and the access list of another, as far as the system lets us. */
  readonly makeAlike: (path: string, as: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  /** Flushes a folder's entries to the disk, where the system can. */
  readonly flushFolder: (folder: string) => Promise<void>;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly now: () => Date;
  /** A few characters that no other run has. */
  readonly unique: () => string;
};

export type FileFacts = {
  readonly isFolder: boolean;
  /** Neither a folder nor a device, a pipe or a socket, which may never end. */
  readonly isFile: boolean;
  readonly size: number;
  /** Permission bits only. */
  readonly mode: number;
  readonly modified: Date;
};

/** No workbook that people work with is larger. */
export const MAX_FILE = 512 * MEGABYTE;

/** The disk as it is. */
export const realFileSystem: FileSystem = {
  readFile: path => readOrdinary(path, MAX_FILE),
  stat: async path => {
    const facts = await fs.stat(path);
    const { size, mtime: modified } = facts;
    return { isFolder: facts.isDirectory(), isFile: facts.isFile(), size, mode: facts.mode & 0o777, modified };
  },
  realPath: path => fs.realpath(path),
  list: async folder => {
    try {
      return await fs.readdir(folder);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  },
  makeFolder: async folder => {
    await fs.mkdir(folder, { recursive: true });
  },
  writeNew: async (path, bytes, mode) => {
    const file = await fs.open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode);
    try {
      await file.writeFile(bytes);
      // The mode given to open() is cut by the umask; the office's file keeps exactly the rights it had.
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename: (from, to) => fs.rename(from, to),
  renameNew: async (from, to) => {
    try {
      await fs.link(from, to);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') throw error;
      // Sticks and some network drives know no links; there the name is taken first, and then replaced.
      await (await fs.open(to, 'wx')).close();
      await fs.rename(from, to).catch(async (failure: unknown) => {
        // The name alone would look like a file.
        await fs.rm(to, { force: true });
        throw failure;
      });
      return;
    }
    await fs.rm(from, { force: true });
  },
  makeAlike: async (path, as) => {
    const [made, old] = await Promise.all([fs.stat(path), fs.stat(as)]);
    if (made.uid !== old.uid || made.gid !== old.gid) {
      // Who may not give the file away can still leave it to the group; either takes some bits of the mode.
      await fs.chown(path, old.uid, old.gid).catch(() => fs.chown(path, made.uid, old.gid).catch(() => undefined));
      await fs.chmod(path, old.mode & 0o777);
    }
    // Node cannot read access lists. On Windows those of the folder hold for a new file.
    if (process.platform !== 'linux') return;
    const { execFile } = await import('node:child_process');
    await promisify(execFile)('cp', ['--attributes-only', '--preserve=mode,xattr', '--', as, path]).catch(
      () => undefined,
    );
  },
  remove: path => fs.rm(path, { force: true }),
  flushFolder: async folder => {
    // Windows cannot open a folder; there the rename itself is journaled.
    if (process.platform === 'win32') return;
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  wait: async milliseconds => {
    await sleep(milliseconds);
  },
  now: () => new Date(),
  unique: () => `${process.pid.toString(36)}${randomBytes(4).toString('hex')}`,
};

/** The `code` of a Node error, or undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}
