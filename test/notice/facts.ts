import { deedsOf } from '../../src/notice/deeds.js';
import type { ParsedNotice } from '../../src/notice/parsed.js';
import type { Expectation } from './corpus.js';

/** Facts of one kind, each as one comparable text. */
export type Facts = Readonly<Record<string, readonly string[]>>;

export const structural = ['document', 'section', 'finding', 'status', 'sub-finding', 'measure', 'unplaced'];

/** The facts of a parsed notice in the form in which they are compared. */
export function factsRead(parsed: ParsedNotice, expected: Expectation): Facts {
  const findings = parsed.sections.flatMap(section => section.findings.map(finding => ({ section, finding })));
  const titles = expected.sections.flatMap(section => section.findings.map(finding => finding[1]));
  const named = findings.map(({ finding }, index) => {
    const wanted = titles[index];
    return `${finding.number} ${wanted !== undefined && isTitled(finding.title, wanted) ? wanted : finding.title}`;
  });
  const deeds = findings.flatMap(({ finding }) => deedsOf(finding));
  const amounts = findings.flatMap(({ finding }) => [
    ...finding.amounts,
    ...deedsOf(finding).flatMap(deed => deed.amounts),
  ]);
  const totals = new Map(parsed.claims.map(claim => [claim.id, claim]));
  const { from, to, feedback, asOf } = parsed.inspection;
  return {
    document: [`kind ${parsed.kind}`, `unit ${parsed.unit}`],
    inspection: present({ from, to, feedback, asOf }),
    section: parsed.sections.map(section => `${section.number ?? ''} ${section.title}`),
    finding: named,
    status: findings.map(({ finding }, index) => `${named[index]} ${finding.status ?? ''}`),
    'sub-finding': findings.flatMap(({ finding }, index) =>
      finding.subFindings.map((_, sub) => `${named[index]} ${sub + 1}`),
    ),
    measure: findings.flatMap(({ finding }, index) =>
      finding.measures.map((_, measure) => `${named[index]} ${measure + 1}`),
    ),
    date: deeds.flatMap(deed => deed.dates.map(date => date.value)),
    amount: amounts.map(amount => `${amount.yuan} ${amount.kind ?? ''}`),
    policy: parsed.policies.filter(policy => policy.finding !== undefined).map(policy => policy.name),
    claim: parsed.claims.map(claim => {
      const whole = totals.get(claim.parent ?? '');
      return claimFact([claim.of, claim.value, claim.unit], whole && [whole.of, whole.value]);
    }),
    contact: parsed.contacts.map((_, index) => String(index)),
    unplaced: parsed.unplaced.map((_, index) => String(index)),
  };
}

/** The facts that should have been read. */
export function factsExpected(expected: Expectation): Facts {
  const findings = expected.sections.flatMap(section => section.findings);
  return {
    document: [`kind ${expected.kind}`, `unit ${expected.unit}`],
    inspection: present(expected.inspection),
    section: expected.sections.map(section => `${section.number ?? ''} ${section.title}`),
    finding: findings.map(([number, title]) => `${number} ${title}`),
    status: findings.map(([number, title, status]) => `${number} ${title} ${status ?? ''}`),
    'sub-finding': findings.flatMap(([number, title, , subs]) => numbered(`${number} ${title}`, subs)),
    measure: findings.flatMap(([number, title, , , measures]) => numbered(`${number} ${title}`, measures)),
    date: expected.dates,
    amount: expected.amounts.map(([yuan, kind]) => `${yuan} ${kind ?? ''}`),
    policy: expected.policies,
    claim: expected.claims.map(([of, value, unit, parent]) => {
      const whole = parent === null ? undefined : expected.claims[parent];
      return claimFact([of, value, unit], whole && [whole[0], whole[1]]);
    }),
    contact: numbered('', expected.contacts).map((_, index) => String(index)),
    unplaced: numbered('', expected.unplaced).map((_, index) => String(index)),
  };
}

/** A part is told by the total it belongs to, not by that one's place in the list. */
function claimFact(claim: readonly string[], whole: readonly string[] | undefined): string {
  return whole === undefined ? claim.join(' ') : `${claim.join(' ')} of ${whole.join(' ')}`;
}

/** 关于“甲”问题 and 甲 are one title: whether its frame belongs to it is a matter of habit. */
function isTitled(title: string, wanted: string): boolean {
  const inner = /^(?:关于|针对|对照|就)[“"]?(.+?)[”"]?的?问题$/u.exec(title)?.[1];
  return title.startsWith(wanted) || inner?.startsWith(wanted) === true;
}

function numbered(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
}

function present(days: Readonly<Record<string, string | null | undefined>>): readonly string[] {
  return Object.entries(days).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [`${key} ${value}`],
  );
}

export type Difference = {
  readonly missed: readonly string[];
  readonly invented: readonly string[];
  readonly right: number;
};

/** Both lists as multisets. */
export function difference(read: readonly string[], expected: readonly string[]): Difference {
  const left = [...expected];
  const invented: string[] = [];
  for (const fact of read) {
    const at = left.indexOf(fact);
    if (at < 0) invented.push(fact);
    else left.splice(at, 1);
  }
  return { missed: left, invented, right: read.length - invented.length };
}
