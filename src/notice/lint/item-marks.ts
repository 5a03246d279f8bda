import { text } from '../../model/text.js';
import { toChineseNumeral } from '../../read/typed/numerals.js';
import { fold } from '../fold.js';
import { inlineMarkers, leadingMarker } from '../markers.js';
import { type Linting, type Remark, remark } from './linting.js';

type Mark = { readonly line: number; readonly at: number; readonly number: number; readonly style: string };

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
    yield* gapsWithin(line, words, linting);
    for (const mark of marksOf(line, words)) {
      const before = last.get(mark.style);
      last.set(mark.style, mark);
      if (before === undefined || mark.number === 1 || mark.number === before.number + 1) continue;
      yield wrongMark(mark, before, linting);
    }
  }
}

/** （1）…；（3）… in one line: such marks number levels as well, but a list that is told in one breath has no gap. */
function* gapsWithin(line: number, words: string, linting: Linting): Iterable<Remark> {
  const kinds = ['num-paren', 'circled', 'num', 'ordinal'] as const;
  const marks = inlineMarkers(words);
  for (const kind of kinds) {
    const list = marks.filter(mark => mark.kind === kind);
    for (const [index, mark] of list.entries()) {
      const before = list[index - 1];
      // 2.8月30日 may be item 2, or a figure: either way nothing is lost that can be told.
      if (before === undefined || mark.unsure || mark.number !== before.number + 2 || list[0]?.number !== 1) continue;
      yield wrongMark(
        { line, at: mark.at, number: mark.number, style: kind },
        { ...before, line, style: kind },
        linting,
      );
    }
  }
}

/** Only 一是 and 一要: （1） and 1. number findings and levels as well, and are looked at there. */
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
