import { cellAt } from '../model/grid.js';
import { type Text, text } from '../model/text.js';
import type { ReadIssue } from '../read/issue.js';
import type { Ledger } from '../read/ledger.js';
import { type Check, type Examining, type Found, shorten } from './check.js';
import { groupedByText, issuePlace } from './places.js';

export const unreadableCell: Check = {
  id: 'unreadable-cell',
  level: 'error',
  title: text('读不懂的单元格', 'Unreadable cell'),
  about: text(
    '日期、金额、数量、时限、序号等单元格要写成读得懂的样子；认不出的整改结果另行提示。',
    'Dates, amounts, counts, deadlines and references are written so that they can be read; unknown statuses are told apart.',
  ),
  why: text(
    '读不懂的不能猜：用到它的合计和校验都停下来，写着“未计算”。',
    'What cannot be read is not guessed: figures that need it are not computed.',
  ),
  remedy: text('照“应为”的样子改写这一格', 'write the cell in the form that is expected'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 完成日期 | 应追缴金额 | 整改结果 |
    | 1 | 超标发放补贴 | 清退补贴 | 2023-09-20 | «约三千多» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 完成日期 | 应追缴金额 | 整改结果 |
    | 1 | 超标发放补贴 | 清退补贴 | 2023.9.20 | １，１７３．３万元 | 整改中 |
    | 2 | 学习不深入 | 每月学习一次 | — | 不涉及 | 整改中 |`,
  run: unreadable,
};

type Unreadable = Extract<ReadIssue, { kind: 'unreadable' }>;

/** The same text in the same column is one cause, however often it was filled down or pasted. */
function* unreadable({ ledger }: Examining): Iterable<Found> {
  const issues = ledger.issues
    .filter(issue => issue.kind === 'unreadable')
    .filter(issue => !isUnknownWord(ledger, issue));
  const rowAt = new Map(ledger.main.rows.map(row => [row.number, row]));
  for (const [object, group] of groupedByText(issues, found => found)) {
    const [first, ...others] = group.issues;
    if (first === undefined) continue;
    const count = group.issues.length;
    const rows = group.issues.flatMap(issue =>
      issue.sheet === ledger.main.header.sheet.name ? (rowAt.get(issue.row) ?? []) : [],
    );
    const [row] = rows;
    const finding = row === undefined || count > 1 ? undefined : ledger.main.findings[row.finding];
    const shown = first.found === '#UNCALCULATED' ? notCalculated : quoted(first.found);
    yield {
      message: text(
        `“${first.header}”${group.whole ? `有${count}格读不懂，如${shown.zh}` : `写的是${shown.zh}${count > 1 ? `（共${count}处）` : ''}，读不懂`}；应为${first.expected.zh}`,
        `“${first.header}” ${group.whole ? `cannot be read in ${count} cells, such as ${shown.en}` : `says ${shown.en}${count > 1 ? ` (${count} cells)` : ''}`}; expected ${first.expected.en}`,
      ),
      ...(group.whole ? { remedy: wrongColumn } : first.found === '#UNCALCULATED' ? { remedy: saveOnce } : {}),
      at: issuePlace(first),
      also: others.map(issuePlace),
      found: first.found,
      expected: first.expected.zh,
      ...(finding === undefined ? {} : { finding }),
      ...(row === undefined || count > 1 ? { rows } : { row }),
      object,
    };
  }
}

/** A formula that was written by a program and never calculated has no text that a person could know. */
const notCalculated = text('一个还没有算出结果的公式', 'a formula that was never calculated');

const saveOnce = text(
  '用 Excel 或 WPS 打开这份台账，保存一次，再同步',
  'open the ledger in Excel or WPS, save it once, and sync again',
);

function quoted(found: string): Text {
  const shown = `“${shorten(found, 30)}”`;
  return text(shown, shown);
}

/** What to do about a column in which next to nothing can be read. */
export const wrongColumn = text(
  '看一看这一栏是不是读错了栏：用 ledger map 查看并指定；没有读错的，逐格改写',
  'see with ledger map whether the column was taken for another; if not, rewrite the cells',
);

/** A word that `unknown-status` explains; a formula that failed is not a word. */
export function isUnknownWord(ledger: Ledger, issue: Unreadable): boolean {
  if (issue.sheet !== ledger.main.header.sheet.name || (issue.key !== 'result' && issue.key !== 'review')) return false;
  return cellAt(ledger.main.header.sheet, issue.row, issue.col)?.kind !== 'error';
}
