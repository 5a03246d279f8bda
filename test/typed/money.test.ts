import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  compare,
  equals,
  fromUnit,
  grouped,
  inUnit,
  isNegative,
  isZero,
  negate,
  percentOf,
  plain,
  ratePercent,
  roundTo,
  shownDigits,
  signed,
  subtract,
  sum,
  times,
  UNITS,
  yuan,
  zero,
} from '../../src/model/money.js';

/** Whole 分 from −10 trillion to 10 trillion 元; bigint arithmetic is the independent judge. */
const fen = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

function fromFen(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

describe('money', () => {
  it('adds the five parts of the headline to the 分', () => {
    const parts = ['285358.5', '49672.12', '18000', '154000', '14961.88'].map(yuan);
    expect(plain(sum(parts))).toBe('521992.50');
    expect(signed(subtract(yuan('521993.5'), sum(parts)))).toBe('+1.00');
  });

  it('knows that 1173.3 − 670 is 503.3 万元', () => {
    const rest = subtract(fromUnit('1173.3', '万元'), fromUnit('670', '万元'));
    expect(inUnit(rest, '万元')).toBe('503.3');
    expect(plain(rest)).toBe('5033000.00');
  });

  it('is exact where floats are not: 0.1 + 0.2 = 0.3, and a million times a tenth of a 分', () => {
    expect(equals(add(yuan('0.1'), yuan('0.2')), yuan('0.3'))).toBe(true);
    expect(plain(sum(Array.from({ length: 1_000_00 }, () => yuan('0.001'))))).toBe('100.00');
    expect(plain(add(yuan('1e29'), yuan('1e-30')))).toBe(`1${'0'.repeat(29)}.${'0'.repeat(29)}1`);
  });

  it('writes amounts for people', () => {
    expect(grouped(yuan('521992.5'))).toBe('521,992.50');
    expect(grouped(yuan('-1234567.125'))).toBe('-1,234,567.125');
    expect(grouped(yuan('-123'))).toBe('-123.00');
    expect(signed(yuan('-3.2'))).toBe('-3.20');
    expect(signed(zero)).toBe('0.00');
    expect(plain(negate(zero))).toBe('0.00');
    expect(`${yuan('-0')}`).toBe('0.00');
    expect(JSON.stringify({ due: yuan('5') })).toBe('{"due":"5.00"}');
  });

  it('cannot be compared or added by operators', () => {
    expect(() => Number(yuan('1'))).toThrow(TypeError);
  });

  it.each(['', 'abc', '1,000', '１', '1.', '.5', 'NaN', 'Infinity', '0x10', '1e30', '1e-41', '1 ', '--1'])(
    'refuses %o as an amount',
    nonsense => {
      expect(() => yuan(nonsense)).toThrow(RangeError);
    },
  );

  it('rounds a half away from zero, at any place of 元', () => {
    expect(plain(roundTo(yuan('2.345'), 2))).toBe('2.35');
    expect(plain(roundTo(yuan('-2.345'), 2))).toBe('-2.35');
    expect(plain(roundTo(yuan('5033500'), -3))).toBe('5034000.00');
    expect(plain(roundTo(yuan('499.99'), -3))).toBe('0.00');
  });

  it('gives percentages as they are printed', () => {
    expect(percentOf(yuan('670'), yuan('1173.3'), 1)).toBe('57.1');
    expect(percentOf(yuan('335030.62'), yuan('521992.5'), 1)).toBe('64.2');
    expect(percentOf(yuan('1'), yuan('8'), 2)).toBe('12.50');
    expect(percentOf(yuan('1'), zero, 1)).toBeUndefined();
    expect(ratePercent(688, 697, 2)).toBe('98.71');
    expect(ratePercent(119, 139, 1)).toBe('85.6');
    expect(ratePercent(453, 471, 2)).toBe('96.18');
    expect(ratePercent(0, 0, 1)).toBeUndefined();
  });

  it('shows a stored number with 15 significant digits, as Excel does', () => {
    expect(shownDigits('0.30000000000000004')).toBe('0.3');
    expect(shownDigits('1.1733E7')).toBe('11733000');
    expect(shownDigits('123456789012345678')).toBe('123456789012346000');
    expect(shownDigits('-0')).toBe('0');
    expect(shownDigits('1E400')).toBeUndefined();
    expect(shownDigits('abc')).toBeUndefined();
  });

  it('adds and subtracts like whole 分', () => {
    fc.assert(
      fc.property(fen, fen, (a, b) => {
        expect(plain(add(yuan(fromFen(a)), yuan(fromFen(b))))).toBe(fromFen(a + b));
        expect(plain(subtract(yuan(fromFen(a)), yuan(fromFen(b))))).toBe(fromFen(a - b));
        expect(compare(yuan(fromFen(a)), yuan(fromFen(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(equals(yuan(fromFen(a)), yuan(fromFen(b)))).toBe(a === b);
      }),
    );
  });

  it('sums in any order to the same amount', () => {
    fc.assert(
      fc.property(fc.array(fen), list => {
        const expected = fromFen(list.reduce((total, item) => total + item, 0n));
        const amounts = list.map(item => yuan(fromFen(item)));
        expect(plain(sum(amounts))).toBe(expected);
        expect(plain(sum(amounts.reverse()))).toBe(expected);
      }),
    );
  });

  it('reads back what it writes, in every unit', () => {
    fc.assert(
      fc.property(fen, fc.constantFrom(...UNITS), (a, unit) => {
        const amount = yuan(fromFen(a));
        expect(equals(fromUnit(inUnit(amount, unit), unit), amount)).toBe(true);
        expect(equals(yuan(plain(amount)), amount)).toBe(true);
        expect(equals(yuan(grouped(amount).replaceAll(',', '')), amount)).toBe(true);
      }),
    );
  });

  it('keeps signs straight', () => {
    fc.assert(
      fc.property(fen, a => {
        const amount = yuan(fromFen(a));
        expect(isZero(add(amount, negate(amount)))).toBe(true);
        expect(isNegative(amount)).toBe(a < 0n);
        expect(isNegative(absolute(amount))).toBe(false);
        expect(equals(times(amount, '-1'), negate(amount))).toBe(true);
      }),
    );
  });

  it('rounds to within half a place', () => {
    fc.assert(
      fc.property(fen, fc.integer({ min: -6, max: 2 }), (a, places) => {
        const amount = yuan(fromFen(a));
        const off = absolute(subtract(roundTo(amount, places), amount));
        expect(compare(times(off, '2'), yuan(`1e${-places}`))).not.toBe(1);
      }),
    );
  });
});
