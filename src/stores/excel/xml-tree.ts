/**
 * A small tree of an XML part that remembers where everything stands in the text, so that a change can be spliced in and
 * every other character stays as it was. For the small parts of a package (workbook, relationships, styles …) and for
 * what stands before and after the rows of a sheet. No library keeps offsets of attributes; a library (saxes) checks
 * whatever was written.
 */

export type XmlAttribute = {
  readonly name: string;
  /** Entities resolved. */
  readonly value: string;
  /** From the first character of the name to behind the closing quote. */
  readonly start: number;
  readonly end: number;
};

export type XmlElement = {
  readonly name: string;
  /** The name without its prefix. */
  readonly local: string;
  readonly prefix: string;
  /** The namespace, '' when none. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** From `<` of the start tag to behind `>` of the end tag. */
  readonly start: number;
  readonly end: number;
  /** Behind the start tag, and before the end tag. Both equal `end` when the element closes itself (`<a/>`). */
  readonly innerStart: number;
  readonly innerEnd: number;
};

/** Not well-formed, or something that has no place in an Office document (a document type, an unknown entity). */
export class XmlError extends Error {
  readonly kind: 'malformed' | 'doctype';
  constructor(kind: 'malformed' | 'doctype', message: string) {
    super(message);
    this.name = 'XmlError';
    this.kind = kind;
  }
}

type Open = {
  name: string;
  attributes: XmlAttribute[];
  children: XmlElement[];
  scope: ReadonlyMap<string, string>;
  start: number;
  innerStart: number;
};

/** Deeper nesting than any Office part has; a bound for hostile files. */
const MAX_DEPTH = 256;
/** More than any element of an Office part has; each is compared with the others. */
const MAX_ATTRIBUTES = 500;

const NO_PREFIXES: ReadonlyMap<string, string> = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

/**
 * The root element of `xml`.
 * `openEnded` gives tags that stay open at the end of the text their end there: for the part of a sheet before its rows.
 * `fragment` allows prefixes that were declared outside of the text.
 * @throws XmlError
 */
export function parseXml(
  xml: string,
  options: { readonly openEnded?: boolean; readonly fragment?: boolean } = {},
): XmlElement {
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0;

  const close = (open: Open, innerEnd: number, end: number): void => {
    const { prefix, local } = splitName(open.name);
    const element: XmlElement = {
      name: open.name,
      local,
      prefix,
      namespace: options.fragment === true ? '' : namespaceOf(prefix, open.scope),
      attributes: open.attributes,
      children: open.children,
      start: open.start,
      end,
      innerStart: open.innerStart,
      innerEnd,
    };
    const parent = stack.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (root === undefined) root = element;
    else throw new XmlError('malformed', 'second root element');
  };

  while (at < xml.length) {
    const tag = xml.indexOf('<', at);
    if (stack.length === 0) {
      const between = xml.slice(at, tag < 0 ? xml.length : tag);
      if (/[^ \t\r\n\0]/.test(between)) throw new XmlError('malformed', 'text outside the root element');
    }
    if (tag < 0) break;
    const next = xml.charCodeAt(tag + 1);
    if (next === 0x3f) {
      at = behind(xml, '?>', tag + 2);
    } else if (next === 0x21) {
      if (xml.startsWith('<!--', tag)) at = behind(xml, '-->', tag + 4);
      else if (xml.startsWith('<![CDATA[', tag) && stack.length > 0) at = behind(xml, ']]>', tag + 9);
      else throw new XmlError('doctype', 'document type or entity declaration');
    } else if (next === 0x2f) {
      const end = behind(xml, '>', tag + 2);
      const name = xml.slice(tag + 2, end - 1).trimEnd();
      const open = stack.pop();
      if (open === undefined || open.name !== name) throw new XmlError('malformed', `</${name}> closes nothing`);
      close(open, tag, end);
      at = end;
    } else {
      const started = startTag(xml, tag);
      const outer = stack.at(-1)?.scope ?? NO_PREFIXES;
      const open: Open = {
        name: started.name,
        attributes: started.attributes,
        children: [],
        scope: scopeWith(outer, started.attributes),
        start: tag,
        innerStart: started.end,
      };
      if (started.selfClosing) close(open, started.end, started.end);
      else if (stack.length >= MAX_DEPTH) throw new XmlError('malformed', 'nested too deeply');
      else stack.push(open);
      at = started.end;
    }
  }
  if (stack.length > 0 && options.openEnded !== true) throw new XmlError('malformed', 'unclosed element');
  for (let open = stack.pop(); open !== undefined; open = stack.pop()) close(open, xml.length, xml.length);
  if (root === undefined) throw new XmlError('malformed', 'no root element');
  return root;
}

