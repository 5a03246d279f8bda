import { text } from '../model/text.js';
import { wordKey } from '../sheets/cells.js';
import { type Check, type Examining, type Found, shorten } from './check.js';
import { nearestWord } from './nearest-word.js';
import { groupedByText, issuePlace } from './places.js';
import { isUnknownWord, wrongColumn } from './unreadable-cell.js';

export const unknownStatus: Check = {
  id: 'unknown-status',
  level: 'error',
  title: text('认不出的状态', 'Unknown status'),
  about: text(
    '整改结果写：未启动、整改中、基本完成、长期坚持、已完成、不再纳入；各地常用的说法也认得。空着不算错。',
    '整改结果 says 未启动, 整改中, 基本完成, 长期坚持, 已完成 or 不再纳入; usual aliases are known. Blank is no error.',
  ),
  why: text('认不出的状态不能统计，问题状态显示“无法判断”。', 'A status that is not known cannot be counted.'),
  remedy: text(
    '改成六种状态之一；是本单位的固定说法的，请信息科写进映射文件（values）',
    'use one of the six statuses; a word of your own goes into the mapping, under values',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | «已完结» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 正按序推进。 |
    | 2 | 制度不健全 | 修订三项制度 | √ |
    | 3 | 作风不实 | 开展走访 | |`,
  run: unknown,
};

/** The office does not write there: with a mirror the word comes from it. */
const reviewRemedy = text(
  '审核状态写已退回、已销号或抽查不实；有共享表的，请审核方在共享表上改',
  'the review is 已退回, 已销号 or 抽查不实; where there is a mirror, let the reviewer correct it there',
);

const standard: ReadonlyMap<string, string> = new Map([
  ['not-started', '未启动'],
  ['in-progress', '整改中'],
  ['mostly-done', '基本完成'],
  ['long-term', '长期坚持'],
  ['done', '已完成'],
  ['done-long-term', '已完成并长期坚持'],
  ['withdrawn', '不再纳入'],
  ['returned', '已退回'],
  ['closed', '已销号'],
  ['refuted', '抽查不实'],
  ['unchanged', '暂缓销号'],
]);

function* unknown({ ledger }: Examining): Iterable<Found> {
  const issues = ledger.issues
    .filter(issue => issue.kind === 'unreadable')
    .filter(issue => isUnknownWord(ledger, issue));
  const rowAt = new Map(ledger.main.rows.map(row => [row.number, row]));
  for (const [object, group] of groupedByText(issues, wordKey)) {
    const [first, ...others] = group.issues;
    if (first === undefined) continue;
    const count = group.issues.length;
    const near = group.whole
      ? undefined
      : nearestWord(wordKey(first.found), ledger.words[first.key === 'review' ? 'review' : 'result']);
    const meant = near === undefined ? undefined : standard.get(near.value);
    const rows = group.issues.flatMap(issue => rowAt.get(issue.row) ?? []);
    const finding = count === 1 && rows[0] !== undefined ? ledger.main.findings[rows[0].finding] : undefined;
    const shown = shorten(first.found, 30);
    yield {
      message: text(
        group.whole
          ? `“${first.header}”有${count}格不是认得的状态，如“${shown}”`
          : `“${first.header}”写的是“${shown}”${count > 1 ? `（共${count}处）` : ''}，不是认得的状态${meant === undefined ? '' : `；最接近的是“${meant}”`}`,
        group.whole
          ? `“${first.header}” holds no known status in ${count} cells, such as “${shown}”`
          : `“${first.header}” says “${shown}”${count > 1 ? ` (${count} cells)` : ''}, which is no known status${meant === undefined ? '' : `; the nearest is ${meant}`}`,
      ),
      ...(group.whole ? { remedy: wrongColumn } : first.key === 'review' ? { remedy: reviewRemedy } : {}),
      at: issuePlace(first),
      also: others.map(issuePlace),
      found: first.found,
      expected: meant ?? first.expected.zh,
      ...(finding === undefined ? {} : { finding }),
      rows,
      object,
    };
  }
}
