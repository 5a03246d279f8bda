import { text } from '../model/text.js';
import { type Check, type Examining, type Found, hasColumn } from './check.js';
import { aboutFindings, labelsOf, labelsOfEn } from './places.js';

export const noMeasure: Check = {
  id: 'no-measure',
  level: 'error',
  title: text('没有整改措施', 'No measure'),
  about: text(
    '每个反馈问题至少有一条整改措施；合并单元格里的措施算它跨到的每一行。',
    'Every finding has at least one measure; a merged one counts for every row that it spans.',
  ),
  why: text('没有措施的问题等于没有整改。', 'A finding without a measure is not being rectified.'),
  remedy: text('在“整改措施”栏写上准备怎么改', 'write in 整改措施 what is to be done'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    | 2 | 制度不健全 | «» | 未启动 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 次数不够 | 每月学习一次并专人记录 | 整改中 |
    | | | 记录不全 | ^ | 整改中 |
    | 2 | 机构重复 | | | 不再纳入 |`,
  run: without,
};

function* without({ ledger, states }: Examining): Iterable<Found> {
  if (!hasColumn(ledger, 'measure')) return;
  const counted = states.filter(state => state.status !== 'withdrawn');
  const missing = counted.filter(({ finding }) =>
    finding.rows.every(row => row.data.measure === undefined && !row.bad.has('measure')),
  );
  if (missing.length === 0) return;
  const all = missing.length === counted.length;
  yield {
    message: all
      ? text(`全部${missing.length}个问题都没有写整改措施`, `none of the ${missing.length} findings has a measure`)
      : text(
          `${missing.length}个问题没有整改措施：问题${labelsOf(missing)}`,
          `${missing.length} findings have no measure: ${labelsOfEn(missing)}`,
        ),
    ...aboutFindings(ledger, missing, 'measure', all),
    object: 'all',
  };
}
