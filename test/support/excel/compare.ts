import { expect } from 'vitest';
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
