import { text } from '../model/text.js';
import { placeIn } from '../reconcile/place.js';
import type { Check, Examining, Found } from './check.js';
import { spanText } from './dated.js';

export const exceptionExpired: Check = {
  id: 'exception-expired',
  level: 'error',
  title: text('核实说明已过期', 'Verified exception expired'),
  about: text(
    '核实说明过了到期日，它管的提示重新计数。提示已经消除的不再追究。',
    'After its last day an exception no longer holds and what it covered counts again; it is not mentioned once that is gone.',
  ),
  why: text('核实过的情况会变，到期要重新看一次。', 'What was verified changes; it is looked at again.'),
  remedy: text(
    '重新核实：问题已解决的删去该行，仍属正常的改到期日',
    'verify it again: remove the row, or give it a later date',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 责任领导 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | |
    ## 核实说明
    | 提示编号 | 对象 | 理由 | 批准人 | 到期日 |
    | 没有责任领导 | | 领导待任命 | 李某 | «2023-09-30» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 责任领导 | 备注 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | | |
    ## 核实说明
    | 提示编号 | 对象 | 理由 | 批准人 | 到期日 |
    | 没有责任领导 | | 领导待任命 | 李某 | 2023-12-31 |
    | 措施早于巡察 | | 已核实 | 李某 | 2023-09-30 |`,
  run: expired,
};

function* expired({ ledger, asOf }: Examining): Iterable<Found> {
  const { exceptions } = ledger.registers;
  for (const row of exceptions.rows) {
    const { until, target } = row.data;
    if (until === undefined || until.to >= asOf || target === undefined) continue;
    yield {
      message: text(
        `核实说明“${target}”已于${spanText(until)}到期，它管的提示重新计数`,
        `the exception “${target}” expired on ${spanText(until)}; what it covered counts again`,
      ),
      at: placeIn(exceptions.header, row.number, 'until'),
      found: spanText(until),
      expected: `≥ ${asOf}`,
      object: `${target}|${row.data.object ?? ''}`,
    };
  }
}
