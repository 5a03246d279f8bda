/** Points of a line at 10 points, and of the space above and below the text. */
const LINE = 14;
const PADDING = 6;

/**
 * Height in points of a row in which a text at 10 points wraps in a column of `width` characters. An estimate, on the
 * generous side: fonts differ from computer to computer, and a cut line is worse than a blank one.
 */
export function heightFor(written: string, width: number): number {
  let lines = 0;
  for (const line of written.split('\n')) lines += Math.max(1, Math.ceil(columnsOf(line) / Math.max(1, width - 2)));
  return Math.max(20, lines * LINE + PADDING);
}

/** A Han character is two columns wide. */
function columnsOf(line: string): number {
  let columns = 0;
  for (const letter of line) columns += letter.charCodeAt(0) > 255 ? 2 : 1;
  return columns;
}
