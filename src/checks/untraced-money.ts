import { grouped, plain, sum } from '../model/money.js';
import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';

export const untracedMoney: Check = {
  id: 'untraced-money',
  level: 'error',
  title: text('通报的金额在台账里找不到来源', 'Money that no row accounts for'),
  about: text(
    '通报数据里的每一笔钱，在追缴资金里都有同名的一行或几行。',
    'Every sum in 通报数据 has rows of the same name in 追缴资金.',
  ),
  why: text('说不出是哪个问题追回来的钱，核查时无法认定。', 'Money that belongs to no finding cannot be verified.'),
  remedy: text(
    '在追缴资金逐笔登记：问题序号、项目（与通报数据同名）、应追缴、已追缴；自查自纠的也登记',
    'list each sum in 追缴资金 with its finding and the same name; what the unit found by itself too',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 |
    | 1 | 追缴资金 | 300 | 元 | 已追缴 | |
    | 2 | 养老保险 | «200» | 元 | | 1 |
    | 3 | 加油卡 | 100 | 元 | | 1 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 |
    ## 追缴资金
    | 问题序号 | 项目 | 应追缴 | 已追缴 |
    | 1 | 代缴养老保险 | 200 | 200 |
    | 自查自纠 | 加油卡 | 100 | 100 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 |
    | 1 | 追缴资金 | 300 | 元 | 已追缴 | |
    | 2 | 养老保险 | 200 | 元 | | 1 |
    | 3 | 加油卡 | 100 | 元 | | 1 |
    | 4 | 挽回损失 | 0 | 元 | | |`,
  run: untraced,
};

function* untraced({ claims }: Examining): Iterable<Found> {
  const leaves = claims.comparisons
    .filter(one => one.kind === 'money-rows')
    .filter(one => one.trace.kind === 'none' && one.ok !== true);
  const [first, ...rest] = leaves;
  if (first === undefined) return;
  const total = sum(leaves.map(one => one.stated));
  const names = leaves.map(one => one.claim.subject);
  yield {
    message: text(
      `${leaves.length}项金额共${grouped(total)}元，追缴资金和台账里都没有对应的行：${names.slice(0, 8).join('、')}${names.length > 8 ? '等' : ''}`,
      `${leaves.length} sums, ¥${grouped(total)} in all, have no row in the ledger or in 追缴资金`,
    ),
    at: first.at,
    also: rest.map(one => one.at),
    count: leaves.length,
    found: plain(total),
    expected: '0.00',
    object: 'all',
  };
}
