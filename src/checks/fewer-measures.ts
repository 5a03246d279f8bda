import { text } from '../model/text.js';
import type { Finding, LedgerRow, SubFinding } from '../read/main.js';
import { countMeasures, readMarks } from '../read/typed/measures.js';
import { type Check, cellPlace, type Examining, type Found, findingName, hasColumn, shorten } from './check.js';

export const fewerMeasures: Check = {
  id: 'fewer-measures',
  level: 'warning',
  title: text('具体问题没有对应的措施', 'Sub-finding without a measure'),
  about: text(
    '每个具体问题都有措施回应：写在它自己的行里，或合并跨到它；一格里写一是、二是（或分行）的按几条算。',
    'Every sub-finding is answered, in its own rows or by a merged cell; 一是, 二是 or lines in one cell count as several.',
  ),
  why: text('漏答一条，审核时整个问题会被退回。', 'One sub-finding left unanswered sends the whole finding back.'),
  remedy: text(
    '给它补一条措施；如果已包含在别的措施里，把措施单元格合并到这一行，或写“同上”',
    'add a measure for it; if another one answers it too, merge that cell down to it or write 同上',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 |
    | 1 | 内部管理不到位 | 一是站点管理不严 | 修订考勤制度 | 已完成 |
    | | | 二是请假不规范 | 加大明察暗访力度 | 已完成 |
    | | | 三是担当不够 | «» | 已完成 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 一是次数不够 | 一是每月学习一次。二是专人记录。 | 整改中 |
    | | | 二是记录不全 | | 整改中 |
    | 2 | 内部管理不到位 | 一是站点管理不严。二是请假不规范。 | 修订考勤制度，逐站检查 | 整改中 |`,
  run: fewer,
};

function* fewer({ ledger, states }: Examining): Iterable<Found> {
  if (!hasColumn(ledger, 'measure')) return;
  for (const { finding, status } of states) {
    if (status === 'withdrawn' || finding.rows.some(row => row.bad.has('measure'))) continue;
    const found = unanswered(finding) ?? outnumbered(finding);
    if (found === undefined) continue;
    const name = findingName(finding);
    yield {
      message: text(`${name.zh}${found.zh}`, `${name.en}: ${found.en}`),
      at: cellPlace(ledger, found.row, 'measure'),
      also: found.others.map(row => cellPlace(ledger, row, 'measure')),
      finding,
      object: finding.label,
    };
  }
}

type Shortage = {
  readonly zh: string;
  readonly en: string;
  readonly row: LedgerRow;
  readonly others: readonly LedgerRow[];
};

/** Sub-findings whose rows hold no measure and lie in no merged one. */
function unanswered(finding: Finding): Shortage | undefined {
  if (finding.rows.every(row => row.data.measure !== undefined)) return undefined;
  const answered = finding.rows.filter(row => row.data.measure !== undefined);
  // A finding without any measure is `no-measure`.
  if (answered.length === 0) return undefined;
  const open = finding.subFindings.filter(sub => sub.rows.every(row => row.data.measure === undefined));
  const [row, ...others] = open.flatMap(sub => sub.rows[0] ?? []);
  if (row === undefined) return undefined;
  // All measures in one cell: enough items for all sub-findings answer them together.
  const [only, second] = answered;
  const parts = finding.subFindings.reduce((sum, sub) => sum + Math.max(1, marksIn(sub.title)), 0);
  if (second === undefined && countMeasures(only?.data.measure ?? '') >= parts) return undefined;
  const titles = open.map(sub => `“${shorten(sub.title, 20)}”`);
  return {
    zh: `有${open.length}个具体问题没有对应的措施：${titles.slice(0, 5).join('、')}`,
    en: `${open.length} sub-findings have no measure: ${titles.slice(0, 5).join(', ')}`,
    row,
    others,
  };
}

/** Where the cell itself numbers its sub-findings and its measures: 3 sub-findings, 2 measures. */
function outnumbered(finding: Finding): Shortage | undefined {
  const groups: readonly (SubFinding | Finding)[] = finding.subFindings.length > 0 ? finding.subFindings : [finding];
  for (const group of groups) {
    const asked = marksIn(group.title);
    if (asked < 2 || group.rows.some(row => row.data.measure !== undefined && !row.own.has('measure'))) continue;
    const given = group.rows.reduce((sum, row) => sum + row.measures, 0);
    const [row] = group.rows;
    // One unnumbered text may answer everything; that cannot be told by counting.
    if (row === undefined || given < 2 || given >= asked) continue;
    return {
      zh: `列了${asked}个具体问题，措施只有${given}条`,
      en: `${asked} sub-findings, only ${given} measures`,
      row,
      others: [],
    };
  }
  return undefined;
}

/** Numbered items of a text; lines alone may only be wrapped. */
function marksIn(written: string): number {
  return readMarks(written).items.filter(item => item.mark !== '').length;
}
