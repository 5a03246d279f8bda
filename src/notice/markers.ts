import { fold, protectedMask } from './fold.js';

/** Kinds of numbering. Which of them stands for which level is found in each text, never assumed. */
export type MarkerKind =
  | 'part' // 第一部分
  | 'cn' // 一、
  | 'cn-paren' // （一）
  | 'num' // 1. 1、
  | 'dotted' // 1.1
  | 'num-dun' // 1、 where 1. counts other things
  | 'num-paren' // （1） 1）
  | 'num-half' // 1） where （1） counts other things
  | 'circled' // ①
  | 'issue' // 问题1：
  | 'shi' // 一是
  | 'ordinal' // 第一， 首先
  | 'ordinal-head' // 第一， as a heading over a list
  | 'letter' // a.
  | 'bullet' // — ● •
  | 'heading' // an unnumbered heading
  | 'line'; // an unnumbered line found to be a title

/** Kinds that can begin a paragraph of the text's structure; others only list inside one. */
export const structural: ReadonlySet<MarkerKind> = new Set([
  'part',
  'cn',
  'cn-paren',
  'num',
  'num-dun',
  'dotted',
  'num-paren',
  'num-half',
  'circled',
  'issue',
  'letter',
  'ordinal-head',
  'heading',
  'line',
]);

export type Marker = {
  readonly kind: MarkerKind;
  readonly number: number | undefined;
  /** Characters of the line it takes, blanks around it included. */
  readonly length: number;
};

const digits = new Map([...'零一二三四五六七八九'].map((char, value) => [char, value]));
digits.set('〇', 0).set('两', 2);

/** 一 … 九十九, as numbering uses them; undefined for anything else. */
export function markerNumber(text: string): number | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  const ten = text.indexOf('十');
  if (ten < 0) return text.length === 1 ? digits.get(text) : undefined;
  const tens = ten === 0 ? 1 : ten === 1 ? digits.get(text[0] ?? '') : undefined;
  const rest = text.slice(ten + 1);
  const ones = rest === '' ? 0 : rest.length === 1 ? digits.get(rest) : undefined;
  return tens === undefined || ones === undefined ? undefined : tens * 10 + ones;
}

/** What comes in whole numbers: in "1.36所学校" 36 are counted under item 1. */
const WHOLE =
  '(?:19|20)\\d\\d\\s*[年-]|\\d{1,2}月|\\d{1,4}(?:岁|个(?![月亿百点])|人|户|项|件|起|笔|次|所(?![属有在谓需以])|名|家(?![庭长属访园校具政装电])|座|辆|栋|份|卷|册)';
