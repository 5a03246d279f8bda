import { certainlyBefore, type Span } from '../model/day.js';
import { type Text, text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { spanText } from './dated.js';

export const dateOrder: Check = {
  id: 'date-order',
  level: 'error',
  title: text('日期先后颠倒', 'Dates in the wrong order'),
  about: text(
    '巡察开始、巡察结束、反馈、整改方案、统计截止，日期一个不早于一个。',
    'Inspection from, to, feedback, plan, as of: each not earlier than the one before.',
  ),
  why: text('这几个日期错一个，所有按日期的校验都会错。', 'One wrong date here spoils every check that goes by dates.'),
  remedy: text('核对基本信息里的这两个日期，年份最容易写错', 'check the two dates in 基本信息, the year first'),
  example: `
    ## 基本信息
    | 项目 | 内容 |
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | «2022-07-28» |
    | 集中整改期（月） | 3 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    --- 正常
    ## 基本信息
    | 项目 | 内容 |
    | 巡察开始 | 2023年3月 |
    | 巡察结束 | 2023年6月15日 |
    | 反馈日期 | 2023-07-28 |
    | 整改方案日期 | 2023年7月 |
    | 集中整改期（月） | 3 |
    | 统计截止日期 | 2023-10-30 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |`,
  run: order,
};

const chain = [
  { key: 'inspectionFrom', name: text('巡察开始', 'the inspection’s first day') },
  { key: 'inspectionTo', name: text('巡察结束', 'the inspection’s last day') },
  { key: 'feedback', name: text('反馈日期', 'the feedback') },
  { key: 'planDate', name: text('整改方案日期', 'the plan') },
  { key: 'statedAsOf', name: text('统计截止日期', '统计截止日期') },
] as const;

function* order({ ledger }: Examining): Iterable<Found> {
  const { values, at } = ledger.facts;
  let before: { readonly name: Text; readonly span: Span } | undefined;
  for (const { key, name } of chain) {
    const span = values[key];
    if (span === undefined) continue;
    if (before !== undefined && certainlyBefore(span, before.span.from)) {
      const place = at.get(key);
      yield {
        message: text(
          `${name.zh}（${spanText(span)}）早于${before.name.zh}（${spanText(before.span)}）`,
          `${name.en} (${spanText(span)}) is earlier than ${before.name.en} (${spanText(before.span)})`,
        ),
        at: place === undefined ? {} : { ...place, header: name.zh },
        found: spanText(span),
        expected: `不早于 ${spanText(before.span)}`,
        rows: [],
        object: key,
      };
      continue;
    }
    before = { name, span };
  }
}
