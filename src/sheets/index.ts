import type { RowOf } from './column.js';
import { ledgerSheet } from './ledger.js';
import {
  actionSheet,
  claimSheet,
  evidenceSheet,
  exceptionSheet,
  meetingSheet,
  policySheet,
  recoverySheet,
} from './registers.js';

/** The registers beside the main sheet, in the order in which they stand in the full template. */
export const registerSheets = {
  recoveries: recoverySheet,
  policies: policySheet,
  actions: actionSheet,
  meetings: meetingSheet,
  evidence: evidenceSheet,
  claims: claimSheet,
  exceptions: exceptionSheet,
} as const;

export type RegisterKey = keyof typeof registerSheets;
export type RegisterRow<K extends RegisterKey> = RowOf<(typeof registerSheets)[K]>;

/** Every sheet that is read, the main one first. */
export const sheets = { ledger: ledgerSheet, ...registerSheets } as const;
export type SheetKey = keyof typeof sheets;
export { ledgerSheet };
