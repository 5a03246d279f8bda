import { isUtf8 } from 'node:buffer';
import { posix } from 'node:path';
import { type RefusalCode, refuse } from './refusals.js';
import { attribute, childrenNamed, parseXml, type XmlElement, XmlError } from './xml-tree.js';
import { unpack, type Zip, type ZipEntry } from './zip-read.js';

/** An open package: parts by name (no leading slash, as the relationships give it), unpacked on demand. */
export type Package = {
  readonly path: string;
  readonly zip: Zip;
  /** The entry of a part, whatever the case of its name; undefined when there is none. */
  readonly entry: (part: string) => ZipEntry | undefined;
  /** The bytes of a part. @throws StoreError when it is missing, damaged, or not UTF-8. */
  readonly bytes: (part: string) => Buffer;
  /** The text of a part, without loss: encoding it again gives the same bytes. */
  readonly text: (part: string) => string;
};

export type Relationship = {
  readonly id: string;
  /** The last step of the type's address, the same in both flavours of the standard: `worksheet`, `styles` … */
  readonly type: string;
  /** Part name, resolved; undefined for what lies outside the package. */
  readonly part: string | undefined;
  readonly element: XmlElement;
};

export function openPackage(zip: Zip): Package {
  const byName = new Map(zip.entries.map(entry => [entry.name.toLowerCase(), entry]));
  const pack: Package = {
    path: zip.path,
    zip,
    entry: part => byName.get(part.toLowerCase()),
    bytes: part => {
      const entry = pack.entry(part);
      if (entry === undefined) throw refuse('missing-part', zip.path, part);
      const bytes = unpack(entry, zip.path);
      checkEncoding(bytes, zip.path, part);
      return bytes;
    },
    text: part => pack.bytes(part).toString('utf8'),
  };
  return pack;
}

/** Anything but UTF-8 is refused: a wrong byte would be lost when the part is written again. */
function checkEncoding(bytes: Buffer, path: string, part: string): void {
  const [first, second] = bytes;
  const utf16 =
    (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
  const declared = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(
    bytes.toString('latin1', 0, 200),
  )?.[1];
  if (utf16 || !isUtf8(bytes) || (declared !== undefined && !/^(utf-?8|us-ascii)$/i.test(declared)))
    throw refuse('encoding', path, part);
}

/** The tree of a part's text. @throws StoreError for XML that no workbook may hold. */
export function tree(xml: string, path: string, place: string, options?: { readonly openEnded?: boolean }): XmlElement {
  try {
    return parseXml(xml, options);
  } catch (error) {
    throw xmlFault(error, path, place);
  }
}

/** An XmlError as a refusal of the file; anything else as it is. */
export function xmlFault(error: unknown, path: string, place: string): unknown {
  if (!(error instanceof XmlError)) return error;
  const code: RefusalCode = error.kind === 'doctype' ? 'doctype' : 'broken-xml';
  return refuse(code, path, place, error);
}

/** The part that holds the relationships of a part; of the package itself for ''. */
export function relationshipsPart(part: string): string {
  const folder = posix.dirname(part);
  const file = `_rels/${posix.basename(part)}.rels`;
  return folder === '.' ? file : `${folder}/${file}`;
}

/** The relationships of a part, by their order; none when it has no such part. */
export function relationships(pack: Package, part: string): readonly Relationship[] {
  const place = relationshipsPart(part);
  if (pack.entry(place) === undefined) return [];
  const root = tree(pack.text(place), pack.path, place);
  const ids = childrenNamed(root, 'Relationship').map(element => attribute(element, 'Id'));
  // Two of one id: nobody can tell where it leads.
  if (new Set(ids).size < ids.length) throw refuse('broken-xml', pack.path, place);
  return childrenNamed(root, 'Relationship').map(element => ({
    id: attribute(element, 'Id') ?? '',
    type: (attribute(element, 'Type') ?? '').replace(/^.*\//, ''),
    part:
      attribute(element, 'TargetMode') === 'External' ? undefined : resolve(part, attribute(element, 'Target') ?? ''),
    element,
  }));
}

/** A target as relationships write it, from the folder of their part: `../media/a.png`, `/xl/a.xml`, `sheet%201.xml`. */
function resolve(from: string, target: string): string {
  const plain = target.replaceAll('\\', '/').replace(/#.*$/, '');
  const joined = plain.startsWith('/') ? plain : posix.join(posix.dirname(from), plain);
  const normal = posix.normalize(joined).replace(/^\/+/, '');
  try {
    return decodeURIComponent(normal);
  } catch {
    return normal;
  }
}
