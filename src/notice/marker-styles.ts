import { fold } from './fold.js';
import type { Marker, MarkerKind } from './markers.js';

type Marked = { readonly text: string; readonly marker: Marker | undefined };

/**
 * "1." and "1、", "（1）" and "1）" are mostly one numbering written in two ways. Where each counts for itself from 1, they
 * are two levels, and the second way gets a kind of its own.
 */
export function ownStyles(lines: readonly Marked[]): (line: Marked) => MarkerKind | undefined {
  const apart = new Set<MarkerKind>();
  for (const kind of ['num', 'num-paren'] as const) {
    const counts = { first: newCount(), second: newCount() };
    for (const line of lines) {
      const { marker } = line;
      if (marker?.kind !== kind || marker.number === undefined) continue;
      take(isSecondStyle(line) ? counts.second : counts.first, marker.number);
    }
    if (countsForItself(counts.first) && countsForItself(counts.second)) apart.add(kind);
  }
  return line => {
    const kind = line.marker?.kind;
    if (kind === undefined || !apart.has(kind) || !isSecondStyle(line)) return kind;
    return kind === 'num' ? 'num-dun' : 'num-half';
  };
}

type Count = { all: number; inTurn: number; begins: number; last: number };

function newCount(): Count {
  return { all: 0, inTurn: 0, begins: 0, last: 0 };
}

function take(count: Count, number: number): void {
  count.all += 1;
  if (number === 1) count.begins += 1;
  if (number === 1 || number === count.last + 1) count.inTurn += 1;
  count.last = number;
}

function countsForItself({ all, inTurn, begins }: Count): boolean {
  return all >= 3 && begins > 0 && inTurn >= all * 0.9;
}

function isSecondStyle({ text, marker }: Marked): boolean {
  const words = fold(text.slice(0, marker?.length ?? 0)).trim();
  return marker?.kind === 'num' ? /^\d+\s*、/.test(words) : /^\d+\s*\)/.test(words);
}
