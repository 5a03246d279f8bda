import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintAgainst } from '../../src/notice/lint/against/index.js';
import { lintNotice } from '../../src/notice/lint/index.js';
import { type Edition, noticeContent, noticeLines } from '../../src/notice/write/index.js';
import { meantLedgers, workbookOf } from '../notice-write/support/ledgers.js';
import { examined } from '../support/workbook.js';
import { lintingOf, marked, sourceOf } from './linted.js';

const ledger = `
## 基本信息
| 被巡察党组织 | 甲市乙局党组 |
| 监督类型 | 巡察 |
| 巡察开始 | 2023-03-15 |
| 巡察结束 | 2023-06-15 |
| 反馈日期 | 2023-07-28 |
| 集中整改期（月） | 3 |
| 统计截止日期 | 2023-10-30 |
| 默认金额单位 | 元 |

## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 具体问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 | 公开范围 | 未完成原因 |
| 1 | （一）聚焦党的领导方面 | 理论学习不系统 | 一是计划不细 | 9月20日起集中学习6次 | 已完成 | | | 社会公开 | |
| | | | 二是记录不全 | 补齐学习记录12份 | 已完成 | | | | |
| 2 | | 违规发放津贴补贴 | | 2023年9月12日追缴补贴 | 已完成 | 83000 | 83000 | 社会公开 | |
| 3 | （二）聚焦作风建设方面 | 公务接待审批不严 | | 修订《公务接待管理办法》 | 整改中 | 20000 | 12000 | 社会公开 | 当事人已退休 |
| 4 | | 人事档案管理不规范 | | 补齐档案材料41份 | 已完成 | | | 不公开 | |

## 制度清单
| 问题序号 | 制度名称 | 方式 | 印发日期 |
| 3 | 公务接待管理办法 | 修订 | 2023-09-20 |

## 谈话与处理
| 问题序号 | 形式 | 人次 | 日期 |
| 2 | 提醒谈话 | 4 | 2023-09-01 |
`;
const book = examined(ledger);
const text = noticeLines(noticeContent(book, 'public')).join('\n');

function compared(changes: readonly (readonly [string, string])[], edition: Edition = 'public') {
  let changed = text;
  for (const [from, to] of changes) {
    expect(changed).toContain(from);
    changed = changed.replace(from, () => to);
  }
  const source = sourceOf(changed);
  return { source, remarks: lintAgainst(lintingOf(source, edition), book) };
}

const loud = (remarks: ReturnType<typeof lintAgainst>) => remarks.filter(one => one.diagnostic.level !== 'info');

describe('a notice beside its ledger', () => {
  it('agrees as it was written', () => {
    expect(loud(compared([]).remarks).map(one => one.diagnostic.message.zh)).toEqual([]);
  });

  it.each([
    ['a result', [['整改结果：整改中', '整改结果：已完成']], 'notice-status-differs', '已完成'],
    [
      'money recovered',
      [['已追缴12000元，尚未追缴8000元', '已追缴15000元，尚未追缴5000元']],
      'notice-amount-differs',
      '15000元',
    ],
    ['a total of money', [['已追缴95000元', '已追缴96000元']], 'total-mismatch', undefined],
    ['what is still owed', [['已追缴95000元，尚未追缴8000元', '已追缴95000元']], 'unreported-outstanding', undefined],
    ['a count of rule documents', [['建立完善制度1项', '建立完善制度3项']], 'claim-mismatch', undefined],
    ['talks', [['提醒谈话4人次', '提醒谈话9人次']], 'claim-untraceable', undefined],
    ['a count of findings', [['巡察反馈问题4个', '巡察反馈问题5个']], 'claim-mismatch', undefined],
    ['a date', [['2023年7月28日', '2023年7月26日']], 'notice-date-differs', '2023年7月26日'],
    ['a figure in the words', [['补齐学习记录12份', '补齐学习记录21份']], 'notice-figure-unknown', '21份'],
    [
      'a rule document',
      [['修订《公务接待管理办法》', '修订《公务用车管理办法》']],
      'notice-policy-unknown',
      '公务用车管理办法',
    ],
  ] satisfies [string, [string, string][], string, string | undefined][])(
    'differs in %s',
    (_, changes, check, words) => {
      const { source, remarks } = compared(changes);
      const found = remarks.filter(one => one.diagnostic.check === check);
      expect(loud(remarks).map(one => one.diagnostic.check)).toContain(check);
      if (words !== undefined) expect(found.map(one => marked(source, one))).toContain(words);
      expect(found[0]?.diagnostic.at.line).toBeGreaterThan(0);
    },
  );

  it('misses a public finding, has one that is not public, and one that nobody knows', () => {
    const missing = compared([['2.违规发放津贴补贴。\n', '']]);
    expect(missing.remarks.map(one => [one.diagnostic.check, one.diagnostic.finding])).toContainEqual([
      'notice-finding-missing',
      2,
    ]);
    const secret = compared([['1.理论学习不系统。', '1.人事档案管理不规范。']]);
    expect(secret.remarks.map(one => [one.diagnostic.check, one.diagnostic.found])).toContainEqual([
      'notice-not-public',
      '不公开',
    ]);
    const unknown = compared([['1.理论学习不系统。', '1.食堂承包程序倒置。']]);
    expect(unknown.remarks.map(one => one.diagnostic.check)).toContain('notice-finding-unknown');
  });

  it('finds a finding again by its words, whatever its number and punctuation', () => {
    const { remarks } = compared([['1.理论学习不系统。', '1.“理论学习”不够系统。']]);
    expect(loud(remarks).map(one => one.diagnostic.check)).not.toContain('notice-finding-unknown');
  });

  it('names the cells of the ledger', () => {
    const { remarks } = compared([['整改结果：整改中', '整改结果：已完成']]);
    const found = remarks.find(one => one.diagnostic.check === 'notice-status-differs');
    expect(found?.diagnostic.also[0]).toMatchObject({ sheet: '整改台账', row: 5, header: '整改结果' });
  });
});

describe('a notice that the program wrote', () => {
  it.each([
    ['public', 160],
    ['internal', 100],
  ] as const)(
    'never differs from its ledger: %s edition',
    (edition, numRuns) => {
      fc.assert(
        fc.property(meantLedgers(), meant => {
          const whole = examined(workbookOf(meant));
          const source = sourceOf(noticeLines(noticeContent(whole, edition)).join('\n'));
          const linting = lintingOf(source, edition);
          expect(loud(lintAgainst(linting, whole)).map(one => one.diagnostic.message.zh)).toEqual([]);
          // By itself it says no more than the ledger's own checks do of the ledger: what is wrong there is wrong here.
          const said = new Set(whole.diagnostics.map(one => one.check));
          const own = loud(lintNotice(linting)).filter(one => !said.has(one.diagnostic.check));
          expect(own.map(one => one.diagnostic.message.zh)).toEqual([]);
        }),
        { numRuns, seed: 20231030 },
      );
    },
    60_000,
  );
});
