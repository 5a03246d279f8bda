import { type FindingContext, findingFrom, type Habits } from './findings.js';
import { isNode, nodesOf, type OutlineNode } from './outline.js';
import type { NoticeFinding } from './parsed.js';

/**
 * Findings of one document are written alike. What one of them leaves open (no status, no measure) is read once more in
 * the way in which the others tell it.
 */
export function findingsAlike(
  nodes: readonly OutlineNode[],
  contextOf: (index: number) => FindingContext,
): readonly NoticeFinding[] {
  const first = nodes.map((node, index) => findingFrom(node, contextOf(index)));
  const habits: Habits = { resultLast: saysResultsLast(first), deedsUnderTitle: tellsDeedsUnderTitles(nodes, first) };
  if (!habits.resultLast && !habits.deedsUnderTitle) return first;
  return nodes.map((node, index) => {
    const found = first[index];
    const own: Habits = {
      resultLast: habits.resultLast && found?.statusFrom !== 'own',
      deedsUnderTitle: habits.deedsUnderTitle && found?.measures.length === 0 && isPlain(node),
    };
    return found === undefined || own.resultLast || own.deedsUnderTitle
      ? findingFrom(node, { ...contextOf(index), habits: own })
      : found;
  });
}

/** Most findings state a result, on a line on which something was done. */
function saysResultsLast(findings: readonly NoticeFinding[]): boolean {
  const stated = findings.filter(
    finding => finding.statusFrom === 'own' && finding.measures.some(measure => measure.line === finding.statusLine),
  );
  return stated.length * 2 > findings.length;
}

/** Most findings without labels list what was done right under the title. */
function tellsDeedsUnderTitles(nodes: readonly OutlineNode[], findings: readonly NoticeFinding[]): boolean {
  const plain = findings.filter((_, index) => isPlain(nodes[index]));
  const deeds = plain.filter(finding => finding.measures.length > 0 && finding.subFindings.length === 0);
  return plain.length >= 3 && deeds.length * 3 >= plain.length * 2;
}

/** No label says what is wrong in it or what was done. */
function isPlain(node: OutlineNode | undefined): boolean {
  if (node === undefined) return false;
  return ![...nodesOf(node)].some(
    below => isNode(below) && below.label !== undefined && !['result', 'other', 'next'].includes(below.label.kind),
  );
}
