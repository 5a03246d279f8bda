import { hash, randomBytes } from 'node:crypto';

/*
 * Short ids that stand in the workbook: the ledger's (hidden marker), a row's (行标识) and, as its first part, the finding's.
 * `f3k9-2p7`: finding f3k9, row 2p7.
 */

/** No vowels (no words by accident), nothing that looks like something else (0 o, 1 l i). */
const LETTERS = 'bcdfghjkmnpqrstvwxz';
const SIGNS = `23456789${LETTERS}`;

const LEDGER_ID = new RegExp(`^[${LETTERS}][${SIGNS}]{7,9}$`);
const FINDING_ID = new RegExp(`^[${LETTERS}][${SIGNS}]{3,15}$`);
const ROW_ID = new RegExp(`^([${LETTERS}][${SIGNS}]{3,15})-[${SIGNS}]{3,15}$`);

/** A new, random ledger id of 9 characters. */
export function newLedgerId(): string {
  return spell(randomBytes(16).toString('hex'), 9);
}

/** Whether a text is a ledger id as `newLedgerId` makes them. */
export function isLedgerId(value: string): boolean {
  return LEDGER_ID.test(value);
}

export function isFindingId(value: string): boolean {
  return FINDING_ID.test(value);
}

/** The finding's id that a row id carries; undefined when it is no row id. */
export function findingOf(rowId: string): string | undefined {
  return ROW_ID.exec(rowId)?.[1];
}

/** What stands in an id cell, as the program would have written it; undefined when it cannot be one of ours. */
export function readRowId(cellText: string): string | undefined {
  const id = cellText.normalize('NFKC').trim().toLowerCase();
  return ROW_ID.test(id) ? id : undefined;
}

/** A finding id made from its title; never one of `taken`. The same title gives the same id while it is free. */
export function newFindingId(title: string, taken: ReadonlySet<string>): string {
  for (let attempt = 0; ; attempt += 1) {
    const id = spell(hash('sha256', `finding\n${title}\n${attempt}`), lengthFor(4, attempt));
    if (!taken.has(id)) return id;
  }
}

/** Hands out row ids. One maker for one run, so that many equal rows stay cheap. */
export function rowIdMaker(taken: ReadonlySet<string>): (finding: string, fingerprint: string) => string {
  const given = new Set(taken);
  const attempts = new Map<string, number>();
  return (finding, fingerprint) => {
    const source = `row\n${finding}\n${fingerprint}`;
    for (let attempt = attempts.get(source) ?? 0; ; attempt += 1) {
      const id = `${finding}-${spell(hash('sha256', `${source}\n${attempt}`), lengthFor(3, attempt))}`;
      if (given.has(id)) continue;
      given.add(id);
      attempts.set(source, attempt + 1);
      return id;
    }
  };
}

/** A character more after every four collisions: ids are as short as the ledger allows. */
function lengthFor(shortest: number, attempt: number): number {
  return Math.min(shortest + Math.floor(attempt / 4), 15);
}

/** The first `length` signs of a number given as hex digits; the first sign is a letter, so no program takes it for a number. */
function spell(hex: string, length: number): string {
  let rest = BigInt(`0x${hex}`);
  let id = '';
  while (id.length < length) {
    const signs = id === '' ? LETTERS : SIGNS;
    const base = BigInt(signs.length);
    id += signs.charAt(Number(rest % base));
    rest /= base;
  }
  return id;
}
