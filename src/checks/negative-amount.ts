import { isNegative, plain } from '../model/money.js';
import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { type MoneyCell, moneyCells } from './money-cells.js';

export const negativeAmount: Check = {
  id: 'negative-amount',
  level: 'error',
  title: text('金额为负数', 'Negative amount'),
  about: text(
    '应追缴、已追缴、核减都填正数；冲减、更正的负数要在备注写明。',
    'Amounts are positive; a negative one that reverses or corrects another says so in its note.',
  ),
  why: text('负数会悄悄把合计减少。', 'A negative amount quietly lowers the total.'),
  remedy: text(
    '多填了负号的改为正数；确是冲减的在备注写“冲减”或“更正”',
    'make it positive, or write 冲减 or 更正 in the note',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 | 5000 | «-3000» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 | 备注 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 | 5000 | 3000 | |
    | 1 | 违规发放补贴 | 退还多收的部分 | 整改中 | | -200 | 冲减多收 |`,
  run: negative,
};

const reversal = /冲减|冲销|冲回|冲抵|更正|调减|调整|红字|退回多收/u;

function* negative(examining: Examining): Iterable<Found> {
  const found: MoneyCell[] = [];
  for (const cell of moneyCells(examining)) {
    if (isNegative(cell.amount.yuan) && !reversal.test(cell.words())) found.push(cell);
  }
  const [first] = found;
  if (first === undefined) return;
  yield {
    message: text(
      `${found.length}处金额是负数：${first.amount.text}${found.length > 1 ? '等' : ''}`,
      `${found.length} negative amounts: ${first.amount.text}${found.length > 1 ? ' and more' : ''}`,
    ),
    at: first.place(),
    also: found.slice(1, 51).map(cell => cell.place()),
    count: found.length,
    found: plain(first.amount.yuan),
    expected: '≥ 0',
    ...(found.length === 1 && first.finding !== undefined ? { finding: first.finding } : {}),
    rows: found.flatMap(cell => (cell.row === undefined ? [] : [cell.row])),
    object: 'all',
  };
}
