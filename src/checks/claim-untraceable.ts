import { text } from '../model/text.js';
import type { CountLedger } from '../reconcile/compare.js';
import { registerSheets } from '../sheets/index.js';
import type { Check, Examining, Found } from './check.js';
import { isShortfall, isUnlisted } from './claim-counts.js';

export const claimUntraceable: Check = {
  id: 'claim-untraceable',
  level: 'error',
  title: text('通报的次数、人数没有登记', 'A claim that nothing listed supports'),
  about: text(
    '通报了多少次谈话、处分、会议，登记表里就有多少；约谈不能顶提醒谈话。',
    'As many talks, sanctions and meetings are listed as are claimed; 约谈 is not 提醒谈话.',
  ),
  why: text(
    '说开展谈话19人次，却一次也查不到，核查时只能认定为虚报。',
    'Nineteen talks claimed and none listed cannot be verified.',
  ),
  remedy: text(
    '在对应的登记表里逐次登记；登记在别处的，在“说明”写明登记簿',
    'list them in the register, or name in 说明 the register in which they are kept',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    ## 谈话与处理
    | 问题序号 | 形式 | 人次 |
    | 1 | 约谈 | 5 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 |
    | 1 | 谈话 | «19» | 人次 | 提醒谈话 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    ## 谈话与处理
    | 问题序号 | 形式 | 人次 |
    | 1 | 约谈 | 5 |
    | 1 | 提醒谈话 | 十四人次 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 |
    | 1 | 谈话 | 19 | 人次 | |
    | 2 | 提醒谈话 | 14 | 人次 | |
    | 3 | 政务处分 | 0 | 人 | |`,
  run: untraceable,
};

/** 说明 that names where the single cases are kept. */
const keptElsewhere = /登记[簿表册本]|记录[本簿册]|台账|另册|另行登记|存于|存放|保存|保管|档案|归档|备查|见附件/u;

function* untraceable(examining: Examining): Iterable<Found> {
  const counts = examining.claims.comparisons.filter(one => one.kind === 'count');
  for (const one of counts) if (isShortfall(one)) yield shortfall(one, examining);
  const unlisted = counts.filter(one => isUnlisted(one) && one.stated > 0);
  const [first, ...rest] = unlisted;
  if (first === undefined) return;
  const names = unlisted.map(one => one.claim.subject);
  yield {
    level: 'info',
    message: text(
      `${unlisted.length}个通报数据在台账里没有对应的登记，没有核对：${names.slice(0, 8).join('、')}`,
      `${unlisted.length} claims are of no kind that the ledger lists and were not compared: ${names.slice(0, 8).join(', ')}`,
    ),
    remedy: text('请人工核对，并在“说明”写明出处', 'check them by hand and name the source in 说明'),
    at: first.at,
    also: rest.map(one => one.at),
    object: 'unlisted',
  };
}

function shortfall(one: CountLedger, { ledger }: Examining): Found {
  const { claim, stated, computed = 0 } = one;
  const register = one.readings?.register;
  const sheet = register === undefined ? '' : registerSheets[register.key].name.zh;
  const noun = claim.stated.kind === 'count' ? claim.stated.noun : '';
  const basis = claim.row.data.basis ?? '';
  // 谈话 with the basis 提醒谈话 is 提醒谈话.
  const what = basis === '' ? claim.subject : basis.includes(claim.subject) ? basis : `${claim.subject}·${basis}`;
  const note = claim.row.data.note ?? '';
  const elsewhere = keptElsewhere.test(note);
  const none = register === undefined || register.rows === 0;
  const others = register === undefined ? 0 : ledger.registers[register.key].rows.length;
  const nothing =
    others > 0 && claim.kind === 'solved'
      ? text(
          `${sheet}里登记的${others}条都没有填解决问题数`,
          `none of the ${others} rows of ${sheet} says how many were solved`,
        )
      : others > 0
        ? text(
            `${sheet}里登记了${others}条，没有这一类`,
            `${sheet} has ${others} row${others === 1 ? '' : 's'}, none of that kind`,
          )
        : text(`${sheet}里一条也没有登记`, `none listed in ${sheet}`);
  return {
    ...(none && !elsewhere ? {} : { level: 'warning' as const }),
    message: none
      ? text(
          `通报数据“${what}”写${stated}${noun}，${nothing.zh}${elsewhere ? `（说明：${note.slice(0, 30)}）` : ''}`,
          `claim “${what}”: ${stated} stated, ${nothing.en}`,
        )
      : text(
          `通报数据“${what}”写${stated}${noun}，${sheet}里登记了${computed}${noun}，还差${stated - computed}${noun}`,
          `claim “${what}”: ${stated} stated, ${computed} listed in ${sheet}, ${stated - computed} short`,
        ),
    at: one.at,
    also: one.from,
    count: 1,
    found: String(stated),
    expected: String(computed),
    object: `${claim.kind ?? ''}|${what}`,
  };
}
