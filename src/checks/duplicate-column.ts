import { columnLetters } from '../model/grid.js';
import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';

export const duplicateColumn: Check = {
  id: 'duplicate-column',
  level: 'error',
  title: text('两栏是同一项内容', 'Two columns for one field'),
  about: text(
    '同一项内容（比如责任领导）只能有一栏；按内容分得清的由系统自己分。',
    'A field has one column; where the content tells, the program tells.',
  ),
  why: text('分不清以哪一栏为准，就不能替您猜。', 'When both could be meant, neither is guessed.'),
  remedy: text(
    '删去其中一栏，或改一个栏名；都不能改的，用 ledger map 指定用哪一栏',
    'delete or rename one of them, or choose one with ledger map',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | «责任领导» | 责任领导 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 张某 | 李某 | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 完成情况 | 完成情况 |
    | 1 | 学习不深入 | 每月学习一次 | 已组织学习三次 | 已完成 |`,
  run: ties,
};

function* ties({ ledger }: Examining): Iterable<Found> {
  for (const issue of ledger.issues) {
    if (issue.kind !== 'duplicate-column') continue;
    const places = issue.cols.map(col => ({
      sheet: issue.sheet,
      row: issue.headerRow,
      col,
      header: issue.header.zh,
    }));
    const [first, ...others] = places;
    if (first === undefined) continue;
    const letters = issue.cols.map(columnLetters);
    yield {
      message: text(
        `工作表“${issue.sheet}”的${letters.join('、')}列都像是“${issue.header.zh}”，分不清以哪一列为准，这一栏没有读取`,
        `columns ${letters.join(', ')} of “${issue.sheet}” both look like “${issue.header.zh}”; neither was read`,
      ),
      at: first,
      also: others,
      object: `${issue.sheet}|${issue.key}`,
    };
  }
}
