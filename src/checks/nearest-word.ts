/** Words that turn a status round: 未完成 is one letter away from 已完成 and means the opposite. */
const negation = /[未不没无否非]|not |no |never |un(?=\w)|incomplete|not$/u;

/**
 * The known word nearest to a written one, and what it stands for; undefined when nothing is near. Both are in the form
 * in which words are looked up (`wordKey`). A word that negates is never matched with one that does not.
 */
export function nearestWord(
  written: string,
  words: ReadonlyMap<string, string>,
): { readonly word: string; readonly value: string } | undefined {
  if (written.length > 30) return undefined;
  const negated = negation.test(written);
  let best: { word: string; value: string; cost: number } | undefined;
  for (const [word, value] of words) {
    if (negation.test(word) !== negated) continue;
    // A short word inside a longer cell (“已完成（见附件）”) is nearer than its length says.
    const inside = word.length >= 2 && written.includes(word);
    const cost = inside ? 0.5 + (written.length - word.length) / 100 : distance(written, word);
    const most = Math.max(written.length, word.length) / 2;
    if ((inside || cost <= most) && (best === undefined || cost < best.cost)) best = { word, value, cost };
  }
  return best === undefined ? undefined : { word: best.word, value: best.value };
}

/** Levenshtein distance in UTF-16 units; both texts are at most some dozen long. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
