import type { Located, NoticeMeasure, NoticeResult, NoticeStatus, NoticeSubFinding } from './parsed.js';

export type Paired = {
  readonly subFindings: readonly NoticeSubFinding[];
  readonly measures: readonly NoticeMeasure[];
};

/**
 * Which measure answers which sub-finding, and how far each of them is, where the notice tells them one by one: a
 * sub-finding, what was done about it, the next sub-finding. Told by the lines; what stands on one line, or first all
 * that is wrong and then all that was done, is left unpaired.
 */
export function pairedUp(
  subs: readonly Located[],
  measures: readonly NoticeMeasure[],
  results: readonly NoticeResult[],
): Paired {
  if (subs.length < 2) return { subFindings: subs, measures: withOwnResults(measures, results) };
  const first = subs[0]?.line ?? 0;
  const apart = subs.every((sub, index) => index === 0 || sub.line > (subs[index - 1]?.line ?? 0));
  const answers = measures.map(measure => subs.findLastIndex(sub => sub.line <= measure.line));
  const answered = new Set(answers);
  if (!apart || measures.some(measure => measure.line < first) || answered.size * 2 <= subs.length || answered.size < 2)
    return { subFindings: withResultsInTurn(subs, results), measures };
  const own = subs.map((_, index) =>
    weakest(results.filter(result => subs.findLastIndex(sub => sub.line <= result.line) === index)),
  );
  // One result behind the last of them is that of the finding.
  const each = own.every((result, index) => result !== undefined || !answered.has(index));
  return {
    subFindings: subs.map((sub, index) => {
      const result = each ? own[index] : undefined;
      return result === undefined ? sub : { ...sub, result };
    }),
    measures: measures.map((measure, index) => ({ ...measure, answers: answers[index] ?? 0 })),
  };
}

/** As many results as sub-findings, told in their order, are one for each. */
function withResultsInTurn(
  subs: readonly NoticeSubFinding[],
  results: readonly NoticeResult[],
): readonly NoticeSubFinding[] {
  if (results.length !== subs.length) return subs;
  return subs.map((sub, index) => {
    const result = results[index];
    return result === undefined ? sub : { ...sub, result };
  });
}

/** 建立清单，…。（已完成） on every line: each measure has its own result. */
function withOwnResults(
  measures: readonly NoticeMeasure[],
  results: readonly NoticeResult[],
): readonly NoticeMeasure[] {
  const lines = new Set(measures.map(measure => measure.line));
  const single = lines.size === measures.length && measures.length > 1;
  if (!single || !measures.every(measure => results.some(result => result.line === measure.line))) return measures;
  return measures.map(measure => {
    const result = weakest(results.filter(one => one.line === measure.line));
    return result === undefined ? measure : { ...measure, result };
  });
}

const order: readonly NoticeStatus[] = ['not-started', 'in-progress', 'mostly-done', 'done'];

/**
 * Of several results (one for each particular) the one that is least far; long-term ones aside unless all are. Not
 * started beside anything further is in progress.
 */
export function weakest<R extends Pick<NoticeResult, 'status'>>(results: readonly R[]): R | undefined {
  const counted = results.filter(result => order.includes(result.status));
  const [first] = [...counted].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  if (first?.status === 'not-started' && counted.some(result => result.status !== first.status))
    return { ...first, status: 'in-progress' };
  return first ?? results.at(-1);
}
