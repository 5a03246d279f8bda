import { fold, protectedMask, sentences, withoutEndMark } from './fold.js';
import { type InlineMarker, inlineMarkers, leadingMarker, type MarkerKind } from './markers.js';
import type { Located } from './parsed.js';

/** An enumerated statement with the marker it came with. */
export type Item = Located & {
  readonly marker: { readonly kind: MarkerKind; readonly number: number | undefined } | undefined;
};

export type Items = {
  /** What stands before the first item ("整改措施如下"). */
  readonly lead: readonly Located[];
  readonly items: readonly Item[];
  /** Kind of the markers; undefined when there were none and sentences were counted. */
  readonly kind: MarkerKind | undefined;
};

type Cut = {
  readonly kind: MarkerKind;
  readonly number: number | undefined;
  readonly text: string;
  readonly line: number;
};

/**
 * Splits text into the statements that a reader counts: by its outermost numbering, whatever is numbered inside an item
 * staying with it. Without any numbering each sentence counts.
 */
export function splitItems(lines: readonly Located[]): Items {
  const kind = outermostKind(lines);
  if (kind === undefined) return { lead: [], items: lines.flatMap(bySentence), kind };
  const lead: Located[] = [];
  const items: Cut[] = [];
  let last = 0;
  for (const line of lines) {
    let from = 0;
    let open: { readonly number: number | undefined; readonly from: number } | undefined;
    const close = (to: number) => {
      const text = line.text.slice(from, to).trim();
      if (open !== undefined)
        items.push({ kind, number: open.number, text: line.text.slice(open.from, to).trim(), line: line.line });
      else if (text !== '') {
        const previous = items.pop();
        if (previous === undefined) lead.push({ text, line: line.line });
        else items.push({ ...previous, text: `${previous.text}\n${text}` });
      }
    };
    for (const mark of marksOf(line.text, kind)) {
      // A number that jumps is a figure in the text, not the next item; 一是 … 三是 is a gap that lint reports.
      if (!continues(mark, last, kind)) continue;
      close(mark.at);
      open = { number: mark.number, from: mark.at + mark.length };
      from = mark.at;
      last = mark.number ?? 0;
    }
    close(line.text.length);
  }
  const kept: Item[] = [];
  for (const item of items) {
    const text = withoutEndMark(item.text);
    if (text !== '') kept.push({ text, line: item.line, marker: { kind: item.kind, number: item.number } });
  }
  return { lead, items: kept, kind };
}

type Mark = {
  readonly number: number | undefined;
  readonly at: number;
  readonly length: number;
  readonly unsure: boolean;
};

function continues(mark: Mark, last: number, kind: MarkerKind): boolean {
  if (mark.number === undefined || (mark.number === 1 && !mark.unsure)) return true;
  const gap = mark.number - last;
  if (mark.unsure) return gap === 1;
  if (kind === 'shi' || mark.at === 0) return gap > 0 || mark.at === 0;
  return gap === 1 || gap === 2;
}

function marksOf(text: string, kind: MarkerKind): readonly Mark[] {
  const marks: Mark[] = [];
  const first = leadingMarker(text);
  if (first !== undefined && first.kind === kind)
    marks.push({ number: first.number, at: 0, length: first.length, unsure: false });
  if (kind === 'bullet') return marks;
  for (const mark of inlineMarkers(text)) {
    if (mark.kind === kind && mark.at >= (marks[0]?.length ?? 0)) marks.push(mark);
  }
  return marks;
}

/** The kind of the first marker that begins a list: at the head of a line, or in a line with a 1. */
function outermostKind(lines: readonly Located[]): MarkerKind | undefined {
  const heads = new Map<MarkerKind, number>();
  for (const line of lines) {
    const first = leadingMarker(line.text);
    if (first !== undefined) heads.set(first.kind, (heads.get(first.kind) ?? 0) + 1);
  }
  for (const line of lines) {
    const head = leadingMarker(line.text);
    if (head !== undefined && isList(head.kind, head.number, heads)) return head.kind;
    const inner = sureMarkers(line.text).find(mark => mark.number === 1 && isInlineList(line.text, mark.kind));
    if (inner !== undefined) return inner.kind;
  }
  return undefined;
}

function isList(kind: MarkerKind, number: number | undefined, heads: ReadonlyMap<MarkerKind, number>): boolean {
  if (kind === 'part' || kind === 'heading' || kind === 'line') return false;
  if (kind === 'bullet') return (heads.get(kind) ?? 0) >= 2;
  return number === 1 || (heads.get(kind) ?? 0) >= 2 || kind === 'shi';
}

/** A lone 1. inside a line is seldom a list; a lone 一是 is one. */
function isInlineList(text: string, kind: MarkerKind): boolean {
  if (kind === 'shi' || kind === 'ordinal') return true;
  return sureMarkers(text).some(mark => mark.kind === kind && mark.number === 2);
}

function sureMarkers(text: string): readonly InlineMarker[] {
  return inlineMarkers(text).filter(mark => !mark.unsure);
}

function bySentence(line: Located): readonly Item[] {
  const found: Item[] = [];
  for (const piece of sentences(line.text)) {
    const text = withoutEndMark(piece.text);
    if (text === '' || !/[\p{L}\p{N}]/u.test(text)) continue;
    found.push({ text, line: line.line, marker: undefined });
  }
  return found;
}

/** Where the first item of a line begins, if it holds a list. */
export function firstItemAt(text: string): number | undefined {
  const mask = protectedMask(fold(text));
  const mark = sureMarkers(text).find(
    candidate =>
      candidate.number === 1 && candidate.at > 0 && mask[candidate.at - 1] !== 1 && isInlineList(text, candidate.kind),
  );
  return mark?.at;
}
