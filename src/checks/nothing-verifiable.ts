import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { finishedRows, narrativeOf } from './narrative.js';
import { aboutFindings, labelsOf, labelsOfEn } from './places.js';

export const nothingVerifiable: Check = {
  id: 'nothing-verifiable',
  level: 'warning',
  title: text('没有一处可以核实', 'Nothing to verify'),
  about: text(
    '已完成的问题至少写一样查得到的：次数、人数、日期、金额、文件名，或佐证材料。',
    'A finished finding names at least one thing that can be looked up: a count, date, amount, document or evidence.',
  ),
  why: text(
    '“不具体、无数据及实例支撑”是退回最常见的理由。',
    'Reports without a figure or an example are what is returned most often.',
  ),
  remedy: text(
    '写明几次、几人、什么时候、哪个文件，或填佐证材料',
    'say how often, how many, when, which document, or name the evidence',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改进展 | 整改结果 |
    | 1 | 统战工作欠主动 | 改进工作 | 创新开展统战工作，取得明显成效 | «已完成» |
    | 2 | 学习不深入 | 加强学习 | 专题学习三次 | 已完成 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改进展 | 整改结果 | 佐证材料 |
    | 1 | 学习不深入 | 加强学习 | 专题学习三次 | 已完成 | |
    | 2 | 制度不健全 | 修订制度 | 修订完善考勤请假管理制度 | 已完成 | |
    | 3 | 作风不实 | 开展走访 | 走访群众，解决困难 | 已完成 | 走访记录.pdf |`,
  run: vague,
};

/** Figures, counts in Chinese numerals, titles, names of documents. */
const verifiable =
  /\d|[一二两三四五六七八九十百]{1,6}(?:次|场|项|人|名|位|个|条|份|件|处|轮|期|户|家|批|天|月|季|年)|《|制度|办法|方案|细则|规定|规程|预案|文件|通知|台[账帐]|清单|纪要|承诺书|合同|协议|报表|登记[表簿]/u;

function* vague({ ledger, states }: Examining): Iterable<Found> {
  const { policies, actions, meetings, recoveries, evidence } = ledger.registers;
  const registered = new Set<number>();
  for (const table of [policies, actions, meetings, recoveries, evidence]) {
    for (const { data } of table.rows) {
      if (data.reference?.kind === 'findings') for (const number of data.reference.numbers) registered.add(number);
    }
  }
  const missing = states.filter(state => {
    const { finding } = state;
    if (state.status !== 'done' || registered.has(finding.number ?? finding.index + 1)) return false;
    const told = finishedRows(state).flatMap(row => narrativeOf(row) ?? []);
    if (told.length === 0) return false;
    const dated = finding.rows.some(
      ({ data }) =>
        data.evidence !== undefined ||
        data.doneDate !== undefined ||
        data.measureDate !== undefined ||
        data.recovered !== undefined ||
        verifiable.test(data.note ?? ''),
    );
    return !dated && told.every(one => !verifiable.test(one.text));
  });
  if (missing.length === 0) return;
  yield {
    message: text(
      `${missing.length}个已完成的问题没有一处可以核实（次数、人数、日期、金额、文件、佐证都没有）：问题${labelsOf(missing)}`,
      `${missing.length} finished findings name nothing that can be verified: ${labelsOfEn(missing)}`,
    ),
    ...aboutFindings(ledger, missing, 'result', false),
    object: 'all',
  };
}
