import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/model/grid.js';
import { plain } from '../../src/model/money.js';
import { type ColumnUnit, findAmounts, parseAmount } from '../../src/read/typed/amount.js';

const YUAN: ColumnUnit = { unit: '元', from: 'default' };
const WAN: ColumnUnit = { unit: '万元', from: 'header' };

function typed(text: string): Cell {
  return { kind: 'text', text };
}

/** In 元, with the unit it is kept in and the places typed: `5033000.00 万元 1`; `bad` or `blank` otherwise. */
function read(cell: Cell, unit: ColumnUnit): string {
  const parsed = parseAmount(cell, unit);
  if (parsed.kind !== 'value') return parsed.kind;
  return `${plain(parsed.value.yuan)} ${parsed.value.unit} ${parsed.value.places}`;
}

describe('an amount as a clerk types it', () => {
  it.each([
    ['503.3', YUAN, '503.30 元 1'],
    ['503.3', WAN, '5033000.00 万元 1'],
    ['1,173.3万元', YUAN, '11733000.00 万元 1'],
    ['1，173.3万元', YUAN, '11733000.00 万元 1'],
    ['１１７３．３万元', YUAN, '11733000.00 万元 1'],
    ['503.3 万', YUAN, '5033000.00 万元 1'],
    ['503.3w', YUAN, '5033000.00 万元 1'],
    ['1.49亿', YUAN, '149000000.00 亿元 2'],
    ['1.49亿元。', WAN, '149000000.00 亿元 2'],
    ['1亿4900万元', YUAN, '149000000.00 万元 0'],
    ['3万5千元', YUAN, '35000.00 千元 0'],
    ['3千万元', YUAN, '30000000.00 万元 0'],
    ['2.5百万元', YUAN, '2500000.00 百万元 1'],
    ['5百元', YUAN, '500.00 元 0'],
    ['12元5角3分', YUAN, '12.53 元 2'],
    ['285358.5元', WAN, '285358.50 元 1'],
    ['285358。5元', WAN, '285358.50 元 1'],
    ['¥49,672.12', YUAN, '49672.12 元 2'],
    ['￥49,672.12', YUAN, '49672.12 元 2'],
    ['¥-500', YUAN, '-500.00 元 0'],
    ['人民币18000元整', YUAN, '18000.00 元 0'],
    ['RMB 18,000.00', YUAN, '18000.00 元 2'],
    ['18000元人民币', WAN, '18000.00 元 0'],
    ['共计154000元', YUAN, '154000.00 元 0'],
    ['503.3万元（含利息）', YUAN, '5033000.00 万元 1'],
    ['503.3（万元）', YUAN, '5033000.00 万元 1'],
    ['503.3（单位：万元）', YUAN, '5033000.00 万元 1'],
    ['+500', YUAN, '500.00 元 0'],
    ['人民币（大写）壹万元整', YUAN, '10000.00 元 0'],
    ['-5万元', YUAN, '-50000.00 万元 0'],
    ['－5万元', YUAN, '-50000.00 万元 0'],
    ['负5万元', YUAN, '-50000.00 万元 0'],
    ['（5万元）', YUAN, '-50000.00 万元 0'],
    ['(1,200.50)', YUAN, '-1200.50 元 2'],
    ['0', YUAN, '0.00 元 0'],
    ['0元', WAN, '0.00 元 0'],
    ['壹拾贰万叁仟元整', WAN, '123000.00 元 0'],
    ['人民币壹仟贰佰叁拾肆元伍角陆分', WAN, '1234.56 元 2'],
    ['叁拾万零伍佰元整', WAN, '300500.00 元 0'],
    ['五十三万元', YUAN, '530000.00 万元 0'],
    ['五点三万元', YUAN, '53000.00 万元 1'],
    ['三百二十元', WAN, '320.00 元 0'],
    ['五', WAN, '50000.00 万元 0'],
  ] as const)('%s in a column in %o', (text, unit, expected) => {
    expect(read(typed(text), unit)).toBe(expected);
  });

  it.each(['', '  ', '无', '不涉及', '—', '－', '/', '暂无', 'N/A', '——', '无。'])('%o is nothing', text => {
    expect(read(typed(text), YUAN)).toBe('blank');
  });

  it.each([
    '约503万元',
    '近5万元',
    '5万余元',
    '2~3万元',
    '3-5万元',
    '500元左右',
    '应追缴1173.3万元，已追缴670万元',
    '503.3万元（其中利息3万元）',
    '503.3（万余元）',
    '503.3元（万元）',
    '503.3（以万元计）',
    '1173,3',
    '1.173,30',
    '1,1733',
    '12,34',
    '00123',
    '503.',
    '1.2.3',
    '1亿4900',
    '1.5亿300万',
    '3万5万元',
    '5万30000元',
    '万元',
    '57%',
    '已全部追缴',
    '2023年7月',
    '一万二',
    '503.3人',
  ])('%s is not read as an amount', text => {
    expect(read(typed(text), YUAN)).toBe('bad');
  });

  it('does not choose between ¥ and a column in 万元, nor for 一万二千 there', () => {
    expect(read(typed('¥503.3'), WAN)).toBe('bad');
    expect(read(typed('一万二千'), WAN)).toBe('bad');
    expect(read(typed('一万二千'), YUAN)).toBe('12000.00 元 0');
  });

  it('says where the unit came from, and that a number is stored as text', () => {
    expect(parseAmount(typed('503.3'), WAN)).toMatchObject({
      value: { unitFrom: 'header', asText: true, text: '503.3' },
    });
    expect(parseAmount(typed('503.3万元'), YUAN)).toMatchObject({ value: { unitFrom: 'cell', asText: false } });
    expect(parseAmount({ kind: 'number', text: '503.3' }, WAN)).toMatchObject({ value: { asText: false } });
  });
});

