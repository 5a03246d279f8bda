import { describe, expect, it } from 'vitest';
import { inspected, ledgerWith, placesOf, reports } from '../support/reports.js';

const check = 'measure-before-inspection';
const progress = (text: string) =>
  inspected(ledgerWith('序号|反馈问题|整改措施|整改进展|整改结果', `1|甲|采取措施|${text}|整改中`));
const dated = (date: string) =>
  inspected(ledgerWith('序号|反馈问题|整改措施|措施日期|整改结果', `1|甲|采取措施|${date}|整改中`));

describe('measures older than the inspection', () => {
  it('is an error in 措施日期 and a warning in running text', () => {
    expect(placesOf(check, dated('2022-10-07'))).toEqual(['error 整改台账!D2']);
    expect(placesOf(check, progress('2022年10月7日安排到岗'))).toEqual(['warning 整改台账!D2']);
  });

  it.each([
    ['2020-12-01', '2020-12-01'],
    ['2022年12月', '2022-12'],
  ])('keeps the precision of %s', (written, shown) => {
    expect(reports(check, dated(written)).map(one => one.found)).toEqual([shown]);
  });

  it('quotes every old date of a cell in one diagnostic', () => {
    const found = reports(check, progress('一是2022年12月汇报。二是2020年12月1日下发通知。三是9月召开会议。'));
    expect(found.map(one => one.found)).toEqual(['2022-12、2020-12-01']);
  });

  it('does not say the same date twice, of 措施日期 and of the text', () => {
    const source = inspected(
      ledgerWith(
        '序号|反馈问题|整改措施|措施日期|整改进展|整改结果',
        '1|甲|措施|2022-10-07|2022年10月7日安排到岗|整改中',
      ),
    );
    expect(placesOf(check, source)).toEqual(['error 整改台账!D2']);
  });

  it('reads 整改措施 only where 整改进展 is empty', () => {
    const source = inspected(
      ledgerWith('序号|反馈问题|整改措施|整改进展|整改结果', '1|甲|2022年10月起试行|9月20日正式印发|整改中'),
    );
    expect(placesOf(check, source)).toEqual([]);
  });

  it.each([
    ['修订《考勤办法》（2019年5月印发）'],
    ['学习《中国共产党问责条例（2019年8月修订）》'],
    ['根据2022年10月印发的实施意见，重新分工'],
    ['按照2022年12月市委会议要求，重新分工'],
    ['自2021年3月起的账目全部核对'],
    ['追回2021年3月多发的补贴'],
    ['对2021年6月的账目进行清理'],
    ['甲发〔2021〕12号文件已废止'],
    ['9月20日印发制度'],
    ['2022年10月开始酝酿，2023年9月5日正式印发'],
    ['落实2022年度目标管理考核办法'],
    ['对2019—2021年造林地块全面核查'],
    ['补登2022年出车记录92条'],
  ])('%s is background', text => {
    expect(placesOf(check, progress(text))).toEqual([]);
  });

  it('does not accuse a month in which the inspection began', () => {
    expect(placesOf(check, dated('2023年3月'))).toEqual([]);
  });

  it('is silent where nobody knows when the inspection began', () => {
    expect(
      placesOf(check, ledgerWith('序号|反馈问题|整改措施|措施日期|整改结果', '1|甲|措施|2020-12-01|整改中')),
    ).toEqual([]);
  });
});
