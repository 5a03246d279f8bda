import type { RawEntry } from '../support/excel/packages.js';
import { makeZip, type ZipPart } from '../support/excel/zips.js';

/** One thing wrong with a workbook, in words; where it is known, the part and the first character that differs. */
export type Mutant = {
  readonly what: string;
  readonly bytes: Buffer;
  readonly part?: string;
  readonly at?: number;
};

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];

/** A field of the zip's own structure set to something else: sizes, offsets, names, flags, checksums, counts. */
export function mutateZip(bytes: Buffer, random: Random): Mutant {
  const copy = Buffer.from(bytes);
  const places: { readonly at: number; readonly length: 2 | 4; readonly what: string }[] = [];
  for (let at = 0; at + 4 <= copy.length; at += 1) {
    if (copy[at] !== 0x50 || copy[at + 1] !== 0x4b) continue;
    const kind = copy.readUInt16LE(at + 2);
    for (const field of FIELDS[kind] ?? []) {
      if (at + field.at + field.length <= copy.length)
        places.push({ ...field, at: at + field.at, what: `${field.what} at ${at}` });
    }
  }
  const place = pick(random, places);
  if (place === undefined) return { what: 'nothing', bytes: copy };
  const old = place.length === 2 ? copy.readUInt16LE(place.at) : copy.readUInt32LE(place.at);
  const max = place.length === 2 ? 0xffff : 0xffff_ffff;
  const value =
    pick(random, [0, 1, max, Math.min(max, old + 1), Math.max(0, old - 1), old ^ 1, Math.floor(random() * max)]) ?? 0;
  if (place.length === 2) copy.writeUInt16LE(value, place.at);
  else copy.writeUInt32LE(value >>> 0, place.at);
  return { what: `${place.what}: ${old} → ${value}`, bytes: copy };
}

type Field = { readonly at: number; readonly length: 2 | 4; readonly what: string };

/** By the signature's second half: local header, directory entry, end of directory (APPNOTE 4.3). */
const FIELDS: Readonly<Record<number, readonly Field[]>> = {
  1027: [
    { at: 6, length: 2, what: 'local flags' },
    { at: 8, length: 2, what: 'local method' },
    { at: 14, length: 4, what: 'local checksum' },
    { at: 18, length: 4, what: 'local packed size' },
    { at: 22, length: 4, what: 'local size' },
    { at: 26, length: 2, what: 'local name length' },
    { at: 28, length: 2, what: 'local extra length' },
  ],
  513: [
    { at: 8, length: 2, what: 'flags' },
    { at: 10, length: 2, what: 'method' },
    { at: 16, length: 4, what: 'checksum' },
    { at: 20, length: 4, what: 'packed size' },
    { at: 24, length: 4, what: 'size' },
    { at: 28, length: 2, what: 'name length' },
    { at: 30, length: 2, what: 'extra length' },
    { at: 32, length: 2, what: 'comment length' },
    { at: 42, length: 4, what: 'offset' },
  ],
  1541: [
    { at: 8, length: 2, what: 'entries here' },
    { at: 10, length: 2, what: 'entries' },
    { at: 12, length: 4, what: 'directory size' },
    { at: 16, length: 4, what: 'directory offset' },
    { at: 20, length: 2, what: 'comment length' },
  ],
};

/** A part taken out, doubled, renamed or exchanged with another; the zip around it is right. */
export function mutateParts(entries: ReadonlyMap<string, RawEntry>, random: Random): Mutant {
  const parts: ZipPart[] = [...entries].map(([name, { content }]) => ({ name, content }));
  const at = Math.floor(random() * parts.length);
  const part = parts[at];
  // A sheet in another one's place is no damage but another workbook.
  const isSheet = (name: string): boolean => /worksheets[/\\][^/\\]+\.xml$/.test(name);
  const other = pick(
    random,
    parts.filter(one => !isSheet(one.name)),
  );
  if (part === undefined || other === undefined) return { what: 'nothing', bytes: makeZip(parts) };
  const name = `${part.name}`;
  switch (Math.floor(random() * 6)) {
    case 0:
      return { what: `without ${name}`, bytes: makeZip(parts.filter(one => one !== part)) };
    case 1:
      return { what: `${name} twice`, bytes: makeZip([...parts, part]) };
    case 2:
      return {
        what: `${name} with the content of ${other.name}`,
        bytes: makeZip(parts.map(one => (one === part ? { ...part, content: other.content } : one))),
      };
    case 3:
      return {
        what: `${name} under another name`,
        bytes: makeZip(parts.map(one => (one === part ? { ...part, name: `${name}x` } : one))),
      };
    case 4:
      return {
        what: `${name} empty`,
        bytes: makeZip(parts.map(one => (one === part ? { ...part, content: '' } : one))),
      };
    default:
      return { what: 'parts in another order', bytes: makeZip(parts.toSorted(() => random() - 0.5)) };
  }
}

