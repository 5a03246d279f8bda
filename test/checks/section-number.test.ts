import { describe, expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf, reports } from '../support/reports.js';
import { examined } from '../support/workbook.js';

const areas = (...marks: string[]) =>
  ledgerWith(
    '聚焦方面|序号|反馈问题|整改措施|整改结果',
    ...marks.map((mark, index) => `${mark}聚焦第${index}个方面|${index + 1}|事项${index}|措施|整改中`),
  );

describe('numbers of focus areas', () => {
  it('tells every gap and every repeat', () => {
    expect(reports('section-number', areas('（一）', '（四）', '（五）', '（五）')).map(one => one.message.zh)).toEqual(
      ['聚焦方面缺（二）（三）；可能漏列，或为不公开事项', expect.stringContaining('2个聚焦方面都编了（五）')],
    );
  });

  it('names the findings that are missing at the same spot, and is named by them', () => {
    const { diagnostics } = examined(
      ledgerWith(
        '聚焦方面|序号|反馈问题|整改措施|整改结果',
        '（一）学习方面|1|甲|措施|整改中',
        '（三）作风方面|3|乙|措施|整改中',
      ),
    );
    const text = (check: string) => diagnostics.find(one => one.check === check)?.message.zh;
    expect(text('section-number')).toContain('问题2也正好缺在这里');
    expect(text('finding-number')).toContain('正好缺（二）');
  });

  it('tells two stories where the gaps lie elsewhere', () => {
    const { diagnostics } = examined(
      ledgerWith(
        '聚焦方面|序号|反馈问题|整改措施|整改结果',
        '（一）学习方面|1|甲|措施|整改中',
        '（一）学习方面|3|丙|措施|整改中',
        '（三）作风方面|4|乙|措施|整改中',
      ),
    );
    expect(diagnostics.find(one => one.check === 'finding-number')?.message.zh).not.toContain('聚焦方面');
    expect(diagnostics.find(one => one.check === 'section-number')?.message.zh).not.toContain('问题');
  });

  it('stands at the banner row where areas are banners', () => {
    const source = ledgerWith(
      '序号|反馈问题|整改措施|整改结果',
      '（一）聚焦学习方面',
      '1|甲|措施|整改中',
      '（三）聚焦作风方面',
      '2|乙|措施|整改中',
    );
    expect(placesOf('section-number', source)).toEqual(['error 整改台账!A4']);
  });

  it('is silent where 范围 is 部分, and for areas without numbers', () => {
    expect(placesOf('section-number', inspected(areas('（一）', '（三）'), '范围 | 部分'))).toEqual([]);
    expect(placesOf('section-number', areas('', ''))).toEqual([]);
  });
});
