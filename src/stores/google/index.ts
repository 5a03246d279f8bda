/** The Google side: imported only when an address names a Google Sheet. */
export { spreadsheetId } from './address.js';
export type { GoogleOptions } from './client.js';
export { type GoogleApplied, type GoogleStore, openGoogle, type StoreOptions } from './store.js';
