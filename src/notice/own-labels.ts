import { fold, protectedMask } from './fold.js';
import { isParticular, type LabelKind, labelsOf, type OwnLabels, ownLabelAt } from './labels.js';
import { leadingMarker } from './markers.js';
import type { SourceLine } from './source.js';
import { type StatusTable, statusOf } from './status-words.js';
import { stanceOf } from './words.js';

/** A label is said again for every finding. */
const OFTEN = 3;
/** Words before a colon that introduce a list or name a channel, however often they are said. */
const noLabel =
  /(?:^[注答问附]$|如下|其中|包括|分别是|例如|比如|主要有|主要是|内容|事项|表示|指出|强调|要求|认为|附件|电话|邮箱|地址|信箱|时间|日期|联系人|来源|单位)$/;

/**
 * Words that stand before a colon at the head of a line again and again are labels of this document, whatever they are.
 * What stands under them says which kind: results, what is wrong, or what was done.
 */
export function ownLabels(lines: readonly SourceLine[], statuses: StatusTable): OwnLabels {
  const under = new Map<string, string[]>();
  const said: (string | undefined)[] = [];
  lines.forEach((line, index) => {
    if (line.cells !== undefined) return;
    const from = leadingMarker(line.text)?.length ?? 0;
    const head = fold(line.text.slice(from)).trimStart();
    const label = ownLabelAt(head.slice(0, 40));
    if (label === undefined || noLabel.test(label.words) || labelsOf(line.text, from)[0]?.at === from) return;
    // 【已完成】 at the head of a title is its result.
    if (/^[【[]/.test(head) && statusOf(label.words, statuses) !== undefined) return;
    said[index] = label.words;
    const told = head.slice(label.length).trim() || fold(lines[index + 1]?.text ?? '').trim();
    const known = under.get(label.words);
    if (known === undefined) under.set(label.words, [told]);
    else known.push(told);
  });
  const within = insideLines(lines);
  for (const [words, told] of within) if (!under.has(words)) under.set(words, [...told]);
  const found = new Map<string, LabelKind>();
  for (const [words, told] of under) {
    const kind = told.length < OFTEN ? undefined : kindOf(words, told, statuses);
    if (kind !== undefined) found.set(words, kind);
  }
  // 举一反三： once or twice, right behind 立行立改： that is said again and again, is one of them.
  for (const [words, told] of under) {
    if (told.length >= OFTEN) continue;
    const behind = said.every((one, index) => one !== words || isDeed(found.get(said[index - 1] ?? '')));
    const kind = behind ? kindOf(words, told, statuses) : undefined;
    if (isDeed(kind)) found.set(words, kind);
  }
  const inside = [...within.keys()].filter(words => found.has(words));
  return {
    kinds: found,
    inside: inside.length === 0 ? undefined : new RegExp(`(?<=[。;!?])\\s*(${inside.join('|')})\\s*:\\s*`, 'g'),
  };
}

/** A few words and a colon behind a sentence, on many lines: what stands behind each. */
function insideLines(lines: readonly SourceLine[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    if (line.cells !== undefined) continue;
    const folded = fold(line.text);
    let mask: Uint8Array | undefined;
    for (const match of folded.matchAll(/(?<=[。;!?])\s*([\u4e00-\u9fff]{2,6})\s*:\s*([^。;:]{1,60})/gu)) {
      const [, words = '', told = ''] = match;
      mask ??= protectedMask(folded);
      if (mask[match.index] === 1 || noLabel.test(words)) continue;
      const known = found.get(words);
      if (known === undefined) found.set(words, [told]);
      else known.push(told);
    }
  }
  return new Map([...found].filter(([, told]) => told.length >= OFTEN));
}

function isDeed(kind: LabelKind | undefined): kind is LabelKind {
  return kind === 'progress' || kind === 'measure';
}

function kindOf(words: string, told: readonly string[], statuses: StatusTable): LabelKind | undefined {
  const most = (test: (text: string) => boolean) => told.filter(test).length * 2 > told.length;
  if (isParticular(words) || /责任|牵头|时限|期限|负责人|科室|部门/.test(words)) return 'other';
  if (most(text => statusOf(text, statuses) !== undefined)) return 'result';
  if (/下一?步|后续|今后/.test(words)) return 'next';
  if (most(text => stanceOf(withoutNumber(text)) === 'problem')) return 'problem';
  if (!most(text => stanceOf(withoutNumber(text)) === 'action')) return undefined;
  return /措施|举措|打算/.test(words) ? 'measure' : 'progress';
}

function withoutNumber(text: string): string {
  return text.slice(leadingMarker(text)?.length ?? 0);
}
