import { decodeCellText } from './cell-text.js';
import { parseXml, plainText, textOf, type XmlElement } from './xml-tree.js';

/** By far the most common form: one `<t>` and nothing else. */
const SIMPLE = /^<([A-Za-z]+:)?(?:si|is)><\1?t(?: xml:space="preserve")?>([^<]*)<\/\1?t><\/\1?(?:si|is)>$/;

/**
 * The characters of a string item (`<si>` or `<is>`): its runs joined, phonetic runs (`rPh`, the reading aid above
 * the characters) left out.
 * @throws XmlError when it is not well-formed.
 */
export function richText(xml: string): string {
  const simple = SIMPLE.exec(xml);
  if (simple !== null) return decodeCellText(plainText(simple[2] ?? ''));
  return decodeCellText(runs(xml, parseXml(xml, { fragment: true })));
}

function runs(xml: string, element: XmlElement): string {
  let out = '';
  for (const inner of element.children) {
    if (inner.local === 't') out += textOf(xml, inner);
    else if (inner.local === 'r') out += runs(xml, inner);
  }
  return out;
}
