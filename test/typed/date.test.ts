import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, formatDayZh, isDay, partsOf, type Span } from '../../src/model/day.js';
import type { Cell } from '../../src/model/grid.js';
import { findDates, parseDate } from '../../src/read/typed/date.js';

const IN_2023 = { year: 2023 };

function shown(span: Span): string {
  const days = span.from === span.to ? span.from : `${span.from}..${span.to}`;
  return [
    days,
    span.precision === 'day' ? '' : ` ${span.precision}`,
    span.assumed === undefined ? '' : ` (${span.assumed})`,
  ].join('');
}

function read(cell: Cell, context: { year?: number } = IN_2023): string {
  const parsed = parseDate(cell, context);
  return parsed.kind === 'value' ? shown(parsed.value) : parsed.kind;
}

function typed(text: string): Cell {
  return { kind: 'text', text };
}

describe('a date as a clerk types it', () => {
  it.each([
    ['2023年7月28日', '2023-07-28'],
    ['2023-07-28', '2023-07-28'],
    ['2023.7.28', '2023-07-28'],
    ['2023/7/28', '2023-07-28'],
    ['2023、7、28', '2023-07-28'],
    ['2023。7。28', '2023-07-28'],
    ['２０２３年７月２８日', '2023-07-28'],
    ['2023 年 7 月 28 日', '2023-07-28'],
    ['2023年07月28号', '2023-07-28'],
    ['2023年7月28', '2023-07-28'],
    ['2023年7月28日（星期五）', '2023-07-28'],
    ['2023年7月28日上午', '2023-07-28'],
    ['2023年7月28日9时30分', '2023-07-28'],
    ['2023-07-28 00:00:00', '2023-07-28'],
    ['2023-07-28T09:30:00Z', '2023-07-28'],
    ['2023年7月28日。', '2023-07-28'],
    ["'2023-07-28", '2023-07-28'],
    ['20230728', '2023-07-28'],
    ['二〇二三年七月二十八日', '2023-07-28'],
    ['2023年十月三十一日', '2023-10-31'],
    ['28 July 2023', '2023-07-28'],
    ['Jul 28, 2023', '2023-07-28'],
    ['7/28/2023', '2023-07-28'],
    ['28/7/2023', '2023-07-28'],
    ['2023年7月28日起', '2023-07-28'],
    ['截至2023年10月30日', '2023-10-30'],
    ['已于2023年7月28日完成', '2023-07-28'],
    ['2022年12月', '2022-12-01..2022-12-31 month'],
    ['2023-07', '2023-07-01..2023-07-31 month'],
    ['2023.7', '2023-07-01..2023-07-31 month'],
    ['2023.10', '2023-10-01..2023-10-31 month'],
    ['2023年7月份', '2023-07-01..2023-07-31 month'],
    ['202307', '2023-07-01..2023-07-31 month'],
    ['2023年元月', '2023-01-01..2023-01-31 month'],
    ['July 2023', '2023-07-01..2023-07-31 month'],
    ['2023年4月中期', '2023-04-01..2023-04-30 month (day)'],
    ['2023年8月底', '2023-08-01..2023-08-31 month (day)'],
    ['2023年8月上旬', '2023-08-01..2023-08-31 month (day)'],
    ['2023年第三季度', '2023-07-01..2023-09-30 quarter'],
    ['2023年四季度', '2023-10-01..2023-12-31 quarter'],
    ['2023Q1', '2023-01-01..2023-03-31 quarter'],
    ['2023年上半年', '2023-01-01..2023-06-30 half'],
    ['2023年', '2023-01-01..2023-12-31 year'],
    ['2023年底', '2023-12-01..2023-12-31 month (day)'],
    ['7月28日', '2023-07-28 (year)'],
    ['7.28', '2023-07-28 (year)'],
    ['7月', '2023-07-01..2023-07-31 month (year)'],
    ['23年7月28日', '2023-07-28 (year)'],
    ['23.7.28', '2023-07-28 (year)'],
    ['下半年', '2023-07-01..2023-12-31 half (year)'],
  ])('%s', (text, expected) => {
    expect(read(typed(text))).toBe(expected);
  });

  it.each([
    ['8月5日、8月7日', '2023-08-05..2023-08-07 range (year)'],
    ['2023年8月5日、8月7日', '2023-08-05..2023-08-07 range'],
    ['2023年8月5日\n2023年8月7日', '2023-08-05..2023-08-07 range'],
    ['2023年3月15日至6月15日', '2023-03-15..2023-06-15 range'],
    ['2023.8.5-8.7', '2023-08-05..2023-08-07 range'],
    ['2023.8.5-2023.8.7', '2023-08-05..2023-08-07 range'],
    ['2023-08-05至2023-08-07', '2023-08-05..2023-08-07 range'],
    ['2023-08-05-2023-08-07', '2023-08-05..2023-08-07 range'],
    ['2023年8月5日-7日', '2023-08-05..2023-08-07 range'],
    ['2023年8-10月', '2023-08-01..2023-10-31 range'],
    ['2023年8月—10月', '2023-08-01..2023-10-31 range'],
    ['2022年12月至2023年2月', '2022-12-01..2023-02-28 range'],
  ])('%s is one span', (text, expected) => {
    expect(read(typed(text))).toBe(expected);
  });

  it.each([
    ['2024717日', '2024-07-17 (damaged)'],
    ['2024年717日', '2024-07-17 (damaged)'],
    ['2023年7日28日', '2023-07-28 (damaged)'],
    ['2023年7月28月', '2023-07-28 (damaged)'],
    ['2023年年7月28日', '2023-07-28 (damaged)'],
    ['2023..7.28', '2023-07-28 (damaged)'],
    ['2O23年7月28日', '2023-07-28 (damaged)'],
    ['2023.7月28日', '2023-07-28'],
    ['2023年7月日', '2023-07-01..2023-07-31 month (damaged)'],
    ['2023.1228', '2023-12-28 (damaged)'],
  ])('%s is mistyped, with one reading', (text, expected) => {
    expect(read(typed(text))).toBe(expected);
  });

  it.each([
    '2023年13月',
    '2023年2月30日',
    '2023-06-31',
    '2023年7月177日',
    '2023111日',
    '7/8/2023',
    '201207',
    '2023.8-10',
    '0202年7月28日',
    '2203年7月28日',
    '2023年10月底前',
    '2023年8月至今',
    '2023年10月至8月',
    '长期坚持',
    '已完成',
    '3个月内',
    '正月初五',
    '第3次',
    '12345678901',
    '2023年7月28日和党组会议',
  ])('%s is not read as a date', text => {
    expect(read(typed(text))).toBe('bad');
  });

  it.each(['', ' ', '无', '—', '/', '年　月　日'])('%o is nothing', text => {
    expect(read(typed(text))).toBe('blank');
  });

  it('needs a year from somewhere', () => {
    expect(read(typed('7月28日'), {})).toBe('bad');
    expect(read(typed('2月29日'), IN_2023)).toBe('bad');
    expect(read(typed('2月29日'), { year: 2024 })).toBe('2024-02-29 (year)');
  });

  it('keeps the text as typed', () => {
    expect(parseDate(typed(' 2023年8-10月 '), {})).toMatchObject({ value: { text: ' 2023年8-10月 ' } });
  });
});

