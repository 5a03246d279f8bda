/*
 * A quick fingerprint of texts. 53 bits: among 100,000 rows two different ones agree by chance about once in a million
 * ledgers. Nobody gains by making two rows agree, so this need not withstand attack; it runs over every text of the ledger,
 * and a cryptographic hash took longer than everything else about identity together.
 */

/** A whole number below 2^53, the same for the same texts. */
export function digest(texts: readonly string[]): number {
  let a = 0xdeadbeef | 0;
  let b = 0x41c6ce57 | 0;
  for (let one = 0; one < texts.length; one += 1) {
    const text = texts[one] ?? '';
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      a = Math.imul(a ^ unit, 0x9e3779b1);
      b = Math.imul(b ^ unit, 0x5f356495);
    }
    // One step beyond the end: 甲|乙 differs from 甲乙|.
    a = Math.imul(a ^ 0x1_0000, 0x9e3779b1);
    b = Math.imul(b ^ 0x1_0000, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b >>> 11) * 0x1_0000_0000 + (a >>> 0);
}

const BASE = 36;
/** Two signs at a time: `toString(36)` of a number beyond 32 bits takes longer than the digest of a row. */
const PAIRS: readonly string[] = Array.from({ length: BASE * BASE }, (_, n) => n.toString(BASE).padStart(2, '0'));

/** A digest in 11 signs. */
export function digestText(texts: readonly string[]): string {
  let rest = digest(texts);
  let spelled = '';
  for (let pair = 0; pair < 5; pair += 1) {
    const next = Math.floor(rest / PAIRS.length);
    spelled = (PAIRS[rest - next * PAIRS.length] ?? '') + spelled;
    rest = next;
  }
  return rest.toString(BASE) + spelled;
}
