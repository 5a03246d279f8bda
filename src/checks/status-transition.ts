import { text } from '../model/text.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';

export const statusTransition: Check = {
  id: 'status-transition',
  level: 'error',
  title: text('状态变动没有理由', 'Change of status without a reason'),
  about: text(
    '已销号的、不再纳入的，重新变回整改状态要写明理由（未完成原因、审核意见或备注）。',
    'What leaves 已销号 or 不再纳入 says why, in 未完成原因, 审核意见 or 备注.',
  ),
  why: text('销了号又悄悄打开，前后两次上报就对不上。', 'What is quietly reopened contradicts the last report.'),
  remedy: text(
    '写明重新打开的理由；如果是误改，改回原来的状态',
    'say why it was reopened; if it was a slip, put the status back',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 审核状态 | 未完成原因 | 行标识 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | «» | | f3k9-2p7 |
    | 2 | 机构重复 | 合并机构 | «整改中» | | | g4m2-3q8 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 审核状态 | 未完成原因 | 行标识 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | 抽查不实 | | f3k9-2p7 |
    | 2 | 机构重复 | 合并机构 | 整改中 | | 上级要求重新纳入 | g4m2-3q8 |
    --- 上次
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 审核状态 | 未完成原因 | 行标识 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | 已销号 | | f3k9-2p7 |
    | 2 | 机构重复 | 合并机构 | 不再纳入 | | | g4m2-3q8 |`,
  run: left,
};

function* left({ ledger, states, previous }: Examining): Iterable<Found> {
  if (previous === undefined) return;
  for (const { finding, rows, review, status } of states) {
    for (const { row, review: own } of rows) {
      const was = previous.rows.get(row.idText);
      if (was === undefined) continue;
      const { data, bad } = row;
      const reason = data.reasonOpen ?? data.reviewNote ?? data.note ?? finding.first.data.reasonOpen;
      if (reason !== undefined) continue;
      const now = own ?? review;
      const reopened = was.review === 'closed' && now === undefined && !bad.has('review');
      const taken = was.shown === 'withdrawn' && status !== 'withdrawn' && !bad.has('result');
      if (!reopened && !taken) continue;
      const name = findingName(finding);
      yield {
        message: text(
          reopened
            ? `${name.zh}上次是“已销号”，现在审核状态空了，没有写理由`
            : `${name.zh}上次是“不再纳入”，现在又列入整改，没有写理由`,
          reopened
            ? `${name.en} was closed at the last sync and is no longer, without a reason`
            : `${name.en} was withdrawn at the last sync and is no longer, without a reason`,
        ),
        at: cellPlace(ledger, row, reopened ? 'review' : 'result'),
        found: reopened ? (now ?? '') : (status ?? ''),
        expected: reopened ? '已销号' : '不再纳入',
        finding,
        object: `${row.idText}|${reopened ? 'closed' : 'withdrawn'}`,
      };
      break;
    }
  }
}
