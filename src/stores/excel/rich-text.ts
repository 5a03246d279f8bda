import { decodeCellText } from './cell-text.js';
import { parseXml, plainText, textOf, type XmlElement } from './xml-tree.js';

const LT = 0x3c;
/** `<si><t>` … `</t></si>`, or `<is>`: one `<t>` and nothing else, by far the most common form. */
const START = '<??><t>'.length;
const END = '</t></??>'.length;
const SIMPLE = /^<([A-Za-z]+:)?(?:si|is)><\1?t(?: xml:space="preserve")?>([^<]*)<\/\1?t><\/\1?(?:si|is)>$/;

/**
 * The characters of a string item (`<si>` or `<is>`, from its start tag to behind its end tag): its runs joined, phonetic
 * runs (`rPh`, the reading aid above the characters) left out.
 * @throws XmlError when it is not well-formed.
 */
export function itemText(bytes: Buffer, start: number, end: number): string {
  const [from, to] = [start + START, end - END];
  // The first tag behind `<t>` is its own end, so nothing stands between but characters.
  const bare = from <= to && is(bytes, from - 4, '><t>') && is(bytes, to, '</t></') && bytes.indexOf(LT, from) === to;
  if (bare) return decodeCellText(plainText(bytes.toString('utf8', from, to)));
  return richText(bytes.toString('utf8', start, end));
}

function is(bytes: Buffer, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

function richText(xml: string): string {
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
