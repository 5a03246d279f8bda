import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { palette } from '../../src/render/palette.js';
import { headLines, progressLines } from '../../src/render/summary.js';
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

describe.each(['zh', 'en'] as const)('a page in %s', lang => {
  it.each([80, 110])('has no line that a terminal of %i columns would break', width => {
    const { byFocus, byDepartment } = book.summary;
    const lines = [
      ...headLines(book, '整改台账.xlsx', lang, plain, width),
      ...[...progressLines(byFocus, lang, plain, width), ...progressLines(byDepartment, lang, plain, width)].map(
        line => `  ${line}`,
      ),
    ];
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
  });
});

it('a group of which nothing is to be done has no rate', () => {
  const withdrawn = examined(`## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 整改结果 |
| 1 | （一）聚焦理论学习方面 | 学习不深入 | 每月学习 | 不再纳入 |`);
  expect(progressLines(withdrawn.summary.byFocus, 'zh', plain, 80).join('')).toMatch(/0\/0 +—$/);
});
