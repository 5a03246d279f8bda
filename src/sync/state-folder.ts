import { hash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { lstat, mkdir, open, readdir, rmdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MEGABYTE } from '../files/ordinary.js';
import { isGoogleAddress } from '../model/address.js';
import { text } from '../model/text.js';
import { StoreError } from '../stores/store.js';
import { isLedgerId } from './ids.js';

/** Everything the program remembers about one ledger. The folder follows the ledger's id, not the name of its file. */
export type StatePaths = {
  /** `.ledger/<ledger id>` */
  readonly folder: string;
  /** What source and mirror last agreed on. */
  readonly base: string;
  /** What the last sync knew of rows, findings and the trend. */
  readonly memory: string;
  /** What was last written into the program's own sheets and columns. */
  readonly ownSheets: string;
  readonly journal: string;
  /** Last number and hash of the journal; without it a cut-off end could not be seen. */
  readonly journalHead: string;
  readonly backups: string;
  /** Index of the kept results (the fast path). */
  readonly runCache: string;
};

/**
 * The folder beside which `.ledger` lies: the workbook's own for a path, wherever a link to it stands; the config's for a
 * Google Sheet (or the working folder when there is no config).
 */
export function stateHome(source: string, config: string | undefined, workingFolder: string): string {
  if (isGoogleAddress(source)) return config === undefined ? resolve(workingFolder) : dirname(resolve(config));
  return dirname(withoutLinks(resolve(workingFolder, source)));
}

function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there (a restore may make it again), or not to be seen; whoever reads it says so.
    return path;
  }
}

/** The folder that holds the state of all ledgers beside it. */
export function stateRoot(home: string): string {
  return join(home, '.ledger');
}

/**
 * Where the state of one ledger lies. Touches nothing.
 * @throws StoreError `bad-ledger-id` (exit 2) when the id, which comes out of a workbook, is not one of ours: it must never
 * lead to a folder elsewhere.
 */
export function statePaths(home: string, ledgerId: string): StatePaths {
  if (!isLedgerId(ledgerId)) {
    throw new StoreError(
      2,
      'bad-ledger-id',
      text(
        `台账中的隐藏标识“${shorten(ledgerId)}”已损坏，无法据此找到历史记录。请用“ledger restore”恢复最近的备份，或用“ledger clean -o”去掉系统内容后重新同步。`,
        `The ledger's hidden id "${shorten(ledgerId)}" is damaged, so its history cannot be found. Restore the latest backup with "ledger restore", or remove the program's parts with "ledger clean -o" and sync again.`,
      ),
    );
  }
  const folder = join(stateRoot(home), ledgerId);
  return {
    folder,
    base: join(folder, 'base.json'),
    memory: join(folder, 'memory.json'),
    ownSheets: join(folder, 'own-sheets.json'),
    journal: join(folder, 'journal.jsonl'),
    journalHead: join(folder, 'journal.head'),
    backups: join(folder, 'backups'),
    runCache: join(folder, 'run-cache.json'),
  };
}

/** Bytes of a name of 255, less those of `.lock.guard` and the like. */
const LONGEST_LOCKED = 230;

/** The lock of a workbook, by its name: it is needed before the ledger's id is known. */
export function workbookLock(home: string, source: string): string {
  const name = isGoogleAddress(source)
    ? source.replace(/[^0-9A-Za-z_-]+/g, '-').slice(-60)
    : basename(withoutLinks(source));
  // With what stands behind it, a long name would be too long for the system.
  const short = Buffer.byteLength(name) > LONGEST_LOCKED ? hash('sha256', name).slice(0, 32) : name;
  return join(stateRoot(home), `${short}.lock`);
}

/** The lock of a ledger's state: two copies of one workbook in one folder share it. Taken after the workbook's. */
export function ledgerLock(paths: StatePaths): string {
  return join(paths.folder, 'run.lock');
}

/**
 * Makes the state folder and its backups folder; also removes half-written files that a killed run left behind.
 * @throws StoreError (exit 4) when the folder cannot be written.
 */
export async function ensureStateFolder(paths: StatePaths): Promise<void> {
  try {
    await makeFolder(paths.backups);
    await sweepHalfWritten(paths.folder);
  } catch (error) {
    throw stateFailure(error, paths.backups);
  }
}

/** Makes a folder and those above it. @throws the system's error for what really stands in the way */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    // Node says so of a read-only disk, too; asked for one folder it gives the reason.
    if (errorCode(error) !== 'ENOENT') throw error;
    return mkdirOneByOne(folder);
  });
}

async function mkdirOneByOne(folder: string): Promise<void> {
  const above = dirname(folder);
  if (above !== folder && (await stat(above).catch(() => undefined)) === undefined) await mkdirOneByOne(above);
  await mkdir(folder);
}