describe('an amount that Excel holds as a number', () => {
  it.each([
    ['521992.5', '521992.50 元 1'],
    ['0.30000000000000004', '0.30 元 1'],
    ['14961.880000000001', '14961.88 元 2'],
    ['-3', '-3.00 元 0'],
    ['1.1733E7', '11733000.00 元 0'],
    ['5E-3', '0.005 元 3'],
    ['0', '0.00 元 0'],
  ])('%s', (text, expected) => {
    expect(read({ kind: 'number', text }, YUAN)).toBe(expected);
  });

  it('is the same day for a date, a failed formula or a tick: no amount', () => {
    expect(read({ kind: 'date', text: '2023-07-28' }, YUAN)).toBe('bad');
    expect(read({ kind: 'error', text: '#REF!' }, YUAN)).toBe('bad');
    expect(read({ kind: 'boolean', text: 'TRUE' }, YUAN)).toBe('bad');
    expect(read({ kind: 'number', text: '1E300' }, YUAN)).toBe('bad');
    expect(parseAmount(undefined, YUAN).kind).toBe('blank');
  });

  it('names the failed formula', () => {
    const parsed = parseAmount({ kind: 'error', text: '#REF!' }, YUAN);
    expect(parsed.kind === 'bad' && parsed.expected.zh).toContain('#REF!');
  });
});

describe('amounts in running text', () => {
  function amounts(text: string): string[] {
    return findAmounts(text).map(found => {
      expect(text.slice(found.offset, found.offset + found.length)).toBe(found.amount.text);
      return `${found.amount.text}=${plain(found.amount.yuan)}${found.approximate ? '~' : ''}`;
    });
  }

  it('finds what stands behind a half-width comma, and no piece of a longer number', () => {
    expect(amounts('修订办法,5000万元以上实行双人调查;退回1,234,567元')).toEqual([
      '5000万元=50000000.00~',
      '1,234,567元=1234567.00',
    ]);
    expect(amounts('为企业减负1860万元')).toEqual(['1860万元=18600000.00']);
  });

  it('finds each figure of the headline, and no more', () => {
    expect(
      amounts(
        '目前整改到位13个，追缴违规资金521993.5元，其中：应追缴代缴养老保险285358.5元，应追缴代缴医疗保险49672.12元，关心下一代工作经费18000元，职工大病互助154000元，加油卡14961.88元。建立完善8项管理制度，开展提醒谈话19人次。',
      ),
    ).toEqual([
      '521993.5元=521993.50',
      '285358.5元=285358.50',
      '49672.12元=49672.12',
      '18000元=18000.00',
      '154000元=154000.00',
      '14961.88元=14961.88',
    ]);
  });

  it.each([
    [
      '截留工资1173.3万元，2022年3月偿还670万元，仍有503.3万元',
      ['1173.3万元=11733000.00', '670万元=6700000.00', '503.3万元=5033000.00'],
    ],
    ['挽回损失１．４９亿元', ['１．４９亿元=149000000.00']],
    ['共503.3 万元', ['503.3 万元=5033000.00']],
    ['追缴503.3万，已上缴', ['503.3万=5033000.00']],
    ['惠及5万人，涉及3户', []],
    ['约30万元、30余万元、30万元左右', ['30万元=300000.00~', '30余万元=300000.00~', '30万元=300000.00~']],
    ['3-5万元', ['5万元=50000.00~']],
    ['清退津补贴三十万零五百元', ['三十万零五百元=300500.00']],
    ['人民币壹拾贰万叁仟元整', ['壹拾贰万叁仟元=123000.00']],
    ['2023年元月、元旦、二元化结构、多元投入', []],
    ['针对问题3，500元的误餐费已退回', ['500元=500.00']],
    ['冲减-2000元', ['2000元=2000.00~']],
    ['其中：-2000元，负3万元', ['2000元=-2000.00', '3万元=-30000.00']],
    ['退回1,200.50元和12元5角', ['1,200.50元=1200.50', '12元5角=12.50']],
    ['每人每月 5000元/月', ['5000元=5000.00']],
  ] as const)('%s', (text, expected) => {
    expect(amounts(text)).toEqual(expected);
  });
});
