import { join } from 'node:path';
import type { Settings } from '../config/settings.js';
import { isGoogleAddress } from '../model/address.js';
import type { Grid } from '../model/grid.js';
import type { Text } from '../model/text.js';
import { type ExcelStore, openExcel, takeBackup } from './excel/index.js';
import type { GoogleStore } from './google/index.js';
import { LONGEST_TEXT } from './google/values.js';
import { NO_CALLS, type Store } from './store.js';

/** What a store on a service asks of who uses it. */
export type Surroundings = {
  /** Where a Google ledger is copied to before a write; must be set by then. */
  readonly backupTo: { readonly folder: string | undefined };
  /** Told while the program waits for the service. */
  readonly onWait: (text: Text) => void;
  /** Told of a key that others can read, and the like. */
  readonly onWarning: (text: Text) => void;
};

/** The store that an address names: a Google Sheet, or a workbook on disk. Nothing is read or loaded for Google yet. */
export function openStore(
  address: string,
  settings: Pick<Settings, 'google' | 'backups'>,
  surroundings: Surroundings,
): Store {
  return isGoogleAddress(address)
    ? lazyGoogle(address, settings, surroundings)
    : openExcel(address, { keepBackups: settings.backups });
}

/** The Google client is loaded when a Google address is used, and only then. */
function lazyGoogle(
  address: string,
  { google, backups }: Pick<Settings, 'google' | 'backups'>,
  { backupTo, onWait, onWarning }: Surroundings,
): Store {
  let loading: Promise<GoogleStore> | undefined;
  let opened: GoogleStore | undefined;
  const store = async () => {
    loading ??= import('./google/index.js').then(({ openGoogle }) =>
      openGoogle(address, {
        ...google,
        onWait,
        onWarning,
        backup: grid => copyInto(backupTo.folder, grid, backups),
      }),
    );
    opened = await loading;
    return opened;
  };
  return {
    address,
    longestText: LONGEST_TEXT,
    get calls() {
      return opened?.calls ?? NO_CALLS;
    },
    read: async (): Promise<Grid> => (await store()).read(),
    apply: async plan => (await store()).apply(plan),
    wrote: run => opened?.wrote?.(run) ?? false,
    openToMany: async () => (await store()).strangers(undefined),
  };
}

/** A local `.xlsx` copy of a Google ledger as it was read, kept and counted like the backups of a file. */
async function copyInto(folder: string | undefined, grid: Grid, keep: number): Promise<string> {
  if (folder === undefined) throw new Error('a Google ledger is written without a folder for its copy');
  const { authorCopy } = await import('./excel/author-copy.js');
  return takeBackup(await authorCopy(grid), join(folder, 'google.xlsx'), folder, keep, undefined, grid.revision);
}

export type { ExcelStore };
