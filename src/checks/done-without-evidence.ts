import { text } from '../model/text.js';
import { type Check, type Examining, type Found, hasColumn } from './check.js';
import { aboutFindings, labelsOf, labelsOfEn } from './places.js';

export const doneWithoutEvidence: Check = {
  id: 'done-without-evidence',
  level: 'error',
  title: text('已完成但没有佐证', 'Done without evidence'),
  about: text(
    '已完成的问题要写明佐证材料：文件名、佐证材料表的编号，或纸质材料放在哪里（第3盒P12、已装订、见附件3）。',
    'A finished finding names its evidence: a file, a number of the register 佐证材料, or where paper lies (第3盒P12, 已装订, 见附件3).',
  ),
  why: text('没有佐证的“已完成”，审核时不予销号。', 'What is done without evidence is not closed.'),
  remedy: text('在“佐证材料”栏写上文件名或存放位置', 'write the file or the place in the column 佐证材料'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 佐证材料 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | 学习记录.pdf |
    | 2 | 制度不健全 | 修订三项制度 | 已完成 | «» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 佐证材料 | 备注 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | 第3盒P12 | |
    | 2 | 制度不健全 | 修订三项制度 | 已完成 | | |
    | 3 | 作风不实 | 开展走访 | 整改中 | | |
    | 4 | 台账不全 | 补登台账 | 已完成 | | 佐证见附件3 |
    ## 佐证材料
    | 编号 | 问题序号 | 文件 |
    | Z2-1 | 2 | 制度汇编.pdf |`,
  run: without,
};

/** Evidence that somebody named in 整改进展 or 备注 for want of a column. */
const namedElsewhere = /附件|佐证|已装订|已归档|第\s*\d+\s*[盒卷册]|印证材料|台账备查|备查/u;

function* without({ ledger, states }: Examining): Iterable<Found> {
  const { evidence } = ledger.registers;
  const proven = new Set<number>();
  for (const { data } of evidence.rows) {
    if (data.reference?.kind === 'all') return;
    if (data.reference?.kind === 'findings') for (const number of data.reference.numbers) proven.add(number);
  }
  const done = states.filter(state => state.status === 'done');
  const missing = done.filter(
    ({ finding }) =>
      !proven.has(finding.number ?? finding.index + 1) &&
      finding.rows.every(
        ({ data, bad }) =>
          data.evidence === undefined &&
          !bad.has('evidence') &&
          !namedElsewhere.test(data.note ?? '') &&
          !namedElsewhere.test(data.progress ?? ''),
      ),
  );
  if (missing.length === 0) return;
  const all = missing.length === done.length && done.length === states.length;
  yield {
    message: text(
      hasColumn(ledger, 'evidence')
        ? `${missing.length}个已完成的问题没有写佐证材料：问题${labelsOf(missing)}`
        : `台账没有“佐证材料”这一栏，${missing.length}个已完成的问题看不到佐证：问题${labelsOf(missing)}`,
      `${missing.length} finished findings name no evidence: ${labelsOfEn(missing)}`,
    ),
    ...aboutFindings(ledger, missing, 'evidence', all),
    object: 'all',
  };
}
