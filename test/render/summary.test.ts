import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { palette } from '../../src/render/palette.js';
import { categoryLines, headLines, progressLines } from '../../src/render/summary.js';
import { trendLines } from '../../src/render/trend.js';
import { examined } from '../support/workbook.js';

const statuses = ['已完成', '基本完成', '长期坚持', '整改中', '未启动', '不再纳入'];
const areas = [
  '（一）聚焦党的路线方针政策和党中央决策部署在基层落实情况方面',
  '（二）聚焦群众身边腐败问题和不正之风方面',
];
const book = examined(`## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 责任部门 | 整改结果 | 应追缴金额 | 已追缴金额 |
${Array.from({ length: 12 }, (_, n) => `| ${n + 1} | ${areas[n % 2]} | 第${n + 1}个问题的名称 | 措施${n} | 某某工作委员会办公室${n} | ${statuses[n % 6]} | 1234567.89 | 34.5 |`).join('\n')}`);
const plain = palette(false);

const points = ['2023-09-01', '2023-10-01', '2023-10-30'].map(asOf => ({
  asOf,
  byStatus: { done: 2, 'in-progress': 10 },
  due: '14814814.68',
  recovered: '414.00',
  outstanding: '14814400.68',
  errors: 19,
}));
const gap = {
  zh: '修改记录有缺损，这里可能少了几次同步；哪里缺损可用 ledger log --verify 查看。',
  en: 'Syncs may be missing here.',
};

describe.each(['zh', 'en'] as const)('a page in %s', lang => {
  it.each([50, 60, 80, 110])('has no line that a terminal of %i columns would break', width => {
    const { byFocus, byDepartment, byCategory } = book.summary;
    const lines = [
      ...headLines(book, '整改台账.xlsx', lang, plain, width),
      ...[
        ...progressLines(byFocus, lang, plain, width),
        ...progressLines(byDepartment, lang, plain, width),
        ...trendLines({ points, gap }, lang, plain, width - 2),
        ...(width < 60 ? [] : categoryLines(byCategory, lang, width)),
      ].map(line => `  ${line}`),
    ];
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
    const told = lines.join('');
    for (const figure of ['14,814,400.68', '2023-10-30', '33.33%']) expect(told).toContain(figure);
  });
});

it('a group of which nothing is to be done has no rate', () => {
  const withdrawn = examined(`## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 整改结果 |
| 1 | （一）聚焦理论学习方面 | 学习不深入 | 每月学习 | 不再纳入 |`);
  expect(progressLines(withdrawn.summary.byFocus, 'zh', plain, 80).join('')).toMatch(/0\/0 +—$/);
});
