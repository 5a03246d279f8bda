import type { Examined } from '../../examine.js';
import { type Day, formatDayZh } from '../../model/day.js';
import { compare, type Money, zero } from '../../model/money.js';
import { parseSectionMark } from '../../read/typed/markers.js';
import { toChineseNumeral } from '../../read/typed/numerals.js';
import type { Figure, ShownStatus } from '../../reconcile/state.js';
import { type Edition, type Published, publishedFindings } from './edition.js';
import { datedMeetings, measuresOf, type NoticeFigures, noticeFigures, subFindingsOf } from './figures.js';
import { clause, fromTo, listed, moneyWords, sentence, spanZh, statements, yuanText } from './words.js';

type Paragraph = { readonly heading: string; readonly text: string };

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
  const parts = findingParts(published);
  const next = nextSteps(published);
  return {
    unit,
    title: `关于${kind}整改进展情况的通报`,
    opening: openingOf(examined, unit, kind, edition),
    organisation: organisationOf(examined, edition, figures),
    headline: headlineOf(figures, kind),
    parts,
    nextTitle: `${toChineseNumeral(parts.length + 2)}、下一步工作安排`,
    next,
    date: examined.asOf,
    figures,
  };
}

function openingOf({ ledger }: Examined, unit: string, kind: string, edition: Edition): string {
  const { inspectionFrom, inspectionTo, feedback } = ledger.facts.values;
  const group = kind === '专项检查' ? '检查组' : `${kind}组`;
  const ground = edition === 'public' ? '按照党务公开原则和有关要求' : '按照有关要求';
  return [
    inspectionFrom === undefined || inspectionTo === undefined
      ? ''
      : `${fromTo(inspectionFrom, inspectionTo)}，${group}对${unit}开展了${kind}。`,
    feedback === undefined ? '' : `${spanZh(feedback)}，${group}反馈了${kind}意见。`,
    `${ground}，现将整改进展情况通报如下。`,
  ].join('');
}

