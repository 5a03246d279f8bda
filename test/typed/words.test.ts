import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/model/grid.js';
import { findAmounts, parseAmount } from '../../src/read/typed/amount.js';
import { parseCount } from '../../src/read/typed/count.js';
import { findDates, parseDate } from '../../src/read/typed/date.js';
import { parseDeadline } from '../../src/read/typed/deadline.js';
import { countMeasures, readMarks, splitMarked } from '../../src/read/typed/measures.js';
import { splitNames } from '../../src/read/typed/names.js';
import { parseReferences } from '../../src/read/typed/references.js';

function typed(text: string): Cell {
  return { kind: 'text', text };
}

describe('a count', () => {
  it.each([
    ['3', 3, undefined],
    ['３', 3, undefined],
    ['三次', 3, '次'],
    ['十九人次', 19, '人次'],
    ['19 人次', 19, '人次'],
    ['两位', 2, '位'],
    ['12项', 12, '项'],
    ['共8个', 8, '个'],
    ['6个问题', 6, '个问题'],
    ['3（次）', 3, '次'],
    ['1,200人次', 1200, '人次'],
    ['3万人次', 30_000, '人次'],
    ['0', 0, undefined],
    ['零次', 0, '次'],
  ])('%s', (text, n, noun) => {
    const parsed = parseCount(typed(text));
    expect(parsed).toEqual({ kind: 'value', value: noun === undefined ? { n, text } : { n, text, noun } });
  });

  it.each([
    '约20人次',
    '20余人次',
    '两三次',
    '3-5次',
    '十几次',
    '第3次',
    '3.5',
    '-1',
    '3人5次',
    '多次',
    '若干',
    '一百五',
    '3次，其中1次现场',
  ])('%s is none', text => {
    expect(parseCount(typed(text)).kind).toBe('bad');
  });

  it('that Excel holds is whole', () => {
    expect(parseCount({ kind: 'number', text: '3' })).toMatchObject({ value: { n: 3 } });
    expect(parseCount({ kind: 'number', text: '3.0' })).toMatchObject({ value: { n: 3 } });
    expect(parseCount({ kind: 'number', text: '3.5' }).kind).toBe('bad');
    expect(parseCount({ kind: 'number', text: '-3' }).kind).toBe('bad');
    expect(parseCount({ kind: 'date', text: '2023-07-28' }).kind).toBe('bad');
    expect(parseCount(typed('无')).kind).toBe('blank');
    expect(parseCount(undefined).kind).toBe('blank');
  });
});

describe('names and departments', () => {
  it.each([
    ['办公室', '办公室', ['办公室']],
    ['办公室、计财股', '办公室', ['办公室', '计财股']],
    ['办公室，计财股；政工股', '办公室', ['办公室', '计财股', '政工股']],
    ['办公室/计财股', '办公室', ['办公室', '计财股']],
    ['办公室\n计财股', '办公室', ['办公室', '计财股']],
    ['计财股、办公室（牵头）', '办公室', ['计财股', '办公室']],
    ['办公室（牵头）、计财股（配合）', '办公室', ['办公室', '计财股']],
    ['办公室牵头，计财股、政工股配合', '办公室', ['办公室', '计财股', '政工股']],
    ['办公室（牵头）计财股（配合）', '办公室', ['办公室', '计财股']],
    ['张某、李某等', '张某', ['张某', '李某']],
    ['由办公室牵头', '办公室', ['办公室']],
    ['牵头单位：办公室；配合单位：计财股、政工股', '办公室', ['办公室', '计财股', '政工股']],
    ['牵头：办公室 配合：计财股', '办公室', ['办公室', '计财股']],
    ['配合单位：计财股\n牵头单位：办公室', '办公室', ['计财股', '办公室']],
    ['责任领导：张某', '张某', ['张某']],
    ['张某、李某', '张某', ['张某', '李某']],
    ['张某某 李某某', '张某某', ['张某某', '李某某']],
    ['张　某', '张某', ['张某']],
    ['张某（党组成员、副主任）、李某', '张某（党组成员、副主任）', ['张某（党组成员、副主任）', '李某']],
    ['机关党委(人事科)、机关党委（人事科）', '机关党委（人事科）', ['机关党委（人事科）']],
    ['办公室和计财股', '办公室', ['办公室', '计财股']],
    ['卫生和计划生育局', '卫生和计划生育局', ['卫生和计划生育局']],
    ['1.办公室 2.计财股', '办公室', ['办公室', '计财股']],
    ['办公室、办公室', '办公室', ['办公室']],
    ['各党支部', '各党支部', ['各党支部']],
    ['无', '', []],
    ['', '', []],
  ])('%s', (text, lead, all) => {
    expect(splitNames(text)).toEqual({ lead, all });
  });

  it('has its lead among the names, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'办公室计财股牵头配合：、，（） \n和'), maxLength: 30 }),
        text => {
          const { lead, all } = splitNames(text);
          expect(all.length === 0 ? lead === '' : all.includes(lead)).toBe(true);
        },
      ),
    );
  });
});

