import { text } from '../model/text.js';
import { type Check, type Examining, type Found, hasColumn } from './check.js';
import { aboutFindings } from './places.js';

export const publicityBlank: Check = {
  id: 'publicity-blank',
  level: 'info',
  title: text('没有写公开范围', 'Publicity left blank'),
  about: text(
    '公开范围空着的按“不公开”处理：不进通报，也不进只放公开内容的共享表。',
    'Blank 公开范围 means not published: neither in the notice nor on a public mirror.',
  ),
  why: text('漏填的会从通报里消失，读者看到的问题就少了。', 'What is left blank is missing from the notice.'),
  remedy: text('在“公开范围”写社会公开、党内通报或不公开', 'write 社会公开, 党内通报 or 不公开 in 公开范围'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 公开范围 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | 社会公开 |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 | «» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 公开范围 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | 社会公开 |
    | | | 每季检查一次 | 整改中 | |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 | 不公开 |`,
  run: blank,
};

function* blank({ ledger, states }: Examining): Iterable<Found> {
  const missing = states.filter(({ finding }) =>
    finding.rows.every(row => row.data.publicity === undefined && !row.bad.has('publicity')),
  );
  if (missing.length === 0) return;
  const all = missing.length === states.length;
  yield {
    message: text(
      hasColumn(ledger, 'publicity')
        ? `${missing.length}个问题没有写公开范围，按不公开处理`
        : `台账没有“公开范围”这一栏，${missing.length}个问题都按不公开处理`,
      `${missing.length} findings leave 公开范围 blank and are not published`,
    ),
    ...aboutFindings(ledger, missing, 'publicity', all),
    rows: [],
    object: 'all',
  };
}
