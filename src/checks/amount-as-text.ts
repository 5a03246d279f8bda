import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { issuePlace, listed } from './places.js';

export const amountAsText: Check = {
  id: 'amount-as-text',
  level: 'warning',
  title: text('金额存成了文本', 'Amount stored as text'),
  about: text(
    '金额单元格存成数字；带“万元”字样的写法另算，不提示。',
    'Amounts are stored as numbers; with 万元 written out they are fine.',
  ),
  why: text(
    '存成文本的数字，表格软件求和时当作 0；系统能读懂，但您自己的合计会少。',
    'Spreadsheets add text as 0: the program reads it, your own totals do not.',
  ),
  remedy: text('选中这些单元格，点左上角的提示，选“转换为数字”', 'select the cells and choose “convert to number”'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 应追缴金额（元） | 整改结果 |
    | 1 | 超标发放补贴 | 清退补贴 | «"18000"» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 应追缴金额（元） | 整改结果 |
    | 1 | 超标发放补贴 | 清退补贴 | 18000 | 整改中 |
    | 2 | 截留资金 | 上缴财政 | 503.3万元 | 整改中 |`,
  run: asText,
};

function* asText({ ledger }: Examining): Iterable<Found> {
  const issues = ledger.issues.filter(issue => issue.kind === 'amount-as-text');
  const [first, ...others] = issues.map(issuePlace);
  if (first === undefined) return;
  const examples = issues.map(issue => issue.found.trim());
  yield {
    message: text(
      `${issues.length}个金额存成了文本，表格软件求和时会漏掉：${listed(examples, '、', 5)}`,
      `${issues.length} amounts are stored as text; a spreadsheet's own sums leave them out: ${listed(examples, ', ', 5)}`,
    ),
    at: first,
    also: others,
    object: 'all',
  };
}
