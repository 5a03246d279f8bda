/**
 * The candidate that a mistyped word most likely meant; undefined when none is close: at most a third of the letters differ
 * (at least one may).
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  const typed = [...word.toLowerCase()];
  for (const candidate of candidates) {
    const letters = [...candidate.toLowerCase()];
    const allowed = Math.max(1, Math.floor(Math.max(typed.length, letters.length) / 3));
    const edits = editDistance(typed, letters);
    if (edits <= allowed && edits < least) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
function editDistance(from: readonly string[], to: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  from.forEach((letter, row) => {
    const current = [row + 1];
    to.forEach((other, col) => {
      const replaced = (last[col] ?? 0) + (letter === other ? 0 : 1);
      const edits = Math.min(replaced, (last[col + 1] ?? 0) + 1, (current[col] ?? 0) + 1);
      const swapped = row > 0 && col > 0 && letter === to[col - 1] && other === from[row - 1];
      current.push(swapped ? Math.min(edits, (beforeLast[col - 1] ?? 0) + 1) : edits);
    });
    beforeLast = last;
    last = current;
  });
  return last[to.length] ?? 0;
}
