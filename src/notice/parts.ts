import { hasAnswer, ownLabels } from './finding-level.js';
import { fold } from './fold.js';
import { firstItemAt } from './items.js';
import { leadingMarker } from './markers.js';
import {
  isNode,
  isUnderLabel,
  nodesOf,
  type OutlineLine,
  type OutlineNode,
  restOf,
  textOf,
  titleOf,
} from './outline.js';
import { type Stance, stanceOf } from './words.js';

/**
 * Levels right below the findings whose paragraphs are told as findings are: what is wrong in it, then what was done
 * about that. Settled over the whole document, for the parts of one document are written alike.
 */
export function partLevels(findings: readonly OutlineNode[]): ReadonlySet<string> {
  const levels = new Map<string, OutlineNode[]>();
  for (const finding of findings) {
    for (const child of numberedBelow(finding)) {
      const key = levelOf(finding, child);
      const list = levels.get(key);
      if (list === undefined) levels.set(key, [child]);
      else list.push(child);
    }
  }
  return new Set([...levels].filter(([, nodes]) => areParts(nodes)).map(([level]) => level));
}

/** The parts of a finding, and the finding without them. */
export function withoutParts(
  finding: OutlineNode,
  levels: ReadonlySet<string>,
): { readonly rest: OutlineNode; readonly parts: readonly OutlineNode[] } {
  const parts = numberedBelow(finding).filter(child => levels.has(levelOf(finding, child)));
  if (parts.length === 0) return { rest: finding, parts };
  const apart: ReadonlySet<OutlineNode | OutlineLine> = new Set(parts);
  return { rest: { ...finding, children: finding.children.filter(child => !apart.has(child)) }, parts };
}

function numberedBelow(finding: OutlineNode): readonly OutlineNode[] {
  return finding.children.filter(isNode).filter(child => child.kind !== 'label');
}

/** Findings may stand under headings of more than one depth; what counts is what the part is to them. */
function levelOf(finding: OutlineNode, part: OutlineNode): string {
  return `${finding.kind}>${part.kind}`;
}

function areParts(nodes: readonly OutlineNode[]): boolean {
  const share = (test: (node: OutlineNode) => boolean) => nodes.filter(test).length / nodes.length;
  return (
    nodes.length >= 2 &&
    share(answersForItself) >= 0.6 &&
    share(namesFault) >= 0.5 &&
    share(node => stanceOf(titleOf(node)) === 'action' && !isAbout(node)) <= 0.25
  );
}

function namesFault(node: OutlineNode): boolean {
  return isAbout(node) || stanceOf(titleOf(node)) === 'problem';
}

/** 关于…, 针对…: what it is about, in whatever words. */
function isAbout(node: OutlineNode): boolean {
  return /^(?:关于|针对)/.test(fold(titleOf(node)).replace(/^[“"]/, ''));
}

function answersForItself(node: OutlineNode): boolean {
  if (ownLabels(node).some(hasAnswer)) return true;
  const rest = restOf(node);
  if (rest.trim() !== '' && (stanceOf(rest) === 'action' || firstItemAt(textOf(node)) !== undefined)) return true;
  const told = node.children.map(child => (isNode(child) ? undefined : stanceOfLine(child)));
  if (told.some(stance => stance === 'action')) return true;
  const below = [...nodesOf(node)].filter(child => child.kind !== 'label' && !isUnderLabel(child));
  return below.some(child => stanceOf(titleOf(child)) === 'action');
}

function stanceOfLine(line: OutlineLine): Stance {
  const text = line.text.slice(line.marker?.length ?? 0);
  return stanceOf(text.slice(leadingMarker(text)?.length ?? 0));
}
