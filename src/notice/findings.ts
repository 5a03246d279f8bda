import { amountsIn, measureFrom, type YearContext } from './figures.js';
import { fold, sentences, withoutEndMark } from './fold.js';
import { firstItemAt, splitItems } from './items.js';
import { isParticular, type LabelKind } from './labels.js';
import { statusInLastClause } from './last-clause.js';
import { leadingMarker, type MarkerKind } from './markers.js';
import { frameLength, isNode, type OutlineLine, type OutlineNode, textOf } from './outline.js';
import { pairedUp, weakest } from './pairing.js';
import type { Located, NoticeFinding, NoticeResult, NoticeSubFinding } from './parsed.js';
import { withoutParts } from './parts.js';
import { isShort, type StatusReading, type StatusTable, statusOf, statusOfHeading } from './status-words.js';
import { type Stance, stanceOf } from './words.js';

/** A statement of status and the line it stands on. */
type LinedStatus = StatusReading & { readonly line: number };
/** Reads a phrase as a statement of status and takes it down; tells whether it was one. */
type Note = (phrase: string, line: number) => boolean;
type Segment = Located & {
  readonly region: LabelKind;
  readonly label: string;
  /** On a later line than its label. */
  readonly follows: boolean;
  /** Which label of the finding it stands under, counted. */
  readonly run: number;
};
type Kept = Located & { readonly run: number };

export type FindingContext = {
  readonly kind: 'progress' | 'feedback';
  readonly years: YearContext;
  /** Whether the document answers its findings under labels. */
  readonly labelled: boolean;
  /** Number of a finding that has none printed. */
  readonly ordinal: number;
  readonly statuses: StatusTable;
  /** Which numbering below a finding names parts of it that answer for themselves (see parts.ts). */
  readonly parts: ReadonlySet<string>;
  /** What the other findings of the document are like, where that settles how this one is to be read. */
  readonly habits?: Habits;
};

export type Habits = {
  /** Results are said in the last words of what was done. */
  readonly resultLast: boolean;
  /** What stands under a title without a label is what was done. */
  readonly deedsUnderTitle: boolean;
};

/**
 * Everything one finding says: its title, what is wrong, what was done, how far it is. Parts that answer for themselves
 * are read as findings are, and become its sub-findings with their measures.
 */
export function findingFrom(node: OutlineNode, context: FindingContext): NoticeFinding {
  const { rest, parts } = withoutParts(node, context.parts);
  const whole = plainFinding(rest, context);
  if (parts.length === 0) return whole;
  const habits = { resultLast: context.habits?.resultLast === true, deedsUnderTitle: true };
  const read = parts.map(part => {
    const first = plainFinding(part, context);
    // What stands under the title of a part is what was done about it.
    return first.measures.length > 0 ? first : plainFinding(part, { ...context, habits });
  });
  const results = read.map(resultOf);
  // One result behind the last of several parts is that of the finding.
  const shared = read.length > 1 && results.findIndex(result => result.length > 0) === read.length - 1;
  const subFindings = [
    ...whole.subFindings,
    ...read.map((part, index) => subFindingFrom(part, shared ? undefined : results[index]?.[0])),
  ];
  const measures = [
    ...whole.measures,
    ...read.flatMap((part, index) =>
      part.measures.map(measure => ({ ...measure, answers: whole.subFindings.length + index })),
    ),
  ];
  const own = whole.statusFrom === 'own' ? undefined : weakest(results.flat());
  return {
    ...whole,
    ...(own === undefined
      ? {}
      : { status: own.status, statusText: own.text, statusLine: own.line, statusFrom: 'own', longTerm: own.longTerm }),
    unreadStatus: [...whole.unreadStatus, ...read.flatMap(part => part.unreadStatus)],
    subFindings,
    measures,
    progress: [...whole.progress, ...read.flatMap(part => part.progress)],
    reports: [...whole.reports, ...read.flatMap(part => part.reports)],
    next: [...whole.next, ...read.flatMap(part => part.next)],
    labelled: [...whole.labelled, ...read.flatMap(part => part.labelled)],
    amounts: [...whole.amounts, ...read.flatMap(part => part.amounts)],
  };
}

function subFindingFrom(part: NoticeFinding, result: NoticeResult | undefined): NoticeSubFinding {
  const text = [part.title, part.detail, ...part.subFindings.map(sub => sub.text)].filter(one => one !== '').join('\n');
  return { text, line: part.line, ...(result === undefined ? {} : { result }) };
}

