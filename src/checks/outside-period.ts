import { certainlyAfter, formatDayZh } from '../model/day.js';
import { text } from '../model/text.js';
import { periodEnd } from '../read/ledger.js';
import type { LedgerRow } from '../read/main.js';
import { type Check, cellPlace, type Examining, type Found } from './check.js';
import { listed } from './places.js';

export const outsidePeriod: Check = {
  id: 'outside-period',
  level: 'warning',
  title: text('超过集中整改期才完成', 'Done after the period'),
  about: text(
    '完成日期在集中整改期内；长期坚持的、批了延期的、本来时限就更晚的不提示。',
    '完成日期 lies inside the rectification period; long-term rows, granted extensions and later deadlines are fine.',
  ),
  why: text(
    '通报写的是“集中整改期内已完成”，期外完成的要分开写。',
    'A notice says “done within the period”; what was done later is stated apart.',
  ),
  remedy: text('核对完成日期；批准延期的，填“延期至”', 'check 完成日期; where an extension was granted, fill 延期至'),
  example: `
    ## 基本信息
    | 项目 | 内容 |
    | 反馈日期 | 2023-07-01 |
    | 集中整改期（月） | 3 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 完成日期 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | «2023-10-20» |
    --- 正常
    ## 基本信息
    | 项目 | 内容 |
    | 反馈日期 | 2023-07-01 |
    | 集中整改期（月） | 3 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改时限 | 整改结果 | 完成日期 | 延期至 |
    | 1 | 学习不深入 | 每月学习一次 | 10月底前 | 已完成 | 2023-10-20 | |
    | 2 | 制度不健全 | 修订三项制度 | | 已完成 | 2023-10-20 | 2023-10-31 |
    | 3 | 作风不实 | 开展走访 | 长期坚持 | 已完成 | 2023-10-20 | |
    | 4 | 欠款未收 | 催缴 | | 已完成 | 2023年10月 | |`,
  run: late,
};

function* late({ ledger, states }: Examining): Iterable<Found> {
  const end = periodEnd(ledger.facts);
  if (end === undefined) return;
  const rows: LedgerRow[] = [];
  for (const { finding, status } of states) {
    if (status === 'withdrawn') continue;
    for (const row of finding.rows) {
      const { doneDate, extendedTo, deadline, result, kind } = row.data;
      if (doneDate === undefined || !certainlyAfter(doneDate, end)) continue;
      if (result?.longTerm === true || kind === 'long-term' || deadline?.kind === 'long-term') continue;
      if (deadline !== undefined && 'longTerm' in deadline && deadline.longTerm) continue;
      const allowed = extendedTo?.to ?? (deadline?.kind === 'date' ? deadline.last : undefined);
      if (allowed !== undefined && doneDate.from <= allowed) continue;
      rows.push(row);
    }
  }
  const [first, ...others] = rows;
  if (first === undefined) return;
  const labels = [...new Set(rows.flatMap(row => ledger.main.findings[row.finding]?.label ?? []))];
  yield {
    message: text(
      `${rows.length}行的完成日期在集中整改期（到${formatDayZh(end)}）以后：问题${listed(labels)}`,
      `${rows.length} rows were done after the period, which ended on ${end}: ${listed(labels, ', ')}`,
    ),
    at: cellPlace(ledger, first, 'doneDate'),
    also: others.map(row => cellPlace(ledger, row, 'doneDate')),
    rows,
    object: 'all',
  };
}
