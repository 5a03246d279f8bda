/** Anything `toHalfWidth` would change. Most texts have none of it and are returned as they are. */
const WIDE = /[\uFF01-\uFF5E\u3000\u00A0\u2002-\u200A\u202F\u2212\uFFE5]/;
const WIDE_ALL = /[\uFF01-\uFF5E\u3000\u00A0\u2002-\u200A\u202F\u2212\uFFE5]/g;

/**
 * Full-width digits, letters and punctuation as their ASCII forms, every kind of blank as a space, the minus sign as
 * `-`, `￥` as `¥`. Chinese punctuation without a full-width ASCII form (。、《》) stays. One character for one, so
 * offsets into the result are offsets into the text.
 */
export function toHalfWidth(text: string): string {
  return WIDE.test(text) ? text.replace(WIDE_ALL, halfWidth) : text;
}

function halfWidth(char: string): string {
  const code = char.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0x2212) return '-';
  return code === 0xffe5 ? '¥' : ' ';
}

const BLANKS = /[\s\u200B-\u200D\u2060\uFEFF\u00AD]+/g;

/** Without blanks, line breaks and the invisible characters that come with copied text. */
export function compact(text: string): string {
  return text.replace(BLANKS, '');
}

const NOTHING =
  /^(?:[-‐-―─━_/\\|、.。*×…]+|暂?无|没有|暂?未?不?涉及|无此项|不适用|空白?|none|nil|null|n\.?[/.]?a\.?|(?:无|暂无|没有|未|不涉及)(?:相关)?(?:内容|情况|事项|问题|资金|金额)?)[.。]?$/i;

/** The ways to write "nothing here": blank, 无, 暂无, 不涉及, 不适用, —, －, /, N/A. 0 is an amount, not nothing. */
export function isNothing(text: string): boolean {
  if (text.length > 24) return compact(text) === '';
  const plain = compact(toHalfWidth(text));
  return plain === '' || NOTHING.test(plain);
}
