import type {
  NoticeAmount,
  NoticeClaim,
  NoticeCount,
  NoticeDate,
  NoticeMeasure,
  NoticeStatus,
  ParsedNotice,
} from './parsed.js';

/** The parsed notice as `ledger import --json` prints it. Facts that are not there are null. */
export type NoticeJson = {
  readonly kind: 'progress' | 'feedback';
  readonly title: string;
  readonly unit: string;
  readonly inspection: {
    readonly from: string | null;
    readonly to: string | null;
    readonly feedback: string | null;
    readonly asOf: string | null;
  };
  readonly sections: readonly {
    readonly number: number | null;
    readonly title: string;
    readonly findings: readonly {
      readonly number: number;
      readonly title: string;
      readonly status: NoticeStatus | null;
      readonly line: number;
      readonly subFindings: readonly string[];
      readonly measures: readonly DeedJson[];
      /** What is told beside the measures, when the notice gives both. */
      readonly progress: readonly DeedJson[];
    }[];
  }[];
  readonly claims: readonly (Omit<NoticeClaim, 'text' | 'kind' | 'parent' | 'includedIn'> & {
    readonly kind: string | null;
    readonly parent: string | null;
  })[];
  readonly policies: readonly {
    readonly name: string;
    readonly kind: '新建' | '修订';
    readonly finding: number | null;
    readonly line: number;
  }[];
  readonly unplaced: readonly { readonly line: number; readonly text: string }[];
};

type DeedJson = {
  readonly text: string;
  readonly dates: readonly Pick<NoticeDate, 'value' | 'precision' | 'line'>[];
  readonly amounts: readonly (Omit<NoticeAmount, 'kind' | 'of' | 'sumsUp'> & {
    readonly kind: NonNullable<NoticeAmount['kind']> | null;
  })[];
  readonly counts: readonly NoticeCount[];
  readonly policies: readonly string[];
  readonly line: number;
};

/** Contacts are personal data and stay out. */
export function noticeJson(parsed: ParsedNotice): NoticeJson {
  const { from, to, feedback, asOf } = parsed.inspection;
  return {
    kind: parsed.kind,
    title: parsed.title,
    unit: parsed.unit,
    inspection: { from: from ?? null, to: to ?? null, feedback: feedback ?? null, asOf: asOf ?? null },
    sections: parsed.sections.map(section => ({
      number: section.number ?? null,
      title: section.title,
      findings: section.findings.map(finding => ({
        number: finding.number,
        title: finding.title,
        status: finding.status ?? null,
        line: finding.line,
        subFindings: finding.subFindings.map(sub => sub.text),
        measures: finding.measures.map(deedJson),
        progress: finding.reports.map(deedJson),
      })),
    })),
    claims: parsed.claims.map(({ id, of, value, unit, kind, parent, line }) => ({
      id,
      of,
      value,
      unit,
      kind: kind ?? null,
      parent: parent ?? null,
      line,
    })),
    policies: parsed.policies.map(({ name, kind, finding, line }) => ({ name, kind, finding: finding ?? null, line })),
    unplaced: parsed.unplaced.map(({ line, text }) => ({ line, text })),
  };
}

function deedJson({ text, dates, amounts, counts, policies, line }: NoticeMeasure): DeedJson {
  return {
    text,
    dates: dates.map(date => ({ value: date.value, precision: date.precision, line: date.line })),
    amounts: amounts.map(({ yuan, text: written, kind, line: at }) => ({
      yuan,
      text: written,
      kind: kind ?? null,
      line: at,
    })),
    counts,
    policies,
    line,
  };
}
