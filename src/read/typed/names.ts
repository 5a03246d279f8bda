import { isNothing, toHalfWidth } from './normalise.js';

/** `lead` is the one marked 牵头 or 主办, else the first; '' when there is none. `all` has each once, the lead included. */
export type Names = { readonly lead: string; readonly all: readonly string[] };

const LEADS = '牵头|主办|主责|主抓|总负责';
const HELPS = '配合|协办|协助|参与|落实';
const OFFICE = '单位|部门|股室|科室|处室|领导|人员?|同志';
/** 牵头单位：, 配合部门：, 责任领导：; and 牵头： alone. */
const LABEL = new RegExp(
  `(?:^|(?<=[、,;。\\n\\s]))(?:(${LEADS})(?:责任)?(?:${OFFICE})?|(?:${HELPS})(?:责任)?(?:${OFFICE})?|(?:主要|直接|第一)?(?:责任|分管|负责|整改)(?:${OFFICE})?):`,
  'g',
);
/** （牵头）, [配合单位] behind a name; other brackets belong to the name: 机关党委（人事科）. */
const ROLE_NOTE = new RegExp(
  `[(\\[【](?:由)?(?:(${LEADS})|${HELPS}|主要|直接|第一|责任|负责)(?:责任)?(?:${OFFICE})?[)\\]】]$`,
);
/** 办公室（牵头）计财股（配合）: the role ends the name. */
const AFTER_NOTE = new RegExp(`[(](?:${LEADS}|${HELPS})(?:${OFFICE})?[)](?=[^、,;。\\s])`, 'g');
const ROLE_TAIL = new RegExp(`(?:(${LEADS})|${HELPS}|负责)(?:${OFFICE})?$`);
const NUMBERING = /^(?:[(]?\d{1,2}[.)、]\s*|[①-⑳])/;
/** How an office's name ends; 和 and 及 part two names only between such ends (卫生和计划生育局 is one). */
const OFFICE_END = '(?:股|科|室|办|处|部|局|中心|委|组|站|所|队|支部|总支|公司|镇|乡|街道|村|校|院|馆|会)';
/** A longer piece without any separator is running text, where 和 parts no names. */
const LONGEST = 200;
const AND = new RegExp(`(?<=${OFFICE_END})(?:以及|和|及|与)(?=\\S*${OFFICE_END}(?:[、,;(]|$))`, 'g');

/**
 * The names or departments of one cell: 办公室、计财股; 办公室（牵头），计财股配合; 牵头单位：办公室 配合单位：计财股;
 * one a line. A bracket that is no role stays with its name, and what is inside it is not split. 张 某, padded to the
 * width of three characters, is one name. Brackets come out full-width, so that one office typed two ways is one office.
 */
export function splitNames(text: string): Names {
  if (isNothing(text)) return { lead: '', all: [] };
  const all = new Set<string>();
  let lead = '';
  const half = toHalfWidth(text).replaceAll('\r', '\n').replace(AFTER_NOTE, '$&、').trim();
  for (const { piece, leads } of pieces(half)) {
    const { name: bare, marked } = bareName(piece);
    const name = bare.replaceAll('(', '（').replaceAll(')', '）');
    if (isNothing(name)) continue;
    if (lead === '' && (leads || marked)) lead = name;
    all.add(name);
  }
  const [first = ''] = all;
  return { lead: lead === '' ? first : lead, all: [...all] };
}

/** A label holds until the next one: in 牵头单位：办公室；配合单位：计财股、政工股 only 办公室 leads. */
function pieces(text: string): { piece: string; leads: boolean }[] {
  const found: { piece: string; leads: boolean }[] = [];
  let at = 0;
  let leads = false;
  for (const match of text.matchAll(LABEL)) {
    for (const piece of separated(text.slice(at, match.index))) found.push({ piece, leads });
    at = match.index + match[0].length;
    leads = match[1] !== undefined;
  }
  for (const piece of separated(text.slice(at))) found.push({ piece, leads });
  return found;
}

/** Parts at 、，；/ and line breaks outside brackets, then at blanks unless they only pad a name, then at 和 between offices. */
function separated(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of text) {
    if ('(（[【'.includes(char)) depth++;
    else if (')）]】'.includes(char)) depth = Math.max(0, depth - 1);
    if (depth === 0 && /[、,;。/|+\n]/.test(char)) {
      parts.push(current);
      current = '';
    } else {
      current += char;
    }
  }
  parts.push(current);
  return parts
    .flatMap(atBlanks)
    .flatMap(part => (part.length > LONGEST ? [part] : part.split(AND)))
    .map(part => part.trim())
    .filter(part => part !== '');
}

function atBlanks(part: string): string[] {
  const words = part.trim().split(/\s+/);
  if (words.length === 1 || /[(（]/.test(part) || /[A-Za-z]/.test(part)) return [part.trim()];
  return words.every(word => word.length >= 2) ? words : [words.join('')];
}

function bareName(piece: string): { name: string; marked: boolean } {
  let name = piece
    .replace(NUMBERING, '')
    .replace(/^由/, '')
    .replace(/(?<=..)等(?:同志|人)?$/, '')
    .trim();
  const note = ROLE_NOTE.exec(name);
  if (note !== null) return { name: name.slice(0, note.index).trim(), marked: note[1] !== undefined };
  const tail = ROLE_TAIL.exec(name);
  if (tail === null) return { name, marked: false };
  name = name.slice(0, tail.index).trim();
  return { name, marked: tail[1] !== undefined };
}
