import { text } from '../../model/text.js';
import { toChineseNumeral } from '../../read/typed/numerals.js';
import { fold } from '../fold.js';
import { inlineMarkers, leadingMarker } from '../markers.js';
import { type Linting, type Remark, remark } from './linting.js';

type Mark = {
  readonly line: number;
  readonly at: number;
  readonly number: number;
  /** 是, 要, or the kind of a mark in digits. */
  readonly style: string;
};

/** 一是, 二是, 四是: an item was lost. Read through each finding, and through each line outside the findings. */
export function* itemMarks(linting: Linting): Iterable<Remark> {
  const begins = new Set(linting.parsed.sections.flatMap(section => section.findings.map(finding => finding.line)));
  const headings = new Set(linting.parsed.headings.map(heading => heading.line));
  for (const section of linting.parsed.sections) begins.add(section.line);
  const last = new Map<string, Mark>();
  let inside = false;
  for (const { number: line, text: words } of linting.source.lines) {
    if (begins.has(line)) inside = true;
    if (headings.has(line)) inside = begins.has(line);
    if (begins.has(line) || !inside) last.clear();
    yield* digitGaps({ line, words, list: inside && !begins.has(line) }, last, linting);
    for (const mark of marksOf(line, words)) {
      const before = last.get(mark.style);
      last.set(mark.style, mark);
      if (before === undefined || mark.number === 1 || mark.number === before.number + 1) continue;
      yield wrongMark(mark, before, linting);
    }
  }
}

/**
 * （1）, ① and the like. In one line, a list that is told in one breath has no gap; over several lines only what stands at
 * their heads inside a finding is a list: elsewhere such marks number findings and levels, and are looked at there.
 */
function* digitGaps(
  { line, words, list: inList }: { readonly line: number; readonly words: string; readonly list: boolean },
  last: Map<string, Mark>,
  linting: Linting,
): Iterable<Remark> {
  const first = leadingMarker(words);
  const head = words.length - words.trimStart().length;
  const inline = inlineMarkers(words);
  for (const style of ['num-paren', 'circled', 'num', 'ordinal'] as const) {
    const list = inline.filter(mark => mark.kind === style).map(mark => ({ ...mark, line, style }));
    for (const [index, mark] of list.entries()) {
      const before = list[index - 1];
      // 2.8月30日 may be item 2, or a figure: either way nothing is lost that can be told.
      if (before === undefined || mark.unsure || mark.number !== before.number + 2 || list[0]?.number !== 1) continue;
      yield wrongMark(mark, before, linting);
    }
    if (!inList || first?.number === undefined || first.kind !== style || !overLines.has(style)) continue;
    const mark = { line, at: head, number: first.number, style };
    const before = last.get(style);
    // The line may go on: （1）…；（2）….
    let end: Mark = mark;
    for (const next of list)
      if (next.at > head && (next.number === end.number + 1 || next.number === end.number + 2)) end = next;
    last.set(style, end);
    if (before === undefined || mark.number === 1 || mark.number === before.number + 1) continue;
    yield wrongMark(mark, before, linting);
  }
}

const overLines: ReadonlySet<string> = new Set(['num-paren', 'circled']);

/** Only 一是 and 一要. */
function marksOf(line: number, words: string): readonly Mark[] {
  const folded = fold(words);
  const marks: Mark[] = [];
  const first = leadingMarker(words);
  const style = (at: number, length: number) => (/要/.test(folded.slice(at, at + length)) ? '要' : '是');
  if (first?.kind === 'shi' && first.number !== undefined) {
    const at = words.length - words.trimStart().length;
    marks.push({ line, at, number: first.number, style: style(at, first.length) });
  }
  for (const mark of inlineMarkers(words)) {
    if (mark.kind === 'shi' && mark.at >= (first?.kind === 'shi' ? first.length : 0))
      marks.push({ line, at: mark.at, number: mark.number, style: style(mark.at, mark.length) });
  }
  return marks;
}

function wrongMark(mark: Mark, before: Mark, linting: Linting): Remark {
  const shown = (n: number) => {
    if (mark.style === 'num-paren') return `（${n}）`;
    if (mark.style === 'circled') return String.fromCharCode(0x245f + n);
    if (mark.style === 'num') return `${n}.`;
    return mark.style === 'ordinal' ? `第${toChineseNumeral(n)}` : `${toChineseNumeral(n)}${mark.style}`;
  };
  const lost = Array.from({ length: Math.max(0, mark.number - before.number - 1) }, (_, index) =>
    shown(before.number + 1 + index),
  );
  return remark(linting, 'marker-gap', 'warning', `${mark.line}|${mark.at}`, {
    line: mark.line,
    words: linting.lineText(mark.line).slice(mark.at, mark.at + 12),
    found: shown(mark.number),
    expected: shown(before.number + 1),
    message:
      lost.length > 0
        ? text(
            `从“${shown(before.number)}”跳到“${shown(mark.number)}”，缺“${lost.join('”“')}”`,
            `${shown(mark.number)} follows ${shown(before.number)}; ${lost.join(', ')} is missing`,
          )
        : text(
            `“${shown(before.number)}”后面又是“${shown(mark.number)}”`,
            `${shown(mark.number)} follows ${shown(before.number)}`,
          ),
    remedy: text('对照原文补上漏掉的一条，或改正编号', 'complete the lost item or correct the numbers'),
  });
}
