import { randomBytes } from 'node:crypto';
import { digest } from './digest.js';

/*
 * Short ids that stand in the workbook: the ledger's (hidden marker), a row's (行标识) and, as its first part, the finding's.
 * `f3k9-2p7`: finding f3k9, row 2p7.
 */

/** No vowels (no words by accident), nothing that looks like something else (0 o, 1 l i). */
const LETTERS = 'bcdfghjkmnpqrstvwxz';
const SIGNS = `23456789${LETTERS}`;

const LEDGER_ID = new RegExp(`^[${LETTERS}][${SIGNS}]{7,9}$`);
const FINDING_ID = new RegExp(`^[${LETTERS}][${SIGNS}]{3,9}$`);
const ROW_ID = new RegExp(`^([${LETTERS}][${SIGNS}]{3,9})-[${SIGNS}]{3,10}$`);

/** A new, random ledger id of 9 characters. */
export function newLedgerId(): string {
  return spell(randomBytes(6).readUIntBE(0, 6), 9);
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

/**
 * Hands out finding ids made from titles, none of `taken` and none twice. The same title gives the same id while that is free.
 * One maker for one run, so that many equal titles stay cheap.
 */
export function findingIdMaker(taken: ReadonlySet<string>): (title: string) => string {
  const make = idMaker(taken, 4);
  return title => make('', ['finding', title]);
}

/** The same for rows: made from the finding's id and the row's fingerprint. */
export function rowIdMaker(taken: ReadonlySet<string>): (finding: string, fingerprint: string) => string {
  const make = idMaker(taken, 3);
  return (finding, fingerprint) => make(`${finding}-`, ['row', finding, fingerprint]);
}

function idMaker(taken: ReadonlySet<string>, shortest: number): (prefix: string, source: readonly string[]) => string {
  const given = new Set(taken);
  /** Attempts made with a source whose first id was not free. */
  const used = new Map<string, number>();
  return (prefix, source) => {
    let id = prefix + spell(digest(source), shortest);
    if (given.has(id)) {
      const key = source.join('\n');
      const first = used.get(key) ?? 1;
      let attempt = first;
      for (; given.has(id); attempt += 1) {
        // A character more after every four collisions: ids are as short as the ledger allows.
        const length = Math.min(shortest + Math.floor((attempt - first + 1) / 4), LONGEST);
        id = prefix + spell(digest([...source, String(attempt)]), length);
      }
      used.set(key, attempt);
    }
    given.add(id);
    return id;
  };
}

/** As many signs as 48 bits give. */
const LONGEST = 10;

/** The first `length` signs of a whole number of 48 bits or more; the first is a letter, so that no program takes it for a number. */
function spell(number: number, length: number): string {
  let rest = number;
  let id = '';
  while (id.length < length) {
    const signs = id === '' ? LETTERS : SIGNS;
    id += signs.charAt(rest % signs.length);
    rest = Math.floor(rest / signs.length);
  }
  return id;
}
