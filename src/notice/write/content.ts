import type { Examined } from '../../examine.js';
import { type Day, formatDayZh } from '../../model/day.js';
import type { Unit } from '../../model/money.js';
import { parseSectionMark } from '../../read/typed/markers.js';
import { toChineseNumeral } from '../../read/typed/numerals.js';
import type { ShownStatus } from '../../reconcile/state.js';
import { distinct, isDone, knownMoney } from './done.js';
import { type Edition, type Published, publishedFindings } from './edition.js';
import { measuresOf, type NoticeFigures, noticeFigures, subFindingsOf } from './figures.js';
import { nextSteps } from './next-steps.js';
import { organisationOf } from './organisation.js';
import {
  clause,
  fromTo,
  listed,
  moneyWords,
  type Paragraph,
  sentence,
  shortRate,
  spanZh,
  statements,
  toldWithMoney,
} from './words.js';

export type NoticeItem = {
  readonly number: number;
  /** The finding with its sub-findings. */
  readonly finding: string;
  /** Empty unless the ledger has progress beside measures. */
  readonly measures: string;
  readonly progress: string;
  readonly result: string;
  readonly leader: string;
  readonly department: string;
  readonly person: string;
  readonly deadline: string;
  readonly state: Published['state'];
};

export type NoticePart = {
  readonly title: string;
  readonly areas: readonly { readonly title: string; readonly items: readonly NoticeItem[] }[];
};

/** The notice as text, before it is laid out. */
export type NoticeContent = {
  readonly unit: string;
  readonly title: string;
  readonly opening: string;
  readonly organisation: readonly Paragraph[];
  readonly headline: string;
  readonly parts: readonly NoticePart[];
  readonly nextTitle: string;
  readonly next: readonly Paragraph[];
  readonly date: Day;
  readonly figures: NoticeFigures;
};

/** Stands where the ledger does not name its unit; only a draft can have it. */
export const unnamedUnit = '（单位名称）';

/**
 * The notice of an edition. Every figure is counted here from what is printed; nothing is said that the ledger does not
 * say. Findings are numbered through, in the order of the notice.
 */
export function noticeContent(examined: Examined, edition: Edition): NoticeContent {
  const { values } = examined.ledger.facts;
  const unit = clause(values.unit ?? '') || unnamedUnit;
  const kind = /巡视|巡察|审计|专项检查/u.exec(values.supervision ?? '')?.[0] ?? '巡察';
  const figures = noticeFigures(examined, edition);
  const published = publishedFindings(examined, edition);
  const parts = findingParts(published, figures.unit);
  const next = nextSteps(published, examined.asOf, figures.unit);
  return {
    unit,
    title: `关于${kind}整改进展情况的通报`,
    opening: openingOf(examined, unit, kind, edition),
    organisation: organisationOf(examined, edition, figures),
    headline: headlineOf(figures, kind, edition),
    parts,
    nextTitle: `${toChineseNumeral(parts.length + 2)}、下一步工作安排`,
    next,
    date: examined.asOf,
    figures,
  };
}

function openingOf({ ledger }: Examined, unit: string, kind: string, edition: Edition): string {
  const { inspectionFrom, inspectionTo, feedback, round } = ledger.facts.values;
  const group = kind === '专项检查' ? '检查组' : `${kind}组`;
  const ground = edition === 'public' ? '按照党务公开原则和有关要求' : '按照有关要求';
  return [
    inspectionFrom === undefined || inspectionTo === undefined
      ? ''
      : `${fromTo(inspectionFrom, inspectionTo)}，${group}对${unit}开展了${roundOf(clause(round ?? ''), kind)}。`,
    feedback === undefined ? '' : `${spanZh(feedback)}，${group}反馈了${kind}意见。`,
    `${ground}，现将整改进展情况通报如下。`,
  ].join('');
}

/** 第四轮 → 第四轮巡察, 县委第四轮巡察 as it is; what names no round is left out. */
function roundOf(round: string, kind: string): string {
  if (round.endsWith(kind)) return round;
  return round.endsWith('轮') ? `${round}${kind}` : kind;
}

const statusWords: readonly { readonly words: string; readonly of: readonly ShownStatus[] }[] = [
  { words: '已完成', of: ['done', 'awaiting-review', 'closed'] },
  { words: '基本完成', of: ['mostly-done'] },
  { words: '长期坚持', of: ['long-term'] },
  { words: '正在整改', of: ['in-progress'] },
  { words: '未启动', of: ['not-started'] },
  { words: '不再纳入', of: ['withdrawn'] },
  { words: '未填结果', of: ['blank', 'unknown'] },
];

function headlineOf(figures: NoticeFigures, kind: string, edition: Edition): string {
  const { fedBack, printed, by, rate } = figures;
  const counts = statusWords
    .map(({ words, of }) => ({ words, n: of.reduce((sum, status) => sum + by(status), 0) }))
    .filter(({ n }) => n > 0)
    .map(({ words, n }) => `${words}${n}个`);
  const fed = `截至${formatDayZh(figures.asOf)}，${kind}反馈问题${fedBack}个`;
  const [told, those] = edition === 'public' ? ['本通报公开', '公开的问题'] : ['本次党内通报', '通报的问题'];
  const scope = printed === fedBack ? '，其中' : `，${told}${printed}个。${those}中，`;
  const aside = by('withdrawn') > 0 ? '（不再纳入的不计算在内）' : '';
  const completion = rate === undefined ? '' : `，完成率${shortRate(rate)}%${aside}`;
  const money = moneyWords(knownMoney(figures.money), figures.unit);
  return [
    `${fed}${counts.length === 0 ? '' : `${scope}${counts.join('，')}${completion}`}。`,
    money === '' ? '' : `${printed === fedBack ? '' : `${those}涉及`}${money}。`,
  ].join('');
}

