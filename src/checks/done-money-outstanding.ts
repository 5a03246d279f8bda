import { compare, grouped, isZero, type Money, plain, zero } from '../model/money.js';
import { text } from '../model/text.js';
import { tolerance } from '../reconcile/compare.js';
import { type Figure, type FindingMoney, owes } from '../reconcile/state.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';

export const doneMoneyOutstanding: Check = {
  id: 'done-money-outstanding',
  level: 'error',
  title: text('已完成但仍有未追缴资金', 'Done with money outstanding'),
  about: text(
    '问题写“已完成”，应追缴的钱要已经追缴到位，或者经批准核减。',
    'A finding that is done owes nothing: all money due has come in or was reduced with approval.',
  ),
  why: text(
    '钱没有追回来就报已完成，审核时必退，公开后最伤公信。',
    'A finding reported done with money outstanding is sent back, and costs trust once published.',
  ),
  remedy: text(
    '改“整改结果”为整改中或基本完成；钱已到账的补填“已追缴金额”，经批准不再追缴的填“核减金额”',
    'set 整改结果 back to 整改中, or enter what came in (已追缴金额) or was reduced (核减金额)',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 | 金额单位 |
    | 1 | 违规发放补贴 | 清退补贴 | «已完成» | 1173.3 | 670 | 万元 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 | 核减金额 | 金额单位 |
    | 1 | 违规发放补贴 | 清退补贴 | 已完成 | 1173.3 | 670 | 503.3 | 万元 |
    | 2 | 超标准接待 | 清退费用 | 整改中 | 3 | 1 | | 万元 |
    | 3 | 少缴水费 | 补缴水费 | 已完成 | 2000元 | 0.2 | | 万元 |`,
  run: outstanding,
};

function* outstanding({ ledger, states }: Examining): Iterable<Found> {
  for (const { finding, status, closed, money } of states) {
    if ((status !== 'done' && !closed) || !owes(money) || compare(money.outstanding, tolerance(ledger)) <= 0) continue;
    const speaking =
      finding.rows.find(row => row.own.has('result') && row.data.result?.status === 'done') ?? finding.first;
    const name = findingName(finding);
    const at = cellPlace(ledger, speaking, 'result');
    yield {
      message: text(
        `${name.zh}写“已完成”，但还有${grouped(money.outstanding)}元没有追缴（应追缴${said(money.due)}元${reducedZh(money)}，已追缴${said(money.recovered)}元）`,
        `${name.en} is done, yet ¥${grouped(money.outstanding)} is outstanding (due ${said(money.due)}${reducedEn(money)}, recovered ${said(money.recovered)})`,
      ),
      at,
      also: money.cells.slice(0, 50).map(({ sheet, row, col }) => ({ sheet, row, col })),
      count: 1,
      found: plain(money.outstanding),
      expected: plain(zero),
      finding,
      object: `finding ${finding.label}`,
    };
  }
}

function said(figure: Figure): string {
  return figure === undefined ? '0.00' : figure === 'unknown' ? '?' : grouped(figure);
}

function reducedOf({ reduced }: FindingMoney): Money | undefined {
  return reduced === undefined || reduced === 'unknown' || isZero(reduced) ? undefined : reduced;
}

function reducedZh(money: FindingMoney): string {
  const reduced = reducedOf(money);
  return reduced === undefined ? '' : `，核减${grouped(reduced)}元`;
}

function reducedEn(money: FindingMoney): string {
  const reduced = reducedOf(money);
  return reduced === undefined ? '' : `, reduced ${grouped(reduced)}`;
}