function organisationOf(examined: Examined, edition: Edition, figures: NoticeFigures): Paragraph[] {
  const { planDate, planNumber } = examined.ledger.facts.values;
  const meetings = datedMeetings(examined, edition).map(({ date, form, topic }) => {
    const about = clause(topic ?? '');
    return `${spanZh(date)}，召开${clause(form)}${about === '' ? '' : `，议题为${about}`}。`;
  });
  const counted = figures.meetings.filter(({ n }) => n > 1).map(({ form, n }) => `召开${clause(form)}${n}次`);
  if (figures.solved !== undefined && figures.solved > 0) counted.push(`研究解决实际问题${figures.solved}个`);
  const plan = [
    planDate === undefined
      ? ''
      : `${spanZh(planDate)}，印发整改方案${planNumber === undefined ? '' : `（${clause(planNumber)}）`}。`,
    figures.measures === 0 ? '' : `逐项制定整改措施${figures.measures}条。`,
  ].join('');
  const { policies, actions } = figures;
  const parts = policies.made + policies.changed === policies.all && policies.made > 0 && policies.changed > 0;
  const rules =
    policies.all === 0
      ? ''
      : `建立完善制度${policies.all}项${parts ? `，其中新建${policies.made}项、修订完善${policies.changed}项` : ''}。`;
  const talks = actions.filter(({ n }) => n !== 0).map(({ form, n, noun }) => `${clause(form)}${countText(n)}${noun}`);
  const told = [
    { title: '专题研究部署', text: meetings.join('') },
    { title: '制定整改方案', text: plan },
    { title: '加强调度推进', text: counted.length === 0 ? '' : `${counted.join('，')}。` },
    {
      title: [rules === '' ? '' : '健全制度', talks.length === 0 ? '' : '严肃问责'].filter(Boolean).join('、'),
      text: `${rules}${talks.length === 0 ? '' : `开展${talks.join('、')}。`}`,
    },
  ].filter(({ text }) => text !== '');
  return told.map(({ title, text }, index) => ({ heading: `（${toChineseNumeral(index + 1)}）${title}。`, text }));
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

function headlineOf(figures: NoticeFigures, kind: string): string {
  const { fedBack, printed, by, rate } = figures;
  const counts = statusWords
    .map(({ words, of }) => ({ words, n: of.reduce((sum, status) => sum + by(status), 0) }))
    .filter(({ n }) => n > 0)
    .map(({ words, n }) => `${words}${n}个`);
  const fed = `截至${formatDayZh(figures.asOf)}，${kind}反馈问题${fedBack}个`;
  const scope = printed === fedBack ? '，其中' : `，本通报公开${printed}个。公开的问题中，`;
  const completion = rate === undefined ? '' : `，完成率${rate}%`;
  const money = moneyWords(knownMoney(figures.money));
  return [
    `${fed}${counts.length === 0 ? '' : `${scope}${counts.join('，')}${completion}`}。`,
    money === '' ? '' : `${printed === fedBack ? '' : '公开的问题涉及'}${money}。`,
  ].join('');
}

function countText(n: number | 'unknown'): string {
  return n === 'unknown' ? '（未计算）' : String(n);
}

/** A figure that was not computed prints nothing: the gate keeps such a notice back, a draft lists why. */
function known(figure: Figure): Money | undefined {
  return figure === 'unknown' ? undefined : figure;
}

function knownMoney(money: Published['money']) {
  return {
    due: known(money.due),
    reduced: known(money.reduced),
    recovered: known(money.recovered),
    outstanding: known(money.outstanding),
  };
}

const partsOfNotice: readonly { readonly title: string; readonly holds: (status: ShownStatus) => boolean }[] = [
  { title: '已完成的整改事项', holds: isDone },
  { title: '尚未完成和需要长期坚持的整改事项', holds: status => !isDone(status) && status !== 'withdrawn' },
  { title: '不再纳入整改的事项', holds: status => status === 'withdrawn' },
];

function isDone(status: ShownStatus): boolean {
  return status === 'done' || status === 'awaiting-review' || status === 'closed';
}

function findingParts(published: readonly Published[]): NoticePart[] {
  let number = 0;
  const parts: NoticePart[] = [];
  for (const { title, holds } of partsOfNotice) {
    const held = published.filter(({ state }) => holds(state.shown));
    if (held.length === 0) continue;
    const areas = [...byFocus(held)].map(([focus, list], index) => ({
      title: focus === '' ? '' : `（${toChineseNumeral(index + 1)}）${focus}`,
      items: list.map(one => {
        number += 1;
        return itemOf(one, number);
      }),
    }));
    parts.push({ title: `${toChineseNumeral(parts.length + 2)}、${title}`, areas });
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

function itemOf(published: Published, number: number): NoticeItem {
  const { state, rows, money } = published;
  const subFindings = subFindingsOf(published);
  const measures = measuresOf(published);
  const progress = statements(distinct(rows.map(row => row.data.progress)));
  const told = progress.length > 0 ? progress : measures;
  const owed = moneyWords(knownMoney(money));
  const [first] = rows;
  const cell = (key: 'leader' | 'department' | 'person') => clause(first?.data[key] ?? '');
  return {
    number,
    finding: `${sentence(state.finding.title)}${listed(subFindings, true)}`,
    measures: progress.length > 0 ? listed(measures) : '',
    progress: `${listed(told, owed !== '')}${owed === '' ? '' : `${owed}。`}`,
    result: resultOf(state),
    leader: cell('leader'),
    department: cell('department'),
    person: cell('person'),
    deadline: clause(first?.data.deadline?.text ?? ''),
    state,
  };
}

/** A merged cell speaks for all its rows and is printed once. */
function distinct(cells: readonly (string | undefined)[]): (string | undefined)[] {
  return [...new Set(cells)];
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

function resultOf({ shown, longTerm }: Published['state']): string {
  return isDone(shown) && longTerm ? '已完成并长期坚持' : results[shown];
}

function nextSteps(published: readonly Published[]): Paragraph[] {
  const open = published.filter(
    ({ state }) => !isDone(state.shown) && !['withdrawn', 'long-term'].includes(state.shown),
  );
  const lasting = published.filter(
    ({ state }) => state.shown === 'long-term' || (isDone(state.shown) && state.longTerm),
  );
  const steps = [
    { title: '抓好尚未完成的整改事项', text: open.map(openStep).join('') },
    { title: '坚持抓好长期整改事项', text: lasting.map(lastingStep).join('') },
    { title: '巩固整改成果', text: '对已完成的整改事项适时回看，防止问题反弹。' },
  ].filter(({ text }) => text !== '');
  return steps.map(({ title, text }, index) => ({ heading: `（${toChineseNumeral(index + 1)}）${title}。`, text }));
}

/** Why it is open, until when, and what money: as the ledger has it. */
function openStep({ state, rows, money }: Published): string {
  const reasons = statements(distinct(rows.map(row => row.data.reasonOpen)));
  const last = state.rows.reduce<Day | undefined>(
    (latest, row) => (row.last !== undefined && (latest === undefined || row.last > latest) ? row.last : latest),
    undefined,
  );
  const owed = known(money.outstanding);
  return `${[
    `“${clause(state.finding.title)}”问题`,
    reasons.length === 0 ? '' : `，未完成的原因是${reasons.join('；')}`,
    last === undefined ? '' : `，整改时限为${formatDayZh(last)}`,
    owed === undefined || compare(owed, zero) <= 0 ? '' : `，尚未追缴${yuanText(owed)}`,
    '，继续抓好整改',
  ].join('')}。`;
}

function lastingStep({ state, rows }: Published): string {
  const dates = rows.flatMap(({ data }) => (data.nextReview === undefined ? [] : [data.nextReview]));
  const [next] = dates.sort((a, b) => (a.from < b.from ? -1 : 1));
  return `“${clause(state.finding.title)}”问题，长期坚持${next === undefined ? '' : `，下次回看时间为${spanZh(next)}`}。`;
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
          `整改进展情况：${item.progress}`,
          `整改结果：${item.result}。`,
        ]),
      ]),
    ]),
    content.nextTitle,
    ...content.next.map(({ heading, text }) => `${heading}${text}`),
  ];
}
