import { existsSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type Text, text } from '../model/text.js';
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
 * Never over somebody's file.
 * @throws UseError when it exists
 */
export function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw new UseError(
    text(
      `“${path}”已经存在，不会覆盖它。请换一个文件名，或先把它移走再运行`,
      `${path} exists and is not overwritten. Give another name, or move it away first`,
    ),
  );
}

/**
 * Writes a file whole or not at all.
 * @throws StoreError (exit 4) with what to do when the system refuses
 */
export async function writeOutput(path: string, content: string | Buffer): Promise<void> {
  try {
    await writeFileAtomic(path, content);
  } catch (cause) {
    throw new StoreError(4, 'output', refusal(path, errorCode(cause)), { cause });
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
