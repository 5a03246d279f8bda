import {
  labelKey,
  leads,
  namesBetween,
  outlooks,
  overFaults,
  saidOnceOverAList,
  standsAlone,
} from './bare-headings.js';
import { isUnitName } from './facts.js';
import { fold, protectedMask, sentences } from './fold.js';
import { blankLabelOf, type Label, labelsOf } from './labels.js';
import { ownStyles } from './marker-styles.js';
import { leadingMarker, type Marker, type MarkerKind, structural } from './markers.js';
import { ownLabels } from './own-labels.js';
import type { SourceLine } from './source.js';
import { type StatusTable, statusOf } from './status-words.js';
import { looksLikeArea, looksLikeClosing, looksLikeGroup, type Stance, stanceOf } from './words.js';

/** A line with what it begins with and the labels in it. */
export type OutlineLine = {
  readonly line: number;
  readonly text: string;
  readonly marker: Marker | undefined;
  readonly labels: readonly Label[];
  /** Length of a number before the first label that is no marker ("2." in "2.整改措施：…"). */
  readonly ignored: number;
  readonly heading: number | undefined;
  /** Characters at its head that are set apart (bold). */
  readonly strong: number;
  readonly closing: boolean;
  /** Begins what is asked for, or planned, in the end: no finding goes on below it. */
  readonly outlook: boolean;
};

/** A numbered paragraph with all that stands under it, or a label with what it introduces. */
export type OutlineNode = {
  readonly kind: MarkerKind | 'root' | 'label';
  readonly number: number | undefined;
  readonly label: Label | undefined;
  /** Its own line; undefined for the root. */
  readonly own: OutlineLine | undefined;
  /** Offset in its own line at which its text begins. */
  readonly from: number;
  readonly parent: OutlineNode | undefined;
  /** Nodes and plain lines, in reading order. */
  readonly children: (OutlineNode | OutlineLine)[];
  /** Kinds from the top down to itself: which level it is. */
  readonly level: string;
};

export function isNode(child: OutlineNode | OutlineLine): child is OutlineNode {
  return 'children' in child;
}

/** The text after the marker, up to the first label of the line. */
export function textOf(node: OutlineNode): string {
  if (node.own === undefined) return '';
  const end = node.own.labels.find(label => label.at >= node.from)?.at ?? node.own.text.length;
  return node.own.text.slice(node.from, end).trim();
}

/** The first sentence, or what frames the finding (针对“…”的问题，): of a finding, its title. */
export function titleOf(node: OutlineNode): string {
  // 【已完成】学习不深入: what stands in brackets before a title is a mark on it.
  const text = textOf(node).replace(/^[【[][^【】[\]]{2,8}[】\]]\s*(?=.{4})/u, '');
  const frame = frameLength(text);
  return (frame > 0 ? text.slice(0, frame) : (sentences(text)[0]?.text ?? text)).trim();
}

/** What stands behind the title on its line. */
export function restOf(node: OutlineNode): string {
  const text = textOf(node);
  const title = titleOf(node);
  return text.slice(text.indexOf(title) + title.length);
}

/** Length of 针对“…”的问题 at the head of a text that goes on behind a comma or a colon; 0 when it begins otherwise. */
export function frameLength(text: string): number {
  const folded = fold(text).slice(0, 160);
  if (!/^\s*(?:关于|针对|对照|对|就)/.test(folded)) return 0;
  const mask = protectedMask(folded);
  for (const match of folded.matchAll(/问题(?=[,:])|[。;,]/g)) {
    if (mask[match.index] === 1) continue;
    return match[0] === '问题' ? match.index + 2 : 0;
  }
  return 0;
}

