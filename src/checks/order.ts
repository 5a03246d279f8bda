import type { Diagnostic, Level } from '../model/diagnostic.js';

/** What a reader of the notice would trip over first: wrong totals and money still owed come before everything else. */
const gravest: readonly string[] = [
  'total-mismatch',
  'done-money-outstanding',
  'claim-mismatch',
  'due-counted-as-recovered',
  'unreported-outstanding',
  'missing-column',
  'duplicate-column',
  'unreadable-cell',
  'finding-number',
];

const rank: { readonly [L in Level]: number } = { error: 0, warning: 1, info: 2 };

/** Waived last; errors, warnings, infos; one cause beside the other, in the order of reporting. */
export function bySeriousness(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const firstOf = new Map<string, number>();
  for (const [index, one] of diagnostics.entries()) {
    const key = `${one.level}|${one.check}`;
    if (!firstOf.has(key)) firstOf.set(key, index);
  }
  const orderOf = (one: Diagnostic) => firstOf.get(`${one.level}|${one.check}`) ?? 0;
  return [...diagnostics].sort(
    (a, b) => Number(a.waived) - Number(b.waived) || rank[a.level] - rank[b.level] || orderOf(a) - orderOf(b),
  );
}

/** 先改这三件: at most three, one of each cause, the gravest first; notes and waived ones are not among them. */
export function firstThree(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const graveness = (one: Diagnostic) => {
    const at = gravest.indexOf(one.check);
    return at === -1 ? gravest.length : at;
  };
  const causes = new Map<string, Diagnostic>();
  for (const one of bySeriousness(diagnostics)) {
    if (!one.waived && one.level !== 'info' && !causes.has(one.check)) causes.set(one.check, one);
  }
  return [...causes.values()].sort((a, b) => rank[a.level] - rank[b.level] || graveness(a) - graveness(b)).slice(0, 3);
}
