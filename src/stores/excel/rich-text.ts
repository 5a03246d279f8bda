import { decodeCellText } from './cell-text.js';
import { plainText } from './xml-tree.js';

/**
 * The characters of a string item (`<si>` or `<is>`): its runs joined, phonetic runs (`rPh`, the reading aid above
 * the characters) left out.
 */
export function richText(xml: string): string {
  // By far the most common form: one <t> and nothing else.
  const simple = /^<([A-Za-z]+:)?(?:si|is)><\1?t(?: xml:space="preserve")?>([^<]*)<\/\1?t><\/\1?(?:si|is)>$/.exec(xml);
  if (simple !== null) return decodeCellText(plainText(simple[2] ?? ''));
  const withoutPhonetics = xml.replace(/<((?:[\w.-]+:)?rPh)(?=[\s>])[\s\S]*?<\/\1\s*>/g, '');
  let out = '';
  for (const found of withoutPhonetics.matchAll(
    /<((?:[\w.-]+:)?t)(?:\s[^>]*)?(?:\/>|>((?:[^<]|<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->)*)<\/\1\s*>)/g,
  )) {
    out += plainText(found[2] ?? '');
  }
  return decodeCellText(out);
}
