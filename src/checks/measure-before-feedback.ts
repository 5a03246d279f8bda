import { formatDayZh } from '../model/day.js';
import { text } from '../model/text.js';
import { type Check, cellPlace, type Examining, type Found } from './check.js';
import { type Old, oldDates, oldFound } from './old-measures.js';

export const measureBeforeFeedback: Check = {
  id: 'measure-before-feedback',
  level: 'warning',
  title: text('措施早于反馈', 'Measure before the feedback'),
  about: text(
    '反馈以前做的事一般不是整改措施；巡察期间立行立改的只作提示。',
    'What was done before the feedback is usually no measure; 立行立改 during the inspection is only noted.',
  ),
  why: text('整改从反馈算起；早于反馈的工作要说明为什么算。', 'Rectification counts from the feedback.'),
  remedy: text(
    '换成反馈之后的措施；确是巡察期间立行立改的，整改类型写“立行立改”',
    'give what was done after the feedback; for 立行立改 during the inspection, say so in 整改类型',
  ),
  example: `
    ## 基本信息
    | 项目 | 内容 |
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 措施日期 | 整改结果 |
    | 1 | 学习不深入 | 组织专题学习 | «2023-05-10» | 已完成 |
    --- 正常
    ## 基本信息
    | 项目 | 内容 |
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | 2023-07-28 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 措施日期 | 整改结果 |
    | 1 | 学习不深入 | 组织专题学习 | 2023-08-10 | 已完成 |
    | 2 | 制度不健全 | 5月征求意见，9月修订制度 | | 已完成 |`,
  run: early,
};

function* early(examining: Examining): Iterable<Found> {
  const { feedback } = examining.ledger.facts.values;
  if (feedback === undefined) return;
  const during: Old[] = [];
  for (const old of oldDates(examining)) {
    if (old.when !== 'before-feedback') continue;
    if (old.immediate) {
      during.push(old);
      continue;
    }
    yield oldFound(examining, old, 'warning', {
      zh: `早于反馈（${formatDayZh(feedback.from)}）`,
      en: `lies before the feedback (${feedback.from})`,
    });
  }
  const [first, ...others] = during;
  if (first === undefined) return;
  yield {
    level: 'info',
    message: text(
      `${during.length}条措施是巡察期间立行立改的，早于反馈（${formatDayZh(feedback.from)}）`,
      `${during.length} measures were taken at once during the inspection, before the feedback (${feedback.from})`,
    ),
    remedy: text('不用改；公开时写明“立行立改”即可', 'nothing to change; say 立行立改 in the notice'),
    at: cellPlace(examining.ledger, first.row, first.key),
    also: others.map(old => cellPlace(examining.ledger, old.row, old.key)),
    rows: during.map(old => old.row),
    object: 'immediate',
  };
}
