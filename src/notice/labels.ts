import { fold, protectedMask } from './fold.js';

/** What stands under a label. */
export type LabelKind = 'problem' | 'measure' | 'progress' | 'effect' | 'result' | 'next' | 'other';

export type Label = {
  readonly kind: LabelKind;
  /** The words of the label. */
  readonly words: string;
  /** Offset of the label in the line and of what follows it. */
  readonly at: number;
  readonly end: number;
  /** 整改情况（已完成）：, the words in its brackets. */
  readonly remark?: string;
};

// Longer words first: the first alternative that fits is taken.
const words: readonly (readonly [LabelKind, string])[] = [
  [
    'problem',
    '反馈(?:的)?(?:具体)?问题(?:描述|内容)?|存在(?:的)?(?:主要|具体|突出)?问题|具体问题|问题(?:具体)?(?:描述|表现|内容|表述)|主要(?:问题|表现)|具体表现|表现(?:形式)?|问题',
  ],
  [
    'next',
    '下一?步(?:整改|工作)?(?:打算|措施|计划|安排|思路|工作|举措)?|后续(?:整改)?(?:打算|措施|计划|安排|工作)|长期坚持(?:措施|事项)|持续整改(?:措施|计划)',
  ],
  [
    'other',
    '(?:整改|完成)(?:时限|期限|时间|时间节点)|时限要求|整改(?:牵头)?责任(?:领导|部门|单位|人)|(?:牵头|分管|包抓|联系)领导|(?:责任|牵头|配合|主责|协办)(?:领导|部门|单位|科室|股室|处室|人员?|支部)|(?:未完成|尚未完成|未整改到位|未办结|滞后|延期)(?:的)?原因|备注|整改目标|整改类型|问题类型|整改标准|佐证材料|公开(?:范围|方式|属性)',
  ],
  [
    'result',
    '整改(?:完成)?结果|完成结果|整改(?:完成)?状态|完成状态|整改结论|是否(?:完成)?(?:整改|完成|销号)|销号情况|整改完成度|完成(?:整改)?进度|整改进度|办结情况|整改评价|目前状态|状态|结果',
  ],
  ['effect', '(?:整改|工作|取得(?:的)?|主要|初步|阶段性?)(?:成效|效果|成果)|成效'],
  [
    'progress',
    '(?:已?(?:采取|完成)的?)?整改(?:工作)?(?:进展|落实|完成|推进|开展|实施|执行|办理|具体)?(?:和|与|及)?(?:进展|落实|完成|成效)?情况(?:说明)?|(?:目前)?(?:工作)?(?:进展|落实|完成|推进|办理)(?:进展|落实|完成)?情况|整改(?:进展|落实|过程|说明|完成)|(?:工作|目前|当前)进展|(?:整改|落实|推进)(?:举措|做法)及(?:成效|进展)|进展|情况|整改',
  ],
  [
    'measure',
    '(?:主要|具体|整改|已采取(?:的)?|采取(?:的)?|落实)?(?:整改)?(?:措施|举措|做法)(?:及(?:成效|进展|落实情况|完成情况|整改情况))?|整改(?:任务|要求|内容)',
  ],
];
const particular = new RegExp(`^(?:${words.find(([kind]) => kind === 'other')?.[1] ?? ''})$`, 'u');

/** 责任领导, 完成时限, 公开范围 …: what is told about a finding beside what was done. */
export function isParticular(label: string): boolean {
  return particular.test(fold(label).replace(/\s/g, ''));
}

const alternatives = words.map(([kind, text]) => `(?<${kind}>${text})`).join('|');
const framed = `[【\\[〔〖<*]{0,2}\\s*(?:${alternatives})\\s*[】\\]〕〗>*]{0,2}`;
/** 整改措施1：, 整改措施（二）： */
const counted = '(?:是|为|如下)?(?:\\(?\\s*(?:\\d{1,2}|[一二三四五六七八九十]{1,2})\\s*\\)?)?';
/** A label at the start of a line: followed by a colon, or in brackets, or alone on its line. */
const remark = '(?:[(〔【\\[](?<remark>[\\u4e00-\\u9fff]{2,12})[)〕】\\]]\\s*)?';
const atStart = new RegExp(`^${framed}\\s*(?:${counted}${remark}(?<end>:)|(?<end2>$))`);
const bracketed = new RegExp(`^[【\\[〔〖]\\s*(?:${alternatives})\\s*[】\\]〕〗]\\s*:?\\s*`);
/** Inside a line a label follows the end of a sentence and has its colon or brackets. */
const inside = new RegExp(`(?<=[。;!?】\\s)→⇒➔]|\\d\\.)${framed}${counted}\\s*:`, 'g');
const insideBracketed = new RegExp(`[【\\[〔〖]\\s*(?:${alternatives})\\s*[】\\]〕〗]\\s*:?`, 'g');

