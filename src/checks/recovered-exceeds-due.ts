import { add, compare, grouped, type Money, plain, subtract, sum, zero } from '../model/money.js';
import { text } from '../model/text.js';
import type { Finding } from '../read/main.js';
import { placeIn } from '../reconcile/place.js';
import type { FindingState } from '../reconcile/state.js';
import { wordKey } from '../sheets/cells.js';
import { type Check, cellPlace, type Examining, type Found, findingName, hasColumn } from './check.js';
import { labelsOf, labelsOfEn } from './places.js';
import { findingsOfRows, type RecoveryRow, wordsOf } from './recovery-rows.js';

export const recoveredExceedsDue: Check = {
  id: 'recovered-exceeds-due',
  level: 'error',
  title: text('已追缴多于应追缴', 'Recovered more than due'),
  about: text(
    '已追缴不多于应追缴减核减；利息、滞纳金另行一并收取的除外。',
    'What was recovered does not exceed what is due less what was reduced; interest and late fees apart.',
  ),
  why: text(
    '多出来的钱不是填错了数，就是漏填了应追缴。',
    'The surplus is a typing error or money due that nobody entered.',
  ),
  remedy: text(
    '核对应追缴、已追缴、核减三个数和单位；利息、滞纳金在追缴资金里另起一行写明',
    'check the three figures and their unit; give interest and late fees a row of their own',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 |
    | 1 | 违规发放补贴 | 清退补贴 | 已完成 | 5000 | «5600» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 违规发放补贴 | 清退补贴 | 已完成 |
    ## 追缴资金
    | 问题序号 | 项目 | 应追缴 | 已追缴 | 备注 |
    | 1 | 违规补贴 | 5000 | 3000 | |
    | 1 | 违规补贴 | | 2000 | 第二笔 |
    | 1 | 利息 | | 36.5 | |`,
  run: exceeding,
};

const apart = /利息|滞纳金|罚息|违约金|罚款/u;

function* exceeding(examining: Examining): Iterable<Found> {
  const { states } = examining;
  const blank: FindingState[] = [];
  const reported = new Set<Finding>();
  for (const state of states) {
    const { due, recovered, reduced } = state.money;
    if (recovered === undefined || recovered === 'unknown' || due === 'unknown' || reduced === 'unknown') continue;
    const principal = subtract(recovered, interestOf(state));
    if (compare(principal, zero) <= 0) continue;
    if (due === undefined) {
      blank.push(state);
      continue;
    }
    if (compare(principal, subtract(due, reduced ?? zero)) <= 0) continue;
    reported.add(state.finding);
    yield ofFinding(examining, state, due, principal, subtract(due, reduced ?? zero));
  }
  yield* ofItems(examining, reported);
  yield* withoutDue(examining, blank);
}

/** Interest and late fees among the rows of a finding: they come on top of what is due. */
function interestOf({ recoveries }: FindingState): Money {
  return sum(
    recoveries.flatMap(row =>
      apart.test(wordsOf(row)) && row.data.due === undefined && row.data.recovered !== undefined
        ? [row.data.recovered.yuan]
        : [],
    ),
  );
}

function ofFinding({ ledger }: Examining, state: FindingState, due: Money, recovered: Money, owed: Money): Found {
  const { finding, recoveries } = state;
  const name = findingName(finding);
  const row = finding.rows.find(one => one.data.recovered !== undefined);
  const [listed] = recoveries.filter(one => one.data.recovered !== undefined);
  const at =
    row !== undefined || listed === undefined
      ? cellPlace(ledger, row ?? finding.first, 'recovered')
      : placeIn(ledger.registers.recoveries.header, listed.number, 'recovered');
  const noted =
    finding.rows.some(one => apart.test(`${one.data.note ?? ''}${one.data.progress ?? ''}`)) ||
    recoveries.some(one => apart.test(wordsOf(one)));
  const surplus = subtract(recovered, owed);
  return {
    ...(noted ? { level: 'info' as const } : {}),
    message: text(
      `${name.zh}已追缴${grouped(recovered)}元，多于应追缴${grouped(due)}元${equalsText(due, owed)}，多出${grouped(surplus)}元${noted ? '（备注提到利息、滞纳金，请另行列出）' : ''}`,
      `${name.en}: recovered ${grouped(recovered)}, due ${grouped(due)}, ${grouped(surplus)} too much`,
    ),
    at,
    count: 1,
    found: plain(recovered),
    expected: `≤ ${plain(owed)}`,
    finding,
    object: `finding ${finding.label}`,
  };
}

function equalsText(due: Money, owed: Money): string {
  return compare(due, owed) === 0 ? '' : `（核减后${grouped(owed)}元）`;
}

/** Within a finding that is in order as a whole, and in rows about several findings: item by item. */
function* ofItems(examining: Examining, reported: ReadonlySet<Finding>): Iterable<Found> {
  const { recoveries } = examining.ledger.registers;
  const findingOf = findingsOfRows(examining);
  const groups = new Map<string, { rows: RecoveryRow[]; finding: Finding | undefined }>();
  for (const row of recoveries.rows) {
    const finding = findingOf(row);
    if (apart.test(wordsOf(row)) || (finding !== undefined && reported.has(finding))) continue;
    const key = `${finding?.index ?? `row ${row.number}`}|${wordKey(row.data.item ?? '')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { rows: [row], finding });
    else group.rows.push(row);
  }
  for (const { rows, finding } of groups.values()) {
    if (rows.some(row => ['due', 'recovered', 'reduced'].some(key => row.bad.has(key)))) continue;
    if (rows.every(row => row.data.due === undefined)) continue;
    const total = (key: 'due' | 'recovered' | 'reduced') =>
      rows.reduce((sofar, row) => (row.data[key] === undefined ? sofar : add(sofar, row.data[key].yuan)), zero);
    const owed = subtract(total('due'), total('reduced'));
    const recovered = total('recovered');
    const last = rows.findLast(row => row.data.recovered !== undefined);
    if (last === undefined || compare(recovered, owed) <= 0) continue;
    const item = rows[0]?.data.item ?? '';
    yield {
      message: text(
        `追缴资金“${item}”已追缴${grouped(recovered)}元，多于应追缴${grouped(owed)}元`,
        `追缴资金 “${item}”: recovered ${grouped(recovered)}, due ${grouped(owed)}`,
      ),
      at: placeIn(recoveries.header, last.number, 'recovered'),
      count: 1,
      found: plain(recovered),
      expected: `≤ ${plain(owed)}`,
      ...(finding === undefined ? {} : { finding }),
      object: `${finding?.label ?? `row ${last.number}`}|${item}`,
    };
  }
}

