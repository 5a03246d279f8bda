import type { NoticeFinding, NoticeSection } from './parsed.js';

/**
 * The findings as they are numbered: through the text, or from 1 again under a heading. A heading whose first finding is 1
 * begins a run; a number that merely occurs twice begins none.
 */
export function runsOf(sections: readonly NoticeSection[]): readonly (readonly NoticeFinding[])[] {
  const runs: NoticeFinding[][] = [];
  for (const { findings } of sections) {
    const last = runs.at(-1);
    if (last === undefined || findings[0]?.number === 1) runs.push([...findings]);
    else last.push(...findings);
  }
  return runs;
}

/** Two findings of one run have the same number. */
export function hasRepeats(sections: readonly NoticeSection[]): boolean {
  return runsOf(sections).some(run => new Set(run.map(finding => finding.number)).size < run.length);
}
