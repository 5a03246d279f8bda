import stringWidth from 'string-width';

/** Han, its punctuation and full-width signs take two cells; the others here take one. */
const ORDINARY = /^[ -~·×–—‘’“”…①-⑳✓✗█░\u3001-\u3029\u3030-\u303E\u4E00-\u9FFF\uFF01-\uFF5E]*$/;
const FIRST_WIDE = 0x3001;

/** Width in terminal cells. What nearly every text consists of is told without looking for emoji and combining marks. */
export function widthOf(written: string): number {
  if (!ORDINARY.test(written)) return stringWidth(written);
  let width = written.length;
  for (let at = 0; at < written.length; at += 1) if (written.charCodeAt(at) >= FIRST_WIDE) width += 1;
  return width;
}
