/**
 * Full-width forms and their half-width twins are the same to a reader. `fold` maps them one to one, so an offset in
 * the folded text is the offset in the text as typed; everything here matches on folded text and cuts the typed one.
 */
export function fold(text: string): string {
  return (
    text
      .replace(/[\uFF01-\uFF5E]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
      .replace(/[\u3000\u00A0\u2002-\u200A\t\uFEFF\u200B]/g, ' ')
      // A half-width full stop after Chinese words ends a sentence; after 一 at the head of a line it is a marker.
      .replace(
        /(?<=[\u4e00-\u9fff”》)\]】%])(?<!^\s{0,8}[(第]?[一二三四五六七八九十]{1,3}[)]?)\.|(?<=[A-Za-z\d])\.(?=[一二三四五六七八九十]{1,2}是)/g,
        '。',
      )
  );
}

const openers = new Map([
  ['“', '”'],
  ['‘', '’'],
  ['《', '》'],
  ['〈', '〉'],
  ['「', '」'],
  ['『', '』'],
  ['(', ')'],
  ['〔', '〕'],
]);

/**
 * For each character of a folded line, whether it stands inside a quotation, a book title or parentheses. There, nothing
 * is a marker and no sentence ends. A quotation that is never closed protects nothing.
 */
export function protectedMask(folded: string): Uint8Array {
  const mask = new Uint8Array(folded.length);
  const open: { readonly close: string; readonly at: number }[] = [];
  let straight = -1;
  for (let at = 0; at < folded.length; at += 1) {
    const char = folded[at] ?? '';
    const close = openers.get(char);
    if (close !== undefined) {
      // Twenty unclosed openers are a damaged text, not a quotation.
      if (open.length < 20) open.push({ close, at });
      continue;
    }
    if (char === '"') {
      if (straight >= 0 && at - straight <= 60) {
        mask.fill(1, straight, at + 1);
        straight = -1;
      } else straight = at;
      continue;
    }
    for (let depth = open.length - 1; depth >= 0; depth -= 1) {
      const entry = open[depth];
      if (entry?.close !== char) continue;
      // Inner pairs were filled already; only the outermost fill is long.
      if (depth === 0) mask.fill(1, entry.at, at + 1);
      else markPair(mask, entry.at, at);
      open.length = depth;
      break;
    }
  }
  return mask;
}

/** An inner pair matters only when its outer one is never closed; then its edges are enough to fill from. */
function markPair(mask: Uint8Array, from: number, to: number): void {
  if (to - from <= 200) mask.fill(1, from, to + 1);
}

export type Piece = { readonly text: string; readonly at: number };

/** Cuts at 。；！？ outside quotations, book titles and parentheses; the mark stays with its sentence. */
export function sentences(text: string, ends: RegExp = /[。;!?]/): readonly Piece[] {
  const folded = fold(text);
  const mask = protectedMask(folded);
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < folded.length; at += 1) {
    if (mask[at] === 1 || !ends.test(folded[at] ?? '')) continue;
    pieces.push({ text: text.slice(from, at + 1), at: from });
    from = at + 1;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), at: from });
  return pieces.filter(piece => piece.text.trim() !== '');
}

/** Without blanks and without the punctuation that ends a clause. */
export function trimmed(text: string): string {
  return text.replace(/^[\s\u3000,，:：;；、.。—-]+/, '').replace(/[\s\u3000,，:：;；、.。—-]+$/, '');
}

/** Cuts blanks at both ends and the sentence mark at the end. */
export function withoutEndMark(text: string): string {
  return text
    .trim()
    .replace(/[。；;，,、：:.．→⇒➔]+$/, '')
    .trim();
}
