import { formatDayZh } from '../model/day.js';
import { text } from '../model/text.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';

export const overdue: Check = {
  id: 'overdue',
  level: 'warning',
  title: text('逾期', 'Overdue'),
  about: text(
    '没完成的，不晚于整改时限或延期至；长期坚持永不逾期，立行立改过了集中整改期才算。',
    'What is not done is not past its deadline or extension; 长期坚持 is never overdue, 立行立改 only after the period.',
  ),
  why: text('逾期的要提醒、要说明，拖下去会被督办。', 'What is overdue is to be explained, or it will be supervised.'),
  remedy: text(
    '抓紧完成；批准延期的填“延期至”，并写明未完成原因',
    'finish it; where an extension was granted, fill 延期至 and say why in 未完成原因',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改时限 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | «2023-09-30» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改时限 | 整改结果 | 延期至 |
    | 1 | 学习不深入 | 每月学习一次 | 2023-09-30 | 已完成 | |
    | 2 | 制度不健全 | 修订三项制度 | 2023年10月底前 | 整改中 | |
    | 3 | 作风不实 | 开展走访 | 长期坚持 | 整改中 | |
    | 4 | 欠款未收 | 催缴 | 2023-09-30 | 整改中 | 2023-12-31 |
    | 5 | 门牌破损 | 更换门牌 | 立行立改 | 整改中 | |`,
  run: late,
};

function* late({ ledger, states }: Examining): Iterable<Found> {
  for (const { finding, rows, shown } of states) {
    if (shown === 'closed' || shown === 'withdrawn') continue;
    const overdueRows = rows.filter(one => one.overdue > 0 && !one.row.bad.has('result'));
    const [first] = overdueRows;
    if (first === undefined) continue;
    const worst = overdueRows.reduce((most, one) => (one.overdue > most.overdue ? one : most), first);
    const key = worst.row.data.extendedTo !== undefined ? 'extendedTo' : 'deadline';
    const place = (row: typeof worst.row) => cellPlace(ledger, row.own.has(key) ? row : finding.first, key);
    const name = findingName(finding);
    const until = worst.last === undefined ? '' : formatDayZh(worst.last);
    yield {
      message: text(
        `${name.zh}逾期${worst.overdue}天（${key === 'extendedTo' ? '延期至' : '时限'}${until}）`,
        `${name.en} is ${worst.overdue} days overdue (${worst.last ?? ''})`,
      ),
      at: place(worst.row),
      found: `${worst.overdue}`,
      count: overdueRows.length,
      finding,
      rows: overdueRows.map(one => one.row),
      object: finding.label,
    };
  }
}
