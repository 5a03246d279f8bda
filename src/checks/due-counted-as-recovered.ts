import { grouped, isZero, type Money, percentOf, plain, sum } from '../model/money.js';
import { text } from '../model/text.js';
import { type Claim, statedMoney } from '../reconcile/claims.js';
import { addingParts, claimPlace } from '../reconcile/compare.js';
import type { Check, Examining, Found } from './check.js';

export const dueCountedAsRecovered: Check = {
  id: 'due-counted-as-recovered',
  level: 'error',
  title: text('把应追缴算进了已追缴', 'Money due counted as recovered'),
  about: text(
    '“追缴…元”里的每一个分项都是已经到账的钱；应追缴的另外写。',
    'Every part of a total that was recovered has been recovered; money due is stated apart.',
  ),
  why: text(
    '应追缴不等于已追缴，混在一起就是虚报成果。',
    'Money due is not money recovered; mixing them overstates the result.',
  ),
  remedy: text(
    '已到账的把口径改为“已追缴”；没到账的从合计里拿出来，另列“应追缴”和“未追缴”',
    'change 口径 where the money came in; take the rest out of the total and state it as due and outstanding',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 |
    | 1 | 追缴资金 | «300» | 元 | 已追缴 | |
    | 2 | 养老保险 | 200 | 元 | 应追缴 | 1 |
    | 3 | 加油卡 | 100 | 元 | 已追缴 | 1 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 |
    | 1 | 应追缴资金 | 300 | 元 | 应追缴 | |
    | 2 | 养老保险 | 200 | 元 | 应追缴 | 1 |
    | 3 | 加油卡 | 100 | 元 | 应追缴 | 1 |
    | 4 | 追缴资金 | 100 | 元 | 已追缴 | |`,
  run: counted,
};

function* counted({ ledger, claims }: Examining): Iterable<Found> {
  for (const claim of claims.claims.list) {
    if (claim.basis !== 'recovered' || claim.parent?.basis === 'recovered') continue;
    const leaves = [...leavesOf(claim)];
    const due = leaves.filter(leaf => leaf.basis === 'due');
    const amount = sum(due.flatMap(moneyOf));
    if (isZero(amount)) continue;
    const share = percentOf(amount, sum(leaves.flatMap(moneyOf)), 1) ?? '';
    const names = due.map(leaf => leaf.subject);
    yield {
      message: text(
        `“${claim.subject}”说的是已追缴，其中${due.length}项写的是应追缴，共${grouped(amount)}元，占分项之和的${share}%：${names.slice(0, 8).join('、')}`,
        `“${claim.subject}” is money recovered, but ${due.length} of its parts are money due: ¥${grouped(amount)}, ${share}% of the parts`,
      ),
      at: claimPlace(ledger, claim),
      also: due.map(leaf => claimPlace(ledger, leaf)),
      found: plain(amount),
      expected: '0.00',
      object: claim.subject,
    };
  }
}

/** The parts that have no parts themselves. */
function* leavesOf(claim: Claim): Iterable<Claim> {
  for (const part of addingParts(claim)) {
    if (addingParts(part).length === 0) yield part;
    else yield* leavesOf(part);
  }
}

function moneyOf(claim: Claim): Money[] {
  const yuan = statedMoney(claim);
  return yuan === undefined ? [] : [yuan];
}
