import { equals, grouped, type Money, plain, signed, subtract } from '../model/money.js';
import { type Text, text } from '../model/text.js';
import { statedMoney } from '../reconcile/claims.js';
import {
  addingParts,
  asTyped,
  type CountParts,
  type MoneyParts,
  type MoneyRows,
  moneyDifference,
  tolerance,
  within,
} from '../reconcile/compare.js';
import { type Part, possibleReasons } from '../reconcile/explain.js';
import { placeIn } from '../reconcile/place.js';
import { type FindingState, summed } from '../reconcile/state.js';
import { statedTotals } from '../reconcile/stated-totals.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';

export const totalMismatch: Check = {
  id: 'total-mismatch',
  level: 'error',
  title: text('合计与分项之和不符', 'A total is not the sum of its parts'),
  about: text(
    '合计等于各分项之和，分项等于台账里各行之和，一分钱也不差。',
    'A total equals the sum of its parts and a named part the sum of its rows, to the last 分.',
  ),
  why: text(
    '公开的合计和分项差一元，读者按一下计算器就知道。',
    'Anybody with a calculator finds a published total that is one yuan off.',
  ),
  remedy: text(
    '对照凭证逐项核对，改合计或改分项；系统不改这些数',
    'check each part against its voucher and correct the total or the part; the program changes neither',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 |
    | 1 | 追缴资金 | «521993.5» | 元 | 已追缴 | |
    | 2 | 代缴养老保险 | 285358.5 | 元 | | 1 |
    | 3 | 代缴医疗保险 | 49672.12 | 元 | | 1 |
    | 4 | 工作经费 | 186961.88 | 元 | | 1 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 |
    ## 通报数据
    | 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 |
    | 1 | 追缴资金 | 521992.5 | 元 | 已追缴 | |
    | 2 | 代缴养老保险 | 285358.5 | 元 | | 1 |
    | 3 | 代缴医疗保险 | 49672.12 | 元 | | 1 |
    | 4 | 工作经费 | 18.696188 | 万元 | | 1 |
    | 5 | 反馈问题总数 | 34，含立行立改2 | 个 | | |`,
  run: mismatches,
};

function* mismatches(examining: Examining): Iterable<Found> {
  yield* ofClaims(examining);
  yield* strayParts(examining);
  for (const state of examining.states) yield* disputed(examining, state);
  for (const one of statedTotals(examining.ledger)) {
    if (one.ok) continue;
    const where = text(
      `“${one.at.sheet ?? ''}”第${one.row}行的${one.name}`,
      `${one.name} in row ${one.row} of ${one.at.sheet ?? ''}`,
    );
    yield {
      ...moneyFound(where, one.stated, one.computed, one.parts, one.calculated ? formulaReasons : undefined),
      ...(one.calculated ? { remedy: checkFormula } : {}),
      at: one.at,
      also: one.from,
      count: 1,
      object: `${one.sheetKey}|${one.key}|${one.name}`,
    };
  }
}

function* ofClaims({ claims }: Examining): Iterable<Found> {
  for (const one of claims.comparisons) {
    switch (one.kind) {
      case 'money-parts':
        if (one.ok === false || one.rounded) yield moneyParts(one);
        break;
      case 'money-rows':
        if (one.ok === false) yield moneyRows(one);
        break;
      case 'count-parts':
        // When the ledger has the same other figure, the count itself is wrong and claim-mismatch says so.
        if (
          one.ok === false &&
          !claims.comparisons.some(
            other =>
              other.kind === 'count' &&
              other.claim === one.claim &&
              other.ok === false &&
              other.computed === one.computed,
          )
        ) {
          yield countParts(one);
        }
        break;
      default:
        break;
    }
  }
}

function moneyParts(one: MoneyParts): Found {
  const name = claimName(one.claim.subject);
  const place = { at: one.at, also: one.from, count: 1, object: `parts|${one.claim.subject}` };
  const computed = one.computed ?? one.stated;
  if (one.rounded) {
    return {
      ...place,
      level: 'info',
      message: text(
        `${name.zh}写${asTyped(one.claim)}，分项之和${grouped(computed)}元，相差${signed(subtract(one.stated, computed))}元，是四舍五入造成的`,
        `${name.en}: ${asTyped(one.claim)} stated, the parts come to ${grouped(computed)}; the difference ${signed(subtract(one.stated, computed))} comes from rounding`,
      ),
      remedy: text(
        '数字没有错；公开时可注明“因四舍五入，合计与分项之和略有出入”',
        'nothing is wrong; a note on rounding may help the reader',
      ),
      found: plain(one.stated),
      expected: plain(computed),
    };
  }
  const parts = addingParts(one.claim).flatMap((part): Part[] => {
    const yuan = statedMoney(part);
    return yuan === undefined ? [] : [{ name: part.subject, yuan }];
  });
  return { ...moneyFound(name, one.stated, computed, parts), ...place };
}

function moneyRows(one: MoneyRows): Found {
  const name = claimName(one.claim.subject);
  const computed = one.computed ?? one.stated;
  const difference = moneyDifference(one) ?? one.stated;
  const { trace, reading } = one;
  const due = trace.kind === 'rows' ? trace.due : undefined;
  const reasons =
    due !== undefined && equals(due, one.stated)
      ? [
          text(
            '可能把应追缴写成了已追缴（与应追缴的数相同）',
            'money due may have been stated as recovered (the figures are the same)',
          ),
        ]
      : possibleReasons(one.stated, computed, []);
  return {
    ...(trace.kind === 'rows' && !trace.sure ? { level: 'warning' as const } : {}),
    message: withReasons(
      text(
        `${name.zh}写${grouped(one.stated)}元，${reading?.zh ?? '台账'}为${grouped(computed)}元，相差${signed(difference)}元`,
        `${name.en}: ¥${grouped(one.stated)} stated, ¥${grouped(computed)} computed (${reading?.en ?? 'ledger'}), difference ${signed(difference)}`,
      ),
      reasons,
    ),
    at: one.at,
    also: one.from,
    count: 1,
    found: plain(one.stated),
    expected: plain(computed),
    object: `rows|${one.claim.subject}`,
  };
}

function countParts(one: CountParts): Found {
  const name = claimName(one.claim.subject);
  const computed = one.computed ?? one.stated;
  const difference = one.stated - computed;
  const list = addingParts(one.claim).map(part => (part.stated.kind === 'count' ? part.stated.n : 0));
  return {
    message: text(
      `${name.zh}写${one.stated}，分项之和为${computed}（${list.slice(0, 12).join('＋')}），相差${difference > 0 ? '+' : ''}${difference}`,
      `${name.en}: ${one.stated} stated, the parts come to ${computed} (${list.slice(0, 12).join(' + ')}), difference ${difference > 0 ? '+' : ''}${difference}`,
    ),
    at: one.at,
    also: one.from,
    count: 1,
    found: String(one.stated),
    expected: String(computed),
    object: `parts|${one.claim.subject}`,
  };
}

/** Parts of a total that is not there: their sum cannot be checked. */
function* strayParts({ ledger, claims }: Examining): Iterable<Found> {
  const { header } = ledger.registers.claims;
  const [first, ...rest] = claims.claims.strays;
  if (first === undefined) return;
  const names = [first, ...rest].map(row => row.data.parent ?? '');
  yield {
    message: text(
      `${names.length}个分项的“所属合计编号”对不上任何一行：${[...new Set(names)].slice(0, 6).join('、')}`,
      `${names.length} parts name a total that is not there: ${[...new Set(names)].slice(0, 6).join(', ')}`,
    ),
    remedy: text('填上合计那一行的编号', 'enter the number of the total’s row'),
    at: placeIn(header, first.number, 'parent'),
    also: rest.map(row => placeIn(header, row.number, 'parent')),
    found: names[0] ?? '',
    object: 'stray parts',
  };
}

const figureNames = {
  due: text('应追缴', 'due'),
  recovered: text('已追缴', 'recovered'),
  reduced: text('核减', 'reduced'),
} as const;

/** One finding, two statements: the main sheet and 追缴资金. */
function* disputed({ ledger }: Examining, state: FindingState): Iterable<Found> {
  const { finding, money, recoveries } = state;
  for (const { key, ledger: own, register } of money.disputed) {
    const amounts = finding.rows.flatMap(row => (row.data[key] === undefined ? [] : [row.data[key].yuan]));
    const [one] = amounts;
    // Written on several rows and counted several times: repeated-amount says so.
    if (
      amounts.length > 1 &&
      one !== undefined &&
      amounts.every(amount => equals(amount, one)) &&
      equals(one, register)
    )
      continue;
    const difference = subtract(own, register);
    if (within(own, register, tolerance(ledger))) continue;
    const name = findingName(finding);
    const row = finding.rows.find(candidate => candidate.data[key] !== undefined) ?? finding.first;
    const listed = recoveries.filter(candidate => candidate.data[key] !== undefined);
    const parts = listed.flatMap(candidate =>
      candidate.data[key] === undefined
        ? []
        : [{ name: candidate.data.item ?? `第${candidate.number}行`, yuan: candidate.data[key].yuan }],
    );
    yield {
      message: withReasons(
        text(
          `${name.zh}的${figureNames[key].zh}在台账是${grouped(own)}元，在追缴资金是${grouped(register)}元，相差${signed(difference)}元`,
          `${name.en}, ${figureNames[key].en}: ¥${grouped(own)} in the ledger, ¥${grouped(register)} in 追缴资金, difference ${signed(difference)}`,
        ),
        [...possibleReasons(own, register, summed(recoveries, key) === 'unknown' ? [] : parts)],
      ),
      at: cellPlace(ledger, row, key),
      also: listed.map(candidate => placeIn(ledger.registers.recoveries.header, candidate.number, key)),
      count: 1,
      found: plain(own),
      expected: plain(register),
      finding,
      object: `finding ${finding.label}|${key}`,
    };
  }
}

function claimName(subject: string): Text {
  return text(`通报数据“${subject}”`, `claim “${subject}”`);
}

function moneyFound(
  name: Text,
  stated: Money,
  computed: Money,
  parts: readonly Part[],
  reasons: readonly Text[] = possibleReasons(stated, computed, parts),
): Pick<Found, 'message' | 'found' | 'expected'> {
  const difference = signed(subtract(stated, computed));
  return {
    message: withReasons(
      text(
        `${name.zh}写${grouped(stated)}元，分项之和为${grouped(computed)}元，相差${difference}元${sumZh(parts)}`,
        `${name.en}: ¥${grouped(stated)} stated, the parts come to ¥${grouped(computed)}, difference ${difference}`,
      ),
      reasons,
    ),
    found: plain(stated),
    expected: plain(computed),
  };
}

/** A formula does not mistype digits. */
const formulaReasons = [
  text('公式没有把每一行都加进去，或改了数以后没有重新计算', 'the formula leaves out rows, or was not recalculated'),
];
const checkFormula = text(
  '用 Excel 或 WPS 打开，看这个公式加的是哪几行，保存一次再同步；系统不改这些数',
  'open it in Excel or WPS, see which rows the formula adds, save and sync again; the program does not change figures',
);

/** The addition itself, so that it can be followed with a finger; long ones stay in the sheet. */
function sumZh(parts: readonly Part[]): string {
  return parts.length === 0 || parts.length > 8 ? '' : `（${parts.map(part => grouped(part.yuan)).join('＋')}）`;
}

function withReasons(message: Text, reasons: readonly Text[]): Text {
  if (reasons.length === 0) return message;
  return text(
    `${message.zh}。可能的原因：${reasons.map(reason => reason.zh).join('；')}`,
    `${message.en}. Possible reasons: ${reasons.map(reason => reason.en).join('; ')}`,
  );
}
