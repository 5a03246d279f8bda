import { SaxesParser } from 'saxes';

/** One level of a list definition. */
export type ListLevel = {
  /** Lists with the same value count on together. */
  readonly list: string;
  readonly format: string;
  /** `%1、`: %n stands for the number of level n. */
  readonly text: string;
  readonly start: number;
};

export type StyleSheet = {
  /** Heading level (1–6) by style id. */
  readonly headings: ReadonlyMap<string, number>;
  /** List that comes with a style. */
  readonly numbering: ReadonlyMap<string, { readonly numId: string; readonly level: number }>;
};

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function parserFor(): SaxesParser<{ xmlns: false }> {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('doctype', () => {
    throw new Error('a document part must not have a DTD');
  });
  return parser;
}

/** The levels of each list of word/numbering.xml by its numId. */
export function readNumbering(xml: string | undefined): ReadonlyMap<string, readonly ListLevel[]> {
  const abstract = new Map<string, { format: string; text: string; start: number }[]>();
  const lists = new Map<string, { abstract: string; starts: Map<number, number> }>();
  if (xml === undefined) return new Map();
  let abstractId: string | undefined;
  let numId: string | undefined;
  let depth = 0;
  const parser = parserFor();
  parser.on('opentag', tag => {
    const attribute = (name: string) => tag.attributes[`w:${name}`] ?? tag.attributes[name];
    const levels = abstractId === undefined ? undefined : abstract.get(abstractId);
    const level = levels?.[depth];
    const list = numId === undefined ? undefined : lists.get(numId);
    switch (local(tag.name)) {
      case 'abstractNum':
        abstractId = attribute('abstractNumId') ?? '';
        abstract.set(abstractId, []);
        break;
      case 'lvl':
        depth = Math.min(8, Math.max(0, Number(attribute('ilvl') ?? '0') || 0));
        if (levels !== undefined) levels[depth] = { format: 'decimal', text: `%${depth + 1}.`, start: 1 };
        break;
      case 'numFmt':
        if (level !== undefined) level.format = attribute('val') ?? 'decimal';
        break;
      case 'lvlText':
        if (level !== undefined) level.text = attribute('val') ?? '';
        break;
      case 'start':
        if (level !== undefined) level.start = Number(attribute('val') ?? '1') || 0;
        break;
      case 'num':
        numId = attribute('numId') ?? '';
        lists.set(numId, { abstract: '', starts: new Map() });
        break;
      case 'abstractNumId':
        if (list !== undefined) list.abstract = attribute('val') ?? '';
        break;
      case 'lvlOverride':
        depth = Math.min(8, Math.max(0, Number(attribute('ilvl') ?? '0') || 0));
        break;
      case 'startOverride':
        list?.starts.set(depth, Number(attribute('val') ?? '1') || 1);
        break;
      default:
        break;
    }
  });
  parser.on('closetag', tag => {
    if (local(tag.name) === 'abstractNum') abstractId = undefined;
    if (local(tag.name) === 'num') numId = undefined;
  });
  parser.write(xml).close();
  const found = new Map<string, readonly ListLevel[]>();
  for (const [id, list] of lists) {
    // A start of its own makes a list count by itself.
    const key = list.starts.size > 0 ? `num ${id}` : `abstract ${list.abstract}`;
    const levels = abstract.get(list.abstract) ?? [];
    found.set(
      id,
      Array.from(levels, (level, at) => ({
        list: key,
        format: level?.format ?? 'decimal',
        text: level?.text ?? `%${at + 1}.`,
        start: list.starts.get(at) ?? level?.start ?? 1,
      })),
    );
  }
  return found;
}

/** Heading styles and styles that number their paragraphs, from word/styles.xml. */
export function readStyles(xml: string | undefined): StyleSheet {
  const headings = new Map<string, number>();
  const numbering = new Map<string, { numId: string; level: number }>();
  if (xml === undefined) return { headings, numbering };
  let style: string | undefined;
  let level = 0;
  const parser = parserFor();
  parser.on('opentag', tag => {
    const value = tag.attributes['w:val'] ?? tag.attributes.val ?? '';
    switch (local(tag.name)) {
      case 'style':
        style = tag.attributes['w:styleId'] ?? tag.attributes.styleId;
        level = 0;
        break;
      case 'name': {
        const heading = /^(?:heading|标题)\s*([1-6])$/i.exec(value)?.[1];
        if (style !== undefined && heading !== undefined) headings.set(style, Number(heading));
        break;
      }
      case 'ilvl':
        level = Number(value) || 0;
        break;
      case 'numId':
        if (style !== undefined) numbering.set(style, { numId: value, level });
        break;
      default:
        break;
    }
  });
  parser.on('closetag', tag => {
    if (local(tag.name) === 'style') style = undefined;
  });
  parser.write(xml).close();
  return { headings, numbering };
}