/** Reads each line by itself: marker, labels. */
export function examine(lines: readonly SourceLine[], statuses: StatusTable): readonly OutlineLine[] {
  const own = ownLabels(lines, statuses);
  const introduced = (rest: string) =>
    statusOf(rest, statuses) !== undefined || (leadingMarker(rest)?.number ?? 0) === 1;
  const marked = lines.map(line => ({ text: line.text, marker: leadingMarker(line.text) }));
  const kindOf = ownStyles(marked);
  const overLists = marked.filter((line, at) => isOverList(line, marked[at + 1])).length >= 2;
  const read: OutlineLine[] = lines.map((line, index) => {
    const typed = marked[index] ?? { text: line.text, marker: undefined };
    const kind = overLists && isOverList(typed, marked[index + 1]) ? 'ordinal-head' : kindOf(typed);
    const marker = typed.marker === undefined || kind === undefined ? undefined : { ...typed.marker, kind };
    const from = marker?.length ?? 0;
    const labels = labelsOf(line.text, from, own);
    const parted = labels[0]?.at === from ? undefined : blankLabelOf(line.text, from, line.strong ?? 0, introduced);
    return {
      line: line.number,
      text: line.text,
      marker,
      labels: parted === undefined ? labels : [parted, ...labels.filter(label => label.at >= parted.end)],
      ignored: 0,
      heading: line.heading,
      strong: line.strong ?? 0,
      closing: marker === undefined && looksLikeClosing(line.text),
      outlook: false,
    };
  });
  markClosingLines(read);
  // 巡视组提出意见建议：一是…, and 二是… on a line of its own behind it.
  read.forEach((line, index) => {
    const goesOn = line.marker?.kind === 'shi' && (line.marker.number ?? 1) > 1;
    if (goesOn && read[index - 1]?.closing === true) read[index] = { ...line, closing: true };
  });
  // "（二）整改进展情况" once is a heading, again and again it is a label.
  const seen = new Map<string, number>();
  for (const line of read) {
    const label = line.labels[0];
    if (label !== undefined && isHeadingLike(line) && leads(line, label)) {
      seen.set(labelKey(label), (seen.get(labelKey(label)) ?? 0) + 1);
    }
  }
  const headings = overFaults(read);
  const over = new Set([...saidOnceOverAList(read), ...namesBetween(read)]);
  const outlook = outlooks(read);
  return read.map((line, index) => {
    const { marker, labels } = line;
    const label = labels[0];
    if (label !== undefined && headings.has(labelKey(label)) && standsAlone(line, read[index + 1])) {
      return { ...line, labels: [] };
    }
    if (over.has(line)) return { ...line, labels: [], heading: 2 };
    if (outlook.has(line)) return { ...line, labels: [], heading: 2, outlook: true };
    if (label === undefined || !isHeadingLike(line) || !leads(line, label)) return line;
    if (marker?.kind === 'bullet') return { ...line, marker: undefined, ignored: marker.length };
    if (marker !== undefined && namesFinding(read, index, label)) {
      return { ...line, marker: { ...marker, length: label.end }, labels: labels.slice(1) };
    }
    const top = marker?.kind === 'cn' || marker?.kind === 'part' || marker?.kind === 'issue';
    const repeated = (seen.get(labelKey(label)) ?? 0) >= 2;
    const alone = label.end >= line.text.trimEnd().length;
    if ((top && alone) || (alone && !repeated)) return { ...line, labels: labels.slice(1) };
    return { ...line, marker: undefined, ignored: marker?.length ?? 0 };
  });
}

type Typed = { readonly text: string; readonly marker: Marker | undefined };

/** 第一，全面从严治党不够有力 with 1. or 1-1 below it is a heading; elsewhere 第一， begins a sentence. */
function isOverList({ text, marker }: Typed, next: Typed | undefined): boolean {
  const below = next?.marker;
  return (
    marker?.kind === 'ordinal' &&
    text.length <= 60 &&
    below !== undefined &&
    structural.has(below.kind) &&
    (below.number === 1 || below.kind === 'dotted')
  );
}

/**
 * "（一）反馈问题：办学方向把得不牢" is a title with its number. "1.问题表现：…" beside "2.整改措施：…" is not: there the
 * numbers count the labels.
 */
function namesFinding(lines: readonly OutlineLine[], index: number, label: Label): boolean {
  const line = lines[index];
  if (line?.marker === undefined || !structural.has(line.marker.kind)) return false;
  if (label.kind !== 'problem' || /表现|描述|内容|表述/.test(label.words)) return false;
  if (line.text.slice(label.end, line.labels[1]?.at).trim() === '') return false;
  const { kind } = line.marker;
  const next = lines.slice(index + 1, index + 40).find(other => other.marker?.kind === kind);
  const [other] = next?.labels ?? [];
  return next === undefined || other === undefined || other.kind === 'problem' || !leads(next, other);
}

/** "下一步，我们将…" and the like between the last item and the signature close the document, not the last finding. */
function markClosingLines(lines: OutlineLine[]): void {
  for (let at = lines.length - 1; at > 0; at -= 1) {
    const line = lines[at];
    if (line === undefined || line.marker !== undefined || line.labels.length > 0) return;
    const outlook =
      /^\s*(?:下一?步|今后|接下来|下阶段|我们?[将会]|[^,，。；]{2,24}(?:党委|党组|党总支|支部|党工委|党委会)将)/.test(
        line.text,
      );
    // The body that signs stands right above the date.
    const below = lines[at + 1];
    const signed = fold(line.text).trim();
    const signs =
      below?.closing === true &&
      /年.{1,3}月/u.test(below.text) &&
      (isUnitName(signed) || /^[^,。;:]{4,40}办公室$/.test(signed));
    if (!line.closing && !outlook && !signs) return;
    lines[at] = { ...line, closing: true };
  }
}

function isHeadingLike(line: OutlineLine): boolean {
  return line.marker !== undefined || line.heading !== undefined;
}

