import { ledgerSheet } from '../../sheets/ledger.js';
import type { LedgerProgramKey, Writer } from '../writer.js';
import { checkState } from './check-state.js';
import { departmentKey } from './department-key.js';
import { dueTotal } from './due-total.js';
import { findingStatus } from './finding-status.js';
import { focusKey } from './focus-key.js';
import { hints } from './hints.js';
import { outstanding } from './outstanding.js';
import { overdueDays } from './overdue-days.js';
import { recoveredTotal } from './recovered-total.js';
import { returnedTimes } from './returned-times.js';
import { rowId } from './row-id.js';

/** The writer of every program column of 整改台账: one each, none missing. */
export const writers: { readonly [K in LedgerProgramKey]: Writer<K> } = {
  checkState,
  hints,
  findingStatus,
  dueTotal,
  recoveredTotal,
  outstanding,
  overdueDays,
  returnedTimes,
  focusKey,
  departmentKey,
  rowId,
};

/** In the order of the declaration. */
export const ledgerProgramKeys: readonly LedgerProgramKey[] = ledgerSheet.columns
  .map(column => (column.owner === 'program' ? column.key : undefined))
  .filter(key => key !== undefined);
