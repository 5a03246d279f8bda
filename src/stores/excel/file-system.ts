import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Every operation with which the store touches the disk, as one record, so that a test can make each of them fail
 * (or end the process) in turn. Errors are Node's own, with their `code` (`ENOSPC`, `EBUSY` …).
 */
export type FileSystem = {
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
  readonly size: number;
  /** Permission bits only. */
  readonly mode: number;
  readonly modified: Date;
};

/** The disk as it is. */
export const realFileSystem: FileSystem = {
  readFile: path => fs.readFile(path),
  stat: async path => {
    const facts = await fs.stat(path);
    return { isFolder: facts.isDirectory(), size: facts.size, mode: facts.mode & 0o777, modified: facts.mtime };
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
