/** The Google side: imported only when an address names a Google Sheet. */
export { spreadsheetId } from './address.js';
export { signIn } from './auth.js';
export { IMPATIENCE } from './calls.js';
export type { GoogleOptions } from './client.js';
export { examineGoogle, type GoogleFinding } from './doctor.js';
export {
  type Access,
  createSheet,
  listAccess,
  type ShareRole,
  shareWith,
  unexpectedAccess,
  unshare,
} from './sharing.js';
export { type GoogleApplied, type GoogleStore, openGoogle, type StoreOptions } from './store.js';