export type OutlineOptions = {
  /** Levels whose paragraphs are only listed above a label that belongs to the paragraph over them. */
  readonly withoutLabels: ReadonlySet<string>;
  /** Unnumbered lines that were found to be titles: line → offset of the title in it. */
  readonly titles: ReadonlyMap<number, number>;
};

/**
 * Puts the lines into a tree by their numbering. A kind of marker that is open already continues its list; a new kind
 * goes one level deeper; 1 again after a label begins the list of what was done.
 */
export function buildOutline(lines: readonly OutlineLine[], options: OutlineOptions): OutlineNode {
  const root: OutlineNode = {
    kind: 'root',
    number: undefined,
    label: undefined,
    own: undefined,
    from: 0,
    parent: undefined,
    children: [],
    level: '',
  };
  const stack: OutlineNode[] = [root];
  const top = () => stack[stack.length - 1] ?? root;
  const push = (node: Omit<OutlineNode, 'parent' | 'children' | 'level'>) => {
    const parent = top();
    const made: OutlineNode = {
      ...node,
      parent,
      children: [],
      level: parent.level === '' ? node.kind : `${parent.level}>${node.kind}`,
    };
    parent.children.push(made);
    stack.push(made);
    return made;
  };

  lines.forEach((line, index) => {
    if (line.closing) {
      stack.length = 1;
      root.children.push(line);
      return;
    }
    const marker = structuralMarker(line, lines[index + 1], options);
    if (marker === undefined) {
      const [first] = line.labels;
      if (first === undefined || !leads(line, first)) {
        if (isAfterResult(top(), line) || (sumsUp(line) && stack.some(isFaultOrAnswer))) stack.length = 1;
        top().children.push(line);
      }
    } else {
      const level = levelFor(marker, stack, lines, index);
      if (level !== undefined) stack.length = line.outlook ? 1 : level;
      // Nobody numbers fifteen levels deep; deeper ones stay on the fifteenth.
      if (stack.length > 15) stack.length = 15;
      push({ kind: marker.kind, number: marker.number, label: undefined, own: line, from: marker.length });
    }
    for (const label of line.labels) {
      // "存在问题：…" that was found to be a title is no label of something above it.
      if (label.end <= (options.titles.get(line.line) ?? 0)) continue;
      let owner = stack.length - 1;
      for (let depth = stack.length - 1; depth > 0; depth -= 1) {
        const entry = stack[depth];
        if (entry?.kind === 'label') {
          owner = depth - 1;
          break;
        }
      }
      // A sub-finding is listed, not answered, where its like never carry a label.
      while (owner > 1 && options.withoutLabels.has(stack[owner]?.level ?? '')) owner -= 1;
      stack.length = owner + 1;
      push({ kind: 'label', number: undefined, label, own: line, from: label.end });
    }
  });
  return root;
}

function structuralMarker(
  line: OutlineLine,
  next: OutlineLine | undefined,
  options: OutlineOptions,
): Marker | undefined {
  const title = options.titles.get(line.line);
  if (title !== undefined) return { kind: 'line', number: undefined, length: title };
  if (line.marker !== undefined && structural.has(line.marker.kind)) return line.marker;
  if (line.marker !== undefined) return undefined;
  const [label] = line.labels;
  if (label !== undefined && leads(line, label)) return undefined;
  if (line.heading !== undefined && line.heading > 1) return { kind: 'heading', number: undefined, length: 0 };
  const folded = fold(line.text)
    .trim()
    .replace(/^[【[](.*)[】\]]$/, '$1');
  const named = /^(?:聚焦|在|关于|围绕)/.test(folded) && /方面[:]?$/.test(folded) && looksLikeGroup(folded);
  // A short name of an area, right above something numbered.
  const below =
    (next?.marker !== undefined && structural.has(next.marker.kind)) ||
    (next !== undefined && options.titles.has(next.line));
  const over = looksLikeArea(folded) || /^(?:反馈|具体|主要)*问题(?:及)?整改(?:落实|进展|完成)*情况$/.test(folded);
  const above = folded.length <= 40 && over && below;
  return folded.length <= 60 && (named || above) ? { kind: 'heading', number: undefined, length: 0 } : undefined;
}

