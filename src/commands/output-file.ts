import { lstatSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { type Text, text } from '../model/text.js';
import { putFile, realFileSystem } from '../stores/excel/index.js';
import { StoreError } from '../stores/store.js';
import { errorCode } from '../sync/state-folder.js';
import { UseError } from './command.js';

/**
 * Wrong use when the file to be made does not end as it must: `-o 台账.xlsx` for a page would cost the ledger.
 * @throws UseError
 */
export function requireExtension(path: string, extension: '.html' | '.docx' | '.xlsx', example: string): void {
  if (extname(path).toLowerCase() === extension) return;
  throw new UseError(
    text(
      `输出文件要以 ${extension} 结尾，写的是“${path}”。例如：${example}`,
      `The file to make must end in ${extension}, found “${path}”. For example: ${example}`,
    ),
  );
}

/**
 * Wrong use when a copy of a workbook does not end as the workbook does (Excel opens no workbook with macros that is called .xlsx,
 * nor one without that is called .xlsm), or when something is there already.
 * @throws UseError
 */
export function requireCopy(path: string, of: string): void {
  const own = extname(of).toLowerCase();
  // Whatever a workbook is called: without an extension of its own it is a plain one.
  const extension = /^\.xl[st][xm]$/u.test(own) ? own : '.xlsx';
  if (extname(path).toLowerCase() !== extension) {
    throw new UseError(
      text(
        `副本要和原文件一样以 ${extension} 结尾，否则 Excel 打不开；写的是“${path}”`,
        `The copy must end in ${extension} as the workbook does, or Excel does not open it; found “${path}”`,
      ),
    );
  }
  refuseExisting(path);
}

/**
 * Never over somebody's file, nor over a link that leads nowhere.
 * @throws UseError when it exists
 */
export function refuseExisting(path: string): void {
  if (isThere(path)) throw existing(path);
}

function existing(path: string): UseError {
  return new UseError(
    text(
      `“${path}”已经存在，不会覆盖它。请换一个文件名，或先把它移走再运行`,
      `${path} exists and is not overwritten. Give another name, or move it away first`,
    ),
  );
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    // Not there, or in no place where it could be: whoever writes it says so.
    return false;
  }
}

/**
 * Writes a file whole or not at all, killed at any instant.
 * @param how `over`: over an older one of ours, which was looked at; otherwise never over a file
 * @throws StoreError (exit 4) with what to do when the system refuses; UseError when somebody else's file is there meanwhile
 */
export async function writeOutput(path: string, content: string | Uint8Array, how?: 'over'): Promise<void> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  await output(path, () => putFile(realFileSystem, path, bytes, how ?? 'new'));
}

/** Makes an output by a function of its own, with the sentences of `writeOutput`. */
export async function output(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const code = errorCode(cause);
    if (code === undefined || cause instanceof StoreError) throw cause;
    if (code === 'EEXIST') throw existing(path);
    throw new StoreError(4, 'output', refusal(path, code), { cause });
  }
}

function refusal(path: string, code: string | undefined): Text {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return text(
        `没有“${dirname(path)}”这个文件夹，无法写入 ${path}。请先建好文件夹，或换个位置`,
        `There is no folder ${dirname(path)}, so ${path} cannot be written. Make it first, or choose another place`,
      );
    case 'ENAMETOOLONG':
      return text(
        `文件名或路径太长，系统写不了：${path}。请把名字改短后再运行`,
        `The name or path is too long for the system: ${path}. Shorten it and run again`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return text(
        `磁盘空间不足，无法写入 ${path}。请清理磁盘后再运行`,
        `The disk is full, so ${path} cannot be written. Free some space and run again`,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
    case 'EISDIR':
      return text(
        `无法写入 ${path}：没有写入权限，或文件正被别的程序打开。请关闭它，或换个位置再运行`,
        `${path} cannot be written: no permission, or another program has it open. Close it, or choose another place`,
      );
    default:
      return text(
        `无法写入 ${path}（${code ?? '原因不明'}）。请确认磁盘或网络文件夹可用后再运行`,
        `${path} cannot be written (${code ?? 'unknown reason'}). Make sure that the disk or network folder is available`,
      );
  }
}
