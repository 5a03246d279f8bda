/** Anything `toHalfWidth` would change. Most texts have none of it and are returned as they are. */
const WIDE = /[\uFF01-\uFF5E\u3000\u00A0\u2002-\u200A\u202F\u2212\uFFE5]/;
const WIDE_ALL = /[\uFF01-\uFF5E\u3000\u00A0\u2002-\u200A\u202F\u2212\uFFE5]/g;

/** Texts up to this length are put together here: every text of a ledger goes through several times. */
const SHORT = 1024;
const utf16 = Buffer.alloc(SHORT * 2);

/**
 * Full-width digits, letters and punctuation as their ASCII forms, every kind of blank as a space, the minus sign as
 * `-`, `￥` as `¥`. Chinese punctuation without a full-width ASCII form (。、《》) stays. One character for one, so
 * offsets into the result are offsets into the text.
 */
export function toHalfWidth(text: string): string {
  if (!WIDE.test(text)) return text;
  if (text.length > SHORT) return text.replace(WIDE_ALL, char => String.fromCharCode(halfWidth(char.charCodeAt(0))));
  for (let i = 0; i < text.length; i += 1) {
    const code = halfWidth(text.charCodeAt(i));
    utf16[2 * i] = code & 0xff;
    utf16[2 * i + 1] = code >> 8;
  }
  return utf16.toString('utf16le', 0, text.length * 2);
}

function halfWidth(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  if (code === 0x2212) return 0x2d;
  if (code === 0xffe5) return 0xa5;
  const blank = code === 0x3000 || code === 0xa0 || (code >= 0x2002 && code <= 0x200a) || code === 0x202f;
  return blank ? 0x20 : code;
}

const BLANKS = /[\s\u200B-\u200D\u2060\uFEFF\u00AD]+/g;

/** Without blanks, line breaks and the invisible characters that come with copied text. */
export function compact(text: string): string {
  return text.replace(BLANKS, '');
}

const NOTHING =
  /^(?:[-‐-―─━_/\\|、.。*×…]+|暂?无|没有|暂?未?不?涉及|无此项|不适用|空白?|none|nil|null|n\.?[/.]?a\.?|(?:无|暂无|没有|未|不涉及)(?:相关)?(?:内容|情况|事项|问题|资金|金额)?)[.。]?$/i;

const NOTHING_BEGINS = /^[暂无没未不空涉]/;

/** The ways to write "nothing here": blank, 无, 暂无, 不涉及, 不适用, —, －, /, N/A. 0 is an amount, not nothing. */
export function isNothing(text: string): boolean {
  const first = text.charCodeAt(0);
  // Most texts begin with a Han character that none of these words begins with.
  if (first >= 0x4e00 && first <= 0x9fff && !NOTHING_BEGINS.test(text)) return false;
  if (text.length > 24) return compact(text) === '';
  const plain = compact(toHalfWidth(text));
  return plain === '' || NOTHING.test(plain);
}
