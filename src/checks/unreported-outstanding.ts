import { compare, grouped, plain, zero } from '../model/money.js';
import { text } from '../model/text.js';
import { tolerance } from '../reconcile/compare.js';
import { owes } from '../reconcile/state.js';
import { stillOwed } from '../reconcile/trace.js';
import { type Check, cellPlace, type Examining, type Found } from './check.js';
import { labelsOf, labelsOfEn } from './places.js';

export const unreportedOutstanding: Check = {
  id: 'unreported-outstanding',
  level: 'error',
  title: text('未追缴的金额没有通报', 'Outstanding money not reported'),
  about: text(
    '通报了追缴多少，也要通报还有多少没有追缴。',
    'Whoever states what was recovered states what is still outstanding.',
  ),
  why: text('只报追回的、不报没追回的，是选择性公开。', 'Stating only what came in is half the truth.'),
  remedy: text(
    '在通报数据加一行“未追缴资金”，口径写“未追缴”',
    'add a row 未追缴资金 to 通报数据, with the basis 未追缴',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 | 500 | 300 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 |
    | 1 | 追缴资金 | «300» | 元 | 已追缴 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 | 500 | 300 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 |
    | 1 | 追缴资金 | 300 | 元 | 已追缴 |
    | 2 | 尚未追缴 | 200 | 元 | 未追缴 |`,
  run: unreported,
};

function* unreported({ ledger, states, claims }: Examining): Iterable<Found> {
  const money = claims.comparisons.filter(one => one.kind === 'money-parts' || one.kind === 'money-rows');
  const [first] = money;
  if (first === undefined || claims.claims.list.some(claim => claim.basis === 'outstanding')) return;
  const owed = stillOwed(ledger, states);
  if (owed === 'unknown' || compare(owed, tolerance(ledger)) <= 0) return;
  const owing = states.filter(state => owes(state.money));
  yield {
    message: text(
      `台账还有${grouped(owed)}元没有追缴${owing.length === 0 ? '' : `（问题${labelsOf(owing)}）`}，通报数据里没有一项说到`,
      `¥${grouped(owed)} is outstanding${owing.length === 0 ? '' : ` (finding${owing.length === 1 ? '' : 's'} ${labelsOfEn(owing)})`}, and no claim says so`,
    ),
    at: first.at,
    also: owing.map(({ finding }) => cellPlace(ledger, finding.first, 'due')),
    count: 1,
    found: plain(zero),
    expected: plain(owed),
    rows: owing.flatMap(({ finding }) => finding.rows),
    object: 'all',
  };
}
