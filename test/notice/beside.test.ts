import { describe, expect, it } from 'vitest';
import { examine } from '../../src/examine.js';
import { plain } from '../../src/model/money.js';
import { asLedger } from '../../src/notice/lint/as-ledger.js';
import type { Figure } from '../../src/reconcile/state.js';
import { onDay, standardMapping } from '../support/workbook.js';
import { brief, linted, lintingOf, sourceOf } from './linted.js';

/** Notices that give 整改措施 and 整改进展: the measure is the plan, the progress tells what was done. */
const notice = (headline: string, finding: string) => `中共甲市乙局党组关于巡察整改进展情况的通报
2023年3月15日至6月15日，市委第二巡察组对市乙局党组开展了巡察。7月28日反馈了巡察意见。
一、组织整改落实情况
截至2023年12月30日，巡察反馈问题2个，已完成2个，完成率100%。${headline}
二、已完成的整改事项
1.违规发放补贴。
${finding}
整改结果：已完成。
2.学习不系统。
整改措施：制定学习计划。
整改进展情况：9月集中学习4次。
整改结果：已完成。`;

function moneyOfFirst(text: string) {
  const { parsed } = lintingOf(sourceOf(text));
  const { ledger } = asLedger(parsed, [standardMapping], onDay('2023-12-30'));
  const [first] = examine(ledger, { asOf: onDay('2023-12-30'), levels: {}, mirrored: false }).states;
  const text2 = (figure: Figure | undefined) => (figure === undefined || figure === 'unknown' ? figure : plain(figure));
  const { due, reduced, recovered, outstanding } = first?.money ?? {};
  return { due: text2(due), reduced: text2(reduced), recovered: text2(recovered), outstanding: text2(outstanding) };
}

describe('money that stands in the progress', () => {
  const told = notice(
    '追缴违规资金11.86万元。',
    '整改措施：逐人追缴违规发放的补贴12.36万元。\n整改进展情况：9月20日全部缴入财政。应追缴12.36万元，核减0.5万元，已追缴11.86万元。',
  );

  it('is the money of the finding; what the plan would recover is not', () => {
    expect(moneyOfFirst(told)).toEqual({
      due: '123600.00',
      reduced: '5000.00',
      recovered: '118600.00',
      outstanding: '0.00',
    });
  });

  it('agrees with the headline, and is missed there when it differs', () => {
    expect(brief(linted(sourceOf(told)))).toEqual([]);
    const wrong = told.replace('追缴违规资金11.86万元。', '追缴违规资金11.68万元。');
    expect(brief(linted(sourceOf(wrong)))).toContainEqual(['error', 'total-mismatch', 4]);
  });

  it('and is still owed, though the finding is called done', () => {
    const owed = told.replace('已追缴11.86万元。', '已追缴9万元，尚未追缴2.86万元。');
    expect(brief(linted(sourceOf(owed)))).toContainEqual(['error', 'done-money-outstanding', 9]);
  });

  it('is summed up by the sentence that speaks of the whole finding', () => {
    const summed = notice(
      '',
      '整改措施：清退补贴。\n整改进展情况：9月收回1.5万元，10月收回0.8万元，该问题应追缴资金2.3万元，已追缴2.3万元。',
    );
    expect(moneyOfFirst(summed)).toMatchObject({ due: '23000.00', recovered: '23000.00', outstanding: '0.00' });
  });
});

describe('what was written off', () => {
  it.each([
    ['is part of what was due', '应追缴12万元，核减1万元，已追缴11万元', '120000.00', '0.00'],
    [
      'comes on top where what was due has no room for it',
      '应追缴11万元，核减1万元，已追缴11万元',
      '120000.00',
      '0.00',
    ],
    ['beside what is still owed', '应追缴12万元，核减1万元，已追缴8万元，尚未追缴3万元', '120000.00', '30000.00'],
  ])('%s', (_, words, due, outstanding) => {
    const text = notice('', `整改进展情况：一是逐人核对。二是${words}。`);
    expect(moneyOfFirst(text)).toMatchObject({ due, reduced: '10000.00', outstanding });
  });

  it('leaves a rest when two payments are told of a greater sum', () => {
    const text = notice('', '整改进展情况：一是应追缴10万元。二是9月已追缴6万元。三是10月已追缴3万元。');
    expect(moneyOfFirst(text)).toMatchObject({ due: '100000.00', recovered: '90000.00', outstanding: '10000.00' });
  });
});

describe('a finding that is not pursued any more', () => {
  it('may say why in its result, and is counted as such', () => {
    const text = `中共甲市乙局党组关于巡察整改进展情况的通报
2023年3月15日至6月15日，市委第二巡察组对市乙局党组开展了巡察。7月28日反馈了巡察意见。
一、组织整改落实情况
截至2023年12月30日，巡察反馈问题2个，已完成1个，不再纳入1个，完成率100%（不再纳入的不计算在内）。
二、整改情况
1.学习不系统。
整改进展情况：9月集中学习4次。
整改结果：已完成。
2.水电站改制遗留问题未处理。
整改进展情况：已报请县政府统筹处理。
整改结果：不再纳入整改（经县委巡察办同意，转县国资中心办理）。`;
    const { parsed } = lintingOf(sourceOf(text));
    expect(parsed.sections.flatMap(section => section.findings).map(one => one.status)).toEqual(['done', 'withdrawn']);
    expect(brief(linted(sourceOf(text)))).toEqual([]);
    expect(brief(linted(sourceOf(text.replace('不再纳入1个', '不再纳入2个'))))).not.toEqual([]);
  });
});

describe('a single particular', () => {
  it('is one where the text calls it 具体问题', () => {
    const text = notice('', '整改进展情况：清退补贴。').replace(
      '1.违规发放补贴。',
      '1.违规发放补贴。具体问题：向9人多发值班补贴。',
    );
    const [first] = lintingOf(sourceOf(text)).parsed.sections.flatMap(section => section.findings);
    expect(first?.title).toBe('违规发放补贴');
    expect(first?.detail).toBe('');
    expect(first?.subFindings.map(sub => sub.text)).toEqual(['向9人多发值班补贴']);
  });
});
