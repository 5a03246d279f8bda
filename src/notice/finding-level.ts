import { fold } from './fold.js';
import { isAnswer } from './labels.js';
import type { MarkerKind } from './markers.js';
import { isNode, isUnderLabel, nodesOf, type OutlineNode, restOf, titleOf } from './outline.js';
import { type StatusTable, statusOf } from './status-words.js';
import { looksLikeArea, looksLikeGroup, type PartRole, roleOfHeading, stanceOf } from './words.js';

/** A kind of numbering as a candidate for the level of the findings, with what speaks for it. */
export type Candidate = {
  readonly kind: MarkerKind;
  readonly nodes: readonly OutlineNode[];
  readonly score: number;
};

/**
 * The top parts of the document and what each is about. Headings name it in countless ways; a part in which items are
 * answered under labels tells of findings whatever its heading says.
 */
export function rolesOfParts(root: OutlineNode): ReadonlyMap<OutlineNode, PartRole> {
  const roles = new Map<OutlineNode, PartRole>();
  const tops = root.children.filter(isNode).filter(node => node.kind !== 'label');
  for (const node of tops) {
    // A single list 1. 2. 3. … at the top is the findings themselves, not parts.
    if (node.kind !== 'cn' && node.kind !== 'part' && node.kind !== 'heading' && node.kind !== 'cn-paren') {
      roles.set(node, 'findings');
      continue;
    }
    const role =
      node.own?.outlook === true ? 'advice' : listsDocuments(node) ? 'summary' : roleOfHeading(titleOf(node));
    roles.set(node, role !== 'findings' && answers(node) > 0 && role !== 'contact' ? 'findings' : role);
  }
  return roles;
}

/** 三、建章立制情况 and below it 1.《专项经费管理办法》 2.《固定资产管理细则》: what was made, no findings. */
function listsDocuments(node: OutlineNode): boolean {
  const items = node.children.filter(isNode);
  return items.length > 1 && items.every(item => /^《[^《》]+》[。；;]?$/u.test(titleOf(item).trim()));
}

function answers(node: OutlineNode): number {
  let count = 0;
  for (const below of nodesOf(node)) if (below.label !== undefined && isAnswer(below.label)) count += 1;
  return count;
}

export function ownLabels(node: OutlineNode): readonly OutlineNode[] {
  return node.children.filter(isNode).filter(child => child.kind === 'label');
}

/** Text of its own below its title line that tells of something done. */
function ownAnswer(node: OutlineNode): boolean {
  const title = titleOf(node);
  const rest = restOf(node);
  if (stanceOf(title) !== 'action' && rest.trim() !== '' && stanceOf(rest) === 'action') return true;
  return node.children.some(child => {
    if (isNode(child)) return false;
    const text = child.text.slice(child.marker?.length ?? 0).trim();
    // "整改情况" alone is a heading, not an answer.
    return text.length >= 8 && stanceOf(text) === 'action';
  });
}

/** A title with its result behind it: （一）耕地保护责任虚化（已完成）. */
function statesResult(node: OutlineNode, statuses: StatusTable): boolean {
  const title = fold(titleOf(node)).replace(/[。;,]+$/, '');
  const words = /[(【[〔〖]([^()【】[\]〔〕〖〗]{1,16})[)】\]〕〗]$/.exec(title)?.[1];
  return (
    words !== undefined &&
    stanceOf(title.slice(0, -words.length - 2)) !== 'action' &&
    statusOf(words, statuses) !== undefined
  );
}

/** Which marker such documents like for their findings, used only to settle what nothing else settles. */
const habit: Readonly<Partial<Record<MarkerKind, number>>> = {
  issue: 0.5,
  num: 0.3,
  'num-dun': 0.3,
  dotted: 0.2,
  'num-paren': 0.15,
  'num-half': 0.15,
  'cn-paren': 0.1,
  circled: -0.5,
  letter: -0.5,
};

