import type { CorpusNotice } from './corpus.js';
import { difference, factsExpected, factsRead } from './facts.js';
import { brief, linted } from './linted.js';

export type Score = {
  readonly kind: string;
  readonly precision: number;
  readonly recall: number;
  readonly expected: number;
  readonly read: number;
};

/** Precision and recall per kind of fact and of what lint objects to, and every fact that differs. */
export async function score(
  notices: readonly CorpusNotice[],
): Promise<{ readonly scores: readonly Score[]; readonly differences: readonly string[] }> {
  const totals = new Map<string, { right: number; expected: number; read: number }>();
  const differences: string[] = [];
  for (const notice of notices) {
    const wanted = { ...factsExpected(notice.expected), lint: (notice.expected.lint ?? []).map(one => one.join(' ')) };
    const parsed = await notice.read();
    // A text in which no finding is found is refused before it is looked at.
    const remarks = parsed.sections.length === 0 ? [] : linted(await notice.decode());
    const got: Record<string, readonly string[]> = {
      ...factsRead(parsed, notice.expected),
      lint: brief(remarks).map(one => one.join(' ')),
    };
    for (const [kind, facts] of Object.entries(wanted)) {
      const read = got[kind] ?? [];
      const { right, missed, invented } = difference(read, facts);
      const total = totals.get(kind) ?? { right: 0, expected: 0, read: 0 };
      totals.set(kind, {
        right: total.right + right,
        expected: total.expected + facts.length,
        read: total.read + read.length,
      });
      for (const fact of missed) differences.push(`${notice.name}: ${kind} missed: ${fact}`);
      for (const fact of invented) differences.push(`${notice.name}: ${kind} invented: ${fact}`);
    }
  }
  const scores = [...totals].map(([kind, { right, expected, read }]) => ({
    kind,
    expected,
    read,
    precision: read === 0 ? 1 : right / read,
    recall: expected === 0 ? 1 : right / expected,
  }));
  return { scores, differences };
}

/** The table that `npm run bench:notices` prints. */
export function scoreTable(scores: readonly Score[]): string {
  const percent = (value: number) => `${(value * 100).toFixed(1)}%`.padStart(8);
  const rows = scores.map(
    ({ kind, precision, recall, expected, read }) =>
      `${kind.padEnd(12)}${percent(precision)}${percent(recall)}${String(expected).padStart(10)}${String(read).padStart(8)}`,
  );
  return [
    `${'fact'.padEnd(12)}${'precision'.padStart(9)}${'recall'.padStart(7)}${'expected'.padStart(10)}${'read'.padStart(8)}`,
    ...rows,
  ].join('\n');
}
