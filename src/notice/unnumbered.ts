import { isAnswer, type LabelKind } from './labels.js';
import { isNode, isUnderLabel, nodesOf, type OutlineLine, type OutlineNode, titleOf } from './outline.js';
import { looksLikeGroup, stanceOf } from './words.js';

/**
 * Levels whose paragraphs are only listed: "（1）… （2）… （3）… 整改情况：…" answers the finding above, not （3）. Told by
 * the label coming always after the last of them.
 */
export function levelsWithoutLabels(root: OutlineNode): ReadonlySet<string> {
  const levels = new Map<string, { all: number; labelled: number; last: number; parents: Set<OutlineNode> }>();
  for (const node of nodesOf(root)) {
    if (node.kind === 'label' || node.parent === undefined || node.parent.kind === 'root') continue;
    const level = levels.get(node.level) ?? { all: 0, labelled: 0, last: 0, parents: new Set() };
    levels.set(node.level, level);
    level.all += 1;
    level.parents.add(node.parent);
    if (!answered(node)) continue;
    level.labelled += 1;
    if (isLastOfItsKind(node)) level.last += 1;
  }
  const found = new Set<string>();
  for (const [name, level] of levels) {
    if (level.labelled === 0 || level.labelled === level.all || level.last < level.labelled * 0.8) continue;
    const share = level.labelled / level.all;
    const parent = [...level.parents][0];
    const parentAnswered = parent !== undefined && siblingsAnswered(root, parent.level);
    if (share < 0.6 || parentAnswered) found.add(name);
  }
  for (const name of levelsOfDeeds(root)) found.add(name);
  return found;
}

/** Levels that list what was done under a fault: "整改结果：" behind the last ① is the result of the fault, not of ③. */
function levelsOfDeeds(root: OutlineNode): readonly string[] {
  const levels = new Map<string, { all: number; deeds: number; faults: number; under: number }>();
  for (const node of nodesOf(root)) {
    if (node.kind === 'label' || node.parent === undefined || node.parent.kind === 'root') continue;
    const level = levels.get(node.level) ?? { all: 0, deeds: 0, faults: 0, under: 0 };
    levels.set(node.level, level);
    level.all += 1;
    // What has an answer of its own is no deed.
    if (node.children.some(child => isNode(child) && child.label !== undefined && child.label.kind !== 'result'))
      level.faults += 1;
    const stance = stanceOf(titleOf(node));
    if (stance === 'action') level.deeds += 1;
    if (stance === 'problem') level.faults += 1;
    if (stanceOf(titleOf(node.parent)) === 'problem') level.under += 1;
  }
  return [...levels]
    .filter(([, { all, deeds, faults, under }]) => deeds >= all * 0.34 && faults <= all * 0.15 && under >= all * 0.6)
    .map(([name]) => name);
}

function hasLabel(node: OutlineNode): boolean {
  return node.children.some(child => isNode(child) && child.label !== undefined && isAnswer(child.label));
}

/** Itself, or by way of something numbered under it. */
function answered(node: OutlineNode): boolean {
  if (hasLabel(node)) return true;
  for (const below of nodesOf(node)) if (!isUnderLabel(below) && hasLabel(below)) return true;
  return false;
}

function isLastOfItsKind(node: OutlineNode): boolean {
  const siblings = node.parent?.children ?? [];
  for (let at = siblings.length - 1; at >= 0; at -= 1) {
    const sibling = siblings[at];
    if (sibling !== undefined && isNode(sibling) && sibling.kind === node.kind) return sibling === node;
  }
  return false;
}

function siblingsAnswered(root: OutlineNode, level: string): boolean {
  for (const node of nodesOf(root)) if (node.level === level && hasLabel(node)) return true;
  return false;
}

/**
 * Lines that are titles of findings although no number says so: an unnumbered line above each "整改情况：", a line
 * "存在问题：…", or, where nothing is labelled, paragraphs that begin with 关于…问题. Line → offset of the title.
 */
