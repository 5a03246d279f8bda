import type { IdentityEvents, Previous } from '../../src/checks/check.js';
import type { Examined } from '../../src/examine.js';
import { findingOf } from '../../src/sync/ids.js';
import { fingerprint, type PresentRow, pairRows } from '../../src/sync/row-identity.js';

/** What a sync of this workbook would have remembered; its rows carry their ids in 行标识. */
export function previousOf({ states }: Examined): Previous {
  const rows = new Map<string, { finding: string; findingTitle: string; shown: string; review: string }>();
  const findings = new Map<string, { title: string; label: string }>();
  for (const state of states) {
    for (const { row, review } of state.rows) {
      const finding = findingOf(row.idText) ?? '';
      rows.set(row.idText, { finding, findingTitle: state.finding.title, shown: state.shown, review: review ?? '' });
      findings.set(finding, { title: state.finding.title, label: state.finding.label });
    }
  }
  return { rows, findings, evidence: new Map() };
}

/** What happened to the rows between two versions of a workbook. */
export function identityBetween(before: Examined, now: Examined): IdentityEvents {
  const remembered = previousOf(before);
  const known = {
    findings: [...remembered.findings].map(([id, { title }]) => ({ id, title })),
    rows: before.ledger.main.rows.map(row => ({ id: row.idText, fingerprint: present(row).fingerprint })),
  };
  const { findings, rows } = now.ledger.main;
  const paired = pairRows(known, findings, rows.map(present));
  const lost: { row: (typeof rows)[number]; id: string }[] = [];
  const moved: IdentityEvents['moved'][number][] = [];
  for (const [index, one] of paired.rows.entries()) {
    const row = rows[index];
    if (row === undefined) continue;
    if (one.how === 'identity-lost') lost.push({ row, id: one.id });
    if (one.moved !== undefined) {
      moved.push({
        row,
        id: one.id,
        was: one.moved.fromTitle,
        is: findings[row.finding]?.title ?? '',
        kept: false,
      });
    }
  }
  return { lost, moved };
}

function present(row: Examined['ledger']['main']['rows'][number]): PresentRow {
  const { data } = row;
  return {
    idCell: row.idText,
    fingerprint: fingerprint([data.subFinding ?? '', data.measure ?? ''], [data.progress ?? '', data.leader ?? '']),
    finding: row.finding,
    named: row.own.has('finding'),
  };
}
