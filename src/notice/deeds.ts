import { amountsIn } from './figures.js';
import { sentences } from './fold.js';
import type { NoticeAmount, NoticeFinding, NoticeMeasure } from './parsed.js';

/** Everything that is told of what was done: the measures, and the progress beside them. */
export function deedsOf(finding: NoticeFinding): readonly NoticeMeasure[] {
  return [...finding.measures, ...finding.reports];
}

/**
 * Every sum told under a finding. Measures that stand beside their progress are plans: what they would recover is told
 * by the progress, where that names any sum.
 */
export function amountsOf(finding: NoticeFinding): readonly NoticeAmount[] {
  const reported = finding.reports.flatMap(report => report.amounts);
  const planned = finding.measures.flatMap(measure => measure.amounts);
  return [...finding.amounts, ...(reported.length > 0 ? reported : planned)];
}

const forAll =
  /(?:该|本|此)问题(?:总?共计?|合计|累计|涉及)*(?:应|需|须|已|尚未|未)(?:追缴|清退|退缴|收缴|上缴|退还|退)/;

/**
 * The money of a finding. A sentence that sums it up (该问题应追缴…，已追缴…) says it all: what is told before it are
 * single payments of the same money. Without one, every sum counts.
 */
export function moneyOf(finding: NoticeFinding): readonly NoticeAmount[] {
  const summed = deedsOf(finding).flatMap(({ text, line }) =>
    sentences(text, /[。!?]/).flatMap(piece => {
      const at = piece.text.search(forAll);
      return at < 0 ? [] : amountsIn([{ text: piece.text.slice(at), line }]);
    }),
  );
  return summed.length > 0 ? summed : amountsOf(finding);
}
