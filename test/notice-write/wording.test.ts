import { describe, expect, it } from 'vitest';
import { noticeContent, noticeLines } from '../../src/notice/write/index.js';
import { examined } from '../support/workbook.js';

/** What an official signs without changing a word: no lone 一是, one unit of money, no heading over what is not there. */
const facts = `
## 基本信息
| 被巡察党组织 | 乙川县水利局党组 |
| 巡察开始 | 2024-03-11 |
| 巡察结束 | 2024-05-24 |
| 反馈日期 | 2024-07-02 |
| 统计截止日期 | 2024-12-31 |`;
const header =
  '| 序号 | 反馈问题 | 具体问题 | 整改措施 | 整改进展 | 整改结果 | 整改时限 | 应追缴金额 | 已追缴金额 | 核减金额 | 公开范围 | 未完成原因 | 下次回看日期 |';

function lines(rows: string, more = '', options: { readonly asOf?: string } = {}): string[] {
  const book = `${facts}${more}\n\n## 整改台账\n${header}\n${rows}`;
  return noticeLines(noticeContent(examined(book, { asOf: '2025-01-06', ...options }), 'public'));
}

const about = (rows: string, more = '') => lines(rows, more).join('\n');

describe('money', () => {
  it('is told in 万元 where every sum is round, in 元 where one is not', () => {
    const round = '| 1 | 违规发放补贴 | | 清退补贴 | | 已完成 | | 1173.3万元 | 1173.3万元 | | 社会公开 | | |';
    expect(about(round)).toContain('清退补贴，应追缴资金1173.3万元，已追缴1173.3万元。');
    const odd = `${round}\n| 2 | 多收费用 | | 退还费用 | | 已完成 | | 521992.5 | 521992.5 | | 社会公开 | | |`;
    expect(about(odd)).toContain('清退补贴，应追缴资金11733000元，已追缴11733000元。');
    expect(about(odd)).toContain('退还费用，应追缴资金521992.50元，已追缴521992.50元。');
    expect(about(odd)).toContain('应追缴资金12254992.50元，已追缴12254992.50元。');
  });

  it('is told in the unit that the office declared', () => {
    const row = '| 1 | 违规发放补贴 | | 清退补贴 | | 整改中 | | 0.0525 | 0.03 | | 社会公开 | | |';
    expect(about(row, '\n| 默认金额单位 | 万元 |')).toContain(
      '应追缴资金0.0525万元，已追缴0.03万元，尚未追缴0.0225万元。',
    );
  });

  it('says that it speaks of the whole finding where the words name payments of their own', () => {
    const row =
      '| 1 | 违规发放补贴 | | 清退补贴 | 9月收回1.5万元，10月收回0.8万元 | 整改中 | | 40000 | 23000 | | 社会公开 | | |';
    expect(about(row)).toContain(
      '整改进展情况：9月收回1.5万元，10月收回0.8万元，该问题应追缴资金4万元，已追缴2.3万元，尚未追缴1.7万元。',
    );
  });
});

describe('statements', () => {
  it('one of several sentences is one sentence; one particular is named as one', () => {
    const text = about(
      '| 1 | 支部活动不严肃 | 以会代谈 | 建立机制；每月提醒。年底检查 | | 已完成 | | | | | 社会公开 | | |',
    );
    expect(text).toContain('1.支部活动不严肃。具体问题：以会代谈。\n整改进展情况：建立机制，每月提醒，年底检查。');
    expect(text).not.toContain('一是');
  });

  it('已完成 in 整改进展 is no progress: the measure tells what was done', () => {
    const text = about('| 1 | 学习不深入 | | 集中学习4次 | 已完成 | 长期坚持 | | | | | 社会公开 | | |');
    expect(text).toContain('整改进展情况：集中学习4次。\n整改结果：长期坚持。');
  });

  it('a particular that stands in a row which is not published is not told, even where a published row answers it', () => {
    const text = about(`| 1 | 学习不深入 | 计划不细 | 制定计划 | | 已完成 | | | | | 社会公开 | | |
| | | 某案未查 | 内部措施 | | 已完成 | | | | | 不公开 | | |
| | | | 补齐记录 | | 已完成 | | | | | 社会公开 | | |`);
    expect(text).toContain('计划不细');
    expect(text).toContain('补齐记录');
    expect(text).not.toContain('某案未查');
  });
});

