import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';

export const otherLedger: Check = {
  id: 'other-ledger',
  level: 'warning',
  title: text('还有一张台账没有读', 'Another ledger in the workbook'),
  about: text(
    '一个工作簿只读一张台账；还有表头一样齐全、也填了内容的表，要说明它算不算。',
    'One sheet of a workbook is read as the ledger; another one with as good a header and rows in it is named.',
  ),
  why: text(
    '分成几张表的台账只读了一张，问题数和金额都会少。',
    'A ledger that is spread over several sheets would be counted in part.',
  ),
  remedy: text(
    '属于同一本台账的，合到一张表里；是旧的或别的台账，隐藏那张表；读错了表的，在映射里写明读哪一张',
    'put what belongs together into one sheet; hide an older one; if the wrong sheet was read, name the right one in a mapping',
  ),
  example: `
    ## 第一方面
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    ## 第二方面
    | «序号» | 反馈问题 | 整改措施 | 整改结果 |
    | 2 | 违规发放补贴 | 清退补贴 | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 责任领导 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 张某 | 整改中 |
    ## 空白表样
    | 序号 | 反馈问题 | 整改措施 | 责任领导 | 整改结果 |
    ## 问题线索
    | 序号 | 问题 | 措施 | 办理情况 |
    | 1 | 反映账目不清 | 核查 | 已了结 |`,
  run: others,
};

function* others({ ledger }: Examining): Iterable<Found> {
  const read = ledger.main.header.sheet.name;
  for (const issue of ledger.issues) {
    if (issue.kind !== 'other-ledger') continue;
    yield {
      message: text(
        `工作表“${issue.sheet}”也是台账的样子，有${issue.rows}行，没有读取；这次只读了“${read}”`,
        `“${issue.sheet}” looks like a ledger too, with ${issue.rows} rows; only “${read}” was read`,
      ),
      at: { sheet: issue.sheet, row: issue.row, col: issue.col },
      found: issue.sheet,
      object: issue.sheet,
    };
  }
}
