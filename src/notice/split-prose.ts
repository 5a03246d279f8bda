import { isAnswer, labelsOf } from './labels.js';
import { inlineMarkers, leadingMarker } from './markers.js';
import type { OutlineLine } from './outline.js';
import type { SourceLine } from './source.js';

/** Paragraphs cut before every 一是, 二是 … (or （1）, （2） …) in them; each piece stands on the line of its paragraph. */
export function splitProse(lines: readonly SourceLine[]): readonly SourceLine[] {
  return lines.flatMap(line => {
    if (line.cells !== undefined) return [line];
    const marks = inlineMarkers(line.text).filter(mark => mark.at > 0 && !mark.unsure);
    const cuts = marks.filter(mark => mark.kind === marks[0]?.kind).map(mark => mark.at);
    if (cuts.length < 2) return [line];
    return [0, ...cuts].map((from, index) => ({ ...line, text: line.text.slice(from, cuts[index]) }));
  });
}

/**
 * Several findings with their answers on one line (1.…整改情况：…2.…整改情况：…): cut before every number that a label
 * follows, where there are as many of both.
 */
export function splitTight(lines: readonly SourceLine[]): readonly SourceLine[] {
  return lines.flatMap(line => {
    if (line.cells !== undefined || line.text.length < 60) return [line];
    const labels = labelsOf(line.text, leadingMarker(line.text)?.length ?? 0).filter(isAnswer);
    const count = labels.filter(label => label.words === labels[0]?.words).length;
    if (count < 2) return [line];
    const marks = inlineMarkers(line.text).filter(mark => mark.at > 0 && mark.kind !== 'shi' && !mark.unsure);
    const kinds = [...new Set(marks.map(mark => mark.kind))];
    const kind = kinds.find(one => marks.filter(mark => mark.kind === one).length === count);
    if (kind === undefined) return [line];
    const cuts = marks.filter(mark => mark.kind === kind).map(mark => mark.at);
    return [0, ...cuts].map((from, index) => ({ ...line, text: line.text.slice(from, cuts[index]) }));
  });
}

/** 一是 or a dash at the head of a piece names a fault of its own. */
export function asHeading(line: OutlineLine): OutlineLine {
  if (line.marker?.kind !== 'shi' && line.marker?.kind !== 'bullet') return line;
  return { ...line, marker: { ...line.marker, kind: 'ordinal-head' } };
}
