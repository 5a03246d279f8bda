import type { FindingState } from '../../../reconcile/state.js';
import { fold } from '../../fold.js';
import type { NoticeFinding, ParsedNotice } from '../../parsed.js';

/** A finding of the notice and the ledger's finding that it is. */
export type Pair = { readonly told: NoticeFinding; readonly state: FindingState };

export type Pairs = {
  readonly pairs: readonly Pair[];
  /** Of the notice, not in the ledger. */
  readonly unknown: readonly NoticeFinding[];
  /** Of the ledger, not in the notice. */
  readonly absent: readonly FindingState[];
};

/** Two titles that share as much are one finding in other words. */
const alike = 0.6;

/**
 * Pairs findings by their words: a notice numbers what it publishes anew, so the number decides only between equals.
 * Equal titles first, then one that begins with the other, then the likest.
 */
export function pairFindings(parsed: ParsedNotice, states: readonly FindingState[]): Pairs {
  const told = parsed.sections.flatMap(section => section.findings);
  const left = new Map(states.map(state => [state, bare(state.finding.title)]));
  const paired = new Map<NoticeFinding, FindingState>();
  const settle = (fits: (title: string, whole: string, own: string) => boolean) => {
    for (const finding of told) {
      if (paired.has(finding)) continue;
      const title = bare(finding.title);
      const whole = bare(`${finding.title}${finding.detail}`);
      const found = [...left].filter(([, own]) => fits(title, whole, own));
      const [best] = found.find(([state]) => state.finding.number === finding.number) ?? found[0] ?? [];
      if (best === undefined) continue;
      paired.set(finding, best);
      left.delete(best);
    }
  };
  settle((title, whole, own) => own === title || own === whole);
  settle(
    (title, whole, own) => title.length >= 6 && (own.startsWith(title) || whole.startsWith(own)) && own.length >= 6,
  );
  for (const finding of told) {
    if (paired.has(finding)) continue;
    const words = pairsOfLetters(bare(finding.title));
    let best: { state: FindingState; likeness: number } | undefined;
    for (const [state, own] of left) {
      const likeness = share(words, pairsOfLetters(own));
      if (likeness >= alike && (best === undefined || likeness > best.likeness)) best = { state, likeness };
    }
    if (best === undefined) continue;
    paired.set(finding, best.state);
    left.delete(best.state);
  }
  return {
    pairs: told.flatMap(finding => {
      const state = paired.get(finding);
      return state === undefined ? [] : [{ told: finding, state }];
    }),
    unknown: told.filter(finding => !paired.has(finding)),
    absent: [...left.keys()],
  };
}

/** Letters and digits only: quotation marks and stops are typed in many ways. */
function bare(title: string): string {
  return fold(title)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/问题$/u, '');
}

function pairsOfLetters(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const two = text.slice(at, at + 2);
    found.set(two, (found.get(two) ?? 0) + 1);
  }
  return found;
}

/** Dice's coefficient. */
function share(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0;
  let all = 0;
  for (const count of a.values()) all += count;
  for (const [two, count] of b) {
    all += count;
    common += Math.min(count, a.get(two) ?? 0);
  }
  return all === 0 ? 0 : (2 * common) / all;
}
