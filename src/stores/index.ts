import { hash } from 'node:crypto';
import { join } from 'node:path';
import type { Settings } from '../config/settings.js';
import { isGoogleAddress } from '../model/address.js';
import type { Grid } from '../model/grid.js';
import { type ExcelStore, openExcel, stamp } from './excel/index.js';
import type { Store } from './store.js';

/** The store that an address names: a Google Sheet, or a workbook on disk. Nothing is read or loaded for Google yet. */
export function openStore(
  address: string,
  settings: Pick<Settings, 'google' | 'backups'>,
  /** Where a Google ledger is copied to before a write; must be set by then. */
  backupTo: { readonly folder: string | undefined },
): Store {
  return isGoogleAddress(address)
    ? lazyGoogle(address, settings, backupTo)
    : openExcel(address, { keepBackups: settings.backups });
}

/** The Google client is loaded when a Google address is used, and only then. */
function lazyGoogle(
  address: string,
  settings: Pick<Settings, 'google'>,
  backupTo: { readonly folder: string | undefined },
): Store {
  let opened: Promise<Store> | undefined;
  const store = () => {
    opened ??= import('./google/index.js').then(({ openGoogle }) =>
      openGoogle(address, {
        ...settings.google,
        backup: async grid => copyInto(backupTo.folder, grid),
      }),
    );
    return opened;
  };
  return {
    address,
    read: async (): Promise<Grid> => (await store()).read(),
    apply: async (plan, announce) => (await store()).apply(plan, announce),
  };
}

/** A local `.xlsx` copy of a Google ledger as it was read, named like the backups of a file. */
async function copyInto(folder: string | undefined, grid: Grid): Promise<string> {
  if (folder === undefined) throw new Error('a Google ledger is written without a folder for its copy');
  const { authorCopy } = await import('./excel/author-copy.js');
  const path = join(folder, googleBackupName(grid.revision, new Date()));
  await authorCopy(grid, path);
  return path;
}

/** `google 2023-10-30 174512 <12 digits>.xlsx`: the form in which `restore` finds backups. */
function googleBackupName(revision: string, now: Date): string {
  return `google ${stamp(now)} ${hash('sha256', revision).slice(0, 12)}.xlsx`;
}

export type { ExcelStore };
