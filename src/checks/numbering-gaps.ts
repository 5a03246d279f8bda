import { headerKey } from '../read/headers.js';
import type { Finding, Focus } from '../read/main.js';
import type { Examining } from './check.js';

/** Numbers that are missing from a run 1, 2, 3 …, and items that share one. */
export type Gaps<T> = {
  readonly missing: readonly {
    readonly number: number;
    readonly after: T | undefined;
    readonly before: T | undefined;
  }[];
  /** Items of one number, two or more. */
  readonly repeated: readonly { readonly number: number; readonly items: readonly T[] }[];
};

type Numbered<T> = { readonly number: number; readonly item: T };

/**
 * What is missing between 1 and the highest number (or `atLeast`, when more are known to exist). Numbers that leave out
 * far more than they name are codes (2023001, 3101), not a count: nothing is missing from them.
 */
export function gapsOf<T>(list: readonly Numbered<T>[], atLeast = 0): Gaps<T> {
  const byNumber = new Map<number, T[]>();
  for (const { number, item } of list) {
    const items = byNumber.get(number);
    if (items === undefined) byNumber.set(number, [item]);
    else items.push(item);
  }
  const numbers = [...byNumber.keys()].sort((a, b) => a - b);
  const highest = Math.max(numbers.at(-1) ?? 0, atLeast);
  const repeated = [...byNumber].flatMap(([number, items]) => (items.length > 1 ? [{ number, items }] : []));
  if (highest - numbers.length > 10 + 2 * numbers.length) return { missing: [], repeated };
  const missing: { number: number; after: T | undefined; before: T | undefined }[] = [];
  let after: T | undefined;
  let position = 0;
  for (let number = 1; number <= highest; number += 1) {
    const present = byNumber.get(number)?.[0];
    if (present !== undefined) {
      after = present;
      position += 1;
      continue;
    }
    const next = numbers[position];
    missing.push({ number, after, before: next === undefined ? undefined : byNumber.get(next)?.[0] });
  }
  return { missing, repeated };
}

/** Gaps of the findings' numbers: one run through the ledger, or one a focus area where each begins at 1. */
export function findingGaps({ ledger }: Examining): readonly Gaps<Finding>[] {
  const { numbering, findings } = ledger.main;
  if (ledger.facts.values.scope === 'part' || numbering === 'row' || numbering === 'none') return [];
  const blocks = numbering === 'global' ? blocksOf(findings) : undefined;
  const runs = new Map<number | undefined, Numbered<Finding>[]>();
  for (const finding of findings) {
    if (finding.number === undefined) continue;
    const run = numbering === 'section' ? finding.focus?.index : blocks?.get(finding);
    const list = runs.get(run);
    const one = { number: finding.number, item: finding };
    if (list === undefined) runs.set(run, [one]);
    else list.push(one);
  }
  // 反馈问题总数 says how far the numbers must go, where there is one run of them.
  const stated = numbering === 'global' && runs.size === 1 ? ledger.facts.values.statedFindings : undefined;
  return [...runs.values()].map(run => gapsOf(run, stated));
}

/**
 * Numbers that begin at 1 again although no focus area says why: blocks of their own, when each counts at least to 2.
 * Undefined for one run.
 */
function blocksOf(findings: readonly Finding[]): ReadonlyMap<Finding, number> | undefined {
  const blocks = new Map<Finding, number>();
  const sizes: number[] = [];
  for (const finding of findings) {
    if (finding.number === undefined) continue;
    if (finding.number === 1) sizes.push(0);
    if (sizes.length === 0) return undefined;
    sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + 1;
    blocks.set(finding, sizes.length - 1);
  }
  return sizes.length > 1 && sizes.every(size => size > 1) ? blocks : undefined;
}

/** （一） and 一、 are two levels: what is numbered at one level begins anew under each item of the level above. */
function styleOf(title: string): string {
  return /^\s*[（(]/u.test(title) ? 'bracketed' : /^\s*第/u.test(title) ? 'part' : 'plain';
}

/** Gaps of the focus areas' ordinals. */
export function sectionGaps({ ledger }: Examining): readonly Gaps<Focus>[] {
  if (ledger.facts.values.scope === 'part') return [];
  const finished: Numbered<Focus>[][] = [];
  const open = new Map<string, Numbered<Focus>[]>();
  let top: string | undefined;
  for (const focus of ledger.main.focuses) {
    if (focus.ordinal === undefined) continue;
    const style = styleOf(focus.title);
    top ??= style;
    if (style === top) {
      for (const [other, run] of open) {
        if (other === top) continue;
        finished.push(run);
        open.delete(other);
      }
    }
    const run = open.get(style);
    const one = { number: focus.ordinal, item: focus };
    if (run === undefined) open.set(style, [one]);
    else run.push(one);
  }
  return [...finished, ...open.values()].map(run => gapsOf(run));
}

/** A finding gap and a section gap at the same spot: very likely one section that was left out. */
export type Story = { readonly section: number; readonly findings: readonly number[] };

/** Sections that are missing exactly where findings are missing. */
export function storiesOf(examining: Examining): readonly Story[] {
  if (examining.ledger.main.numbering !== 'global') return [];
  const missing = findingGaps(examining).flatMap(gaps => gaps.missing);
  const stories: Story[] = [];
  for (const gap of sectionGaps(examining).flatMap(gaps => gaps.missing)) {
    const findings = missing
      .filter(one => sameFocus(one.after?.focus, gap.after) && sameFocus(one.before?.focus, gap.before))
      .map(one => one.number);
    if (findings.length > 0) stories.push({ section: gap.number, findings });
  }
  return stories;
}

function sameFocus(a: Focus | undefined, b: Focus | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && headerKey(a.title) === headerKey(b.title));
}

/** 8、9 and 14至20. */
export function numbersText(numbers: readonly number[], until: string, separator: string): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; i += 1) {
    const first = numbers[i] ?? 0;
    let last = first;
    while (numbers[i + 1] === last + 1) {
      last += 1;
      i += 1;
    }
    parts.push(
      last - first > 1 ? `${first}${until}${last}` : last > first ? `${first}${separator}${last}` : `${first}`,
    );
  }
  return parts.join(separator);
}
