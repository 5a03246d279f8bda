import { type Text, text } from '../model/text.js';
import { cellPlace, type Examining, type Found, hasColumn } from './check.js';

/**
 * Findings none of whose rows names a leader, department or deadline. On every finding: one diagnostic at the header;
 * on some: one for all of them, at the first.
 */
export function* missingResponsibility(
  examining: Examining,
  key: 'leader' | 'department' | 'deadline',
  name: Text,
): Iterable<Found> {
  const { ledger, states } = examining;
  const counted = states.filter(state => state.status !== 'withdrawn');
  const missing = counted.filter(({ finding }) =>
    finding.rows.every(row => row.data[key] === undefined && !row.bad.has(key)),
  );
  const [first] = missing;
  if (first === undefined) return;
  const all = missing.length === counted.length;
  // Before the plan is issued nobody can have been named yet.
  const planned = ledger.facts.values.planDate;
  const early = planned !== undefined && planned.from > examining.asOf;
  const places = missing.map(({ finding }) => cellPlace(ledger, finding.first, key));
  const rows = missing.flatMap(({ finding }) => finding.rows);
  const numbers = missing.map(({ finding }) => finding.label);
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
          `${missing.length}个问题没有写${name.zh}：问题${numbers.join('、')}`,
          `${missing.length} findings name no ${name.en}: ${numbers.join(', ')}`,
        ),
    ...(early ? { remedy: text('待整改方案明确后补上', 'to be filled when the plan is issued') } : {}),
    at: all ? cellPlace(ledger, undefined, key) : (places[0] ?? cellPlace(ledger, undefined, key)),
    also: all ? places : places.slice(1),
    count: missing.length,
    rows,
    object: 'all',
  };
}
