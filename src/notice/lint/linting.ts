import type { Day } from '../../model/day.js';
import type { Diagnostic, Level } from '../../model/diagnostic.js';
import type { Mapping } from '../../read/mapping.js';
import { fold } from '../fold.js';
import { lineDiagnostic, type SaidOfLine } from '../line-diagnostic.js';
import type { ParsedNotice } from '../parsed.js';
import type { Source } from '../source.js';

/** Everything a rule of the notice lint may look at. */
export type Linting = {
  readonly source: Source;
  readonly parsed: ParsedNotice;
  readonly mappings: readonly Mapping[];
  readonly asOf: Day;
  /** Levels from the config, by check id. */
  readonly levels: Readonly<Partial<Record<string, Level | 'off'>>>;
  /** What the notice may tell: an internal one also what is 党内通报. Only asked when it is compared with a ledger. */
  readonly edition: 'public' | 'internal';
  /** The text of a line; empty for a number that is none. */
  lineText(line: number): string;
};

/** One thing to say about a line, with the place in it. */
export type Remark = {
  readonly diagnostic: Diagnostic;
  /** Offset and length in the line's text, UTF-16; the length is 0 when it is about the line as a whole. */
  readonly from: number;
  readonly length: number;
};

/** One rule: what it looks for is described in checks/elsewhere.ts (or in the check of the same id). */
export type Rule = (linting: Linting) => Iterable<Remark>;

/**
 * A remark about words of a line. The words are looked for in the line (full-width forms are the same, and what the
 * reader cut off at either end is no matter); without them the remark is about the whole line.
 */
export function remark(
  linting: Linting,
  check: string,
  level: Level,
  object: string,
  said: SaidOfLine & { readonly words?: string | undefined },
): Remark {
  const { words, ...rest } = said;
  const diagnostic = lineDiagnostic(check, level, object, rest);
  return placed(diagnostic, linting.lineText(said.line), words);
}

/**
 * The remark with its column (1-based, in characters of the line).
 * @param inside a part of the words that is marked alone, where it stands in them
 */
export function placed(diagnostic: Diagnostic, line: string, words: string | undefined, inside?: string): Remark {
  const wide = words === undefined ? undefined : findWords(line, words);
  if (wide === undefined) return { diagnostic, from: 0, length: 0 };
  const at = inside === undefined ? -1 : line.indexOf(inside, wide.from);
  const spot = at < 0 || inside === undefined ? wide : { from: at, length: inside.length };
  return { diagnostic: { ...diagnostic, at: { ...diagnostic.at, col: spot.from + 1 } }, ...spot };
}

/** Where the words stand in the line: as they are, or their longest beginning that is found there. */
function findWords(line: string, words: string): { readonly from: number; readonly length: number } | undefined {
  const folded = fold(line);
  const [first = ''] = fold(words).trim().split('\n');
  for (const length of [first.length, 40, 20, 10, 6]) {
    if (length > first.length || length < 1) continue;
    const from = folded.indexOf(first.slice(0, length));
    if (from >= 0) return { from, length };
  }
  return undefined;
}