export function unnumberedTitles(root: OutlineNode, lines: readonly OutlineLine[]): ReadonlyMap<number, number> {
  const orphans: OutlineNode[] = [];
  const counts: LabelCounts = new Map();
  const results: OutlineNode[] = [];
  let labels = 0;
  let stated = 0;
  for (const node of nodesOf(root)) {
    if (node.label === undefined || node.label.kind === 'other') continue;
    if (node.label.kind === 'result') {
      stated += 1;
      if (isOrphan(node, counts)) results.push(node);
      continue;
    }
    if (!isAnswer(node.label) && node.label.kind !== 'problem') continue;
    labels += 1;
    if (isOrphan(node, counts)) orphans.push(node);
  }
  if (labels > 0)
    return orphans.length >= 2 && orphans.length >= labels * 0.4 ? titlesAbove(orphans, lines) : new Map();
  return results.length >= 2 && results.length >= stated * 0.4 ? faultsBefore(results, lines) : new Map();
}

/**
 * Nothing but results is labelled: the fault that each answers is the first plain line behind the result before it, where
 * such lines are short or set apart again and again; else the first that tells of something wrong.
 */
function faultsBefore(results: readonly OutlineNode[], lines: readonly OutlineLine[]): ReadonlyMap<number, number> {
  const heads = headsOfBlocks(results, lines);
  const titles = heads.filter(head => isShortTitle(head) || isBoldTitle(head));
  if (titles.length >= 3 && titles.length >= results.length * 0.8)
    return new Map(titles.map(line => [line.line, bulletOf(line)]));
  const at = new Map(lines.map((line, index) => [line.line, index]));
  const found = new Map<number, number>();
  for (const { own } of results) {
    let title: OutlineLine | undefined;
    for (
      let index = (at.get(own?.line ?? 0) ?? 0) - 1;
      index >= 0 && index > (at.get(own?.line ?? 0) ?? 0) - 12;
      index -= 1
    ) {
      const line = lines[index];
      if (line === undefined || isNumbered(line) || line.labels.length > 0) break;
      if (line.text.length <= 80 && stanceOf(line.text) === 'problem') title = line;
    }
    if (title !== undefined) found.set(title.line, bulletOf(title));
  }
  return found.size >= 2 ? found : new Map();
}

/** The first line behind the result before, or behind the numbered heading between them. */
function headsOfBlocks(results: readonly OutlineNode[], lines: readonly OutlineLine[]): readonly OutlineLine[] {
  const at = new Map(lines.map((line, index) => [line.line, index]));
  return results.flatMap(({ own }) => {
    const end = at.get(own?.line ?? 0) ?? 0;
    let head: OutlineLine | undefined;
    for (let index = end - 1; index >= 0 && index > end - 40; index -= 1) {
      const line = lines[index];
      if (line === undefined || isNumbered(line) || line.labels.length > 0 || line.heading !== undefined) break;
      head = line;
    }
    return head === undefined ? [] : [head];
  });
}

/** Paragraphs 关于…问题 in a text that numbers and labels nothing. */
export function aboutTitles(lines: readonly OutlineLine[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const line of lines) {
    if (isNumbered(line) || line.closing) continue;
    const from = bulletOf(line);
    if (
      /^\s*(?:关于|针对|对)[^。;；]{2,100}(?:问题|不足|现象)/.test(line.text.slice(from)) &&
      !/通报$|公告$|报告$/.test(line.text.trim())
    ) {
      found.set(line.line, from);
    }
  }
  return found.size >= 2 ? found : new Map();
}

/**
 * Titles that nothing marks but how they stand: set apart in bold, or short lines without a stop, each above what was
 * done about it. Told by their shape coming again and again, and by most of them naming a fault.
 */
