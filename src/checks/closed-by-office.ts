import { text } from '../model/text.js';
import type { LedgerRow } from '../read/main.js';
import { type Check, cellPlace, type Examining, type Found } from './check.js';
import { listed } from './places.js';

export const closedByOffice: Check = {
  id: 'closed-by-office',
  level: 'error',
  title: text('销号的来路', 'Who closed it'),
  about: text(
    '销号只由审核方（巡察办、纪检监察机关）写。有共享表的，销号标记要来自共享表；没有的，写明审核人、销号日期和依据文件。整改结果里的“已销号”按“已完成”读。',
    'Only the reviewer closes. With a mirror, closing marks come from it; without one, 审核人, 销号日期 and a document are named. 已销号 in 整改结果 is read as done.',
  ),
  why: text(
    '自己给自己销号，审核一抽查就露馅。',
    'An office that closes its own findings does not survive the first spot check.',
  ),
  remedy: text(
    '请审核方在共享表里销号；没有共享表的，填上审核人、销号日期，并在审核意见里写明文件',
    'have the reviewer close it on the mirror; without one, fill 审核人, 销号日期 and name the document in 审核意见',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 审核状态 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | «已销号» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 审核状态 | 审核意见 | 审核日期 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | 已退回 | 请补充学习记录 | 2023-10-08 |
    | 2 | 制度不健全 | 修订三项制度 | 已完成 | | | |`,
  run: closings,
};

const documentWords = /号|函|通知|意见|批复|纪要|销号单|销号表|文件|《/u;

function* closings(examining: Examining): Iterable<Found> {
  const { ledger, states, mirrored, previous } = examining;
  const ownMarks: LedgerRow[] = [];
  const documented: LedgerRow[] = [];
  const undocumented: LedgerRow[] = [];
  const inResult: LedgerRow[] = [];
  for (const { finding } of states) {
    for (const row of finding.rows) {
      if (row.own.has('result') && row.data.result?.closedMark === true) inResult.push(row);
      if (!row.own.has('review') || row.data.review !== 'closed') continue;
      if (mirrored && previous !== undefined) {
        // What the mirror said is remembered with the row; a mark that is not there was typed in the workbook.
        if (previous.rows.get(row.idText)?.review !== 'closed') ownMarks.push(row);
      } else if (isDocumented(row, finding.first)) documented.push(row);
      else undocumented.push(row);
    }
  }
  const about = (rows: readonly LedgerRow[], key: 'review' | 'result', object: string) => ({
    at: cellPlace(ledger, rows[0], key),
    also: rows.slice(1).map(row => cellPlace(ledger, row, key)),
    rows,
    object,
  });
  const labels = (rows: readonly LedgerRow[]) =>
    listed([...new Set(rows.flatMap(row => ledger.main.findings[row.finding]?.label ?? []))]);
  if (ownMarks.length > 0) {
    yield {
      message: text(
        `${ownMarks.length}行的“已销号”不是从共享表来的：问题${labels(ownMarks)}`,
        `${ownMarks.length} closing marks did not come from the mirror: ${labels(ownMarks)}`,
      ),
      ...about(ownMarks, 'review', 'mirror'),
    };
  }
  if (undocumented.length > 0) {
    yield {
      level: 'warning',
      message: text(
        `${undocumented.length}行写了“已销号”，但审核人、销号日期、依据文件没有写全：问题${labels(undocumented)}`,
        `${undocumented.length} rows are marked closed without 审核人, 销号日期 and a document: ${labels(undocumented)}`,
      ),
      ...about(undocumented, 'review', 'undocumented'),
    };
  }
  if (documented.length > 0) {
    yield {
      level: 'info',
      message: text(
        `${documented.length}行的“已销号”写在台账里，审核人、日期和文件都有：问题${labels(documented)}`,
        `${documented.length} rows are marked closed in the workbook, with reviewer, date and document: ${labels(documented)}`,
      ),
      remedy: text('不用改；销号文件请留存备查', 'nothing to change; keep the document'),
      ...about(documented, 'review', 'documented'),
    };
  }
  if (inResult.length > 0) {
    yield {
      level: 'warning',
      message: text(
        `${inResult.length}行的整改结果写成了“已销号”，按“已完成”读：问题${labels(inResult)}`,
        `${inResult.length} rows say 已销号 in 整改结果; read as done: ${labels(inResult)}`,
      ),
      remedy: text(
        '整改结果写“已完成”；是否销号由审核方写在“审核状态”',
        'write 已完成 in 整改结果; closing stands in 审核状态 and is the reviewer’s',
      ),
      ...about(inResult, 'result', 'result'),
    };
  }
}

function isDocumented(row: LedgerRow, first: LedgerRow): boolean {
  const { reviewer, closedDate, reviewNote, note, evidence } = { ...first.data, ...definedOf(row) };
  return (
    reviewer !== undefined &&
    closedDate !== undefined &&
    (reviewNote !== undefined || documentWords.test(`${note ?? ''}${evidence ?? ''}`))
  );
}

function definedOf({ data }: LedgerRow) {
  return {
    ...(data.reviewer === undefined ? {} : { reviewer: data.reviewer }),
    ...(data.closedDate === undefined ? {} : { closedDate: data.closedDate }),
    ...(data.reviewNote === undefined ? {} : { reviewNote: data.reviewNote }),
    ...(data.note === undefined ? {} : { note: data.note }),
    ...(data.evidence === undefined ? {} : { evidence: data.evidence }),
  };
}
