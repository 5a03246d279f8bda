import { daysBetween } from '../model/day.js';
import { text } from '../model/text.js';
import { type Check, cellPlace, type Examining, type Found } from './check.js';
import { listed } from './places.js';

const soonDays = 30;

export const dueSoon: Check = {
  id: 'due-soon',
  level: 'info',
  title: text('30天内到期', 'Due within 30 days'),
  about: text('没完成的事项里，30天内到期的列出来。', 'Lists what is not done and due within 30 days.'),
  why: text('提前看见，免得逾期。', 'Seen early, it need not become overdue.'),
  remedy: text('按时完成；来不及的提前申请延期', 'finish in time, or ask for an extension in advance'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改时限 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | «2023-11-15» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改时限 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 2023-11-15 | 已完成 |
    | 2 | 制度不健全 | 修订三项制度 | 2023-12-31 | 整改中 |
    | 3 | 作风不实 | 开展走访 | 长期坚持 | 整改中 |`,
  run: soon,
};

function* soon({ ledger, states, asOf }: Examining): Iterable<Found> {
  const due = states.flatMap(({ finding, rows, shown }) => {
    if (shown === 'closed' || shown === 'withdrawn') return [];
    return rows.flatMap(({ row, status, review, last }) => {
      const open =
        status === undefined || status === 'not-started' || status === 'in-progress' || status === 'mostly-done';
      if (last === undefined || !open || review === 'closed' || row.bad.has('result')) return [];
      const days = daysBetween(asOf, last);
      const key = row.data.extendedTo === undefined ? ('deadline' as const) : ('extendedTo' as const);
      return days < 0 || days > soonDays ? [] : [{ finding, row, days, key }];
    });
  });
  due.sort((a, b) => a.days - b.days);
  const places = due.map(({ finding, row, key }) => cellPlace(ledger, row.own.has(key) ? row : finding.first, key));
  const [at, ...also] = places;
  if (at === undefined) return;
  const names = [...new Map(due.map(one => [one.finding.index, `问题${one.finding.label}（${one.days}天）`])).values()];
  const namesEn = [...new Map(due.map(one => [one.finding.index, `${one.finding.label} (${one.days})`])).values()];
  yield {
    message: text(
      `${due.length}项在${soonDays}天内到期：${listed(names)}`,
      `${due.length} rows are due within ${soonDays} days; finding (days left): ${listed(namesEn, ', ')}`,
    ),
    at,
    also,
    rows: due.map(one => one.row),
    object: 'all',
  };
}
