import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { text } from '../model/text.js';
import { decodeNotice } from '../notice/decode.js';
import type { ParsedNotice } from '../notice/parsed.js';
import { readNotice } from '../notice/read-notice.js';
import { demandNotice, largestNotice, refusal } from '../notice/refusals.js';
import type { Source } from '../notice/source.js';
import { type Mapping, wordTables } from '../read/mapping.js';
import { StoreError } from '../stores/store.js';
import { errorCode } from '../sync/state-folder.js';
import { UseError } from './command.js';

/** A notice as it lies on the disk and as it was read. */
export type NoticeFile = {
  readonly path: string;
  readonly name: string;
  readonly source: Source;
  readonly parsed: ParsedNotice;
};

/**
 * Reads a notice or feedback document from a file.
 * @throws StoreError (exit 2 or 4) for what cannot be read or is no notice; UseError for a folder
 */
export async function readNoticeFile(cwd: string, written: string, mappings: readonly Mapping[]): Promise<NoticeFile> {
  const path = resolve(cwd, written);
  const name = basename(path);
  const bytes = await bytesOf(path, written, name);
  const source = await decodeNotice(bytes, name);
  const parsed = readNotice(source, wordTables(mappings).result);
  demandNotice(parsed, name);
  return { path, name, source, parsed };
}

async function bytesOf(path: string, written: string, name: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (found.isDirectory())
      throw new UseError(text(`“${written}”是文件夹，请写明通报文件`, `${written} is a folder; name the notice`));
    // A device may never end, and nobody may fill a pipe.
    if (!found.isFile())
      throw new UseError(
        text(
          `“${written}”不是普通文件（而是设备或管道），请写明通报文件`,
          `${written} is no ordinary file but a device or a pipe; name the notice`,
        ),
      );
    // A file that large is not even taken into memory.
    if (found.size > largestNotice) throw refusal('notice-too-large', name);
    return await readFile(path);
  } catch (error) {
    if (error instanceof UseError || error instanceof StoreError) throw error;
    const code = errorCode(error);
    throw new StoreError(
      4,
      'notice-unreadable',
      code === 'ENOENT'
        ? text(`找不到文件“${written}”，请检查文件名和位置`, `There is no file ${written}; check name and place`)
        : text(
            `读不了“${written}”（${code ?? '原因不明'}）：请确认有读取权限，且没有被别的程序独占`,
            `${written} cannot be read (${code ?? 'unknown reason'}); check that it may be read and is not held by another program`,
          ),
      { cause: error },
    );
  }
}
