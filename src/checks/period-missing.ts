import { addMonths, formatDayZh } from '../model/day.js';
import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';

/** 2 months: 巡视工作条例 (2015, 2017) art. 27; 3: county practice; 6: recent provincial rounds. Never a silent default. */
const presets = [2, 3, 6] as const;

export const periodMissing: Check = {
  id: 'period-missing',
  level: 'error',
  title: text('没有写集中整改期', 'Rectification period missing'),
  about: text(
    '基本信息写明集中整改期几个月；各地有2个月、3个月、6个月的规定，系统不替您定。',
    '基本信息 says how many months the period has: 2, 3 or 6 by local rule; the program does not choose.',
  ),
  why: text(
    '不知道期限，就判断不了逾期，也写不出“集中整改期内”。',
    'Without it nothing can be called in time or late.',
  ),
  remedy: text('在基本信息的“集中整改期（月）”填 2、3 或 6', 'fill 集中整改期（月） in 基本信息 with 2, 3 or 6'),
  example: `
    ## 基本信息
    | 项目 | 内容 |
    | 反馈日期 | 2023-07-28 |
    | 集中整改期（月） | «» |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    --- 正常
    ## 基本信息
    | 项目 | 内容 |
    | 反馈日期 | 2023-07-28 |
    | 集中整改期限 | 三个月 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |`,
  run: missing,
};

function* missing({ ledger }: Examining): Iterable<Found> {
  const { facts, issues } = ledger;
  const at = facts.at.get('periodMonths');
  if (!facts.present || facts.values.periodMonths !== undefined) return;
  // What stands there and cannot be read is reported as such.
  const unread = issues.some(
    issue => issue.kind === 'unreadable' && issue.sheet === facts.sheet && issue.key === 'periodMonths',
  );
  if (unread) return;
  const feedback = facts.values.feedback?.to;
  const ends = feedback === undefined ? [] : presets.map(months => ({ months, end: addMonths(feedback, months) }));
  yield {
    message: text(
      `基本信息没有写集中整改期${ends.length === 0 ? '' : `；从反馈算起，${ends.map(one => `${one.months}个月到${formatDayZh(one.end)}`).join('，')}`}`,
      `基本信息 does not give the rectification period${ends.length === 0 ? '' : `; counted from the feedback, ${ends.map(one => `${one.months} months end on ${one.end}`).join(', ')}`}`,
    ),
    at:
      at === undefined
        ? facts.sheet === undefined
          ? {}
          : { sheet: facts.sheet }
        : { ...at, header: '集中整改期（月）' },
    expected: '2、3 或 6',
    rows: [],
    object: 'all',
  };
}