/** The stack height at which a marker's parent is the top; undefined: it goes under the present top. */
function levelFor(
  marker: Marker,
  stack: readonly OutlineNode[],
  lines: readonly OutlineLine[],
  index: number,
): number | undefined {
  if (marker.kind === 'heading' || marker.kind === 'line') return levelForUnnumbered(marker, stack, lines[index]);
  const same: number[] = [];
  for (let depth = stack.length - 1; depth > 0; depth -= 1) {
    if (stack[depth]?.kind === marker.kind) same.push(depth);
  }
  const labelAt = lastLabel(stack);
  const [deepest] = same;
  if (deepest === undefined) {
    // A kind that stands above in this text (（一） after 1.) is not a list under a label.
    return undefined;
  }
  const restarts = marker.number === 1;
  const stance = stanceOfLine(lines[index], marker);
  if (restarts) {
    if (labelAt > deepest) return undefined;
    // 1. again, and what it says was done about the fault that is open: its list of deeds, labelled or not.
    const open = stack[deepest];
    const answers = stance === 'action' && open !== undefined && stanceOf(titleOf(open)) === 'problem';
    return answers ? undefined : deepest;
  }
  const fits = same.filter(depth => (stack[depth]?.number ?? 0) + 1 === marker.number);
  const [inner, outer] = fits;
  if (inner === undefined) {
    // A gap: the outermost list of the kind whose number is below, for measures seldom skip.
    const below = same.filter(depth => (stack[depth]?.number ?? 0) < (marker.number ?? 0));
    return below.at(-1) ?? same.at(-1);
  }
  if (outer === undefined) {
    return inner;
  }
  const open = stack[inner];
  if (labelAt < inner && stance !== 'neutral' && open !== undefined && stanceOf(titleOf(open)) === 'action')
    return stance === 'action' ? inner : outer;
  return labelFollows(lines, index, marker.kind) ? outer : inner;
}

function stanceOfLine(line: OutlineLine | undefined, marker: Marker): Stance {
  const text = line?.text.slice(marker.length, line.labels[0]?.at) ?? '';
  return stanceOf(sentences(text)[0]?.text ?? text);
}

/** Whether a label comes before the next marker of the kind: then this one is a finding, not a measure. */
function labelFollows(lines: readonly OutlineLine[], index: number, kind: MarkerKind): boolean {
  for (let at = index; at < Math.min(lines.length, index + 40); at += 1) {
    const line = lines[at];
    if (line === undefined || (at > index && line.marker?.kind === kind)) return false;
    // 整改结果 may end the last measure as well.
    if (line.labels.some(label => label.kind === 'progress' || label.kind === 'measure' || label.kind === 'problem'))
      return true;
  }
  return false;
}

function levelForUnnumbered(marker: Marker, stack: readonly OutlineNode[], line: OutlineLine | undefined): number {
  const depthOf = (wanted: (node: OutlineNode) => boolean) =>
    stack.findLastIndex((node, depth) => depth > 0 && wanted(node));
  if (marker.kind === 'line') {
    const open = depthOf(node => node.kind === 'line');
    if (open > 0) return open;
    const label = lastLabel(stack);
    return label > 0 ? label : stack.length;
  }
  const heading = depthOf(node => node.kind === 'heading' && (node.own?.heading ?? 9) >= (line?.heading ?? 9));
  if (heading > 0) return heading;
  const part = depthOf(node => node.kind === 'cn' || node.kind === 'part' || node.kind === 'heading');
  // The root stays.
  return Math.max(0, part) + 1;
}

function lastLabel(stack: readonly OutlineNode[]): number {
  return stack.findLastIndex(node => node.kind === 'label');
}

/** "截至…，反馈的8个问题已办结7个": it speaks of all of them, behind the last as well. */
export function sumsUp(line: OutlineLine): boolean {
  return (
    line.marker === undefined &&
    /^\s*(?:截至|截止|目前|至此|综上|通过整改)[^。;；]{0,60}(?:反馈|发现|指出|查出)[^。;；]{0,12}?\d{1,3}\s*[个项条][^。;；]{0,6}问题/u.test(
      line.text,
    )
  );
}

function isFaultOrAnswer(node: OutlineNode): boolean {
  return node.kind === 'label' || (node.own !== undefined && stanceOf(titleOf(node)) === 'problem');
}

/** A long plain paragraph after "整改结果：已完成。" belongs to no finding any more. */
function isAfterResult(top: OutlineNode, line: OutlineLine): boolean {
  if (top.kind !== 'label' || top.label?.kind !== 'result') return false;
  if (line.marker !== undefined || line.text.trim().length < 30) return false;
  return (
    top.own !== undefined &&
    top.own.text.slice(top.from).trim() !== '' &&
    /^(?:下一?步|今后|总之|通过|虽然|我们|在)/.test(line.text.trim())
  );
}

/** All nodes of a tree in reading order, the root left out. */
export function* nodesOf(node: OutlineNode): Generator<OutlineNode> {
  const pending: OutlineNode[] = [];
  const pushChildren = (parent: OutlineNode) => {
    for (let at = parent.children.length - 1; at >= 0; at -= 1) {
      const child = parent.children[at];
      if (child !== undefined && isNode(child)) pending.push(child);
    }
  };
  pushChildren(node);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    pushChildren(next);
  }
}

/** Whether a node stands under a label. */
export function isUnderLabel(node: OutlineNode): boolean {
  return node.level.includes('label');
}