describe('a date as the workbook holds it', () => {
  it.each([
    [{ kind: 'date', text: '2023-07-28' }, '2023-07-28'],
    [{ kind: 'date', text: '2022-12' }, '2022-12-01..2022-12-31 month'],
    [{ kind: 'number', text: '45135' }, '2023-07-28'],
    [{ kind: 'number', text: '45135.5' }, '2023-07-28'],
    [{ kind: 'number', text: '20230728' }, '2023-07-28'],
    [{ kind: 'number', text: '202307' }, '2023-07-01..2023-07-31 month'],
    [{ kind: 'number', text: '2023' }, '2023-01-01..2023-12-31 year'],
    [{ kind: 'number', text: '2023.7' }, '2023-07-01..2023-07-31 month'],
    [{ kind: 'number', text: '2023.11' }, '2023-11-01..2023-11-30 month'],
    [{ kind: 'number', text: '7.28' }, '2023-07-28 (year)'],
    [{ kind: 'number', text: '2023.1' }, 'bad'],
    [{ kind: 'number', text: '7.2' }, 'bad'],
    [{ kind: 'number', text: '3' }, 'bad'],
    [{ kind: 'number', text: '-45135' }, 'bad'],
    [{ kind: 'boolean', text: 'TRUE' }, 'bad'],
    [{ kind: 'error', text: '#VALUE!' }, 'bad'],
  ] as const)('%o', (cell, expected) => {
    expect(read(cell)).toBe(expected);
  });
});