function behind(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from);
  if (found < 0) throw new XmlError('malformed', `${mark} is missing`);
  return found + mark.length;
}

const NAME = /[^\s<>/=&"'!?]+/y;
const ATTRIBUTE = /\s+([^\s<>/=&"'!?]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

function startTag(
  xml: string,
  tag: number,
): { name: string; attributes: XmlAttribute[]; end: number; selfClosing: boolean } {
  NAME.lastIndex = tag + 1;
  const name = NAME.exec(xml)?.[0];
  if (name === undefined) throw new XmlError('malformed', 'a tag without a name');
  let at = NAME.lastIndex;
  const attributes: XmlAttribute[] = [];
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(xml);
    if (found === null) break;
    const attribute = found[1] ?? '';
    if (attributes.length >= MAX_ATTRIBUTES) throw new XmlError('malformed', 'too many attributes');
    if (attributes.some(a => a.name === attribute)) throw new XmlError('malformed', `attribute ${attribute} twice`);
    const end = ATTRIBUTE.lastIndex;
    const start = found.index + (found[0].length - found[0].trimStart().length);
    attributes.push({ name: attribute, value: attributeValue(found[2] ?? found[3] ?? ''), start, end });
    at = end;
  }
  while (isSpace(xml.charCodeAt(at))) at++;
  const selfClosing = xml.charCodeAt(at) === 0x2f;
  if (selfClosing) at++;
  if (xml.charCodeAt(at) !== 0x3e) throw new XmlError('malformed', `<${name}> is not closed`);
  return { name, attributes, end: at + 1, selfClosing };
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function attributeValue(raw: string): string {
  const spaced = /[\t\r\n]/.test(raw) ? raw.replace(/\r\n|[\t\r\n]/g, ' ') : raw;
  return decodeEntities(spaced);
}

function splitName(name: string): { prefix: string; local: string } {
  const colon = name.indexOf(':');
  return colon < 0 ? { prefix: '', local: name } : { prefix: name.slice(0, colon), local: name.slice(colon + 1) };
}

function scopeWith(
  outer: ReadonlyMap<string, string>,
  attributes: readonly XmlAttribute[],
): ReadonlyMap<string, string> {
  let scope: Map<string, string> | undefined;
  for (const { name, value } of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    scope ??= new Map(outer);
    scope.set(name === 'xmlns' ? '' : name.slice(6), value);
  }
  return scope ?? outer;
}

function namespaceOf(prefix: string, scope: ReadonlyMap<string, string>): string {
  const namespace = scope.get(prefix);
  if (namespace === undefined && prefix !== '') throw new XmlError('malformed', `prefix ${prefix} is not declared`);
  return namespace ?? '';
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Text of XML with its entities resolved: the five of XML itself and numeric ones.
 * @throws XmlError for any other: it could only come from a document type, which no part may have.
 */
export function decodeEntities(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&([^;&<]{0,12});?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) throw new XmlError('malformed', 'stray &');
    const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (known !== undefined) return known;
    const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
    const code = digits === null ? Number.NaN : Number.parseInt(digits[1] ?? digits[2] ?? '', digits[1] ? 16 : 10);
    if (!isCharacter(code)) throw new XmlError('malformed', `unknown entity ${whole}`);
    return String.fromCodePoint(code);
  });
}

/** What XML calls a character: no control characters, no halves of a pair. NaN is none. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0x10ffff && code !== 0xfffe && code !== 0xffff);
}

/** The value of an attribute by its full name (`r:id`), or undefined. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find(a => a.name === name)?.value;
}

/** The attribute as a whole number of up to nine digits; undefined for anything else, so that nothing is added to NaN. */
export function wholeNumber(element: XmlElement, name: string): number | undefined {
  const value = attribute(element, name)?.trim() ?? '';
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** The value of the attribute with this local name that has some prefix (`id` of `r:id`, whatever stands for `r`). */
export function prefixedAttribute(element: XmlElement, local: string): string | undefined {
  return element.attributes.find(a => a.name.endsWith(`:${local}`))?.value;
}

/** `1`, `true` and `on` are true. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on';
}

/** The first child with this local name in the parent's own namespace. */
export function child(parent: XmlElement, local: string): XmlElement | undefined {
  return parent.children.find(c => c.local === local && c.namespace === parent.namespace);
}

/** All children with this local name in the parent's own namespace. */
export function childrenNamed(parent: XmlElement, local: string): readonly XmlElement[] {
  return parent.children.filter(c => c.local === local && c.namespace === parent.namespace);
}

/** The characters inside an element, entities and CDATA resolved; those of inner elements included. */
export function textOf(xml: string, element: XmlElement): string {
  return plainText(xml.slice(element.innerStart, element.innerEnd));
}

/** Characters of a piece of XML: entities, CDATA resolved, tags and comments left out. */
export function plainText(raw: string): string {
  const unixLines = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  if (!unixLines.includes('<')) return decodeEntities(unixLines);
  let out = '';
  let at = 0;
  for (const found of unixLines.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<[^>]*>/g)) {
    out += decodeEntities(unixLines.slice(at, found.index)) + (found[1] ?? '');
    at = found.index + found[0].length;
  }
  return out + decodeEntities(unixLines.slice(at));
}

/** One change to a text: what stands from `start` to `end` becomes `text`. */
export type Splice = { readonly start: number; readonly end: number; readonly text: string };

/** The text with all splices done; they may not overlap. Splices at one point keep their order. */
export function splice(xml: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
  let out = '';
  let at = 0;
  for (const change of ordered) {
    if (change.start < at) throw new Error('overlapping splices');
    out += xml.slice(at, change.start) + change.text;
    at = change.end;
  }
  return out + xml.slice(at);
}

/** The splice that gives an element an attribute value, replacing the one it has. `value` is not escaped yet. */
export function setAttribute(element: XmlElement, name: string, value: string): Splice {
  const present = element.attributes.find(a => a.name === name);
  const text = `${name}="${escapeAttribute(value)}"`;
  if (present !== undefined) return { start: present.start, end: present.end, text };
  const at = element.start + 1 + element.name.length;
  return { start: at, end: at, text: ` ${text}` };
}

/** The splice that adds XML as the last thing inside an element, opening it when it closes itself. */
export function appendInside(xml: string, element: XmlElement, inner: string): Splice {
  if (element.innerEnd !== element.end) return { start: element.innerEnd, end: element.innerEnd, text: inner };
  const slash = xml.lastIndexOf('/', element.end);
  return { start: slash, end: element.end, text: `>${inner}</${element.name}>` };
}

/** The splice that takes an element out. */
export function removal(element: XmlElement): Splice {
  return { start: element.start, end: element.end, text: '' };
}

/** For text between tags. */
export function escapeText(value: string): string {
  return value.replace(/[&<>]/g, c => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
}

/** For text between double quotes. */
export function escapeAttribute(value: string): string {
  return escapeText(value)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, c => `&#${c.charCodeAt(0)};`);
}
