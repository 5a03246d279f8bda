import { text } from '../model/text.js';
import { placeIn } from '../reconcile/place.js';
import type { Check, Examining, Found } from './check.js';
import { hasRecovered, type RecoveryRow, wordsOf } from './recovery-rows.js';

export const recoveryToUnitAccount: Check = {
  id: 'recovery-to-unit-account',
  level: 'warning',
  title: text('追缴资金缴入本单位账户', 'Recovered into the unit’s own account'),
  about: text(
    '追缴的违规资金一般应上缴财政；缴入本单位账户的要有依据。代垫、代缴、个人借款的归还除外。',
    'Recovered money normally goes to the treasury; what goes into the unit’s own account needs a ground. Advances and personal loans paid back are fine.',
  ),
  why: text(
    '退到本单位账上、没有上缴财政的，检查时不认定为追缴到位。',
    'Money paid back into the unit’s own account is not accepted as recovered.',
  ),
  remedy: text(
    '核对是否应上缴财政；应上缴的尽快上缴并改“缴入账户”，不需上缴的在备注写明依据',
    'see whether it belongs to the treasury; if not, give the ground in the note',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 已完成 |
    ## 追缴资金
    | 问题序号 | 项目 | 应追缴 | 已追缴 | 缴入账户 |
    | 1 | 违规补贴 | 5000 | 5000 | «单位» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 已完成 |
    ## 追缴资金
    | 问题序号 | 项目 | 应追缴 | 已追缴 | 缴入账户 |
    | 1 | 违规补贴 | 5000 | 5000 | 财政 |
    | 1 | 误餐费 | 300 | 300 | 个人 |`,
  run: ownAccount,
};

const own = /(?:本|原)?单位|自有|基本户|基本账户|对公账户/u;
const treasury = /财政|国库|非税|专户/u;
const advance = /代垫|垫付|代缴|个人借款|借款|备用金/u;

function* ownAccount({ ledger }: Examining): Iterable<Found> {
  const { recoveries } = ledger.registers;
  const rows = recoveries.rows.filter(row => {
    const account = row.data.account ?? '';
    return hasRecovered(row) && own.test(account) && !treasury.test(account);
  });
  const place = (row: RecoveryRow) => placeIn(recoveries.header, row.number, 'account');
  for (const advanced of [false, true]) {
    const group = rows.filter(row => advance.test(wordsOf(row)) === advanced);
    const [first, ...rest] = group;
    if (first === undefined) continue;
    yield {
      level: advanced ? 'info' : 'warning',
      message: advanced
        ? text(
            `${group.length}笔代垫、代缴或个人借款归还到本单位账户，一般属正常`,
            `${group.length} advances or loans were paid back into the unit’s own account, which is usual`,
          )
        : text(
            `${group.length}笔追缴缴入了本单位账户，没有上缴财政`,
            `${group.length} recoveries went into the unit’s own account, not to the treasury`,
          ),
      at: place(first),
      also: rest.map(place),
      found: first.data.account ?? '',
      expected: '财政',
      object: advanced ? 'advances' : 'own account',
    };
  }
}