const CN = '[一二三四五六七八九十]{1,3}';
const leading: readonly { readonly kind: MarkerKind; readonly pattern: RegExp }[] = [
  { kind: 'part', pattern: new RegExp(`^第(${CN}|\\d{1,2})(?:部分|章|篇|大?类[:、.])[、:.\\s]*`) },
  {
    kind: 'issue',
    pattern: new RegExp(
      `^[【\\[]?(?:反馈|具体|主要|突出|存在|整改)?(?:问题|事项|任务)(?:编号|序号)?[ (]*(${CN}|\\d{1,3})[ )]*(?:[:、.】\\]]+|\\s+|$)\\s*`,
    ),
  },
  { kind: 'issue', pattern: new RegExp(`^第(${CN}|\\d{1,3})(?:个|项|条)(?:问题|事项)?[:、,.]\\s*`) },
  { kind: 'shi', pattern: new RegExp(`^(${CN})[是要](?![否非])\\s*[:,]?\\s*`) },
  { kind: 'ordinal', pattern: new RegExp(`^第(${CN}|\\d{1,2})[,、:]\\s*`) },
  { kind: 'ordinal', pattern: new RegExp(`^其(${CN})[,、:]\\s*`) },
  { kind: 'cn-paren', pattern: new RegExp(`^[(〔【\\[]\\s*(${CN})\\s*[)〕】\\]]\\s*[、.:,]?\\s*`) },
  { kind: 'cn-paren', pattern: new RegExp(`^(${CN})\\)\\s*[、.]?\\s*`) },
  { kind: 'cn', pattern: new RegExp(`^(${CN})\\s*[、.:]\\s*`) },
  { kind: 'cn', pattern: new RegExp(`^(${CN})\\s+(?=\\S)`) },
  { kind: 'num-paren', pattern: /^[(〔【[]\s*(\d{1,3})\s*[)〕】\]]\s*[、.:,]?\s*/ },
  { kind: 'num-paren', pattern: /^(\d{1,3})\)\s*[、.]?\s*/ },
  // "1.2022年…" is item 1 about the year 2022; "1.2 …" is item 1.2; "1.2万元" is neither.
  { kind: 'num', pattern: new RegExp(`^(\\d{1,3})\\s*[.、]\\s*(?=${WHOLE})`) },
  { kind: 'dotted', pattern: /^\d{1,2}(?:[.-]\d{1,2}){0,2}[.-](\d{1,2})[.、]?(?![\d.%年月日万亿元个项次人])\s*/ },
  { kind: 'num', pattern: /^(\d{1,3})\s*(?:[、:]|\.(?!\d))\s*/ },
  { kind: 'num', pattern: /^(\d{1,3})\s+(?=[\u4e00-\u9fff“《(])(?![年月日])/ },
  { kind: 'letter', pattern: /^[(]?([A-Za-z])[).、]\s*(?=[\u4e00-\u9fff“"《]|\d{1,4}[\u4e00-\u9fff])/ },
];

/** The marker a line begins with; blanks before it do not count. */
export function leadingMarker(line: string): Marker | undefined {
  const indent = line.length - line.trimStart().length;
  const head = fold(line.slice(indent, indent + 40));
  const special = specialCharacter(head);
  if (special !== undefined) return { ...special, length: special.length + indent };
  for (const { kind, pattern } of leading) {
    const match = pattern.exec(head);
    if (match === null) continue;
    const text = match[1] ?? '';
    const number = kind === 'letter' ? text.toLowerCase().charCodeAt(0) - 96 : markerNumber(text);
    if (number === undefined || number === 0) continue;
    return { kind, number, length: indent + match[0].length };
  }
  if (/^首先[,、:]/.test(head)) return { kind: 'ordinal', number: 1, length: indent + 3 };
  if (/^其次[,、:]/.test(head)) return { kind: 'ordinal', number: 2, length: indent + 3 };
  if (/^再次[,、:]/.test(head)) return { kind: 'ordinal', number: 3, length: indent + 3 };
  const bullet = /^(?:[—–]{1,2}|[-*+](?=\s)|[●•▪◆■★□○◇▶►➢※·◎△▲])\s*/.exec(head);
  if (bullet !== null && head.length > bullet[0].length) {
    return { kind: 'bullet', number: undefined, length: indent + bullet[0].length };
  }
  return undefined;
}

/** ① ⑴ ⒈ ㈠: one character that is number and marker at once. */
function specialCharacter(head: string): Marker | undefined {
  const code = head.charCodeAt(0);
  const blocks: readonly (readonly [number, number, MarkerKind])[] = [
    [0x2160, 0x216b, 'part'],
    [0x2170, 0x217b, 'part'],
    [0x2460, 0x2473, 'circled'],
    [0x2474, 0x2487, 'num-paren'],
    [0x2488, 0x249b, 'num'],
    [0x3220, 0x3229, 'cn-paren'],
    [0x2776, 0x277f, 'circled'],
  ];
  for (const [first, last, kind] of blocks) {
    if (code >= first && code <= last) {
      const blanks = /^.[\s、.]*/.exec(head)?.[0].length ?? 1;
      return { kind, number: code - first + 1, length: blanks };
    }
  }
  return undefined;
}

export type InlineMarker = {
  readonly kind: MarkerKind;
  readonly number: number;
  readonly at: number;
  readonly length: number;
  /** "2.8月30日公布": a marker only where item 1 stands before it; else it could be a figure. */
  readonly unsure: boolean;
};

const inline: readonly { readonly kind: MarkerKind; readonly pattern: RegExp; readonly unsure?: true }[] = [
  { kind: 'shi', pattern: new RegExp(`(?<=^|[。;:,、!?\\s)】])(${CN})[是要](?![否非])\\s*[:,]?`, 'g') },
  { kind: 'num-paren', pattern: /(?<=^|[。;:,!?\s】])\(\s*(\d{1,2})\s*\)\s*[、.]?/g },
  { kind: 'cn-paren', pattern: new RegExp(`(?<=^|[。;:!?\\s】])\\(\\s*(${CN})\\s*\\)\\s*[、.]?`, 'g') },
  { kind: 'num', pattern: /(?<=^|[。;:!?\s】])(\d{1,2})(?:、|\.(?!\d))\s*/g },
  { kind: 'num', pattern: /(?<=^|[。;:!?\s】])(\d{1,2})\.(?=\d)/g, unsure: true },
  { kind: 'num-paren', pattern: /(?<=^|[。;:!?\s】])(\d{1,2})\)\s*/g },
  { kind: 'ordinal', pattern: new RegExp(`(?<=^|[。;:!?\\s】])第(${CN})[,、:]`, 'g') },
  { kind: 'ordinal', pattern: new RegExp(`(?<=^|[。;:!?\\s】])其(${CN})[,、:]`, 'g') },
];

/**
 * Every place in a line that could begin an item, in order. Slogans and book titles hold none. Whether a place really
 * begins an item depends on its neighbours: see items.ts.
 */
export function inlineMarkers(line: string): readonly InlineMarker[] {
  const folded = fold(line);
  const mask = protectedMask(folded);
  const found: InlineMarker[] = [];
  for (const { kind, pattern, unsure } of inline) {
    for (const match of folded.matchAll(pattern)) {
      const number = markerNumber(match[1] ?? '');
      if (number === undefined || number === 0) continue;
      // The parentheses of （1） protect themselves; what counts is whether the place before is inside something.
      if (kind.endsWith('paren') ? isInside(mask, match.index) : mask[match.index] === 1) continue;
      found.push({ kind, number, at: match.index, length: match[0].length, unsure: unsure === true });
    }
  }
  for (let at = 0; at < folded.length; at += 1) {
    const special = folded.charCodeAt(at) >= 0x2460 ? specialCharacter(folded.slice(at, at + 4)) : undefined;
    if (special?.number === undefined || mask[at] === 1) continue;
    found.push({ kind: special.kind, number: special.number, at, length: special.length, unsure: false });
  }
  return found.sort((a, b) => a.at - b.at).filter((marker, index, all) => marker.at !== all[index - 1]?.at);
}

function isInside(mask: Uint8Array, at: number): boolean {
  return at > 0 && mask[at - 1] === 1 && mask[at] === 1;
}
