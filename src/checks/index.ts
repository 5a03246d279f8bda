import { afterAsOf } from './after-as-of.js';
import { amountAsText } from './amount-as-text.js';
import { assumedDate } from './assumed-date.js';
import { assumedUnit } from './assumed-unit.js';
import { blankRow } from './blank-row.js';
import type { Check } from './check.js';
import { claimMismatch } from './claim-mismatch.js';
import { claimMissing } from './claim-missing.js';
import { claimUntraceable } from './claim-untraceable.js';
import { closedByOffice } from './closed-by-office.js';
import { copiedMeasure } from './copied-measure.js';
import { dateOrder } from './date-order.js';
import { doneMoneyOutstanding } from './done-money-outstanding.js';
import { doneNotDelivered } from './done-not-delivered.js';
import { doneOnOldMeasures } from './done-on-old-measures.js';
import { doneUndated } from './done-undated.js';
import { doneWithoutEvidence } from './done-without-evidence.js';
import { dueCountedAsRecovered } from './due-counted-as-recovered.js';
import { dueSoon } from './due-soon.js';
import { duplicateColumn } from './duplicate-column.js';
import { effortOnly } from './effort-only.js';
import { evidenceChanged } from './evidence-changed.js';
import { evidenceMissing } from './evidence-missing.js';
import { evidenceOverused } from './evidence-overused.js';
import { exceptionExpired } from './exception-expired.js';
import { factsMissing } from './facts-missing.js';
import { fewerMeasures } from './fewer-measures.js';
import { findingNumber } from './finding-number.js';
import { identityLost } from './identity-lost.js';
import { longTermNoReview } from './long-term-no-review.js';
import { markerGap } from './marker-gap.js';
import { measureBeforeFeedback } from './measure-before-feedback.js';
import { measureBeforeInspection } from './measure-before-inspection.js';
import { missingColumn } from './missing-column.js';
import { mixedUnits } from './mixed-units.js';
import { negativeAmount } from './negative-amount.js';
import { noDeadline } from './no-deadline.js';
import { noDepartment } from './no-department.js';
import { noLeader } from './no-leader.js';
import { noMeasure } from './no-measure.js';
import { nothingVerifiable } from './nothing-verifiable.js';
import { otherLedger } from './other-ledger.js';
import { outsidePeriod } from './outside-period.js';
import { overdue } from './overdue.js';
import { periodMissing } from './period-missing.js';
import { privateData } from './private-data.js';
import { promiseInDone } from './promise-in-done.js';
import { publicityBlank } from './publicity-blank.js';
import { recoveredExceedsDue } from './recovered-exceeds-due.js';
import { recoveryBeforeFeedback } from './recovery-before-feedback.js';
import { recoveryToUnitAccount } from './recovery-to-unit-account.js';
import { referenceMoved } from './reference-moved.js';
import { repeatedAmount } from './repeated-amount.js';
import { resultRepeatsMeasure } from './result-repeats-measure.js';
import { rowMoved } from './row-moved.js';
import { sectionNumber } from './section-number.js';
import { statusTransition } from './status-transition.js';
import { suspiciousScale } from './suspicious-scale.js';
import { totalMismatch } from './total-mismatch.js';
import { truncatedText } from './truncated-text.js';
import { unknownReference } from './unknown-reference.js';
import { unknownStatus } from './unknown-status.js';
import { unreadableCell } from './unreadable-cell.js';
import { unreportedOutstanding } from './unreported-outstanding.js';
import { untracedMoney } from './untraced-money.js';

/** Every check, in the order of reporting. A test compares this list with the folder. */
export const checks: readonly Check[] = [
  missingColumn,
  otherLedger,
  duplicateColumn,
  unreadableCell,
  unknownStatus,
  assumedDate,
  blankRow,
  truncatedText,
  amountAsText,
  assumedUnit,
  factsMissing,
  rowMoved,
  referenceMoved,
  identityLost,
  findingNumber,
  sectionNumber,
  markerGap,
  unknownReference,
  noMeasure,
  fewerMeasures,
  copiedMeasure,
  noLeader,
  noDepartment,
  noDeadline,
  doneMoneyOutstanding,
  doneWithoutEvidence,
  doneNotDelivered,
  doneOnOldMeasures,
  doneUndated,
  closedByOffice,
  statusTransition,
  longTermNoReview,
  measureBeforeInspection,
  measureBeforeFeedback,
  recoveryBeforeFeedback,
  outsidePeriod,
  afterAsOf,
  periodMissing,
  dateOrder,
  overdue,
  dueSoon,
  totalMismatch,
  repeatedAmount,
  recoveredExceedsDue,
  dueCountedAsRecovered,
  untracedMoney,
  unreportedOutstanding,
  mixedUnits,
  suspiciousScale,
  negativeAmount,
  recoveryToUnitAccount,
  claimMismatch,
  claimUntraceable,
  claimMissing,
  evidenceMissing,
  evidenceChanged,
  evidenceOverused,
  effortOnly,
  promiseInDone,
  nothingVerifiable,
  resultRepeatsMeasure,
  privateData,
  publicityBlank,
  exceptionExpired,
];
