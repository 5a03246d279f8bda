import { accessSync, constants, existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isGoogleAddress } from '../model/address.js';
import { type Text, text } from '../model/text.js';
import { openExcel, realFileSystem, requireClosed } from '../stores/excel/index.js';
import { StoreError } from '../stores/store.js';
import type { Session } from './session.js';

type Finding = { readonly ok: boolean; readonly what: Text; readonly remedy?: Text };

/** The ledger as far as it could be read; it has no id before its first sync. */
export type LookedAt = { readonly read: boolean; readonly ledgerId: string | undefined };

/** An `.xlsx` mirror: its folder, whether it can be read and replaced, and whose it is. */
export async function aboutFileMirror({ settings }: Session, ledger: LookedAt): Promise<Finding[]> {
  const { mirror } = settings;
  if (mirror === undefined || isGoogleAddress(mirror.to)) return [];
  const folder = dirname(mirror.to);
  const name = basename(mirror.to);
  const write = canWrite(folder);
  if (write !== undefined) return [write];
  if (!existsSync(mirror.to)) {
    return [{ ok: true, what: text(`共享表 ${name} 还没有，同步时会新建`, `the mirror ${name} is made by a sync`) }];
  }
  try {
    const grid = await openExcel(mirror.to).read();
    if (belongsElsewhere(grid.ledgerId, ledger)) return [anotherLedger(mirror.to)];
    await requireClosed(realFileSystem, mirror.to);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [
      {
        ok: false,
        what: text(`共享表 ${name} 现在用不了`, `the mirror ${name} cannot be used now`),
        remedy: error.text,
      },
    ];
  }
  return [{ ok: true, what: text(`共享表 ${mirror.to} 可以读写`, `the mirror ${mirror.to} can be read and written`) }];
}

function canWrite(folder: string): Finding | undefined {
  if (!existsSync(folder)) {
    return {
      ok: false,
      what: text(`找不到共享表所在的文件夹 ${folder}`, `the mirror’s folder ${folder} is not there`),
      remedy: text(
        '检查共享盘是否连上、配置 mirror.to 的路径是否写对',
        'check that the share is connected and that mirror.to is right',
      ),
    };
  }
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch {
    return {
      ok: false,
      what: text(`共享表所在的文件夹不能写入：${folder}`, `the mirror’s folder cannot be written: ${folder}`),
      remedy: text('请共享盘的管理员给您写入权限', 'ask whoever runs the share for the right to write'),
    };
  }
}

/** @param mirrorOf what the mirror says of itself */
export function belongsElsewhere(mirrorOf: string | undefined, { read, ledgerId }: LookedAt): boolean {
  return read && mirrorOf !== undefined && mirrorOf !== ledgerId;
}

export function anotherLedger(address: string): Finding {
  return {
    ok: false,
    what: text(`共享表（${address}）属于另一份台账，不会写入`, `the mirror (${address}) belongs to another ledger`),
    remedy: text(
      '核对配置里的 mirror.to，或为本台账新建一张共享表',
      'check mirror.to, or create a new mirror for this ledger',
    ),
  };
}