describe('references to findings', () => {
  it.each([
    ['3', [3]],
    ['3、5、7', [3, 5, 7]],
    ['5-7', [5, 6, 7]],
    ['5—7', [5, 6, 7]],
    ['5 - 7', [5, 6, 7]],
    ['5至7', [5, 6, 7]],
    ['１，３－５', [1, 3, 4, 5]],
    ['问题3', [3]],
    ['问题3、问题5', [3, 5]],
    ['第3项', [3]],
    ['3号问题', [3]],
    ['问题三', [3]],
    ['第十一至十三项', [11, 12, 13]],
    ['3 5 7', [3, 5, 7]],
    ['3和5', [3, 5]],
    ['7、3、3', [3, 7]],
    ['反馈问题13', [13]],
  ])('%s', (text, numbers) => {
    expect(parseReferences(typed(text))).toEqual({ kind: 'value', value: { kind: 'findings', numbers } });
  });

  it.each([
    ['全部', 'all'],
    ['全部问题', 'all'],
    ['所有问题', 'all'],
    ['自查自纠', 'self'],
    ['自查', 'self'],
    ['自查发现问题', 'self'],
  ])('%s', (text, kind) => {
    expect(parseReferences(typed(text))).toEqual({ kind: 'value', value: { kind } });
  });

  it.each(['1-1', '7-5', '3.5', '0', '5-7000', '问题', '政工股', '3、甲', '3-'])('%s is none', text => {
    expect(parseReferences(typed(text)).kind).toBe('bad');
  });

  it('sees that a date was once 5-7', () => {
    const parsed = parseReferences({ kind: 'date', text: '2023-05-07' });
    expect(parsed.kind === 'bad' && parsed.expected.zh).toContain('5至7');
    expect(parseReferences({ kind: 'number', text: '3.5' }).kind).toBe('bad');
    expect(parseReferences({ kind: 'number', text: '13' })).toMatchObject({ value: { numbers: [13] } });
    expect(parseReferences(typed('无')).kind).toBe('blank');
  });
});

describe('measures in one cell', () => {
  it.each([
    ['', 0],
    ['无', 0],
    ['修改、完善“三重一大”决策制度并认真学习。', 1],
    ['一是建立完善了制度。二是要求按规定撰写。三是严格落实“第一议题制度”。四是创新开展工作。', 4],
    ['1.修订制度。2.开展培训。', 2],
    ['1、修订制度；2、开展培训', 2],
    ['（1）修订制度（2）开展培训', 2],
    ['(一)修订制度\n(二)开展培训', 2],
    ['（一）修订制度（二）开展培训', 2],
    ['⑴修订制度⑵开展培训', 2],
    ['❶修订制度❷开展培训', 2],
    ['①修订制度②开展培训③约谈', 3],
    ['修订制度\n开展培训', 2],
    ['修订制度\n\n  ', 1],
    ['第一，修订制度；第二，开展培训', 2],
    ['已采取以下措施：一是修订制度；二是开展培训', 2],
    ['一是修订制度：（1）考勤（2）请假。二是开展培训', 2],
    ['1.于2023.7.28召开会议，退回1.5万元。2.约谈3人', 2],
    ['在一、二季度各培训1次', 1],
    ['学习《一是一 二是二》', 1],
    ['一是修订制度。三是约谈', 2],
    ['问题一：1.修订 2.培训\n问题二：1.约谈 2.退款', 4],
    ['退回2.5万元', 1],
  ])('%s', (text, count) => {
    expect(countMeasures(text)).toBe(count);
  });

  it('gives the items without their marks, and the marks with their numbers', () => {
    expect(splitMarked('有差距。（1）学习不深入。（2）联系不紧密。')).toEqual(['学习不深入。', '联系不紧密。']);
    expect(readMarks('有差距。一是学习不深入。三是联系不紧密。')).toEqual({
      before: '有差距。',
      items: [
        { mark: '一是', number: 1, text: '学习不深入。' },
        { mark: '三是', number: 3, text: '联系不紧密。' },
      ],
    });
  });
});

describe('a cell full of anything', () => {
  it.each(['9', '一', '万', '1,', '1-', '-', '(', '《', '办和', '12月', '牵头单位：', '一是', ' x'])(
    '%o, 32,767 characters of it, is read at once',
    piece => {
      const text = piece.repeat(Math.floor(32_767 / piece.length));
      const start = performance.now();
      parseAmount(typed(text), { unit: '元', from: 'default' });
      parseDate(typed(text), { year: 2023 });
      parseDeadline(typed(text), { year: 2023 });
      parseCount(typed(text));
      parseReferences(typed(text));
      splitNames(text);
      countMeasures(text);
      findAmounts(`${text}元`);
      findDates(`${text}年`, { year: 2023 });
      // Milliseconds here; anything that grows with the square of the length takes many seconds.
      expect(performance.now() - start).toBeLessThan(2000);
    },
  );
});
