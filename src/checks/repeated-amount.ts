import type { Place } from '../model/diagnostic.js';
import { equals, grouped, isZero, type Money, plain, times } from '../model/money.js';
import { type Text, text } from '../model/text.js';
import type { Finding, LedgerRow } from '../read/main.js';
import { placeIn } from '../reconcile/place.js';
import { type FindingState, summed } from '../reconcile/state.js';
import { wordKey } from '../sheets/cells.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';
import { statesMoney } from './money-cells.js';
import type { RecoveryRow } from './recovery-rows.js';

export const repeatedAmount: Check = {
  id: 'repeated-amount',
  level: 'warning',
  title: text('同一金额重复填写', 'One amount on several rows'),
  about: text(
    '一个问题的一笔钱只写一次（写在问题第一行）；几行写着同一个数，合计时会算几次。',
    'A sum of money is written once a finding, on its first row; the same figure on several rows is added several times.',
  ),
  why: text(
    '填表时往往把金额往下拉，合计就成倍放大。',
    'Amounts get filled down with everything else, and the total multiplies.',
  ),
  remedy: text(
    '是同一笔钱的，只留一行；确是几笔相同金额的，在追缴资金里逐笔登记',
    'keep one row if it is one sum; list the sums in 追缴资金 if there are several',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 | «5000» |
    | 1 | 违规发放补贴 | 建立制度 | 整改中 | 5000 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 |
    | 1 | 违规发放补贴 | 清退补贴 | 整改中 | 5000 |
    | 1 | 违规发放补贴 | 建立制度 | 整改中 | ^ |
    | 2 | 超标准接待 | 清退费用 | 整改中 | 5000 |
    | 2 | 超标准接待 | 补缴费用 | 整改中 | 300 |`,
  run: repeated,
};

const keys = [
  ['due', text('应追缴', 'due')],
  ['recovered', text('已追缴', 'recovered')],
  ['reduced', text('核减', 'reduced')],
] as const;
type Key = (typeof keys)[number][0];

function* repeated(examining: Examining): Iterable<Found> {
  for (const state of examining.states) {
    const { finding, recoveries } = state;
    if (finding.rows.filter(row => statesMoney(row.data)).length > 1) {
      for (const [key, name] of keys) yield* inMain(examining, state, key, name);
    }
    if (recoveries.length > 1) yield* inRegister(examining, finding, recoveries);
  }
}

function* inMain({ ledger }: Examining, state: FindingState, key: Key, name: Text): Iterable<Found> {
  const { finding, recoveries } = state;
  const groups = grouping(finding.rows, row => row.data[key]?.yuan);
  for (const { yuan, rows } of groups) {
    // 追缴资金 lists the sums one by one and comes to the same: then they are several.
    const own = summed(finding.rows, key);
    const listed = summed(recoveries, key);
    if (own !== undefined && own !== 'unknown' && listed !== undefined && listed !== 'unknown' && equals(own, listed))
      continue;
    yield foundOf(
      finding,
      rows.map(row => cellPlace(ledger, row, key)),
      name,
      yuan,
      `${finding.label}|${key}|${plain(yuan)}`,
    );
  }
}

/** 应追缴 written again on every instalment, or one and the same receipt twice. */
function* inRegister({ ledger }: Examining, finding: Finding, rows: readonly RecoveryRow[]): Iterable<Found> {
  const { header } = ledger.registers.recoveries;
  const items = new Map<string, RecoveryRow[]>();
  for (const row of rows) {
    const item = wordKey(row.data.item ?? '');
    if (item === '') continue;
    const list = items.get(item);
    if (list === undefined) items.set(item, [row]);
    else list.push(row);
  }
  for (const [item, list] of items) {
    const twice = grouping(list, row => row.data.due?.yuan).map(one => ({ ...one, key: 'due' as const }));
    const receipts = grouping(
      list.filter(row => row.data.date !== undefined || row.data.voucher !== undefined),
      row => row.data.recovered?.yuan,
      row => `${row.data.date?.text ?? ''}|${row.data.voucher ?? ''}`,
    ).map(one => ({ ...one, key: 'recovered' as const }));
    for (const { key, yuan, rows: same } of [...twice, ...receipts]) {
      const name = key === 'due' ? text('应追缴', 'due') : text('已追缴', 'recovered');
      yield foundOf(
        finding,
        same.map(row => placeIn(header, row.number, key)),
        text(`${name.zh}（${item}）`, `${name.en} (${item})`),
        yuan,
        `${finding.label}|register|${key}|${item}|${plain(yuan)}`,
      );
    }
  }
}

/** Rows with the same amount (and the same mark); nothing and zero are not repeated. */
function grouping<R extends LedgerRow | RecoveryRow>(
  rows: readonly R[],
  amountOf: (row: R) => Money | undefined,
  markOf: (row: R) => string = () => '',
): { readonly yuan: Money; readonly rows: readonly R[] }[] {
  const groups = new Map<string, { yuan: Money; rows: R[] }>();
  const stated = rows.flatMap(row => {
    const yuan = amountOf(row);
    return yuan === undefined || isZero(yuan) ? [] : [{ row, yuan }];
  });
  if (stated.length < 2) return [];
  for (const { row, yuan } of stated) {
    const key = `${plain(yuan)}|${markOf(row)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { yuan, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()].filter(group => group.rows.length > 1);
}

function foundOf(finding: Finding, places: readonly Place[], what: Text, yuan: Money, object: string): Found {
  const [at = {}, ...also] = places;
  const n = places.length;
  const all = times(yuan, String(n));
  const name = findingName(finding);
  return {
    message: text(
      `${name.zh}有${n}行的${what.zh}都是${grouped(yuan)}元：是一笔钱则为${grouped(yuan)}元，是${n}笔则为${grouped(all)}元（现按${n}笔计算）`,
      `${name.en}: ${n} rows with ${what.en} ${grouped(yuan)}: one sum of ${grouped(yuan)}, or ${n} sums of ${grouped(all)} (counted as ${n})`,
    ),
    at,
    also,
    found: plain(all),
    finding,
    object,
  };
}
