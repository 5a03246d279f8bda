import { type Day, formatDayZh } from '../../model/day.js';
import { compare, type Unit, zero } from '../../model/money.js';
import type { ShownStatus } from '../../reconcile/state.js';
import { distinct, isDone, known } from './done.js';
import type { Published } from './edition.js';
import { clause, moneyText, numbered, type Paragraph, spanZh, statements } from './words.js';

/** The last part, from what is open and what never ends. */
export function nextSteps(published: readonly Published[], asOf: Day, unit: Unit): Paragraph[] {
  const aside: readonly ShownStatus[] = ['withdrawn', 'long-term'];
  const open = published.filter(({ state }) => !isDone(state.shown) && !aside.includes(state.shown));
  const lasting = published.filter(
    ({ state }) => state.shown === 'long-term' || (isDone(state.shown) && state.longTerm),
  );
  const done = published.some(({ state }) => isDone(state.shown));
  return numbered([
    { title: '抓好尚未完成的整改事项', text: several(open.map(one => openStep(one, asOf, unit))) },
    { title: '坚持抓好长期整改事项', text: several(lasting.map(lastingStep)) },
    { title: '巩固整改成果', text: done ? '对已完成的整改事项适时回看，防止问题反弹。' : '' },
  ]);
}

function several(steps: readonly string[]): string {
  return steps.length < 2 ? steps.join('') : steps.map((step, index) => `（${index + 1}）${step}`).join('');
}

/** What money is owed, why it is open, until when: as the ledger has it. */
function openStep({ state, rows, money }: Published, asOf: Day, unit: Unit): string {
  const reasons = statements(distinct(rows.map(row => row.data.reasonOpen)));
  const last = state.rows.reduce<Day | undefined>(
    (latest, row) => (row.last !== undefined && (latest === undefined || row.last > latest) ? row.last : latest),
    undefined,
  );
  const owed = known(money.outstanding);
  const deadline =
    last === undefined
      ? '继续抓好整改'
      : last < asOf
        ? `原定整改时限为${formatDayZh(last)}，已经超期，抓紧完成整改`
        : `整改时限为${formatDayZh(last)}，继续抓好整改`;
  return [
    `“${clause(state.finding.title)}”问题`,
    owed === undefined || compare(owed, zero) <= 0 ? '' : `，尚未追缴${moneyText(owed, unit)}`,
    reasons.length === 0 ? '' : `，未完成的原因是${reasons.join('；')}`,
    owed === undefined && reasons.length === 0 ? '，' : '。',
    `${deadline}。`,
  ].join('');
}

function lastingStep({ state, rows }: Published): string {
  const dates = rows.flatMap(({ data }) => (data.nextReview === undefined ? [] : [data.nextReview]));
  const [next] = dates.sort((a, b) => (a.from < b.from ? -1 : 1));
  return `“${clause(state.finding.title)}”问题，长期坚持${next === undefined ? '' : `，下次回看时间为${spanZh(next)}`}。`;
}
