import { text } from '../model/text.js';
import type { LedgerRow } from '../read/main.js';
import { findDates } from '../read/typed/date.js';
import { compact, toHalfWidth } from '../read/typed/normalise.js';
import { type Check, cellPlace, type Examining, type Found, findingName } from './check.js';
import { finishedRows } from './narrative.js';

export const resultRepeatsMeasure: Check = {
  id: 'result-repeats-measure',
  level: 'warning',
  title: text('进展照抄措施', 'Progress repeats the measure'),
  about: text(
    '已完成的，整改进展写做成了什么，不照抄整改措施；写了日期的不提示。',
    'The progress of a finished row says what was achieved and does not repeat the measure; with a date it is fine.',
  ),
  why: text('以整改措施代替整改落实情况，审核时会退回。', 'The plan given as its own result is returned.'),
  remedy: text(
    '在整改进展里写实际做了什么、什么时候、结果怎样',
    'say in 整改进展 what was done, when and with what result',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改进展 | 整改结果 |
    | 1 | 学习不深入 | 组织专题学习，完善学习制度 | «已组织专题学习，完善了学习制度。» | 已完成 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改进展 | 整改结果 |
    | 1 | 学习不深入 | 组织专题学习 | 组织专题学习三次，覆盖全体党员 | 已完成 |
    | 2 | 制度不健全 | 修订三项制度 | 修订三项制度 | 整改中 |
    | 3 | 作风不实 | 9月20日走访群众 | 9月20日走访群众 | 已完成 |
    | 4 | 请假不规范 | 修订制度 | 修订制度 | 已完成 |`,
  run: repeats,
};

/** Shorter than this, a measure and its result are alike by nature. */
const leastLength = 8;

function* repeats({ ledger, states }: Examining): Iterable<Found> {
  for (const state of states) {
    const { finding } = state;
    const rows: LedgerRow[] = [];
    for (const row of finishedRows(state)) {
      const { measure, progress } = row.data;
      if (measure === undefined || progress === undefined || !row.own.has('progress')) continue;
      const key = comparable(progress);
      if (key.length < leastLength || key !== comparable(measure)) continue;
      if (findDates(progress, { year: 2000 }).some(one => !one.background)) continue;
      rows.push(row);
    }
    const [first, ...others] = rows;
    if (first === undefined) continue;
    const name = findingName(finding);
    const times = rows.length > 1 ? `有${rows.length}行` : '';
    yield {
      message: text(
        `${name.zh}${times}的整改进展照抄了整改措施，看不出做成了什么`,
        `${name.en}: 整改进展 repeats 整改措施${rows.length > 1 ? ` in ${rows.length} rows` : ''} and does not say what was achieved`,
      ),
      at: cellPlace(ledger, first, 'progress'),
      also: others.map(row => cellPlace(ledger, row, 'progress')),
      finding,
      rows,
      object: finding.label,
    };
  }
}

/** 已 and 了 make a plan read like a result. */
function comparable(written: string): string {
  return compact(toHalfWidth(written))
    .replace(/^[一二三四五六七八九十]{1,3}是/u, '')
    .replace(/[已了,，。.;；、:：]/gu, '');
}
