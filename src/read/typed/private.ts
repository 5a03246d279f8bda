import { toHalfWidth } from './normalise.js';

/** Personal data that must not leave the house in a shared or published text. */
export type PrivateKind = 'mobile' | 'id-number' | 'bank-card' | 'mailbox';

/** `offset` and `length` are UTF-16 positions in the text that was searched. */
export type PrivatePart = {
  readonly kind: PrivateKind;
  readonly offset: number;
  readonly length: number;
  readonly text: string;
};

/** Nothing below can match a text without one of these, full-width or not; most cells have none. */
const WORTH_LOOKING = /[\d０-９]{3}[\d０-９ \-－\u2212\u3000\u00A0\u2002-\u200A\u202F]{7}|[@＠]/;

/** A run of digits that people may have grouped by blanks or dashes; letters at its edge make it a code of another kind. */
const DIGITS = /(?<![\dA-Za-z.])(?:\+?86[ -]?)?\d(?:[ -]?\d){9,18}[Xx]?(?![\dA-Za-z]|\.\d)/g;
const MAILBOX = /[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?@((?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10})/g;

/** Numbers of papers and bodies, not of persons, are announced as such: 票据号13800138000. */
const OF_A_PAPER =
  /(?:票据|发票|票|文|凭证|收据|缴款书|流水|单据|合同|档案|卷|案件|信用|机构|项目|资产|编|证书|批准|备案|税|订单)(?:代码|编码|编号|号码|单号|号)?(?:码)?\s*(?:为|是|:|No\.?|№)?\s*$|(?:No\.?|№|代码|编码|编号)\s*:?\s*$/i;

/** Mailboxes that anybody can open for himself; a body's own domain is none of them. */
const PUBLIC_PROVIDERS: ReadonlySet<string> = new Set([
  'qq.com',
  'foxmail.com',
  '163.com',
  '126.com',
  '188.com',
  'yeah.net',
  'sina.com',
  'sina.cn',
  'sina.com.cn',
  'sohu.com',
  'tom.com',
  '21cn.com',
  '263.net',
  '139.com',
  '189.cn',
  'wo.cn',
  'aliyun.com',
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'live.cn',
  'msn.com',
  'icloud.com',
  'me.com',
  'yahoo.com',
  'yahoo.cn',
  'yahoo.com.cn',
  'proton.me',
]);

/** Whether it is worth looking for personal data in a text at all. */
export function mayHoldPrivate(text: string): boolean {
  return WORTH_LOOKING.test(text);
}

/**
 * Mobile numbers, ID numbers (GB 11643 with a right check digit), bank cards (right check digit and a prefix that cards
 * have) and private mailboxes in a text, left to right. 票据号, 文号, unified social credit codes and landline numbers
 * are none of these.
 */
export function findPrivate(text: string): readonly PrivatePart[] {
  if (!mayHoldPrivate(text)) return [];
  const line = toHalfWidth(text);
  const found: PrivatePart[] = [];
  for (const match of line.matchAll(DIGITS)) {
    const kind = kindOfDigits(match[0]);
    if (kind === undefined || OF_A_PAPER.test(line.slice(Math.max(0, match.index - 16), match.index))) continue;
    found.push(part(kind, text, match.index, match[0].length));
  }
  for (const match of line.matchAll(MAILBOX)) {
    const domain = (match[1] ?? '').toLowerCase().replace(/^vip\./, '');
    if (PUBLIC_PROVIDERS.has(domain)) found.push(part('mailbox', text, match.index, match[0].length));
  }
  return found.sort((a, b) => a.offset - b.offset);
}

function part(kind: PrivateKind, text: string, offset: number, length: number): PrivatePart {
  return { kind, offset, length, text: text.slice(offset, offset + length) };
}

/** Without grouping, and without the country code of a mobile number. */
function digitsOf(written: string): string {
  const plain = written.replace(/[ -]/g, '').toUpperCase();
  return plain.replace(/^\+?86(?=1[3-9]\d{9}$)/, '');
}

function kindOfDigits(written: string): PrivateKind | undefined {
  const plain = digitsOf(written);
  if (/^1[3-9]\d{9}$/.test(plain)) return 'mobile';
  if (isIdNumber(plain)) return 'id-number';
  return isBankCard(plain) ? 'bank-card' : undefined;
}

/** Weights and check characters of GB 11643 (ISO 7064, MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** Region, a birth date that can be, and the check character. */
function isIdNumber(plain: string): boolean {
  const match = /^[1-8]\d{5}((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[\dX]$/.exec(plain);
  if (match === null) return false;
  const [month, day] = [Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(plain[at]), 0);
  return CHECK_CHARACTERS[sum % 11] === plain[17];
}

/** 62 and 60: UnionPay; 4, 51–55: international brands; 9558: older cards of one large bank. */
const CARD_PREFIX = /^(?:6[02]|4|5[1-5]|9558)\d+$/;

function isBankCard(plain: string): boolean {
  return plain.length >= 16 && plain.length <= 19 && CARD_PREFIX.test(plain) && luhn(plain);
}

/** The Luhn check digit (ISO/IEC 7812-1, annex B). */
function luhn(digits: string): boolean {
  let total = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 0 ? digit : digit * 2;
    total += doubled > 9 ? doubled - 9 : doubled;
  }
  return total % 10 === 0;
}

/** What may be shown of it: 138****8000, a****@qq.com. */
export function maskedPart(found: PrivatePart): string {
  if (found.kind === 'mailbox') return `${found.text.slice(0, 1)}****${found.text.slice(found.text.indexOf('@'))}`;
  const plain = digitsOf(toHalfWidth(found.text));
  const [head, tail] = found.kind === 'mobile' ? [3, 4] : [4, 2];
  return `${plain.slice(0, head)}****${plain.slice(-tail)}`;
}

/** The text with every part of it that `findPrivate` finds masked, or those of some kinds. */
export function maskPrivate(text: string, kinds?: readonly PrivateKind[]): string {
  let masked = '';
  let at = 0;
  for (const found of findPrivate(text)) {
    // A mailbox of digits (13800138000@163.com) is found twice; the first covers the second.
    if (found.offset < at || kinds?.includes(found.kind) === false) continue;
    masked += text.slice(at, found.offset) + maskedPart(found);
    at = found.offset + found.length;
  }
  return masked + text.slice(at);
}
