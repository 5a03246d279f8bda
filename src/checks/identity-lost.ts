import { text } from '../model/text.js';
import { type Check, cellPlace, type Examining, type Found } from './check.js';

export const identityLost: Check = {
  id: 'identity-lost',
  level: 'warning',
  title: text('行标识错位', 'Row identity lost'),
  about: text(
    '行标识跟着内容走；排序时漏选了这一列，系统按内容重新配对并在这里说明。',
    '行标识 travels with its row; when a sort left that column out, rows are paired again by content and it is said here.',
  ),
  why: text('标识错位，历史和审核意见就会记到别的行上。', 'With mixed-up ids, history and reviews go to other rows.'),
  remedy: text(
    '核对这些行的审核意见和状态；以后排序请选中整张表',
    'check review and status of these rows; select the whole table when sorting',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 行标识 |
    | 1 | 学习不深入 | «每季检查一次» | 整改中 | f3k9-2p7 |
    | | | 每月学习一次 | 整改中 | f3k9-4r9 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 行标识 |
    | 1 | 学习不深入 | 每季检查一次 | 整改中 | f3k9-4r9 |
    | | | 每月学习一次 | 整改中 | f3k9-2p7 |
    --- 上次
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 行标识 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | f3k9-2p7 |
    | | | 每季检查一次 | 整改中 | f3k9-4r9 |`,
  run: lost,
};

function* lost({ ledger, identity }: Examining): Iterable<Found> {
  const [first, ...others] = identity.lost;
  if (first === undefined) return;
  const count = identity.lost.length;
  yield {
    message: text(
      `${count}行的行标识与内容对不上（从第${first.row.number}行起），已按内容重新配对`,
      `the ids of ${count} rows (from row ${first.row.number}) did not fit their content; they were paired again by content`,
    ),
    at: cellPlace(ledger, first.row, 'measure'),
    also: others.map(({ row }) => cellPlace(ledger, row, 'measure')),
    rows: identity.lost.map(({ row }) => row),
    object: 'all',
  };
}