/** Takes a state away that came to nothing: folders in which there is nothing. */
export async function removeEmptyState(home: string, paths: StatePaths | undefined): Promise<void> {
  const folders = [...(paths === undefined ? [] : [paths.backups, paths.folder]), stateRoot(home)];
  for (const folder of folders) await rmdir(folder).catch(() => undefined);
}

/** A temporary file of write-file-atomic is `<name>.<digits>`. Only old ones go: a run elsewhere may be writing its own. */
async function sweepHalfWritten(folder: string): Promise<void> {
  const tenMinutes = 10 * 60 * 1000;
  for (const name of await readdir(folder)) {
    if (!/\.(json|head)\.\d+$/.test(name)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > tenMinutes) await unlink(path);
  }
}

/**
 * Writes a file of the state whole or not at all (temporary file, flushed, renamed); makes the folder when it is missing. A link
 * in its place is replaced, never followed: who may write into the folder must not thereby write elsewhere in our name.
 * @throws StoreError (exit 4)
 */
export async function writeStateFile(path: string, content: string): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  try {
    await makeFolder(dirname(path));
    if (await isLink(path)) await unlink(path);
    // Virus scanners and sync clients hold a fresh file for a moment on Windows; then rename fails though nothing is wrong.
    for (const wait of [50, 200, 800]) {
      try {
        return await writeFileAtomic(path, content);
      } catch (error) {
        if (!['EBUSY', 'EPERM'].includes(errorCode(error) ?? '')) throw error;
        await pause(wait);
      }
    }
    await writeFileAtomic(path, content);
  } catch (error) {
    throw stateFailure(error, path);
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Flushes a folder's entries to the disk, where the system can (Windows cannot, and needs it not). */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    // A network drive that cannot do it keeps its own order.
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}

/** Larger files of the state are not read; the journal and what is put down for it are read piece by piece, whatever their size. */
export const LARGEST_STATE = 64 * MEGABYTE;

/** The `code` of an error of the operating system, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** One sentence for a failure of the operating system in the state folder. A StoreError passes through as it is. */
export function stateFailure(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const options = { cause: error };
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new StoreError(
        4,
        'disk-full',
        text(
          `磁盘空间不足，无法写入 ${path}。请清理磁盘（旧备份可以删除）后再运行。`,
          `The disk is full, so ${path} cannot be written. Free some space (old backups may go) and run again.`,
        ),
        options,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StoreError(
        4,
        'state-read-only',
        text(
          `没有写入权限：${path}。程序要在台账旁边的“.ledger”文件夹里保存备份和修改记录，请把台账放到可以写入的文件夹后再运行。`,
          `No permission to write ${path}. The program keeps backups and its journal in the folder ".ledger" beside the ledger; move the ledger to a folder that can be written and run again.`,
        ),
        options,
      );
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'ERR_FS_EISDIR':
    case 'ENOTEMPTY':
      return new StoreError(
        4,
        'state-in-the-way',
        text(
          `无法使用 ${inTheWay(path)}：同名的文件或文件夹占用了这个位置。请把它改名或移走后再运行。`,
          `Cannot use ${inTheWay(path)}: a file or folder of that name stands in the way. Rename or move it and run again.`,
        ),
        options,
      );
    case 'ENOTFILE':
      return new StoreError(
        4,
        'state-in-the-way',
        text(
          `无法使用 ${path}：占用这个位置的不是普通文件（而是设备、管道或链接）。请把它改名或移走后再运行。`,
          `Cannot use ${path}: what stands there is no ordinary file but a device, a pipe or a link. Rename or move it and run again.`,
        ),
        options,
      );
    case 'ETOOLARGE':
      return new StoreError(
        4,
        'state-too-large',
        text(
          `没有读取 ${path}：它大得不合常理，不会是本程序写的。请把它改名或移走后再运行。`,
          `${path} was not read: it is absurdly large and cannot be what this program wrote. Rename or move it and run again.`,
        ),
        options,
      );
    default:
      return new StoreError(
        4,
        'state-unavailable',
        text(
          `无法读写 ${path}（${errorCode(error) ?? '原因不明'}）。请确认磁盘或网络文件夹可用后再运行。`,
          `Cannot read or write ${path} (${errorCode(error) ?? 'unknown reason'}). Make sure that the disk or network folder is available and run again.`,
        ),
        options,
      );
  }
}

/** What stands where a folder above the path should be; else the path itself. */
function inTheWay(path: string): string {
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) {
    try {
      return statSync(at).isDirectory() ? path : at;
    } catch {
      // What stands in the way is further up.
    }
  }
  return path;
}

function shorten(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
