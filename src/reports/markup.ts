const made: unique symbol = Symbol('markup');

/** A piece that is safe to put into a page: made by `html`, or by `trusted` from the program's own text. */
export type Markup = { readonly [made]: string };

export type Part = Markup | string | number | undefined | readonly Part[];

/**
 * A page is written with this tag alone: every text put in is escaped, for element content and quoted attributes alike.
 * `undefined` puts in nothing, a list its parts.
 */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let written = fixed[0] ?? '';
  for (const [index, part] of parts.entries()) written += partText(part) + (fixed[index + 1] ?? '');
  return { [made]: written };
}

/** The characters of a finished piece. */
export function characters(markup: Markup): string {
  return markup[made];
}

/** Text of the program's own that is markup already (its style sheet, its script, a drawing). Never a text of the ledger. */
export function trusted(written: string): Markup {
  return { [made]: written };
}

function partText(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  if (isList(part)) return part.map(partText).join('');
  return part[made];
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part);
}

/** Control characters and halves of letters have no place in a page; the bidirectional ones could make a cell show something else than it says. */
const unwanted = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF\p{Surrogate}]/gu;

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escaped(written: string): string {
  return written.replace(unwanted, '').replace(/[&<>"']/gu, letter => entities.get(letter) ?? '');
}
