import { countLevels, type Examined } from '../examine.js';
import type { Diagnostic, Place } from '../model/diagnostic.js';
import { a1 } from '../model/grid.js';
import { type Money, plain } from '../model/money.js';
import { contentText, type Edit, type Plan } from '../model/plan.js';
import type { Lang } from '../model/text.js';
import type { MoneyTotals, Tally } from '../reconcile/summary.js';

/** Version of the JSON output; raised when a key changes its meaning. */
export const schemaVersion = 1;

export type DocumentFacts = {
  readonly command: string;
  readonly exit: number;
  readonly lang: Lang;
  readonly source: string;
  readonly revision: string;
};

/** The common part of every command's JSON document: counts, money, reconciliations, diagnostics. */
export function ledgerDocument(examined: Examined, facts: DocumentFacts): object {
  const { summary, ledger } = examined;
  return {
    schemaVersion,
    command: facts.command,
    exit: facts.exit,
    ledger: {
      source: facts.source,
      unit: ledger.facts.values.unit ?? null,
      asOf: examined.asOf,
      revision: facts.revision,
    },
    counts: {
      sections: summary.sections,
      findings: summary.all.findings,
      subFindings: summary.subFindings,
      measures: summary.measures,
      byStatus: statusCounts(summary.all),
      completionRate: summary.all.completionRate ?? null,
      closingRate: summary.all.closingRate ?? null,
    },
    money: {
      unit: 'CNY',
      ...moneyFigures(summary.money),
      byCategory: summary.byCategory.map(one => ({ category: one.category, ...moneyFigures(one) })),
    },
    levels: countLevels(examined.diagnostics),
    reconciliations: examined.reconciliations.map(one => ({
      claim: one.claim,
      level: one.level,
      subject: one.subject[facts.lang],
      stated: one.stated,
      computed: one.computed ?? null,
      difference: one.difference ?? null,
      unit: one.unit,
      ok: one.ok ?? null,
      cells: [one.at, ...one.from].map(cellAddress),
    })),
    diagnostics: examined.diagnostics.map(one => diagnosticDocument(one, facts.lang)),
  };
}

/** One diagnostic as JSON; `line` instead of `cell` for notices. */
export function diagnosticDocument(one: Diagnostic, lang: Lang): object {
  return {
    check: one.check,
    level: one.level,
    id: one.id,
    message: one.message[lang],
    remedy: one.remedy[lang],
    ...(one.at.sheet === undefined ? {} : { sheet: one.at.sheet }),
    ...(one.at.row === undefined || one.at.col === undefined ? {} : { cell: a1(one.at.row, one.at.col) }),
    ...(one.at.line === undefined ? {} : { line: one.at.line }),
    ...(one.at.header === undefined ? {} : { header: one.at.header }),
    ...(one.found === undefined ? {} : { found: one.found }),
    ...(one.expected === undefined ? {} : { expected: one.expected }),
    ...(one.row === undefined ? {} : { row: one.row }),
    ...(one.finding === undefined ? {} : { finding: one.finding }),
    also: one.also.map(cellAddress),
    count: one.count,
    waived: one.waived,
  };
}

/** Every edit of a plan: where, before, after, why; `mirrored`: those on the mirror. */
export function planDocument(plan: Plan, mirrored: readonly Edit[] = []): object {
  const edits = (list: readonly Edit[], store: 'source' | 'mirror') =>
    list.map(edit => ({
      store,
      sheet: edit.at.sheet,
      cell: a1(edit.at.row, edit.at.col),
      header: edit.header,
      row: edit.row,
      before: edit.before,
      after: contentText(edit.after),
      why: edit.why,
    }));
  return {
    edits: [...edits(plan.edits, 'source'), ...edits(mirrored, 'mirror')],
    columns: plan.columns.map(column => ({
      sheet: column.sheet,
      cell: a1(column.headerRow, column.col),
      header: column.header,
    })),
    sheets: plan.images.map(image => image.name),
  };
}

function statusCounts(tally: Tally): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(tally.by).filter(([, count]) => count > 0));
}

function moneyFigures(totals: MoneyTotals): { readonly [K in keyof MoneyTotals]: string | null } {
  const figure = (money: Money | 'unknown') => (money === 'unknown' ? null : plain(money));
  return {
    due: figure(totals.due),
    recovered: figure(totals.recovered),
    reduced: figure(totals.reduced),
    outstanding: figure(totals.outstanding),
  };
}

function cellAddress(place: Place): string {
  if (place.line !== undefined) return `line ${place.line}`;
  if (place.sheet === undefined) return '';
  return place.row === undefined || place.col === undefined
    ? place.sheet
    : `${place.sheet}!${a1(place.row, place.col)}`;
}