const partsOfNotice: readonly {
  readonly title: (held: readonly Published[]) => string;
  readonly holds: (status: ShownStatus) => boolean;
}[] = [
  { title: () => '已完成的整改事项', holds: isDone },
  { title: openTitle, holds: status => !isDone(status) && status !== 'withdrawn' },
  { title: () => '不再纳入整改的事项', holds: status => status === 'withdrawn' },
];

/** Names what the part holds and nothing else. */
function openTitle(held: readonly Published[]): string {
  const lasting = held.filter(({ state }) => state.shown === 'long-term').length;
  const kinds = [lasting < held.length ? '尚未完成' : '', lasting > 0 ? '需要长期坚持' : ''].filter(
    kind => kind !== '',
  );
  return `${kinds.join('和')}的整改事项`;
}

function findingParts(published: readonly Published[], unit: Unit): NoticePart[] {
  let number = 0;
  const parts: NoticePart[] = [];
  for (const { title, holds } of partsOfNotice) {
    const held = published.filter(({ state }) => holds(state.shown));
    if (held.length === 0) continue;
    const areas = [...byFocus(held)].map(([focus, list], index) => ({
      title: focus === '' ? '' : `（${toChineseNumeral(index + 1)}）${focus}`,
      items: list.map(one => {
        number += 1;
        return itemOf(one, number, unit);
      }),
    }));
    parts.push({ title: `${toChineseNumeral(parts.length + 2)}、${title(held)}`, areas });
  }
  return parts;
}

/** By focus area, in the order in which the ledger first names them; without any focus area one group without a name. */
function byFocus(list: readonly Published[]): Map<string, Published[]> {
  const any = list.some(({ state }) => state.finding.focus !== undefined);
  const groups = new Map<string, Published[]>();
  for (const one of list) {
    const written = one.state.finding.focus?.title;
    const name =
      written === undefined
        ? any
          ? '其他方面'
          : ''
        : clause(parseSectionMark(written)?.rest ?? written) || '其他方面';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return groups;
}

/** 已完成 in 整改进展 says what 整改结果 says, and may say otherwise: the notice states the result once. */
const saysOnlyDone =
  /^(?:该项?(?:工作|问题))?(?:目前)?(?:已经?|均已?|全部|按期|正在|持续|长期|基本)*(?:完成|整改|落实|办结|销号|推进|坚持|到位)+(?:整改|到位|完成|中)*$/u;

function itemOf(published: Published, number: number, unit: Unit): NoticeItem {
  const { state, rows, money } = published;
  const subFindings = subFindingsOf(published);
  const measures = measuresOf(published);
  const progress = statements(distinct(rows.map(row => row.data.progress))).filter(
    text => text.length > 16 || !saysOnlyDone.test(text),
  );
  const told = progress.length > 0 ? progress : measures;
  const owed = moneyWords(knownMoney(money), unit);
  const [first] = rows;
  const cell = (key: 'leader' | 'department' | 'person') => clause(first?.data[key] ?? '');
  return {
    number,
    finding: `${sentence(state.finding.title)}${particulars(subFindings)}`,
    measures: progress.length > 0 ? listed(measures) : '',
    progress: toldWithMoney(told, owed),
    result: resultOf(published),
    leader: cell('leader'),
    department: cell('department'),
    person: cell('person'),
    deadline: clause(first?.data.deadline?.text ?? ''),
    state,
  };
}

const results: { readonly [S in ShownStatus]: string } = {
  'not-started': '未启动',
  'in-progress': '整改中',
  'mostly-done': '基本完成',
  'long-term': '长期坚持',
  done: '已完成',
  'awaiting-review': '已完成',
  closed: '已完成',
  withdrawn: '不再纳入整改',
  blank: '（未填）',
  unknown: '（无法识别）',
};

/** Why something is not pursued any more belongs to the result; why something is still open, to what is to be done. */
function resultOf({ state: { shown, longTerm }, rows }: Published): string {
  if (shown === 'withdrawn') {
    const reasons = statements(distinct(rows.map(row => row.data.reasonOpen)));
    return reasons.length === 0 ? results.withdrawn : `${results.withdrawn}（${reasons.join('；')}）`;
  }
  return isDone(shown) && longTerm ? '已完成并长期坚持' : results[shown];
}

/** A single particular is named as one: 一是 without 二是 is no list. */
function particulars(subFindings: readonly string[]): string {
  const single = subFindings.length === 1 ? listed(subFindings) : '';
  return single === '' || single.startsWith('一是') ? listed(subFindings) : `具体问题：${single}`;
}

/** The text as lines, as a reader of the document has it. */
export function noticeLines(content: NoticeContent): string[] {
  return [
    content.unit,
    content.title,
    content.opening,
    '一、组织整改落实情况',
    ...content.organisation.map(({ heading, text }) => `${heading}${text}`),
    content.headline,
    ...content.parts.flatMap(part => [
      part.title,
      ...part.areas.flatMap(area => [
        ...(area.title === '' ? [] : [area.title]),
        ...area.items.flatMap(item => [
          `${item.number}.${item.finding}`,
          ...(item.measures === '' ? [] : [`整改措施：${item.measures}`]),
          ...(item.progress === '' ? [] : [`整改进展情况：${item.progress}`]),
          `整改结果：${item.result}。`,
        ]),
      ]),
    ]),
    content.nextTitle,
    ...content.next.map(({ heading, text }) => `${heading}${text}`),
  ];
}
