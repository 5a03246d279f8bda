import { text } from '../model/text.js';
import { type Check, cellPlace, type Examining, type Found, shorten } from './check.js';

export const rowMoved: Check = {
  id: 'row-moved',
  level: 'error',
  title: text('行换了问题', 'Row under another finding'),
  about: text(
    '问题栏留空的行跟着上一行走；排序、移动以后，它不能悄悄归到别的问题下面。',
    'A row whose finding is blank belongs to the row above; sorting must not quietly bring it under another finding.',
  ),
  why: text(
    '一次排序就能把措施换到别的问题名下，金额和状态跟着全错。',
    'One sort can move measures to other findings, and with them money and status.',
  ),
  remedy: text(
    '撤销排序，或在这些行写上“反馈问题”和序号，再同步',
    'undo the sort, or write 反馈问题 and 序号 into these rows, then sync again',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 行标识 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | f3k9-2p7 |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 | g4m2-3q8 |
    | | «» | 每季检查一次 | 整改中 | f3k9-4r9 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 行标识 |
    | 1 | 制度不健全 | 修订三项制度 | 整改中 | g4m2-3q8 |
    | 2 | 学习不深入 | 每月学习一次 | 整改中 | f3k9-2p7 |
    | | | 每季检查一次 | 整改中 | f3k9-4r9 |
    --- 上次
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 行标识 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | f3k9-2p7 |
    | | | 每季检查一次 | 整改中 | f3k9-4r9 |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 | g4m2-3q8 |`,
  run: moved,
};

function* moved({ ledger, identity }: Examining): Iterable<Found> {
  const [first, ...others] = identity.moved;
  if (first === undefined) return;
  const count = identity.moved.length;
  const was = first.was === undefined ? undefined : shorten(first.was, 16);
  const is = shorten(first.is, 16);
  const kept = identity.moved.filter(one => one.kept).length;
  const counted =
    kept === count
      ? text('改好之前仍按原来的问题计算', 'until that is put right they count where they belong')
      : text(
          `${count - kept}行原来的问题已不在台账里，按现在的位置计算`,
          `the finding of ${count - kept} is gone from the ledger: they count where they stand`,
        );
  yield {
    message: text(
      `${count}行换了问题：第${first.row.number}行原来属于${was === undefined ? '另一个问题' : `“${was}”`}，现在排在“${is}”下面；${counted.zh}`,
      `${count} rows came under another finding: row ${first.row.number} belongs to ${was === undefined ? 'another one' : `“${was}”`} and now stands under “${is}”; ${counted.en}`,
    ),
    at: cellPlace(ledger, first.row, 'finding'),
    also: others.map(({ row }) => cellPlace(ledger, row, 'finding')),
    found: first.is,
    ...(first.was === undefined ? {} : { expected: first.was }),
    rows: identity.moved.map(({ row }) => row),
    object: 'all',
  };
}
