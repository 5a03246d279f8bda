import type { Settings } from '../config/settings.js';
import { isGoogleAddress } from '../model/address.js';
import type { Grid } from '../model/grid.js';
import { type ExcelStore, openExcel } from './excel/index.js';
import type { Store } from './store.js';

/** The store that an address names: a Google Sheet, or a workbook on disk. Nothing is read or loaded for Google yet. */
export function openStore(address: string, settings: Pick<Settings, 'google' | 'backups'>): Store {
  return isGoogleAddress(address)
    ? lazyGoogle(address, settings)
    : openExcel(address, { keepBackups: settings.backups });
}

/** The Google client is loaded when a Google address is used, and only then. */
function lazyGoogle(address: string, settings: Pick<Settings, 'google'>): Store {
  let opened: Promise<Store> | undefined;
  const store = () => {
    opened ??= import('./google/index.js').then(({ openGoogle }) => openGoogle(address, settings.google));
    return opened;
  };
  return {
    address,
    read: async (): Promise<Grid> => (await store()).read(),
    apply: async plan => (await store()).apply(plan),
  };
}

export type { ExcelStore };
