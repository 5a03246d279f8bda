import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../src/checks/nearest-word.js';
import { ledgerWith, placesOf, reports } from '../support/reports.js';

const status = (...words: string[]) =>
  ledgerWith(
    '序号|反馈问题|整改措施|整改结果',
    ...words.map((word, index) => `${index + 1}|问题${index}号|措施|${word}`),
  );

describe('a status that is not known', () => {
  it.each([
    ['已完结', '已完成'],
    ['整改完成了', '已完成'],
    ['正在推進', '整改中'],
    ['己完成', '已完成'],
    ['长期坚特', '长期坚持'],
    ['已完成（见附件）', '已完成'],
  ])('%s is nearest to %s', (written, meant) => {
    const [one] = reports('unknown-status', status(written));
    expect(one?.expected).toBe(meant);
    expect(one?.message.zh).toContain(`最接近的是“${meant}”`);
  });

  it('never takes a word that negates for one that does not', () => {
    const words = new Map([
      ['已完成', 'done'],
      ['完成整改', 'done'],
      ['未完成', 'in-progress'],
    ]);
    expect(nearestWord('未完成整改', words)?.value).toBe('in-progress');
    expect(nearestWord('尚没完成整改', new Map([['完成整改', 'done']]))).toBeUndefined();
  });

  it('of the reviewer’s column says which words that has, and who writes them', () => {
    const [one] = reports(
      'unknown-status',
      ledgerWith('序号|反馈问题|整改措施|整改结果|审核状态', '1|甲|措施|已完成|瞎写', '2|乙|措施|已完成|已销号'),
    );
    expect(one?.remedy.zh).toBe('审核状态写已退回、已销号或抽查不实；有共享表的，请审核方在共享表上改');
    expect(reports('unknown-status', status('瞎写一气'))[0]?.remedy.zh).toContain('六种状态');
  });

  it('names no word when none is near', () => {
    const [one] = reports('unknown-status', status('请见另行报送的专题材料说明'));
    expect(one?.message.zh).not.toContain('最接近');
  });

  it('is said once for one word', () => {
    const found = reports('unknown-status', status('弄好了', '已完成', '弄好了'));
    expect(found.map(one => [one.count, one.shownOn])).toEqual([[2, [2, 4]]]);
  });

  it('knows what offices usually write, and leaves blanks alone', () => {
    expect(
      placesOf('unknown-status', status('整改到位', '√', '正按序推进', '100%', '否', '', '已完成。', ' 办 结 ')),
    ).toEqual([]);
  });

  it('looks at 审核状态 too', () => {
    const source = ledgerWith('序号|反馈问题|整改措施|整改结果|审核状态', '1|甲|措施|已完成|同意销好');
    expect(reports('unknown-status', source).map(one => one.expected)).toEqual(['已销号']);
  });

  it('is one diagnostic for a column that holds something else altogether', () => {
    const found = reports(
      'unknown-status',
      status(...Array.from({ length: 30 }, (_, index) => `第${index}号材料另报`)),
    );
    expect(found.map(one => [one.count, one.shownOn.length, one.also.length])).toEqual([[30, 30, 29]]);
    expect(found[0]?.remedy.zh).toContain('ledger map');
  });
});
