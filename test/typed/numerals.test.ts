import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain, yuan } from '../../src/model/money.js';
import { compact, isNothing, toHalfWidth } from '../../src/read/typed/normalise.js';
import { chineseAmount, chineseNumber, toChineseNumeral } from '../../src/read/typed/numerals.js';

describe('a Chinese number', () => {
  it.each([
    ['零', 0],
    ['两', 2],
    ['十', 10],
    ['十九', 19],
    ['二十', 20],
    ['廿三', 23],
    ['一百零五', 105],
    ['一百一十二', 112],
    ['两百', 200],
    ['一千零三十', 1030],
    ['一万零五', 10_005],
    ['一万二千', 12_000],
    ['十二万三千', 123_000],
    ['一千一百七十三万三千', 11_733_000],
    ['一亿四千九百万', 149_000_000],
    ['一万亿', 1e12],
    ['壹拾贰万叁仟', 123_000],
    ['二〇二三', 2023],
    ['一〇', 10],
  ])('%s is %d', (text, expected) => {
    expect(chineseNumber(text)).toBe(expected);
  });

  it.each([
    '',
    '两三',
    '三五',
    '一百五',
    '一万二',
    '百',
    '十十',
    '一百百',
    '二十十',
    '一百千',
    '万',
    '五六十',
    '甲',
    '3',
    '十九人',
  ])('%o is none, or may be two', text => {
    expect(chineseNumber(text)).toBeUndefined();
  });

  it('is read back from the section mark written for it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), n => {
        expect(chineseNumber(toChineseNumeral(n))).toBe(n);
      }),
    );
    expect([1, 10, 11, 13, 20, 21, 101, 110, 1005].map(toChineseNumeral)).toEqual([
      '一',
      '十',
      '十一',
      '十三',
      '二十',
      '二十一',
      '一百零一',
      '一百一十',
      '一千零五',
    ]);
    expect(() => toChineseNumeral(10_000)).toThrow(RangeError);
  });
});

describe('大写金额', () => {
  it.each([
    ['壹拾贰万叁仟元整', '123000'],
    ['壹仟贰佰叁拾肆元伍角陆分', '1234.56'],
    ['叁元伍角', '3.5'],
    ['叁元零伍分', '3.05'],
    ['伍角', '0.5'],
    ['零元整', '0'],
    ['壹佰元正', '100'],
    ['三百二十圆', '320'],
  ])('%s is %s 元', (text, expected) => {
    expect(chineseAmount(text)).toBe(expected);
  });

  it.each(['', '整', '元', '壹佰', '壹佰元五', '两三元', '100元'])('%o is none', text => {
    expect(chineseAmount(text)).toBeUndefined();
  });

  /** 大写 as a cashier writes it, place by place; the test's own, so that the reader has a second opinion. */
  function capital(cents: number): string {
    const digit = '零壹贰叁肆伍陆柒捌玖';
    const group = (n: number): string => {
      let text = '';
      let gap = false;
      for (const [size, name] of [
        [1000, '仟'],
        [100, '佰'],
        [10, '拾'],
        [1, ''],
      ] as const) {
        const d = Math.floor(n / size) % 10;
        if (d === 0) gap = true;
        else {
          text += (gap && text !== '' ? '零' : '') + digit.charAt(d) + name;
          gap = false;
        }
      }
      return text;
    };
    const whole = Math.floor(cents / 100);
    const high = Math.floor(whole / 10_000);
    const low = whole % 10_000;
    const head = high > 0 ? `${group(high)}万` : '';
    const join = high > 0 && low > 0 && (low < 1000 || high % 10 === 0) ? '零' : '';
    const jiao = Math.floor(cents / 10) % 10;
    const fen = cents % 10;
    const tail = `${jiao > 0 ? `${digit.charAt(jiao)}角` : fen > 0 ? '零' : ''}${fen > 0 ? `${digit.charAt(fen)}分` : '整'}`;
    return `${head}${join}${group(low)}元${tail}`;
  }

  it('is read as what was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 9_999_999_999 }), cents => {
        const read = chineseAmount(capital(cents));
        expect(read === undefined ? read : plain(yuan(read))).toBe((cents / 100).toFixed(2));
      }),
      { numRuns: 500 },
    );
  });
});

describe('typed text', () => {
  it('is made half-width one character for one', () => {
    expect(toHalfWidth('１，１７３．３万元（含税）￥　－５')).toBe('1,173.3万元(含税)¥ -5');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(toHalfWidth(text)).toHaveLength(text.length);
      }),
    );
  });

  it('loses blanks and what cannot be seen', () => {
    expect(compact(' 张\u200b 某\n\uFEFF')).toBe('张某');
  });

  it.each([
    '',
    '　',
    '无',
    '暂无',
    '没有',
    '不涉及',
    '未涉及',
    '不适用',
    '—',
    '——',
    '－',
    '/',
    '／',
    '\\',
    'N/A',
    'n/a',
    'NA',
    '无。',
    '无相关情况',
    '…',
  ])('%o says nothing', text => {
    expect(isNothing(text)).toBe(true);
  });

  it.each(['0', '无锡', '无偿', '无人机1架', '没有召开会议', '不涉及资金5万元', 'A', '未完成', '一'])(
    '%o says something',
    text => {
      expect(isNothing(text)).toBe(false);
    },
  );
});
