import type { RawEntry } from './packages.js';
import { makeZip } from './zips.js';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The file with a few of its bytes changed, cut off, or doubled. */
export function mutateBytes(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(random() * copy.length);
  const kind = random();
  if (kind < 0.1) return copy.subarray(0, at);
  if (kind < 0.2) return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.floor(at / 2))]);
  for (let n = 1 + Math.floor(random() * 4); n > 0; n--) {
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
  }
  return copy;
}

const PIECES = [
  '',
  '<',
  '>',
  '&',
  '"',
  '/>',
  '<row r="1">',
  '</row>',
  '<c r="A1">',
  '<c>',
  '<v>9</v>',
  '<f>',
  ']]>',
  '<!-- ',
  '-->',
  '<![CDATA[',
  '<?x ',
  '-1',
  '99999999999',
  'r="ZZZZ1"',
  's="999999"',
  't="s"',
  '\0',
  'x:',
  '\ud7ff',
  '<is><t>',
  '<mergeCell ref="A1:"/>',
];

/** The package with one XML part spoiled; the zip around it is right. */
export function mutateXml(
  entries: ReadonlyMap<string, RawEntry>,
  random: () => number,
): { readonly bytes: Buffer; readonly part: string } {
  const names = [...entries.keys()].filter(name => /\.(xml|rels)$/.test(name));
  const part = names[Math.floor(random() * names.length)] ?? '';
  const parts = [...entries].map(([name, { content }]) => ({
    name,
    content: name === part ? spoil(content.toString('utf8'), random) : content,
  }));
  return { bytes: makeZip(parts), part };
}

function spoil(xml: string, random: () => number): string {
  let spoiled = xml;
  for (let n = 1 + Math.floor(random() * 3); n > 0; n--) {
    const from = Math.floor(random() * spoiled.length);
    const to = Math.min(spoiled.length, from + Math.floor(random() * (random() < 0.5 ? 4 : 60)));
    const piece =
      random() < 0.3
        ? spoiled.slice(Math.floor(random() * spoiled.length)).slice(0, 40)
        : (PIECES[Math.floor(random() * PIECES.length)] ?? '');
    spoiled = spoiled.slice(0, from) + piece + spoiled.slice(to);
  }
  return spoiled;
}
