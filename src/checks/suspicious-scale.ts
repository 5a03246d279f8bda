import type { Place } from '../model/diagnostic.js';
import { equals, grouped, isZero, type Money, plain } from '../model/money.js';
import { text } from '../model/text.js';
import type { Finding, LedgerRow } from '../read/main.js';
import { findAmounts } from '../read/typed/amount.js';
import { mixesUpUnits } from '../reconcile/compare.js';
import { placeIn } from '../reconcile/place.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';
import { statesMoney } from './money-cells.js';

export const suspiciousScale: Check = {
  id: 'suspicious-scale',
  level: 'warning',
  title: text('金额相差约一万倍', 'Amounts 10,000 times apart'),
  about: text(
    '同一问题里，金额栏的数和正文里的数应是一个数量级。',
    'The amount in the column and the amount in the finding’s words are of one scale.',
  ),
  why: text(
    '“1173.3万元”填成“1173.3”而没写万元，就少算了一万倍。',
    '1173.3 for 1173.3万元 is 10,000 times too little.',
  ),
  remedy: text('核对金额单位，是万元的写上“万元”', 'check the unit; write 万元 where it is meant'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 |
    | 1 | 截留工资1173.3万元没有上缴 | 清退工资 | 整改中 | «1173.3» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 金额单位 |
    | 1 | 截留工资1173.3万元没有上缴 | 清退工资 | 整改中 | 1173.3 | 万元 |
    | 2 | 项目投资800万元，多付800元 | 追回多付的款 | 整改中 | 800 | 元 |`,
  run: scaled,
};

const keys = ['due', 'recovered', 'reduced'] as const;

function* scaled({ ledger, states }: Examining): Iterable<Found> {
  for (const { finding, recoveries } of states) {
    const cells: { readonly yuan: Money; readonly place: () => Place }[] = [];
    for (const row of finding.rows) {
      if (!statesMoney(row.data)) continue;
      for (const key of keys) {
        const yuan = row.data[key]?.yuan;
        if (yuan !== undefined && !isZero(yuan)) cells.push({ yuan, place: () => cellPlace(ledger, row, key) });
      }
    }
    for (const row of recoveries) {
      for (const key of keys) {
        const yuan = row.data[key]?.yuan;
        const place = () => placeIn(ledger.registers.recoveries.header, row.number, key);
        if (yuan !== undefined && !isZero(yuan)) cells.push({ yuan, place });
      }
    }
    if (cells.length === 0) continue;
    const said = amountsSaid(finding);
    for (const cell of cells) {
      if (said.some(yuan => equals(yuan, cell.yuan))) continue;
      const other = said.find(yuan => mixesUpUnits(cell.yuan, yuan));
      if (other === undefined) continue;
      const name = findingName(finding);
      yield {
        message: text(
          `${name.zh}的金额栏折合${grouped(cell.yuan)}元，正文写的是${grouped(other)}元，相差约一万倍`,
          `${name.en}: ¥${grouped(cell.yuan)} in the column, ¥${grouped(other)} in the text, 10,000 times apart`,
        ),
        at: cell.place(),
        found: plain(cell.yuan),
        expected: plain(other),
        finding,
        object: `${finding.label}|${plain(cell.yuan)}`,
      };
      break;
    }
  }
}

/** Exact amounts in the words of a finding and its rows. */
function amountsSaid(finding: Finding): Money[] {
  const texts = new Set([finding.title, ...finding.rows.flatMap(wordsOf)]);
  return [...texts].flatMap(words =>
    findAmounts(words)
      .filter(one => !one.approximate)
      .map(one => one.amount.yuan),
  );
}

function wordsOf({ data }: LedgerRow): string[] {
  return [data.subFinding, data.measure, data.progress, data.note].filter(words => words !== undefined);
}
