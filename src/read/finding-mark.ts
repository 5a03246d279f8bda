import type { Finding } from './main.js';

/**
 * What the hidden column 问题标识 of a register holds: the id of the finding that the row means and the number it was known
 * by when the row was written. With both, a renumbered ledger is told from a number that the office retyped, sync after
 * sync and without any other memory.
 */
export type FindingMark = { readonly id: string; readonly number?: string };

export function findingMark(id: string, number: number): string {
  return `${id}@${number}`;
}

/** A mark without a number stands for itself: several findings, or a mark of an earlier version. */
export function parseFindingMark(written: string): FindingMark {
  const at = written.lastIndexOf('@');
  return at < 0 ? { id: written } : { id: written.slice(0, at), number: written.slice(at + 1) };
}

/** Longest title that a register repeats. */
const titleLetters = 40;

/** A finding's title as the column 问题名称 of a register shows it. */
export function registerTitle(title: string): string {
  const letters = [...title.replace(/\s+/g, ' ').trim()];
  return letters.length <= titleLetters ? letters.join('') : `${letters.slice(0, titleLetters - 1).join('')}…`;
}

/** Which finding 问题序号 means: by printed number, by position where there are none; of two with one number the first. */
export function findingsByNumber(findings: readonly Finding[]): Map<number, Finding> {
  const byNumber = new Map<number, Finding>();
  for (const finding of findings) {
    const number = finding.number ?? finding.index + 1;
    if (!byNumber.has(number)) byNumber.set(number, finding);
  }
  return byNumber;
}
