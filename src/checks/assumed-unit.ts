import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { issuePlace } from './places.js';

export const assumedUnit: Check = {
  id: 'assumed-unit',
  level: 'info',
  title: text('金额没有写单位', 'Unit of money assumed'),
  about: text(
    '金额的单位依次看：单元格、金额单位栏、表头、标题、基本信息；都没有写的按“元”读。',
    'The unit comes from the cell, 金额单位, the header, the title or 基本信息; without any it is 元.',
  ),
  why: text('元和万元差一万倍。', '元 and 万元 are ten thousand apart.'),
  remedy: text(
    '在表头写上“（元）”或“（万元）”，或在基本信息填默认金额单位',
    'write （元） or （万元） in the header, or fill 默认金额单位',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 应追缴金额 | 整改结果 |
    | 1 | 超标发放补贴 | 清退补贴 | «18000» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 应追缴金额（万元） | 整改结果 |
    | 1 | 超标发放补贴 | 清退补贴 | 1.8 | 整改中 |`,
  run: assumed,
};

function* assumed({ ledger }: Examining): Iterable<Found> {
  const issues = ledger.issues.filter(issue => issue.kind === 'assumed-unit');
  const [first, ...others] = issues.map(issuePlace);
  if (first === undefined) return;
  const names = issues.map(issue => `${issue.sheet}的“${issue.header}”`);
  yield {
    message: text(
      `${names.join('、')}没有写单位，按“元”读`,
      `no unit is given for ${issues.map(issue => `“${issue.header}” of ${issue.sheet}`).join(', ')}; read as 元`,
    ),
    at: first,
    also: others,
    object: 'all',
  };
}