describe('results', () => {
  it('a rate is printed as it is said, and says what it leaves out', () => {
    const row = (n: number, result: string, reason = '') =>
      `| ${n} | 第${n}个问题的名称 | | 措施${n} | | ${result} | | | | | 社会公开 | ${reason} | |`;
    expect(about(row(1, '已完成'))).toContain('其中已完成1个，完成率100%。');
    const text = about(
      [row(1, '已完成'), row(2, '整改中'), row(3, '不再纳入', '经巡察办同意；转国资中心办理')].join('\n'),
    );
    expect(text).toContain('已完成1个，正在整改1个，不再纳入1个，完成率50%（不再纳入的不计算在内）。');
    expect(text).toContain('整改结果：不再纳入整改（经巡察办同意；转国资中心办理）。');
  });

  it('prints no rate over a result that could not be read', () => {
    const text = about(`| 1 | 学习不深入 | | 每月学习 | | 已完成 | | | | | 社会公开 | | |
| 2 | 会议记录不全 | | 补齐记录 | | 完戍 | | | | | 社会公开 | | |`);
    expect(text).toContain('其中已完成1个，未填结果1个。');
    expect(text).not.toContain('完成率');
  });

  it('what was withdrawn without any measure has no empty progress', () => {
    const text = about('| 1 | 机构重复设置 | | | | 不再纳入 | | | | | 社会公开 | | |');
    expect(text).toContain('1.机构重复设置。\n整改结果：不再纳入整改。');
  });

  it.each([
    ['整改中', '二、尚未完成的整改事项'],
    ['长期坚持', '二、需要长期坚持的整改事项'],
  ])('a part is named after what it holds: %s', (result, title) => {
    expect(lines(`| 1 | 学习不深入 | | 每月学习 | | ${result} | | | | | 社会公开 | | |`)).toContain(title);
  });
});

describe('next steps', () => {
  it('are numbered where there are several, say what is owed, why, and until when, and own up to what is late', () => {
    const text =
      lines(`| 1 | 多收质保金 | | 分批退还 | | 整改中 | 2025-03-31 | 86.4万元 | 52.15万元 | | 社会公开 | 两家单位已注销 | |
| 2 | 管护机制不健全 | | 落实人员 | | 基本完成 | 2024-11-30 | | | | 社会公开 | | |
| 3 | 谈话以会代谈 | | 建立机制 | | 长期坚持 | | | | | 社会公开 | | 2025-03-31 |`);
    expect(text.slice(text.indexOf('三、下一步工作安排') + 1)).toEqual([
      '（一）抓好尚未完成的整改事项。（1）“多收质保金”问题，尚未追缴34.25万元，未完成的原因是两家单位已注销。整改时限为2025年3月31日，继续抓好整改。（2）“管护机制不健全”问题，原定整改时限为2024年11月30日，已经超期，抓紧完成整改。',
      '（二）坚持抓好长期整改事项。“谈话以会代谈”问题，长期坚持，下次回看时间为2025年3月31日。',
    ]);
  });
});

describe('organisation', () => {
  it('a topic that is a deed follows at once, one that names the meeting stands for it', () => {
    const text = about(
      `| 1 | 学习不深入 | | 每月学习 | | 已完成 | | | | | 社会公开 | | |

## 会议调度
| 类型 | 日期 | 议题 | 解决问题数 |
| 党组会 | 2024-07-03 | 传达学习反馈意见，研究整改工作 | |
| 专题民主生活会 | 2024-09-27 | 巡察整改专题民主生活会 | |
| 推进会 | 2024-10-18 | 质保金清退 | 3 |
| 推进会 | 2024-11-18 | | |`,
    );
    expect(text).toContain(
      '2024年7月3日，召开党组会，传达学习反馈意见，研究整改工作。2024年9月27日，召开巡察整改专题民主生活会。2024年10月18日，召开推进会，议题为质保金清退。2024年11月18日，召开推进会。',
    );
    expect(text).toContain('召开推进会2次，研究解决实际问题3个。');
  });

  it.each([
    ['第四轮', '开展了第四轮巡察。'],
    ['十三届县委第四轮巡察', '开展了十三届县委第四轮巡察。'],
    ['2024年', '开展了巡察。'],
  ])('names the round: %s', (round, words) => {
    expect(
      about('| 1 | 学习不深入 | | 每月学习 | | 已完成 | | | | | 社会公开 | | |', `\n| 轮次 | ${round} |`),
    ).toContain(words);
  });
});
