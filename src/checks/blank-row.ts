import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';

export const blankRow: Check = {
  id: 'blank-row',
  level: 'warning',
  title: text('数据中间有空行', 'Blank row'),
  about: text(
    '同一个问题的各行之间不留空行；问题与问题之间、小计前后的空行不提示。',
    'No blank rows inside a finding; between findings and around subtotals they are fine.',
  ),
  why: text(
    '筛选、排序和透视表都会在空行处断开，后面的行容易漏掉。',
    'Filters, sorting and pivot tables stop at a blank row; what follows is easily lost.',
  ),
  remedy: text('删去空行，或补上漏填的内容', 'delete the blank rows, or fill in what is missing'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 次数不够 | 每月学习一次 | 整改中 |
    | «» | | | | |
    | | | 记录不全 | 专人记录 | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    | | | | |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 |`,
  run: blank,
};

function* blank({ ledger }: Examining): Iterable<Found> {
  let col: number | undefined;
  for (const bound of ledger.main.header.columns.values()) {
    if (col === undefined || bound.col < col) col = bound.col;
  }
  const gaps = ledger.issues.filter(issue => issue.kind === 'blank-row');
  const places = gaps.map(gap => ({ sheet: gap.sheet, row: gap.from, ...(col === undefined ? {} : { col }) }));
  const [first, ...others] = places;
  if (first === undefined) return;
  const count = gaps.reduce((sum, gap) => sum + gap.to - gap.from + 1, 0);
  const rows = gaps.slice(0, 5).map(gap => (gap.from === gap.to ? `${gap.from}` : `${gap.from}-${gap.to}`));
  yield {
    message: text(
      `问题的中间夹着${count}个空行（第${rows.join('、')}${gaps.length > 5 ? '…' : ''}行）`,
      `${count} blank rows stand inside a finding (rows ${rows.join(', ')}${gaps.length > 5 ? ' …' : ''})`,
    ),
    at: first,
    also: others,
    count,
    object: 'all',
  };
}