export function standingTitles(lines: readonly OutlineLine[]): ReadonlyMap<number, number> {
  // A text that is bold throughout sets nothing apart.
  const bold = lines.filter(line => line.strong > 0).length * 2 <= lines.length ? lines.filter(isBoldTitle) : [];
  const found = bold.length >= 2 ? bold : lines.filter((line, index) => isShortTitle(line) && isTold(lines[index + 1]));
  const faults = found.filter(line => stanceOf(titleIn(line)) === 'problem');
  if (faults.length < (found === bold ? 2 : 3) || faults.length * 2 < found.length) return new Map();
  return new Map(found.map(line => [line.line, bulletOf(line)]));
}

function titleIn(line: OutlineLine): string {
  return line.text.slice(bulletOf(line), line.strong > 0 ? line.strong : undefined).trim();
}

function isPlainLine(line: OutlineLine): boolean {
  return !isNumbered(line) && !line.closing && line.heading === undefined && line.labels.length === 0;
}

function isBoldTitle(line: OutlineLine): boolean {
  const title = titleIn(line);
  return (
    isPlainLine(line) &&
    line.strong > 0 &&
    title.length >= 4 &&
    title.length <= 60 &&
    !looksLikeGroup(title) &&
    !/[:：]$/u.test(title)
  );
}

function isShortTitle(line: OutlineLine): boolean {
  const title = titleIn(line);
  return (
    isPlainLine(line) &&
    title.length >= 4 &&
    title.length <= 45 &&
    !looksLikeGroup(title) &&
    !/[。；;：:，,！!？?.]/u.test(title.slice(-1))
  );
}

/** Running text, or what is labelled: no title itself. */
function isTold(line: OutlineLine | undefined): boolean {
  return line !== undefined && !line.closing && line.heading === undefined && !isShortTitle(line);
}

/** A bullet numbers nothing. */
function isNumbered(line: OutlineLine): boolean {
  return line.marker !== undefined && line.marker.kind !== 'bullet';
}

function bulletOf(line: OutlineLine): number {
  return line.marker?.kind === 'bullet' ? line.marker.length : 0;
}

/** How many labels of each kind a node has; counted once, for a damaged text may have thousands under one. */
type LabelCounts = Map<OutlineNode, Map<LabelKind, number>>;

function labelsOfKind(owner: OutlineNode, kind: LabelKind, counts: LabelCounts): number {
  let known = counts.get(owner);
  if (known === undefined) {
    known = new Map();
    for (const child of owner.children) {
      if (isNode(child) && child.label !== undefined)
        known.set(child.label.kind, (known.get(child.label.kind) ?? 0) + 1);
    }
    counts.set(owner, known);
  }
  return known.get(kind) ?? 0;
}

/** A label of which its owner has several, or whose owner is no finding. */
function isOrphan(node: OutlineNode, counts: LabelCounts): boolean {
  const owner = node.parent;
  if (owner === undefined || owner.kind === 'root') return true;
  if (isUnderLabel(owner)) return false;
  const same = node.label === undefined ? 0 : labelsOfKind(owner, node.label.kind, counts);
  const title = owner.own?.text.slice(owner.from) ?? '';
  return same >= 2 || (looksLikeGroup(title) && stanceOf(title) !== 'problem');
}

function titlesAbove(orphans: readonly OutlineNode[], lines: readonly OutlineLine[]): ReadonlyMap<number, number> {
  const at = new Map(lines.map((line, index) => [line.line, index]));
  const found = new Map<number, number>();
  for (const node of orphans) {
    const line = node.own;
    if (line === undefined || node.label === undefined) continue;
    if (node.label.kind === 'problem') {
      found.set(line.line, node.label.end);
      continue;
    }
    // "学习不深入。整改情况：…" on one line: the line itself is the title.
    if (node.label.at > 4 && !isNumbered(line) && line.labels[0] === node.label) {
      found.set(line.line, bulletOf(line));
      continue;
    }
    const above = lines[(at.get(line.line) ?? 0) - 1];
    if (above === undefined || isNumbered(above) || above.closing || above.text.length > 200) continue;
    if (above.labels.length > 0 && above.labels[0]?.kind !== 'problem') continue;
    found.set(above.line, above.labels[0]?.kind === 'problem' ? above.labels[0].end : bulletOf(above));
  }
  return found;
}
