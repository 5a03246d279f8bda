/** Excel's own escape for characters that XML cannot hold: `_x000D_`. */

const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;

/** A text as a person sees it: `_x000D_` and the like resolved, once. */
export function decodeCellText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Excel's limit for the text of one cell, in UTF-16 units. */
export const MAX_CELL_TEXT = 32_767;

/**
 * A text as a cell can hold it: cut at Excel's limit, half surrogates replaced.
 * What the store writes is this, so what it reads back is this too.
 */
export function storableText(text: string): string {
  const cut = text.length > MAX_CELL_TEXT ? `${text.slice(0, MAX_CELL_TEXT - 1)}…` : text;
  return cut.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The inverse of `decodeCellText`: control characters, lone carriage returns and literal `_x000D_` are escaped. */
export function encodeCellText(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
      c => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}
