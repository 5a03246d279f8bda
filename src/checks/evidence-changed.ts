import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { namedEvidence } from './evidence-named.js';

export const evidenceChanged: Check = {
  id: 'evidence-changed',
  level: 'error',
  title: text('佐证文件被改动', 'Evidence file changed'),
  about: text(
    '申请销号以后，佐证文件不再改动；系统用文件指纹（SHA-256）核对。',
    'Evidence does not change once closing has been applied for; the program compares fingerprints (SHA-256).',
  ),
  why: text(
    '报审以后又改的佐证，不能证明报审时的情况。',
    'Evidence changed after it was submitted does not prove what was submitted.',
  ),
  remedy: text(
    '核对是谁改的、改了什么；确需更换的，重新申请销号',
    'find out who changed what; apply for closing again if the change is right',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 佐证材料 | 申请销号日期 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | «学习记录.pdf» | 2023-10-20 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 佐证材料 | 申请销号日期 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | 考勤表.pdf | 2023-10-20 |
    --- 文件夹
    | 学习记录.pdf | 3f1c | a07e |
    | 考勤表.pdf | 77b2 | 77b2 |`,
  run: changed,
};

function* changed(examining: Examining): Iterable<Found> {
  const { evidence, previous } = examining;
  if (evidence === undefined) return;
  for (const one of namedEvidence(examining).values()) {
    const now = evidence.files.get(one.name);
    const before = previous?.evidence.get(one.name) ?? one.sha256;
    if (before === undefined || before === '' || now?.sha256 === undefined || now.sha256 === before) continue;
    const applied = [...one.findings].some(finding => finding.rows.some(row => row.data.applyDate !== undefined));
    const [at = {}, ...also] = one.places;
    const [finding, ...others] = one.findings;
    yield {
      level: applied ? 'error' : 'warning',
      message: text(
        `佐证文件“${one.name}”和上次登记的不一样${applied ? '，而该问题已经申请销号' : ''}`,
        `evidence file “${one.name}” differs from what was registered${applied ? ', and closing has been applied for' : ''}`,
      ),
      at,
      also,
      found: now.sha256.slice(0, 12),
      expected: before.slice(0, 12),
      ...(finding !== undefined && others.length === 0 ? { finding } : {}),
      rows: one.rows,
      object: one.name,
    };
  }
}
