import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { type MoneyCell, moneyCells } from './money-cells.js';

export const mixedUnits: Check = {
  id: 'mixed-units',
  level: 'warning',
  title: text('同一合计里单位不明', 'Units mixed in one total'),
  about: text(
    '加在一起的金额，要么都写明单位，要么整列一个单位。',
    'Amounts that are added together all name their unit, or none does.',
  ),
  why: text(
    '有的写了“万元”，有的什么也没写，按元算和按万元算差一万倍。',
    'Where some say 万元 and others say nothing, the sum may be wrong by 10,000.',
  ),
  remedy: text(
    '给没有单位的金额补上单位，或在“金额单位”栏、基本信息里写明',
    'name the unit of the amounts that have none',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 | 503.3万元 |
    | 2 | 超标准接待 | 清退费用 | 整改中 | «12.5» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 金额单位 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 | 503.3 | 万元 |
    | 2 | 超标准接待 | 清退费用 | 整改中 | 125000 | 元 |`,
  run: mixed,
};

function* mixed(examining: Examining): Iterable<Found> {
  const totals = new Map<string, { bare: MoneyCell[]; declared: MoneyCell | undefined }>();
  for (const cell of moneyCells(examining)) {
    let total = totals.get(cell.total);
    if (total === undefined) {
      total = { bare: [], declared: undefined };
      totals.set(cell.total, total);
    }
    if (cell.amount.unitFrom === 'assumed') total.bare.push(cell);
    else if (cell.amount.unit !== '元') total.declared ??= cell;
  }
  for (const [key, { bare, declared }] of totals) {
    const [first] = bare;
    if (first === undefined || declared === undefined) continue;
    yield {
      message: text(
        `同一列里有的金额写明${declared.amount.unit}，另有${bare.length}个没有单位（如“${first.amount.text}”，现按元计算）`,
        `some amounts of one total are in ${declared.amount.unit}; ${bare.length} name no unit (“${first.amount.text}”, taken as 元)`,
      ),
      at: first.place(),
      also: bare.slice(1, 51).map(cell => cell.place()),
      count: bare.length,
      found: first.amount.text,
      expected: `${first.amount.text}${declared.amount.unit} / ${first.amount.text}元`,
      ...(bare.length === 1 && first.finding !== undefined ? { finding: first.finding } : {}),
      rows: bare.flatMap(cell => (cell.row === undefined ? [] : [cell.row])),
      object: key,
    };
  }
}
