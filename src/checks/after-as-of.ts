import { certainlyAfter, formatDayZh } from '../model/day.js';
import { text } from '../model/text.js';
import type { LedgerRow } from '../read/main.js';
import { type Check, cellPlace, type Examining, type Found } from './check.js';
import { listed } from './places.js';

export const afterAsOf: Check = {
  id: 'after-as-of',
  level: 'warning',
  title: text('日期在统计截止日之后', 'Later than the as-of date'),
  about: text(
    '完成日期不晚于统计日；统计截止日期不早于台账里最近的完成日期。',
    '完成日期 is not later than the as-of date, and 统计截止日期 not older than the latest 完成日期.',
  ),
  why: text(
    '还没到的日期不能算完成；截止日期过时，通报的数字就和台账对不上。',
    'A day to come is no completion; with an outdated 统计截止日期 the notice disagrees with the ledger.',
  ),
  remedy: text('核对完成日期', 'check 完成日期'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 完成日期 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | «2023-12-20» |
    --- 正常
    ## 基本信息
    | 项目 | 内容 |
    | 集中整改期（月） | 3 |
    | 统计截止日期 | 2023-10-30 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改时限 | 整改结果 | 完成日期 |
    | 1 | 学习不深入 | 每月学习一次 | 2023-12-31 | 已完成 | 2023-10-30 |
    | 2 | 制度不健全 | 修订三项制度 | 2023-12-31 | 已完成 | 2023年10月 |`,
  run: later,
};

function* later({ ledger, states, asOf }: Examining): Iterable<Found> {
  const stated = ledger.facts.values.statedAsOf;
  const future: LedgerRow[] = [];
  const newer: LedgerRow[] = [];
  for (const { finding, status } of states) {
    if (status === 'withdrawn') continue;
    for (const row of finding.rows) {
      const { doneDate } = row.data;
      if (doneDate === undefined) continue;
      if (certainlyAfter(doneDate, asOf)) future.push(row);
      else if (stated !== undefined && certainlyAfter(doneDate, stated.to)) newer.push(row);
    }
  }
  const labels = (rows: readonly LedgerRow[]) =>
    listed([...new Set(rows.flatMap(row => ledger.main.findings[row.finding]?.label ?? []))]);
  const places = (rows: readonly LedgerRow[]) => rows.map(row => cellPlace(ledger, row, 'doneDate'));
  if (future.length > 0) {
    const [at = {}, ...also] = places(future);
    yield {
      message: text(
        `${future.length}行的完成日期在统计日（${formatDayZh(asOf)}）以后：问题${labels(future)}`,
        `${future.length} rows have a 完成日期 after the as-of date ${asOf}: ${labels(future)}`,
      ),
      at,
      also,
      rows: future,
      object: 'future',
    };
  }
  if (newer.length > 0 && stated !== undefined) {
    const at = ledger.facts.at.get('statedAsOf');
    yield {
      message: text(
        `统计截止日期是${formatDayZh(stated.to)}，台账里已有${newer.length}行在它之后完成，像是过时了`,
        `统计截止日期 is ${stated.to}, but ${newer.length} rows were done after it: it looks out of date`,
      ),
      remedy: text('把基本信息里的统计截止日期改成最近的一天', 'bring 统计截止日期 in 基本信息 up to date'),
      at: at === undefined ? {} : { ...at, header: '统计截止日期' },
      also: places(newer),
      rows: newer,
      object: 'stated',
    };
  }
}
