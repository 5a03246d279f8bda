import { compare, grouped, isZero, type Money, plain, zero } from '../model/money.js';
import { text } from '../model/text.js';
import type { Ledger } from '../read/ledger.js';
import { tolerance } from '../reconcile/compare.js';
import { type Figure, type FindingMoney, type FindingState, owes, sumFigures } from '../reconcile/state.js';
import { type Check, cellPlace, type Examining, type Found, findingName, hasColumn } from './check.js';
import { aboutFindings, labelsOf, labelsOfEn } from './places.js';

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

function* outstanding(examining: Examining): Iterable<Found> {
  const { ledger, states } = examining;
  const owing = states.filter(
    ({ status, closed, money }) =>
      (status === 'done' || closed) && owes(money) && compare(money.outstanding, tolerance(ledger)) > 0,
  );
  // Two columns that both claim to be this one are reported as such; their cells were not read.
  if (ledger.main.header.ties.some(tie => tie.key === 'recovered')) return;
  if (!hasColumn(ledger, 'recovered') && ledger.registers.recoveries.rows.length === 0) {
    yield* nowhereRecovered(ledger, owing);
    return;
  }
  for (const { finding, money } of owing) {
    if (!owes(money)) continue;
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

/** One cause, one diagnostic: the ledger has no place where it could say what came in. */
function* nowhereRecovered(ledger: Ledger, owing: readonly FindingState[]): Iterable<Found> {
  if (owing.length === 0) return;
  const total = sumFigures(owing.map(state => state.money.outstanding));
  if (total === 'unknown') return;
  const { at, rows, remedy } = aboutFindings(ledger, owing, 'recovered', true);
  yield {
    message: text(
      `台账没有“已追缴金额”这一栏，${owing.length}个已完成的问题看不到追回了多少，应追缴${grouped(total)}元：问题${labelsOf(owing)}`,
      `there is no column for what was recovered; ${owing.length} finished findings have ¥${grouped(total)} due: ${labelsOfEn(owing)}`,
    ),
    at,
    also: owing.flatMap(({ money }) => money.cells.map(({ sheet, row, col }) => ({ sheet, row, col }))),
    count: owing.length,
    found: plain(total),
    expected: plain(zero),
    ...(rows === undefined ? {} : { rows }),
    ...(remedy === undefined ? {} : { remedy }),
    object: 'no column',
  };
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