/** Money that came in though nobody wrote that any was due; said only where there is a column to write it in. */
function* withoutDue({ ledger }: Examining, states: readonly FindingState[]): Iterable<Found> {
  const { recoveries } = ledger.registers;
  const written = states.filter(({ finding, recoveries: rows }) => {
    const inMain = finding.rows.some(row => row.data.recovered !== undefined);
    return inMain ? hasColumn(ledger, 'due') : rows.length > 0 && recoveries.header?.columns.has('due') === true;
  });
  const places = written.map(({ finding, recoveries: rows }) => {
    const row = finding.rows.find(one => one.data.recovered !== undefined);
    const [listed] = rows;
    return row !== undefined || listed === undefined
      ? cellPlace(ledger, row ?? finding.first, 'due')
      : placeIn(recoveries.header, listed.number, 'due');
  });
  const [at, ...also] = places;
  if (at === undefined) return;
  yield {
    level: 'warning',
    message: text(
      `${written.length}个问题有已追缴，没有填应追缴：问题${labelsOf(written)}`,
      `${written.length} findings have money recovered and none due: ${labelsOfEn(written)}`,
    ),
    remedy: text('补填应追缴，未追缴才算得出来', 'enter what is due, so that the outstanding sum can be computed'),
    at,
    also,
    count: places.length,
    rows: written.flatMap(({ finding }) => finding.rows),
    object: 'without due',
  };
}
