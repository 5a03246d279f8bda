import type { Examined } from '../../examine.js';
import type { Edition } from './edition.js';
import { datedMeetings, type NoticeFigures } from './figures.js';
import { clause, numbered, type Paragraph, spanZh } from './words.js';

/** Part one: meetings, the plan, what was counted, rule documents and talks. Only what the ledger has. */
export function organisationOf(examined: Examined, edition: Edition, figures: NoticeFigures): Paragraph[] {
  const { planDate, planNumber } = examined.ledger.facts.values;
  const meetings = datedMeetings(examined, edition).map(
    ({ date, form, topic }) => `${spanZh(date)}，${meetingWords(clause(form), clause(topic ?? ''))}。`,
  );
  const held = figures.meetings.filter(({ n }) => n > 1).map(({ form, n }) => `${clause(form)}${n}次`);
  const counted = [
    held.length === 0 ? '' : `召开${held.join('、')}`,
    figures.solved === undefined || figures.solved === 0 ? '' : `研究解决实际问题${figures.solved}个`,
  ].filter(words => words !== '');
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
  return numbered([
    { title: '专题研究部署', text: meetings.join('') },
    { title: '制定整改方案', text: plan },
    { title: '加强调度推进', text: counted.length === 0 ? '' : `${counted.join('，')}。` },
    {
      title: [rules === '' ? '' : '健全制度', talks.length === 0 ? '' : '严肃问责'].filter(Boolean).join('、'),
      text: `${rules}${talks.length === 0 ? '' : `开展${talks.join('、')}。`}`,
    },
  ]);
}

/** A topic that is a deed follows at once; one that names the meeting stands for it. */
const deed =
  /^(?:专题|集中|认真|传达|再次)?(?:研究|学习|传达|部署|审议|审定|听取|调度|讨论|安排|通报|总结|分析|推进|查摆|落实|征求|组织|动员|督办|督促|检查|协调|解决|布置|制定|成立|开展|宣布)/u;

function meetingWords(form: string, topic: string): string {
  if (topic === '') return `召开${form}`;
  if (topic.endsWith(form)) return `召开${topic}`;
  return `召开${form}，${deed.test(topic) ? topic : `议题为${topic}`}`;
}

function countText(n: number | 'unknown'): string {
  return n === 'unknown' ? '（未计算）' : String(n);
}
