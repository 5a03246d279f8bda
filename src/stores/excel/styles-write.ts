import type { Style } from '../../model/plan.js';
import { builtInDateKind, type DateKind, dateKind } from './number-formats.js';
import { dateKindsOfStyles } from './styles-read.js';
import {
  appendInside,
  attribute,
  child,
  childrenNamed,
  escapeAttribute,
  type Splice,
  setAttribute,
  splice,
  wholeNumber,
  type XmlElement,
} from './xml-tree.js';

/** The styles of a workbook, to which ours are added at the end: numbers that cells already use never change. */
export type StyleBook = {
  /** The number of a cell style that looks so; made when there is none yet. */
  readonly styleFor: (style: Style) => number;
  /** The number of a cell style like `base` in everything but the number format. */
  readonly withFormat: (base: number, format: string) => number;
  readonly dateKindOf: (style: number) => DateKind;
  /** The date kinds of all cell styles, new ones included. */
  readonly dateKinds: () => readonly DateKind[];
  /** The part with what was added, or undefined when nothing was. */
  readonly changed: () => string | undefined;
};

/** The number format for a date in a cell whose own format shows none. */
export const DATE_FORMAT = 'yyyy-mm-dd';
export const GENERAL = 'General';

/** Format codes that Excel knows by number; the same in every language. */
const BUILT_IN_CODES: Readonly<Record<string, number>> = {
  General: 0,
  '0': 1,
  '0.00': 2,
  '#,##0': 3,
  '#,##0.00': 4,
  '0%': 9,
  '0.00%': 10,
  '@': 49,
};

/** Numbers below this are Excel's own (ECMA-376 part 1, 18.8.30; 164 by its practice, 176 in Chinese Excel). */
const FIRST_CUSTOM_FORMAT = 176;