/** One place of the XML of one part changed with an eye to what it means. */
export function mutateMeaning(entries: ReadonlyMap<string, RawEntry>, random: Random): Mutant {
  const names = [...entries.keys()].filter(name => /\.(?:xml|rels)$/.test(name) && !name.startsWith('docProps'));
  const chosen = pick(random, names) ?? '';
  const change = pick(random, CHANGES) ?? CHANGES[0];
  const xml = entries.get(chosen)?.content.toString('utf8') ?? '';
  const changed = change?.(xml, random) ?? xml;
  const parts: ZipPart[] = [...entries].map(([name, { content }]) => ({
    name,
    content: name === chosen ? changed : content,
  }));
  let first = 0;
  while (first < xml.length && xml[first] === changed[first]) first += 1;
  const what = `${chosen} from ${first}: ${xml.slice(first, first + 60)} → ${changed.slice(first, first + 60)}`;
  return { what, bytes: makeZip(parts), part: chosen, at: first };
}

type Change = (xml: string, random: Random) => string;

/** One of all places that a pattern finds, replaced. */
function one(pattern: RegExp, replace: (found: string, random: Random) => string): Change {
  return (xml, random) => {
    const found = pick(random, [...xml.matchAll(pattern)]);
    if (found === undefined) return xml;
    return xml.slice(0, found.index) + replace(found[0], random) + xml.slice(found.index + found[0].length);
  };
}

const NUMBERS = ['-1', '0', '1', '65536', '4294967296', '99999999999999999999', '1e999', 'NaN', '', ' ', '0x10', '１'];
const REFERENCES = ['A0', 'A1', 'XFD1048576', 'XFE1', 'A1048577', 'a1', '$A$1', 'A1:A1', '1A', 'AAAA1', '', '甲1'];

const CHANGES: readonly Change[] = [
  // An attribute dropped, doubled, or with another value.
  one(/ [\w:]+="[^"]*"/g, () => ''),
  one(/ [\w:]+="[^"]*"/g, found => found + found),
  one(/="\d+"/g, (_, random) => `="${pick(random, NUMBERS) ?? ''}"`),
  one(
    / r(?:ef)?="[^"]*"/g,
    (found, random) => `${found.slice(0, found.indexOf('"'))}"${pick(random, REFERENCES) ?? ''}"`,
  ),
  one(
    / t="[^"]*"/g,
    (_, random) => ` t="${pick(random, ['s', 'n', 'b', 'e', 'd', 'str', 'inlineStr', 'x', '']) ?? ''}"`,
  ),
  // A tag dropped, cut, doubled; an element closed twice.
  one(/<[^>]+>/g, () => ''),
  one(/<[^>]+>/g, found => found.slice(0, -1)),
  one(/<[^>]+>/g, found => found + found),
  one(/<\/[^>]+>/g, found => found + found),
  // The content of an element.
  one(/>[^<]+</g, () => '><'),
  one(/>\d+</g, (_, random) => `>${pick(random, NUMBERS) ?? ''}<`),
  one(
    />[^<]+</g,
    (found, random) =>
      `>${pick(random, ['&amp;', '&#0;', '&#x41;', '&x;', '<![CDATA[9]]>', '<!--x-->', '<?x y?>', '_x0041_']) ?? ''}${found.slice(1)}`,
  ),
  // Ids that point to each other, or nowhere.
  one(/(?:xfId|numFmtId|fontId|s|si)="\d+"/g, (found, random) => found.replace(/\d+/, pick(random, NUMBERS) ?? '')),
  one(/r:id="[^"]*"/g, () => 'r:id="rId1"'),
  one(
    /Target="[^"]*"/g,
    (_, random) =>
      `Target="${pick(random, ['workbook.xml', '../../x', '/xl/workbook.xml', 'http://x/', '', '#', 'worksheets/../workbook.xml']) ?? ''}"`,
  ),
  one(/(?:count|uniqueCount)="\d+"/g, found => found.replace(/\d+/, '99999999')),
  // Two neighbours exchanged.
  one(/(<row[\s\S]*?<\/row>)(<row[\s\S]*?<\/row>)/g, found => {
    const middle = found.indexOf('</row>') + '</row>'.length;
    return found.slice(middle) + found.slice(0, middle);
  }),
];
