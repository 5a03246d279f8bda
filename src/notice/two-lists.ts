import { hasAnswer, ownLabels } from './finding-level.js';
import { type OutlineNode, titleOf } from './outline.js';
import { stanceOf } from './words.js';

/** Findings with what answers them, and the paragraphs of the other list, which are read with them. */
export type Paired = { readonly findings: readonly OutlineNode[]; readonly others: readonly OutlineNode[] };

/**
 * A document that tells first all that is wrong and then, in a second part under the same numbers, what was done: the
 * second list answers the first. Where it names the faults again, the first one is only an overview.
 */
export function pairedLists(nodes: readonly OutlineNode[]): Paired | undefined {
  const parts = new Map<OutlineNode, OutlineNode[]>();
  for (const node of nodes) {
    const part = topOf(node);
    const list = parts.get(part);
    if (list === undefined) parts.set(part, [node]);
    else list.push(node);
  }
  const [faults, deeds] = [...parts.values()];
  if (parts.size !== 2 || faults === undefined || deeds === undefined) return undefined;
  if (faults.length < 2 || faults.length !== deeds.length) return undefined;
  if (faults.some((node, index) => node.number === undefined || node.number !== deeds[index]?.number)) return undefined;
  const share = (list: readonly OutlineNode[], test: (node: OutlineNode, index: number) => boolean) =>
    list.filter(test).length / list.length;
  const stance = (node: OutlineNode) => stanceOf(titleOf(node));
  if (faults.some(node => ownLabels(node).some(hasAnswer)) || share(faults, node => stance(node) === 'problem') < 0.7)
    return undefined;
  if (share(deeds, (node, index) => saysTheSame(titleOf(node), faults[index])) >= 0.7)
    return { findings: deeds, others: faults };
  const acts = share(deeds, node => stance(node) === 'action') >= 0.4;
  if (!acts || share(deeds, node => stance(node) === 'problem') > 0.3) return undefined;
  return { findings: faults.map((node, index) => answeredBy(node, deeds[index])), others: [...faults, ...deeds] };
}

function topOf(node: OutlineNode): OutlineNode {
  let top = node;
  while (top.parent !== undefined && top.parent.kind !== 'root') top = top.parent;
  return top;
}

function saysTheSame(title: string, fault: OutlineNode | undefined): boolean {
  const words = (text: string) => text.replace(/[\s“”"'。；;，,的问题关于针对]/gu, '');
  const [one, other] = [words(title), words(fault === undefined ? '' : titleOf(fault))];
  return one.length >= 4 && other.length >= 4 && (one.startsWith(other) || other.startsWith(one));
}

/** The fault with the deed below it, as if a label stood between them. */
function answeredBy(fault: OutlineNode, deed: OutlineNode | undefined): OutlineNode {
  if (deed?.own === undefined) return fault;
  const answer: OutlineNode = {
    kind: 'label',
    number: undefined,
    label: { kind: 'progress', words: '', at: deed.from, end: deed.from },
    own: deed.own,
    from: deed.from,
    parent: fault,
    children: deed.children,
    level: `${fault.level}>label`,
  };
  return { ...fault, children: [...fault.children, answer] };
}
