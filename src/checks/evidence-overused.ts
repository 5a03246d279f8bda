import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { namedEvidence } from './evidence-named.js';
import { listed } from './places.js';

export const evidenceOverused: Check = {
  id: 'evidence-overused',
  level: 'info',
  title: text('一份佐证用于多个问题', 'One document for many findings'),
  about: text(
    '同一份材料用作5个以上问题的佐证时提示一下；会议纪要、整改方案等本来就管全部问题的除外。',
    'Said when one document proves more than five findings; minutes and plans, which concern all, aside.',
  ),
  why: text(
    '一份材料“包打天下”，往往说明具体问题没有具体佐证。',
    'One document for everything often proves nothing in particular.',
  ),
  remedy: text('看看各问题是否另有更直接的佐证', 'see whether each finding has evidence of its own'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 佐证材料 |
    | 1 | 问题甲 | 措施一 | 已完成 | «工作总结.docx» |
    | 2 | 问题乙 | 措施二 | 已完成 | 工作总结.docx |
    | 3 | 问题丙 | 措施三 | 已完成 | 工作总结.docx |
    | 4 | 问题丁 | 措施四 | 已完成 | 工作总结.docx |
    | 5 | 问题戊 | 措施五 | 已完成 | 工作总结.docx |
    | 6 | 问题己 | 措施六 | 已完成 | 工作总结.docx |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 佐证材料 |
    | 1 | 问题甲 | 措施一 | 已完成 | 党组会议纪要.docx |
    | 2 | 问题乙 | 措施二 | 已完成 | 党组会议纪要.docx |
    | 3 | 问题丙 | 措施三 | 已完成 | 党组会议纪要.docx |
    | 4 | 问题丁 | 措施四 | 已完成 | 党组会议纪要.docx |
    | 5 | 问题戊 | 措施五 | 已完成 | 党组会议纪要.docx |
    | 6 | 问题己 | 措施六 | 已完成 | 党组会议纪要.docx |`,
  run: overused,
};

const mostFindings = 5;
const concernsAll = /纪要|会议记录|记录本|方案|计划|清单|台账|汇编|通知|minutes|plan/iu;
/** Words that name a kind of paper or a place, not one document. */
const noDocument = /^(?:有|已装订|已归档|见附件|附后|纸质|电子版|另附|备查)/u;

function* overused(examining: Examining): Iterable<Found> {
  for (const one of namedEvidence(examining).values()) {
    if (one.findings.size <= mostFindings || one.forAll || concernsAll.test(one.name)) continue;
    if (!one.isFile && (noDocument.test(one.name) || one.name.length < 4)) continue;
    const [at = {}, ...also] = one.places;
    const labels = [...one.findings].map(finding => finding.label);
    yield {
      message: text(
        `“${one.name}”用作${labels.length}个问题的佐证：问题${listed(labels)}`,
        `“${one.name}” is the evidence of ${labels.length} findings: ${listed(labels, ', ')}`,
      ),
      at,
      also,
      count: one.places.length,
      found: one.name,
      rows: one.rows,
      object: one.name,
    };
  }
}