/** A styles part for a workbook that has none. */
export function emptyStyles(namespace: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="${namespace}">` +
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
  );
}

export function styleBook(xml: string, root: XmlElement): StyleBook {
  const p = root.prefix === '' ? '' : `${root.prefix}:`;
  const fonts = register(xml, root, 'fonts');
  const fills = register(xml, root, 'fills');
  const borders = register(xml, root, 'borders');
  const xfs = register(xml, root, 'cellXfs');
  const formats = formatRegister(root, p);
  const kinds = [...dateKindsOfStyles(root)];
  const made = new Map<string, number>();
  // Writers use one Style object for thousands of cells: known by identity first, by what it says second.
  const byIdentity = new WeakMap<Style, number>();
  const reformatted = new Map<string, number>();

  const font = (style: Style): number => {
    const plain = style.bold || style.italic || style.underline || style.size || style.color;
    return plain ? fonts.idOf(fontXml(xml, fonts.elements[0], p, style)) : 0;
  };

  const addXf = (text: string, kind: DateKind): number => {
    const id = xfs.idOf(text);
    kinds[id] = kind;
    return id;
  };

  const styleFor = (style: Style): number => {
    const id = byIdentity.get(style) ?? styleSaying(style);
    byIdentity.set(style, id);
    return id;
  };

  const styleSaying = (style: Style): number => {
    const key = JSON.stringify(style, Object.keys(style).sort());
    const known = made.get(key);
    if (known !== undefined) return known;
    const format = formats.idOf(style.format ?? GENERAL);
    const fill =
      style.fill === undefined
        ? 0
        : fills.idOf(
            `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor rgb="FF${style.fill}"/><${p}bgColor indexed="64"/></${p}patternFill></${p}fill>`,
          );
    const border = style.border === undefined ? 0 : borders.idOf(borderXml(p, style.border));
    const fontId = font(style);
    const text =
      `<${p}xf numFmtId="${format}" fontId="${fontId}" fillId="${fill}" borderId="${border}" xfId="0"` +
      `${format > 0 ? ' applyNumberFormat="1"' : ''}${fontId > 0 ? ' applyFont="1"' : ''}${fill > 0 ? ' applyFill="1"' : ''}` +
      `${border > 0 ? ' applyBorder="1"' : ''}${closing(p, alignmentXml(p, style))}`;
    const id = addXf(text, formats.kindOf(format));
    made.set(key, id);
    return id;
  };

  const withFormat = (base: number, format: string): number => {
    const key = `${base} ${format}`;
    const known = reformatted.get(key) ?? reformat(base, format);
    reformatted.set(key, known);
    return known;
  };

  const reformat = (base: number, format: string): number => {
    const id = formats.idOf(format);
    const element = xfs.elements[base];
    const text =
      element === undefined
        ? (xfs.added[base - xfs.elements.length] ??
          `<${p}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`)
        : xml.slice(element.start, element.end);
    const numbered = text
      .replace(/ (?:numFmtId|applyNumberFormat)\s*=\s*(?:"[^"]*"|'[^']*')/g, '')
      .replace(/^<[^\s/>]+/, open => `${open} numFmtId="${id}" applyNumberFormat="1"`);
    return addXf(numbered, formats.kindOf(id));
  };

  const changed = (): string | undefined => {
    const splices = [fonts, fills, borders, xfs].flatMap(list => list.splices());
    splices.push(...formats.splices(xml));
    return splices.length === 0 ? undefined : splice(xml, splices);
  };

  return { styleFor, withFormat, dateKindOf: id => kinds[id] ?? 'none', dateKinds: () => kinds, changed };
}

type Register = {
  readonly elements: readonly XmlElement[];
  readonly added: readonly string[];
  /** The number of an element that says the same, appended when there is none. */
  readonly idOf: (text: string) => number;
  readonly splices: () => readonly Splice[];
};

/** A counted list of the styles part, to which elements can only be added. */
function register(xml: string, root: XmlElement, local: string): Register {
  const list = child(root, local);
  const elements = list?.children ?? [];
  const added: string[] = [];
  const ids = new Map<string, number>();
  elements.forEach((element, index) => {
    const key = sameness(xml.slice(element.start, element.end));
    if (!ids.has(key)) ids.set(key, index);
  });
  return {
    elements,
    added,
    idOf: text => {
      const key = sameness(text);
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = elements.length + added.length;
      added.push(text);
      ids.set(key, id);
      return id;
    },
    splices: () => {
      if (added.length === 0) return [];
      if (list === undefined) return [newList(xml, root, local, added)];
      const total = String(elements.length + added.length);
      const opening = attribute(list, 'count') === undefined ? [] : [setAttribute(list, 'count', total)];
      return [...opening, appendInside(xml, list, added.join(''))];
    },
  };
}

/** The children of `styleSheet` in the order in which they must stand. */
const ORDER = ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'cellStyles', 'dxfs'];

function newList(xml: string, root: XmlElement, local: string, added: readonly string[]): Splice {
  const p = root.prefix === '' ? '' : `${root.prefix}:`;
  const text = `<${p}${local} count="${added.length}">${added.join('')}</${p}${local}>`;
  const before = new Set(ORDER.slice(0, ORDER.indexOf(local)));
  const last = root.children.filter(c => before.has(c.local)).at(-1);
  if (last !== undefined) return { start: last.end, end: last.end, text };
  if (root.innerEnd === root.end) return appendInside(xml, root, text);
  return { start: root.innerStart, end: root.innerStart, text };
}

/** Two elements say the same when they differ only in prefixes, the order of attributes, or white space. */
function sameness(text: string): string {
  return text.replace(
    /<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>\s*/g,
    (_, slash: string, name: string, attributes: string, empty: string) => {
      const sorted = [...attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
        .map(a => `${a[1]}=${a[2] ?? a[3]}`)
        .filter(a => !a.startsWith('xmlns'))
        .sort();
      return empty === '/' ? `<${name} ${sorted.join(' ')}></${name}>` : `<${slash}${name} ${sorted.join(' ')}>`;
    },
  );
}

type FormatRegister = {
  readonly idOf: (code: string) => number;
  readonly kindOf: (id: number) => DateKind;
  readonly splices: (xml: string) => readonly Splice[];
};

function formatRegister(root: XmlElement, p: string): FormatRegister {
  const list = child(root, 'numFmts');
  const ids = new Map<string, number>();
  const codes = new Map<number, string>();
  let last = FIRST_CUSTOM_FORMAT - 1;
  for (const format of list === undefined ? [] : childrenNamed(list, 'numFmt')) {
    const id = wholeNumber(format, 'numFmtId');
    if (id === undefined) continue;
    const code = attribute(format, 'formatCode') ?? '';
    if (!ids.has(code)) ids.set(code, id);
    codes.set(id, code);
    if (id > last) last = id;
  }
  const added: string[] = [];
  return {
    idOf: code => {
      const known = BUILT_IN_CODES[code] ?? ids.get(code);
      if (known !== undefined) return known;
      last += 1;
      ids.set(code, last);
      codes.set(last, code);
      added.push(`<${p}numFmt numFmtId="${last}" formatCode="${escapeAttribute(code)}"/>`);
      return last;
    },
    kindOf: id => {
      const code = codes.get(id);
      return code === undefined ? builtInDateKind(id) : dateKind(code);
    },
    splices: xml => {
      if (added.length === 0) return [];
      if (list === undefined) return [newList(xml, root, 'numFmts', added)];
      const total = String(list.children.length + added.length);
      const opening = attribute(list, 'count') === undefined ? [] : [setAttribute(list, 'count', total)];
      return [...opening, appendInside(xml, list, added.join(''))];
    },
  };
}

/** The workbook's own first font (its name, family and script), in the weight, size and colour asked for. */
function fontXml(xml: string, first: XmlElement | undefined, p: string, style: Style): string {
  const own = (local: string): string => {
    const element = first?.children.find(c => c.local === local);
    return element === undefined ? '' : xml.slice(element.start, element.end);
  };
  return (
    `<${p}font>${style.bold ? `<${p}b/>` : ''}${style.italic ? `<${p}i/>` : ''}${style.underline ? `<${p}u/>` : ''}` +
    `${style.size === undefined ? own('sz') : `<${p}sz val="${style.size}"/>`}` +
    `${style.color === undefined ? own('color') : `<${p}color rgb="FF${style.color}"/>`}` +
    `${own('name')}${own('family')}${own('charset')}${own('scheme')}</${p}font>`
  );
}

function borderXml(p: string, color: string): string {
  const sides = ['left', 'right', 'top', 'bottom'].map(
    side => `<${p}${side} style="thin"><${p}color rgb="FF${color}"/></${p}${side}>`,
  );
  return `<${p}border>${sides.join('')}<${p}diagonal/></${p}border>`;
}

function alignmentXml(p: string, style: Style): string {
  const parts = [
    style.align === undefined ? '' : ` horizontal="${style.align}"`,
    style.vertical === undefined ? '' : ` vertical="${style.vertical}"`,
    style.wrap ? ' wrapText="1"' : '',
    style.indent === undefined || style.indent === 0 ? '' : ` indent="${style.indent}"`,
  ].join('');
  return parts === '' ? '' : `<${p}alignment${parts}/>`;
}

function closing(p: string, inner: string): string {
  return inner === '' ? '/>' : ` applyAlignment="1">${inner}</${p}xf>`;
}