describe('every way to write a day', () => {
  const anyDay = fc.integer({ min: 0, max: 40_000 }).map(n => {
    const start = day(1950, 1, 1);
    if (start === undefined) throw new Error('1950 exists');
    return addDays(start, n);
  });
  const write = [
    formatDayZh,
    (text: string) => text.replaceAll('-', ''),
    (text: string) => text.replaceAll('-', '/'),
    (text: string) => text.replaceAll('-', '.'),
    (text: string) => text.replace(/-0?/g, '-'),
    (text: string) => ` ${text} 00:00:00`,
    (text: string) =>
      [...text].map(char => (/\d/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char)).join(''),
  ];

  it('is read as that day', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...write), (value, form) => {
        expect(read(typed(form(value)), {})).toBe(value);
      }),
    );
  });

  it('is read as that day or refused when its signs are lost, and never as another', () => {
    fc.assert(
      fc.property(anyDay, value => {
        const { year, month, day: dayOfMonth } = partsOf(value);
        expect([`${value} (damaged)`, value, 'bad']).toContain(read(typed(`${year}年${month}${dayOfMonth}日`), {}));
      }),
    );
  });

  it('never makes a day out of nonsense that does not exist', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789年月日-./至、底上半季度 '), maxLength: 14 }),
        text => {
          const parsed = parseDate(typed(text), IN_2023);
          if (parsed.kind !== 'value') return;
          expect(isDay(parsed.value.from) && isDay(parsed.value.to)).toBe(true);
          expect(parsed.value.from <= parsed.value.to).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('dates in running text', () => {
  function dates(text: string, context: { year?: number } = IN_2023): string[] {
    return findDates(text, context).map(found => {
      expect(text.slice(found.offset, found.offset + found.length)).toBe(found.span.text);
      return `${shown(found.span)}${found.background ? ' background' : ''}`;
    });
  }

  it.each([
    ['2023年3月15日至6月15日，开展了常规巡察。7月28日反馈', ['2023-03-15', '2023-06-15', '2023-07-28 (year)']],
    ['8月5日、8月7日，两次召开党组会', ['2023-08-05 (year)', '2023-08-07 (year)']],
    ['8月5日至7日、9日', ['2023-08-05 (year)', '2023-08-07 (year)', '2023-08-09 (year)']],
    ['已于2022年12月向市委汇报', ['2022-12-01..2022-12-31 month']],
    ['市委宣传部于2020年12月1日下发《通知》', ['2020-12-01']],
    ['实行一月一查、一季度一通报，一月十日起执行', ['2023-01-10 (year)']],
    ['在2022年10月7日，将新招聘的8名大学生', ['2022-10-07']],
    ['在《中国科技信息》2023年第1期发表', ['2023-01-01..2023-12-31 year']],
    ['《广告大观》2023年4月中期发表', ['2023-04-01..2023-04-30 month (day)']],
    ['签订2023年《保密承诺书》', ['2023-01-01..2023-12-31 year background']],
    ['印发《2021年度工作要点（2021年3月1日）》', ['2021-01-01..2021-12-31 year background', '2021-03-01 background']],
    ['根据甲发〔2023〕12号文件', []],
    ['按甲发2023年12号文执行', []],
    ['2024年8月22日印发《责任清单》', ['2024-08-22']],
    ['2024年8月30日修订考勤制度', ['2024-08-30']],
    [
      '对照2018年版办法和2019年3月修订的细则',
      ['2018-01-01..2018-12-31 year background', '2019-03-01..2019-03-31 month background'],
    ],
    ['根据2020年5月6日印发的办法', ['2020-05-06 background']],
    ['根据反馈意见于2023年8月5日召开会议', ['2023-08-05']],
    ['根据县委于2020年8月5日印发的通知', ['2020-08-05 background']],
    ['自2019年1月以来的津补贴', ['2019-01-01..2019-01-31 month background']],
    ['自2023年3月15日至6月15日', ['2023-03-15 background', '2023-06-15 background']],
    ['清理2019年至2022年津补贴', ['2019-01-01..2019-12-31 year background', '2022-01-01..2022-12-31 year background']],
    ['《条例》（2018年8月18日修订）', ['2018-08-18 background']],
    ['2023年9月召开，同年10月8日完成', ['2023-09-01..2023-09-30 month', '2023-10-08 (year)']],
    ['去年12月已退回', ['2022-12-01..2022-12-31 month (year)']],
    ['2023.8.5召开，2023-08-07、2023/8/9再次召开', ['2023-08-05', '2023-08-07', '2023-08-09']],
    ['上半年完成，第三季度总结', ['2023-01-01..2023-06-30 half (year)', '2023-07-01..2023-09-30 quarter (year)']],
    ['二〇二三年七月二十八日', ['2023-07-28']],
    ['２０２３年７月２８日', ['2023-07-28']],
    ['3个月内完成，共12次，13.5万元，电话13000000000', []],
    ['2023年13月召开', []],
    ['三月五日、十月三十一日', ['2023-03-05 (year)', '2023-10-31 (year)']],
  ])('%s', (text, expected) => {
    expect(dates(text)).toEqual(expected);
  });

  it('takes the last year named where the context has none, and leaves out what has no year at all', () => {
    expect(dates('7月28日反馈', {})).toEqual([]);
    expect(dates('2022年3月偿还，9月26日约谈', {})).toEqual(['2022-03-01..2022-03-31 month', '2022-09-26 (year)']);
  });
});
