import { describe, expect, it } from 'vitest';
import { ledgerWith, placesOf, reports } from '../support/reports.js';

const measure = (text: string) => ledgerWith('序号|反馈问题|整改措施|整改结果', `1|甲|${text}|整改中`);

describe('numbered items', () => {
  it.each([
    ['一是学习。三是检查。', '缺“二是”'],
    ['1.学习\\n2.检查\\n4.通报', '缺“3.”'],
    ['（1）学习；（3）检查', '缺“(2)”'],
  ])('%s skips a number', (text, lost) => {
    expect(reports('marker-gap', measure(text)).map(one => one.message.zh)).toEqual([expect.stringContaining(lost)]);
  });

  it('looks over the rows of a finding, wherever they stand', () => {
    const rows = (...marks: string[]) =>
      ledgerWith(
        '序号|反馈问题|具体问题|整改措施|整改结果',
        ...marks.map(mark => `1|甲|${mark}是某种不足|措施|整改中`),
      );
    expect(placesOf('marker-gap', rows('一', '二', '四'))).toEqual(['warning 整改台账!C4']);
    expect(placesOf('marker-gap', rows('三', '一', '二'))).toEqual([]);
  });

  it.each([
    ['一是学习。二是检查。一是通报。二是问责。'],
    ['退缴1.5万元，占3.2%'],
    ['学习《一是担当、三是实干》读本'],
    ['三是通报考核情况'],
    ['一是否及时，三要看实效'],
    ['2023.7.1印发，2023.9.3修订'],
  ])('%s is no gap', text => {
    expect(placesOf('marker-gap', measure(text))).toEqual([]);
  });
});
