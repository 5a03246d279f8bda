import { isUnitName } from './facts.js';
import { fold, protectedMask, sentences } from './fold.js';
import { type Label, type LabelKind, labelsOf } from './labels.js';
import { ownStyles } from './marker-styles.js';
import { leadingMarker, type Marker, type MarkerKind } from './markers.js';
import { ownLabels } from './own-labels.js';
import type { SourceLine } from './source.js';
import type { StatusTable } from './status-words.js';
import { looksLikeArea, looksLikeClosing, looksLikeGroup, roleOfHeading, type Stance, stanceOf } from './words.js';

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

const structural: ReadonlySet<MarkerKind> = new Set([
  'part',
  'cn',
  'cn-paren',
  'num',
  'num-dun',
  'dotted',
  'num-paren',
  'num-half',
  'circled',
  'issue',
  'letter',
  'ordinal-head',
  'heading',
  'line',
]);

/** Reads each line by itself: marker, labels. */
export function examine(lines: readonly SourceLine[], statuses: StatusTable): readonly OutlineLine[] {
  const own = ownLabels(lines, statuses);
  const marked = lines.map(line => ({ text: line.text, marker: leadingMarker(line.text) }));
  const kindOf = ownStyles(marked);
  const overLists = marked.filter((line, at) => isOverList(line, marked[at + 1])).length >= 2;
  const read: OutlineLine[] = lines.map((line, index) => {
    const typed = marked[index] ?? { text: line.text, marker: undefined };
    const kind = overLists && isOverList(typed, marked[index + 1]) ? 'ordinal-head' : kindOf(typed);
    const marker = typed.marker === undefined || kind === undefined ? undefined : { ...typed.marker, kind };
    return {
      line: line.number,
      text: line.text,
      marker,
      labels: labelsOf(line.text, marker?.length ?? 0, own),
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
  const key = (label: Label) => `${label.kind} ${label.words}`;
  for (const line of read) {
    const label = line.labels[0];
    if (label !== undefined && isHeadingLike(line) && leads(line, label)) {
      seen.set(key(label), (seen.get(key(label)) ?? 0) + 1);
    }
  }
  const headings = overFaults(read, key);
  const over = new Set([...saidOnceOverAList(read, key), ...namesBetween(read)]);
  return read.map((line, index) => {
    const { marker, labels } = line;
    const label = labels[0];
    if (label !== undefined && headings.has(key(label)) && standsAlone(line, read[index + 1])) {
      return { ...line, labels: [] };
    }
    if (over.has(line)) return { ...line, labels: [], heading: 2 };
    if (isOutlook(read, index)) return { ...line, labels: [], heading: 2, outlook: true };
    if (label === undefined || !isHeadingLike(line) || !leads(line, label)) return line;
    if (marker?.kind === 'bullet') return { ...line, marker: undefined, ignored: marker.length };
    if (marker !== undefined && namesFinding(read, index, label)) {
      return { ...line, marker: { ...marker, length: label.end }, labels: labels.slice(1) };
    }
    const top = marker?.kind === 'cn' || marker?.kind === 'part' || marker?.kind === 'issue';
    const repeated = (seen.get(key(label)) ?? 0) >= 2;
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
    const signs = below?.closing === true && /年.{1,3}月/u.test(below.text) && isUnitName(fold(line.text).trim());
    if (!line.closing && !outlook && !signs) return;
    lines[at] = { ...line, closing: true };
  }
}

/** Whether a line begins with its label; a number before it and blanks are no words. */
function leads(line: OutlineLine, label: Label): boolean {
  return line.text.slice(0, label.at).trim().length <= Math.max(line.ignored, line.marker?.length ?? 0);
}

/** A label that is the whole line, with something numbered below it. */
function standsAlone(line: OutlineLine, next: OutlineLine | undefined): boolean {
  const [label] = line.labels;
  if (label === undefined || !leads(line, label)) return false;
  return line.text.slice(label.end).trim() === '' && next?.marker !== undefined && structural.has(next.marker.kind);
}

/**
 * Labels below which, more often than not, a numbered fault stands: such an "整改情况" is a heading over findings, not
 * the beginning of what was done.
 */
function overFaults(lines: readonly OutlineLine[], key: (label: Label) => string): ReadonlySet<string> {
  const seen = new Map<string, { all: number; faults: number }>();
  lines.forEach((line, index) => {
    const [label] = line.labels;
    const next = lines[index + 1];
    if (label === undefined || label.kind === 'problem' || label.kind === 'other' || !standsAlone(line, next)) return;
    const count = seen.get(key(label)) ?? { all: 0, faults: 0 };
    seen.set(key(label), count);
    count.all += 1;
    const text = next?.text.slice(next.marker?.length ?? 0, next.labels[0]?.at) ?? '';
    if (stanceOf(sentences(text)[0]?.text ?? text) === 'problem') count.faults += 1;
  });
  return new Set([...seen].filter(([, count]) => count.faults * 2 > count.all).map(([name]) => name));
}

/**
 * "反馈问题：" on a line of its own, said once, with a list below it that begins at 1, is a heading over all faults, unless it
 * is answered once as well.
 */
function saidOnceOverAList(lines: readonly OutlineLine[], key: (label: Label) => string): ReadonlySet<OutlineLine> {
  const said = new Map<string, number>();
  const once = new Set<LabelKind>();
  for (const { labels } of lines) for (const label of labels) said.set(key(label), (said.get(key(label)) ?? 0) + 1);
  for (const { labels } of lines)
    for (const label of labels)
      if (said.get(key(label)) === 1 && roleOfHeading(label.words) !== 'advice') once.add(label.kind);
  const answeredOnce = once.has('progress') || once.has('measure') || once.has('effect');
  const found = lines.filter((line, index) => {
    const [label] = line.labels;
    const next = lines[index + 1];
    if (label === undefined || line.marker !== undefined || said.get(key(label)) !== 1) return false;
    if (!standsAlone(line, next) || next?.marker?.number !== 1) return false;
    return label.kind === 'problem' && !answeredOnce;
  });
  return new Set(found);
}

/** A name and nothing else: no stop, no figure but how many follow. */
const name = /^[\p{Script=Han}“”"、]{2,20}(?:\(共?\d{1,3}[个项条](?:问题)?\))?$/u;

/**
 * Names on lines of their own that part a numbered list into groups (办公室（2个）, 计财科 …): several of them, the first
 * above its 1, the others between n and n + 1 or above 1 again, and fewer of them than of what they part.
 */
function namesBetween(lines: readonly OutlineLine[]): readonly OutlineLine[] {
  const groups = new Map<string, { readonly names: OutlineLine[]; readonly first: number; all: number }>();
  const last = new Map<string, number>();
  lines.forEach((line, index) => {
    const { marker } = line;
    if (marker === undefined || marker.number === undefined || !structural.has(marker.kind)) return;
    const group = groups.get(marker.kind);
    if (group !== undefined) group.all += 1;
    const before = lines[index - 1];
    const inTurn = marker.number === 1 || marker.number === (last.get(marker.kind) ?? 0) + 1;
    last.set(marker.kind, marker.number);
    if (before === undefined || !inTurn || !isBareName(before)) return;
    if (group !== undefined) group.names.push(before);
    else groups.set(marker.kind, { names: [before], first: marker.number, all: 1 });
  });
  return [...groups.values()]
    .filter(({ names, first, all }) => names.length >= 2 && first === 1 && all * 2 >= names.length * 3)
    .flatMap(({ names }) => names);
}

function isBareName(line: OutlineLine): boolean {
  if (line.marker !== undefined || line.labels.length > 0 || line.closing || line.heading !== undefined) return false;
  const text = fold(line.text).trim();
  return name.test(text) && stanceOf(text.replace(/\(.*$/, '')) === 'neutral';
}

/**
 * "整改要求：" or "针对发现的问题，提出如下整改意见：" behind several numbered faults, with 1. again below it: it asks for
 * something in the end and answers no fault.
 */
function isOutlook(lines: readonly OutlineLine[], index: number): boolean {
  const line = lines[index];
  const next = lines[index + 1]?.marker;
  if (line === undefined || line.marker !== undefined || line.closing || next?.number !== 1) return false;
  if (!structural.has(next.kind) || line.text.length > 60 || !/[:：]\s*$/u.test(line.text)) return false;
  const role = roleOfHeading(line.text);
  if (role !== 'advice' && role !== 'next') return false;
  const [label] = line.labels;
  const often =
    label !== undefined && lines.filter(other => other.labels.some(one => one.words === label.words)).length > 1;
  return !often && lines.slice(0, index).filter(other => other.marker?.kind === next.kind).length >= 3;
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
        if (isAfterResult(top(), line)) stack.length = 1;
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
  const folded = fold(line.text).trim();
  const named = /^(?:聚焦|在|关于|围绕)/.test(folded) && /方面[:]?$/.test(folded) && looksLikeGroup(folded);
  // A short name of an area, right above something numbered.
  const below =
    (next?.marker !== undefined && structural.has(next.marker.kind)) ||
    (next !== undefined && options.titles.has(next.line));
  const above = folded.length <= 40 && looksLikeArea(folded) && below;
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
