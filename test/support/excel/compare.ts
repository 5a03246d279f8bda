import { expect } from 'vitest';
import { columnLetters } from '../../../src/model/grid.js';
import { cellTexts, type RawEntry, withoutColumns } from './packages.js';

/** Parts that hold the package together; lines are added to them, and nothing else changes there. */
export const SHARED = /(^|\/)(workbook\.xml|workbook\.xml\.rels|\[Content_Types\]\.xml|styles\.xml)$/;

type Entries = ReadonlyMap<string, RawEntry>;

/**
 * Holds every entry of two packages against each other: says what may differ and does, and fails on anything else.
 * `columns` are ours in the ledger's sheet; `isOurs` knows our own sheets by their XML.
 */
export function changedParts(
  before: Entries,
  after: Entries,
  columns: ReadonlySet<string>,
  isOurs: (xml: string) => boolean = () => false,
): { sheets: string[]; shared: string[]; added: string[] } {
  const sheets: string[] = [];
  const shared: string[] = [];
  for (const [part, old] of before) {
    const now = after.get(part);
    if (now?.compressed.equals(old.compressed) === true) continue;
    if (SHARED.test(part) || /tables\/table\d+\.xml$/.test(part)) {
      shared.push(part);
      onlyAdded(xmlOf(old), xmlOf(now), part);
    } else if (/worksheets\/sheet\d+\.xml$/.test(part) && !isOurs(xmlOf(old))) {
      sheets.push(part);
      sameCells(xmlOf(old), xmlOf(now), columns);
    } else expect(isOurs(xmlOf(old)), part).toBe(true);
  }
  return { sheets, shared, added: [...after.keys()].filter(part => !before.has(part)) };
}

function sameCells(before: string, after: string, columns: ReadonlySet<string>): void {
  const now = cellTexts(after);
  for (const [reference, xml] of cellTexts(before)) {
    if (!columns.has(reference.replace(/\d+$/, ''))) expect(now.get(reference), reference).toBe(xml);
  }
  expect(withoutColumns(after, columns)).toBe(withoutColumns(before, columns));
  expect(columnLooks(after, columns)).toEqual(columnLooks(before, columns));
  sameMerges(before, after, columns);
}

/** What `<cols>` says of each column that is not ours: width, style, outline, hidden …, whatever ranges it is written in. */
function columnLooks(xml: string, ours: ReadonlySet<string>): ReadonlyMap<number, string> {
  const looks = new Map<number, string>();
  const [cols = ''] = /<((?:\w+:)?cols)>[\s\S]*?<\/\1>/.exec(xml) ?? [];
  for (const [tag] of cols.matchAll(/<(?:\w+:)?col\s[^>]*>/g)) {
    const attributes = [...tag.matchAll(/([\w:]+)\s*=\s*"([^"]*)"/g)].map(([, name, value]) => [name, value] as const);
    const edge = (wanted: string): number => Number(attributes.find(([name]) => name === wanted)?.[1]);
    const rest = attributes.filter(([name]) => name !== 'min' && name !== 'max').sort();
    for (let col = edge('min'); col <= edge('max'); col += 1)
      if (!ours.has(columnLetters(col))) looks.set(col, rest.map(([name, value]) => `${name}=${value}`).join(' '));
  }
  return looks;
}

/** Merged cells stay, but for a heading above our columns, which may reach further to the right; new ones are over ours alone. */
function sameMerges(before: string, after: string, ours: ReadonlySet<string>): void {
  const [old, now] = [mergesOf(before), mergesOf(after)];
  const grown = (ref: string, wider: string): boolean => {
    const [[left, bottom], [same, end]] = [corners(ref), corners(wider)];
    const letters = end.replace(/\d+$/, '');
    return left === same && bottom.replace(/^[A-Z]+/, '') === end.replace(/^[A-Z]+/, '') && ours.has(letters);
  };
  const gone = old.filter(ref => !now.includes(ref) && !now.some(wider => grown(ref, wider)));
  expect(gone).toEqual([]);
  const fresh = now.filter(ref => !old.includes(ref) && !old.some(narrow => grown(narrow, ref)));
  expect(fresh.filter(ref => !corners(ref).every(corner => ours.has(corner.replace(/\d+$/, ''))))).toEqual([]);
}

function mergesOf(xml: string): string[] {
  return [...xml.matchAll(/<(?:\w+:)?mergeCell\s[^>]*ref="([^"]+)"/g)].map(([, ref = '']) => ref);
}

function corners(ref: string): [string, string] {
  const [first = '', last = first] = ref.split(':');
  return [first, last];
}

/** Everything that stood there still stands there, in the same order; counts and ranges aside. */
function onlyAdded(before: string, after: string, part: string): void {
  const pieces = (xml: string): string[] =>
    (xml.match(/<[^>]*>|[^<]+/g) ?? []).map(p => p.replace(/ (count|ref)="[^"]*"/g, '').replace('/>', '>'));
  const now = pieces(after);
  let at = 0;
  for (const piece of pieces(before)) {
    const isFilter = /\$[A-Z]+\$\d+:\$[A-Z]+\$\d+/.test(piece);
    const next = now.findIndex(
      (p, i) => i >= at && (p === piece || (isFilter && /\$[A-Z]+\$\d+:\$[A-Z]+\$\d+/.test(p))),
    );
    expect(next, `${part}: ${piece}`).toBeGreaterThanOrEqual(0);
    at = next + 1;
  }
}

export function xmlOf(entry: RawEntry | undefined): string {
  return entry?.content.toString('utf8') ?? '';
}
