import { inlineMarkers } from './markers.js';
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

/** 一是 or a dash at the head of a piece names a fault of its own. */
export function asHeading(line: OutlineLine): OutlineLine {
  if (line.marker?.kind !== 'shi' && line.marker?.kind !== 'bullet') return line;
  return { ...line, marker: { ...line.marker, kind: 'ordinal-head' } };
}
