import { type Text, text } from '../model/text.js';
import type { LedgerRow } from '../read/main.js';
import { type Examining, type Found, hasColumn } from './check.js';
import { aboutFindings, labelsOf, labelsOfEn } from './places.js';

/**
 * Findings none of whose rows names a leader, department or deadline. On every finding: one diagnostic at the header;
 * on some: one for all of them, at the first. `implied`: rows that need no cell of their own.
 */
export function* missingResponsibility(
  examining: Examining,
  key: 'leader' | 'department' | 'deadline',
  name: Text,
  implied: (row: LedgerRow) => boolean = () => false,
): Iterable<Found> {
  const { ledger, states } = examining;
  // Two columns that both claim to be this one are reported as such; their cells were not read.
  if (ledger.main.header.ties.some(tie => tie.key === key)) return;
  const counted = states.filter(state => state.status !== 'withdrawn');
  const missing = counted.filter(({ finding }) =>
    finding.rows.every(row => row.data[key] === undefined && !row.bad.has(key) && !implied(row)),
  );
  if (missing.length === 0) return;
  const all = missing.length === counted.length;
  // Before the plan is issued nobody can have been named yet.
  const planned = ledger.facts.values.planDate;
  const early = planned !== undefined && planned.from > examining.asOf;
  yield {
    ...(early ? { level: 'info' as const } : {}),
    message: all
      ? text(
          hasColumn(ledger, key)
            ? `全部${missing.length}个问题都没有写${name.zh}`
            : `台账没有“${name.zh}”这一栏，${missing.length}个问题都看不到${name.zh}`,
          `none of the ${missing.length} findings names a ${name.en}`,
        )
      : text(
          `${missing.length}个问题没有写${name.zh}：问题${labelsOf(missing)}`,
          `${missing.length} findings name no ${name.en}: ${labelsOfEn(missing)}`,
        ),
    ...aboutFindings(ledger, missing, key, all),
    ...(early ? { remedy: text('待整改方案明确后补上', 'to be filled when the plan is issued') } : {}),
    object: 'all',
  };
}