function resultOf(part: NoticeFinding): readonly NoticeResult[] {
  const { status, statusText, statusLine, statusFrom, longTerm } = part;
  if (status === undefined || statusFrom !== 'own') return [];
  return [{ status, longTerm, text: statusText ?? '', line: statusLine ?? part.line }];
}

/** A finding, or a part of one, by itself. */
function plainFinding(node: OutlineNode, context: FindingContext): NoticeFinding {
  const line = node.own?.line ?? 0;
  const labelled: Labelled[] = [];
  const { title: printed, rest } = cutTitle(withoutParticulars(textOf(node), line, labelled));
  const statuses: LinedStatus[] = [];
  const segments = segmentsOf(node).map(segment =>
    segment.region === 'problem'
      ? { ...segment, text: withoutParticulars(segment.text, segment.line, labelled) }
      : segment,
  );
  if (context.habits?.resultLast === true) takeLastClause(segments, statuses, labelled, context.statuses);
  const note: Note = (phrase, at) => {
    const reading = statusOf(phrase, context.statuses);
    if (reading !== undefined) statuses.push({ ...reading, line: at });
    return reading !== undefined;
  };
  const titled =
    statusInBrackets(printed, line, note) ?? statusBehind(printed, line, note) ?? statusBefore(printed, line, note);

  // 1.关于“学习走过场”的问题。（已完成整改）
  const behind = /^\s*[（(【[〔〖]/u.test(rest) && statusInBrackets(rest, line, note)?.trim() === '' ? '' : rest;

  const problem: Located[] = behind.trim() === '' ? [] : [{ text: behind, line }];
  problem.push(...segments.filter(segment => segment.region === 'problem' && segment.text.trim() !== ''));
  const regions = new Map<LabelKind, Kept[]>();
  const unreadStatus: Located[] = [];
  for (const segment of segments) {
    if (segment.region === 'problem') continue;
    if (segment.region === 'other') {
      // "已完成" on a line of its own behind 整改时限：…
      if (segment.follows && isShort(segment.text)) note(segment.text, segment.line);
      continue;
    }
    const kept = withoutStatus(segment, note);
    if (kept === undefined) continue;
    if (segment.region === 'result' && kept.text === segment.text && isShort(kept.text)) unreadStatus.push(kept);
    // A result that is told at length is what was done.
    const region = segment.region === 'result' ? 'progress' : segment.region;
    const list = regions.get(region);
    if (list === undefined) regions.set(region, [{ ...kept, run: segment.run }]);
    else list.push({ ...kept, run: segment.run });
  }
  const answeredByLabel = segments.some(
    segment => segment.region !== 'problem' && segment.region !== 'other' && segment.region !== 'next',
  );
  const unanswered = context.kind === 'progress' && ![...regions.keys()].some(region => region !== 'next');
  const oneByOne = unanswered ? answeredOneByOne(problem, note) : undefined;
  const [wrong, done] =
    oneByOne ??
    (unanswered
      ? divide(problem, note, answeredByLabel || !context.labelled, context.habits?.deedsUnderTitle === true)
      : [problem, []]);

  const source = (['measure', 'progress', 'effect'] as const).find(region => (regions.get(region) ?? []).length > 0);
  const measures =
    source !== undefined
      ? itemsByRun(regions.get(source) ?? [])
      : oneByOne === undefined
        ? splitItems(done).items
        : done.flatMap(part => splitItems([part]).items);
  const progress = source === undefined ? [] : otherRegions(regions, source);
  const years = context.years;

  const particulars = splitItems(wrong);
  const listed = particulars.kind !== undefined;
  let title = withoutEndMark(titled ?? printed);
  const named = listed || title === '' || wrong !== problem ? [] : segments.filter(namesParticular);
  const told = wrong.filter(part => !named.some(segment => segment === part));
  const detail = (listed ? particulars.lead : told).map(part => part.text.trim());
  let details = detail;
  if (title === '' && details.length > 0) [title = '', ...details] = details;
  const own = weakest(statuses);
  const heading = statusFromHeadings(node);
  const status = own ?? heading;
  return {
    number: node.number ?? context.ordinal,
    title: withoutTail(withoutEndMark(title)),
    detail: details.join('\n'),
    line,
    status: status?.status,
    statusText: status?.text,
    statusLine: status?.line,
    statusFrom: own !== undefined ? 'own' : heading !== undefined ? 'heading' : undefined,
    heading,
    unreadStatus,
    longTerm: status?.longTerm === true,
    ...pairedUp(
      (listed ? particulars : splitItems(named)).items.map(({ text, line: at }) => ({ text, line: at })),
      measures.map(item => measureFrom(item, years)),
      statuses,
    ),
    progress: progress.map(({ text, line: at }) => ({ text, line: at })),
    reports: itemsByRun(progress).map(item => measureFrom(item, years)),
    next: [...(regions.get('next') ?? [])],
    labelled: [
      ...labelled,
      ...segments
        .filter(segment => segment.region === 'other' && !(segment.follows && statusOf(segment.text, context.statuses)))
        .map(segment => ({ label: segment.label, text: withoutEndMark(segment.text), line: segment.line })),
    ],
    amounts: amountsIn([{ text: printed, line }, ...wrong]),
  };
}

/** Takes the words that say how far the finding is off the end of what was done; why it is no further stays beside it. */
function takeLastClause(segments: Segment[], statuses: LinedStatus[], labelled: Labelled[], table: StatusTable): void {
  const at = segments.findLastIndex(segment => segment.region !== 'other' && segment.region !== 'next');
  const last = segments[at];
  const found = last === undefined ? undefined : statusInLastClause(last.text, table);
  if (last === undefined || found === undefined) return;
  statuses.push({ ...found.reading, line: last.line });
  if (found.reason !== undefined) labelled.push({ label: '未完成原因', text: found.reason, line: last.line });
  if (found.text.trim() === '') segments.splice(at, 1);
  else segments[at] = { ...last, text: found.text.trim() };
}

/** “具体问题：…” under a title: a particular, though nothing numbers it. */
function namesParticular({ region, label, text }: Segment): boolean {
  return region === 'problem' && /^(?:具体(?:问题|事项|表现)|(?:问题|主要)(?:具体)?表现)$/u.test(label) && text !== '';
}

type Labelled = NoticeFinding['labelled'][number];

/**
 * "（责任领导：张某；完成时限：2023年12月底）": what stands in brackets under labels of its own is taken out of the text.
 * Brackets that hold anything else stay.
 */
function withoutParticulars(text: string, line: number, labelled: Labelled[]): string {
  return text.replace(/[（(【[]([^（()）【】[\]]{3,160})[)）】\]]\s*[。.]?/gu, (whole: string, inner: string) => {
    const parts = inner
      .split(/[；;，,]|\s+(?=[\u4e00-\u9fff]{2,8}[:：])/u)
      .map(part => part.trim())
      .filter(part => part !== '');
    const read = parts.map(part => {
      const colon = part.search(/[:：]/u);
      return { label: part.slice(0, Math.max(0, colon)).trim(), text: part.slice(colon + 1).trim(), line };
    });
    if (read.length === 0 || !read.every(part => part.text !== '' && isParticular(part.label))) return whole;
    labelled.push(...read);
    return '';
  });
}

/** 关于“…”问题的整改情况: what follows the finding is a heading's word. */
function withoutTail(title: string): string {
  return title.replace(/(?<=[”"』」]的?问题|的问题)的?整改(?:落实|进展|完成|工作)?(?:的)?(?:情况|进展)?$/u, '');
}

function trimmedStart(text: string): string {
  return text.replace(/^[\s，,：:]+/u, '');
}

/** The first sentence, or what stands before the first of its particulars. */
function cutTitle(text: string): { readonly title: string; readonly rest: string } {
  const frame = frameLength(text);
  if (frame > 0) return { title: text.slice(0, frame).trim(), rest: trimmedStart(text.slice(frame)) };
  const first = sentences(text)[0]?.text ?? '';
  const listAt = firstItemAt(text);
  const cut = listAt !== undefined && listAt < first.length ? listAt : first.length;
  return { title: text.slice(0, cut).trim(), rest: text.slice(cut) };
}

function segmentsOf(node: OutlineNode): Segment[] {
  const segments: Segment[] = [];
  let run = 0;
  const add = (text: string, line: number, region: LabelKind, label: string, follows: boolean) => {
    if (text.trim() !== '') segments.push({ text: text.trim(), line, region, label, follows, run });
  };
  // 责任科室：法规科, and below it 1. 2. 3.: the label has its answer, the list is the finding's.
  const visit = (parent: OutlineNode, region: LabelKind, label: string, lists = { region, label }) => {
    for (const child of parent.children) {
      if (!isNode(child)) {
        add(beforeLabels(child), child.line, region, label, true);
        continue;
      }
      if (child.label !== undefined && child.own !== undefined) {
        const next = child.own.labels.find(other => other.at >= child.from);
        run += 1;
        if (child.label.remark !== undefined)
          add(child.label.remark, child.own.line, 'result', child.label.words, false);
        const said = child.own.text.slice(child.from, next?.at);
        const { kind, words } = child.label;
        add(said, child.own.line, kind, words, false);
        visit(child, kind, words, kind === 'other' && said.trim() !== '' ? { region, label } : undefined);
        continue;
      }
      if (child.own !== undefined) add(beforeLabels(child.own), child.own.line, lists.region, lists.label, true);
      visit(child, lists.region, lists.label);
    }
  };
  visit(node, 'problem', '');
  return segments;
}

function beforeLabels(line: OutlineLine): string {
  return line.text.slice(0, line.labels.find(label => label.at >= (line.marker?.length ?? 0))?.at);
}

/** "…（已完成）": the text without it, when that is a status. */
function statusInBrackets(text: string, line: number, note: Note): string | undefined {
  const match = /(?:—{1,2})?[（(【[〔〖]([^（()）【】[\]〔〕〖〗]{1,30})[)）】\]〕〗]\s*[。.；;]?\s*$/.exec(text);
  if (match === null) return undefined;
  const words = (match[1] ?? '').replace(/^.{0,8}[:：]/, '');
  return note(words, line) ? text.slice(0, match.index) : undefined;
}

/** "【已完成】核心景区违建清理不彻底" */
function statusBefore(text: string, line: number, note: Note): string | undefined {
  const match = /^\s*[（(【[〔〖]([^（()）【】[\]〔〕〖〗]{2,12})[)）】\]〕〗]\s*/u.exec(text);
  if (match === null || match[0].length + 4 > text.length) return undefined;
  return note(match[1] ?? '', line) ? text.slice(match[0].length) : undefined;
}

/** "疫苗冷链管理不规范——已完成", or with blanks between: the text without it, when that is a status. */
function statusBehind(text: string, line: number, note: Note): string | undefined {
  const match = /(?:[—–-]{1,3}|[\s\u3000]{1,12}|[:：|/，,])[\s\u3000]*([^\s—–:：|/，,]{2,10}?)[。.；;]?\s*$/u.exec(
    text,
  );
  if (match === null || match.index < 4) return undefined;
  return note(match[1] ?? '', line) ? text.slice(0, match.index) : undefined;
}

/** Takes statements of status off both ends of a segment; undefined when nothing else is left. */
function withoutStatus(segment: Located, note: Note): Located | undefined {
  let text = segment.text;
  text = statusInBrackets(text, segment.line, note) ?? text;
  if (note(text, segment.line)) return undefined;
  const pieces = sentences(text, /[。!?;]/);
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let from = 0;
  let to = text.length;
  if (pieces.length > 1 && note(withoutMarker(last.text), segment.line)) to = last.at;
  if (pieces.length > 1 && first !== last && note(first.text, segment.line)) from = first.at + first.text.length;
  const kept = text.slice(from, to).trim();
  return kept === '' ? undefined : { text: kept, line: segment.line };
}

function withoutMarker(text: string): string {
  return text.slice(leadingMarker(text)?.length ?? 0);
}

/**
 * "一是帮扶成效不高。对16个项目进行评估。二是…": every particular followed by what was done about it. The particulars
 * and the answers; undefined when the list is not like that.
 */
function answeredOneByOne(
  lines: readonly Located[],
  note: Note,
): readonly [readonly Located[], readonly Located[]] | undefined {
  const { items, kind, lead } = splitItems(lines);
  if (kind === undefined || items.length === 0) return undefined;
  const pairs = items.map(item => {
    const sentence = sentences(item.text, /[。!?]/)[0]?.text ?? '';
    // （1）关于…问题：一是…；二是…: what is listed inside answers what stands before the list.
    const inner = firstItemAt(item.text);
    // 讲课费超标准——追回讲课费1.38万元
    const dash = item.text.search(/—{1,2}|→/u);
    const fault = dash > 3 && stanceOf(item.text.slice(0, dash)) !== 'action' ? dash : sentence.length;
    const until = frameLength(item.text) || Math.min(inner ?? sentence.length, sentence.length, fault);
    const first = item.text.slice(0, until);
    return { item, first, rest: item.text.slice(until).replace(/^[\s:：,，—→]+/u, '') };
  });
  const fits = pairs.filter(
    ({ first, rest }) => rest !== '' && stanceOf(first) === 'problem' && stanceOf(rest) !== 'problem',
  );
  if (fits.length * 2 <= pairs.length) return undefined;
  const wrong = pairs.map(({ item, first }, index) => ({ text: `（${index + 1}）${first}`, line: item.line }));
  const done: Located[] = [];
  for (const { item, rest } of pairs) {
    const kept = rest === '' ? undefined : withoutStatus({ text: rest, line: item.line }, note);
    if (kept !== undefined) done.push(kept);
  }
  return [[...lead, ...wrong], done];
}

/**
 * Without labels: where the words turn from what is wrong to what was done. The place is chosen so that the fewest
 * sentences stand on the wrong side of it.
 */
function divide(
  lines: readonly Located[],
  note: Note,
  neutralIsDone: boolean,
  allIsDone: boolean,
): readonly [readonly Located[], readonly Located[]] {
  const groups: {
    readonly pieces: Located[];
    readonly stances: Stance[];
    list: boolean;
    kind: MarkerKind | undefined;
  }[] = [];
  for (const line of lines) {
    const kept = withoutStatus(line, note);
    if (kept === undefined) continue;
    let group: (typeof groups)[number] | undefined;
    const continued = groups.at(-1);
    for (const piece of sentences(kept.text)) {
      const marker = leadingMarker(piece.text);
      const listed = marker !== undefined && (marker.number !== undefined || marker.kind === 'bullet');
      // One list tells one thing: it is not cut in the middle, not even over several lines.
      const goesOn = continued?.list === true && continued.kind === marker?.kind;
      if (listed && marker.number !== 1 && group === undefined && goesOn) group = continued;
      if (group === undefined || (listed && marker.number === 1) || !group.list) {
        group = { pieces: [], stances: [], list: listed, kind: marker?.kind };
        groups.push(group);
      }
      group.pieces.push({ text: piece.text, line: line.line });
      group.stances.push(stanceOf(withoutMarker(piece.text)));
    }
  }
  const judged = groups.map((group, index) => {
    const stance = majority(group.stances);
    const next = groups[index + 1];
    // Two lists, and the second tells what was done: the first tells what is wrong, in whatever words.
    const answered = group.list && next?.list === true && majority(next.stances) === 'action';
    return { pieces: group.pieces, stance: answered && stance === 'neutral' ? 'problem' : stance };
  });
  let wrongSide = judged.filter(group => group.stance === 'problem').length;
  let best = wrongSide;
  let cut = 0;
  judged.forEach((group, index) => {
    if (group.stance === 'problem') wrongSide -= 1;
    if (group.stance === 'action') wrongSide += 1;
    if (wrongSide < best) {
      best = wrongSide;
      cut = index + 1;
    }
  });
  if (allIsDone) cut = 0;
  // Nothing done is told at all: then what is left describes the finding.
  else if (!judged.slice(cut).some(group => group.stance === 'action') && !neutralIsDone) cut = judged.length;
  return [
    joined(judged.slice(0, cut).flatMap(group => group.pieces)),
    joined(judged.slice(cut).flatMap(group => group.pieces)),
  ];
}

function majority(stances: readonly Stance[]): Stance {
  const wrong = stances.filter(stance => stance === 'problem').length;
  const acts = stances.filter(stance => stance === 'action').length;
  return wrong === acts ? (wrong === 0 ? 'neutral' : 'action') : wrong > acts ? 'problem' : 'action';
}

function joined(pieces: readonly Located[]): readonly Located[] {
  const lines: { text: string; line: number }[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.line === piece.line) last.text += piece.text;
    else lines.push({ text: piece.text, line: piece.line });
  }
  return lines;
}

/** What stands under each label is a list, or none, by itself. */
function itemsByRun(parts: readonly Kept[]): readonly Located[] {
  const runs = new Map<number, Located[]>();
  for (const part of parts) {
    const run = runs.get(part.run);
    if (run === undefined) runs.set(part.run, [part]);
    else run.push(part);
  }
  return [...runs.values()].flatMap(run => splitItems(run).items);
}

function otherRegions(regions: ReadonlyMap<LabelKind, readonly Kept[]>, source: LabelKind): readonly Kept[] {
  return (['progress', 'effect'] as const)
    .filter(region => region !== source)
    .flatMap(region => [...(regions.get(region) ?? [])]);
}

function statusFromHeadings(node: OutlineNode): LinedStatus | undefined {
  for (let above = node.parent; above !== undefined && above.kind !== 'root'; above = above.parent) {
    const reading = statusOfHeading(fold(textOf(above)).slice(0, 80));
    if (reading !== undefined) return { ...reading, line: above.own?.line ?? 0 };
  }
  return undefined;
}
