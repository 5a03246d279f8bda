import stringWidth from 'string-width';

/** Width in terminal cells. What nearly every text consists of is told without looking for emoji and combining marks. */
export function widthOf(written: string): number {
  if (/^[ -~]*$/.test(written)) return written.length;
  if (/^[\u3001-\u3029\u3030-\u303E\u4E00-\u9FFF\uFF01-\uFF5E]+$/.test(written)) return 2 * written.length;
  return stringWidth(written);
}
