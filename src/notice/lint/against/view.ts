import type { Ledger } from '../../../read/ledger.js';
import type { Finding, LedgerRow } from '../../../read/main.js';

/**
 * The ledger with some of its findings only, registers included: what a notice that publishes these counts. A row of a
 * register that belongs to no single finding (全部, 自查自纠, none) stays.
 * @param keep which rows of 整改台账 count; a finding without any is left out
 */
export function viewOf(ledger: Ledger, keep: (row: LedgerRow) => boolean): Ledger {
  const findings = ledger.main.findings.flatMap((finding, index) => {
    const kept = finding.rows.filter(keep);
    return kept.length === 0 ? [] : [{ finding, index, kept }];
  });
  const renewed = findings.map(({ finding, kept }, index) => renew(finding, kept, index));
  const numbers = new Set(renewed.map(finding => finding.number ?? finding.index + 1));
  const concerns = (row: { readonly data: { readonly reference?: unknown } }) => {
    const { reference } = row.data;
    if (!isNumbered(reference)) return true;
    return reference.numbers.some(number => numbers.has(number));
  };
  const { registers } = ledger;
  return {
    ...ledger,
    main: {
      ...ledger.main,
      findings: renewed,
      rows: renewed.flatMap(finding => finding.rows),
      focuses: ledger.main.focuses.filter(focus => renewed.some(finding => finding.focus === focus)),
    },
    registers: {
      ...registers,
      recoveries: { ...registers.recoveries, rows: registers.recoveries.rows.filter(concerns) },
      policies: { ...registers.policies, rows: registers.policies.rows.filter(concerns) },
      actions: { ...registers.actions, rows: registers.actions.rows.filter(concerns) },
      meetings: { ...registers.meetings, rows: registers.meetings.rows.filter(concerns) },
    },
  };
}

function renew(finding: Finding, kept: readonly LedgerRow[], index: number): Finding {
  const rows = new Map(kept.map(row => [row, { ...row, finding: index }]));
  const [first = finding.first] = rows.values();
  const of = (list: readonly LedgerRow[]) => list.flatMap(row => rows.get(row) ?? []);
  return {
    ...finding,
    index,
    rows: [...rows.values()],
    first,
    subFindings: finding.subFindings.map(sub => ({ ...sub, rows: of(sub.rows) })),
    measures: kept.reduce((sum, row) => sum + row.measures, 0),
  };
}

function isNumbered(reference: unknown): reference is { readonly numbers: readonly number[] } {
  return (
    typeof reference === 'object' && reference !== null && 'numbers' in reference && Array.isArray(reference.numbers)
  );
}