/** Words too common to be a label in the middle of a line. */
const onlyAtStart = new Set(['情况', '进展', '问题', '表现', '成效', '状态', '做法', '措施', '举措', '结果', '整改']);

/**
 * The labels of a line in order. `from` is where its text begins, after the marker.
 * Notices name them in many ways (整改进展情况, 整改落实情况, 完成情况 …); which of them tell measures and which a status
 * is decided by what stands under them.
 * @param learned labels of this document's own (see own-labels.ts)
 */
export function labelsOf(line: string, from: number, learned?: OwnLabels): readonly Label[] {
  const folded = fold(line);
  const indent = folded.length - folded.slice(from).trimStart().length;
  const head = folded.slice(indent, indent + 40);
  const found: Label[] = [];
  const first = bracketed.exec(head) ?? atStart.exec(head);
  // "整改情况" alone on a line may be cut short by the window; only a whole short line counts.
  if (first !== null && (first.groups?.end2 === undefined || folded.length - indent <= 40)) {
    found.push(toLabel(first, indent, indent + first[0].length));
  } else if (learned !== undefined) {
    const own = ownLabelAt(head);
    const kind = learned.kinds.get(own?.words ?? '');
    if (own !== undefined && kind !== undefined)
      found.push({ kind, words: own.words, at: indent, end: indent + own.length });
  }
  const mask = folded.length > indent + 6 ? protectedMask(folded) : undefined;
  for (const pattern of [inside, insideBracketed]) {
    for (const match of folded.matchAll(pattern)) {
      if (match.index < (found[0]?.end ?? indent + 2) || mask?.[match.index] === 1) continue;
      const label = toLabel(match, match.index, match.index + match[0].length);
      if (pattern === inside && onlyAtStart.has(label.words)) continue;
      found.push(label);
    }
  }
  if (learned?.inside !== undefined) {
    for (const match of folded.matchAll(learned.inside)) {
      const kind = learned.kinds.get(match[1] ?? '');
      if (match.index < (found[0]?.end ?? indent + 2) || mask?.[match.index] === 1 || kind === undefined) continue;
      found.push({ kind, words: match[1] ?? '', at: match.index, end: match.index + match[0].length });
    }
  }
  return found
    .sort((a, b) => a.at - b.at || b.end - a.end)
    .filter((label, index, all) => index === 0 || label.at >= (all[index - 1]?.end ?? 0));
}

/**
 * "整改结果　已完成": a label that only a blank parts from what it introduces. Told by the label being the whole word, and by
 * a list or a result behind it, or by the label alone being set apart in bold.
 */
export function blankLabelOf(
  text: string,
  from: number,
  strong: number,
  introduces: (rest: string) => boolean,
): Label | undefined {
  const folded = fold(text);
  const match = /^\s*([\u4e00-\u9fff]{4,8})(\s+)(?=\S)/u.exec(folded.slice(from));
  const words = match?.[1];
  if (match === null || words === undefined) return undefined;
  const [known] = labelsOf(`${words}:`, 0);
  if (known === undefined || known.end !== words.length + 1) return undefined;
  const end = from + match[0].length;
  const at = end - (match[2]?.length ?? 0) - words.length;
  if (strong !== at + words.length && !introduces(text.slice(end))) return undefined;
  return { kind: known.kind, words: known.words, at, end };
}

/** Words that a document uses as labels although no list knows them, and what stands under each. */
export type OwnLabels = {
  readonly kinds: ReadonlyMap<string, LabelKind>;
  /** Those that stand behind a sentence as well: 物业外包监管不力。措施：… */
  readonly inside: RegExp | undefined;
};

const own = /^(?:[【[〔〖]\s*([\u4e00-\u9fff]{2,10})\s*[】\]〕〗]\s*:?|([\u4e00-\u9fff]{1,10})\s*:)\s*/u;

/** A few words and a colon, or in brackets, at the head of a folded text: what could be a label. */
export function ownLabelAt(head: string): { readonly words: string; readonly length: number } | undefined {
  const match = own.exec(head);
  const found = match?.[1] ?? match?.[2];
  return match === null || found === undefined ? undefined : { words: found, length: match[0].length };
}

function toLabel(match: RegExpExecArray, at: number, end: number): Label {
  for (const [kind] of words) {
    const text = match.groups?.[kind];
    const said = match.groups?.remark;
    if (text !== undefined) return { kind, words: text, at, end, ...(said === undefined ? {} : { remark: said }) };
  }
  return { kind: 'other', words: match[0], at, end };
}

/** Whether what stands under it tells of something done, or how far it is done. */
export function isAnswer(label: Label): boolean {
  return label.kind === 'progress' || label.kind === 'measure' || label.kind === 'result' || label.kind === 'effect';
}