/** Scores every kind of numbering in the parts about findings; the best first. */
export function candidates(
  root: OutlineNode,
  roles: ReadonlyMap<OutlineNode, PartRole>,
  statedCounts: ReadonlySet<number>,
  statuses: StatusTable,
): readonly Candidate[] {
  const byKind = new Map<MarkerKind, OutlineNode[]>();
  for (const top of root.children.filter(isNode)) {
    if (top.kind === 'label' || roles.get(top) !== 'findings') continue;
    for (const node of [top, ...nodesOf(top)]) {
      if (node.kind === 'label' || node.kind === 'root' || isUnderLabel(node)) continue;
      const list = byKind.get(node.kind);
      if (list === undefined) byKind.set(node.kind, [node]);
      else list.push(node);
    }
  }
  const anyLabel = [...byKind.values()].some(nodes => nodes.some(node => ownLabels(node).some(hasAnswer)));
  const through = [...byKind].filter(([, nodes]) => runsThrough(nodes)).map(([kind]) => kind);
  const scored: Candidate[] = [];
  for (const [kind, nodes] of byKind) {
    const share = (test: (node: OutlineNode) => boolean) => nodes.filter(test).length / nodes.length;
    // "反馈问题12个" and twelve paragraphs: they are the findings, even when their particulars are answered one by one.
    // So is, where no label says what answers what, the one numbering that runs on through all areas.
    const counted =
      (nodes.length >= 2 && statedCounts.has(nodes.length)) ||
      (!anyLabel && through.length === 1 && through[0] === kind) ||
      // It is as well where some of them answer as a whole and others part by part.
      (anyLabel &&
        through.length === 1 &&
        through[0] === kind &&
        share(node => ownLabels(node).some(hasAnswer)) >= 0.2) ||
      // …, or the faults right below the focus areas.
      (!anyLabel && through.length === 0 && share(isBelowArea) >= 0.8);
    const answered = share(
      node =>
        (counted && (answers(node) > 0 || (!anyLabel && [...nodesOf(node)].some(ownAnswer)))) ||
        ownLabels(node).some(hasAnswer) ||
        (!anyLabel && ownAnswer(node)) ||
        statesResult(node, statuses),
    );
    const wrong = share(node => stanceOf(titleOf(node)) === 'problem' && !looksLikeGroup(titleOf(node)));
    const acts = share(node => stanceOf(titleOf(node)) === 'action');
    const group = share(node => looksLikeGroup(titleOf(node)));
    const results = share(
      node => statesResult(node, statuses) || ownLabels(node).some(label => label.label?.kind === 'result'),
    );
    const score =
      4 * answered +
      // How far a thing is is said of findings.
      results +
      2 * wrong -
      2 * acts -
      3 * group +
      (nodes.length >= 2 ? 0.5 : 0) +
      (counted ? 0.8 : 0) +
      // Where nothing is answered, several levels may name what is wrong; then habit decides.
      (answered > 0.4 ? 0 : (habit[kind] ?? 0));
    scored.push({ kind, nodes, score });
  }
  return scored.sort((a, b) => b.score - a.score);
}

function isBelowArea(node: OutlineNode): boolean {
  const { parent } = node;
  return parent?.own !== undefined && looksLikeArea(titleOf(parent)) && stanceOf(titleOf(node)) === 'problem';
}

/** Numbered on and on under several headings: so are the findings of a document, never its areas or its measures. */
function runsThrough(nodes: readonly OutlineNode[]): boolean {
  if (nodes.length < 3 || new Set(nodes.map(node => node.parent)).size < 2) return false;
  return nodes.every((node, index) => {
    const before = nodes[index - 1]?.number;
    return node.number !== undefined && (before === undefined || node.number > before);
  });
}

export function hasAnswer(node: OutlineNode): boolean {
  return node.label !== undefined && isAnswer(node.label);
}
