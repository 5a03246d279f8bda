import { text } from '../model/text.js';
import { claimPlace } from '../reconcile/compare.js';
import type { Check, Examining, Found } from './check.js';

export const claimMissing: Check = {
  id: 'claim-missing',
  level: 'warning',
  title: text('没有通报反馈问题总数', 'No total of findings stated'),
  about: text(
    '通报成果的同时，写明一共反馈了多少个问题。',
    'Whoever states results states how many findings there were.',
  ),
  why: text(
    '没有总数，“整改到位13个”是多是少无从判断，完成率也算不出来。',
    'Without a total nobody can tell whether 13 is many.',
  ),
  remedy: text(
    '在通报数据加一行“反馈问题总数”，或在基本信息填“反馈问题总数”',
    'add a row 反馈问题总数 to 通报数据, or fill it in 基本信息',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 |
    | 1 | 整改到位数 | «1» | 个 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 |
    | 1 | 反馈问题 | 1 | 个 |
    | 2 | 整改到位数 | 1 | 个 |`,
  run: missing,
};

function* missing({ ledger, claims }: Examining): Iterable<Found> {
  const { list } = claims.claims;
  // The claim that speaks of findings is where a reader misses the total.
  const first = list.find(claim => claim.kind === 'done' || claim.kind === 'rate') ?? list[0];
  if (first === undefined || ledger.facts.values.statedFindings !== undefined) return;
  if (list.some(claim => claim.kind === 'findings-total' || claim.kind === 'sub-findings')) return;
  yield {
    message: text(
      `通报数据有${list.length}个数，没有“反馈问题总数”，完成率无从计算`,
      `${list.length} claims, none of them the total of findings: a rate cannot be computed`,
    ),
    at: claimPlace(ledger, first),
    count: 1,
    expected: '反馈问题总数',
    object: 'all',
  };
}
