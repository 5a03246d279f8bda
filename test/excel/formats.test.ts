import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCellText, encodeCellText, storableText } from '../../src/stores/excel/cell-text.js';
import { cellXml } from '../../src/stores/excel/cell-xml.js';
import { shiftFormula } from '../../src/stores/excel/formula-shift.js';
import { builtInDateKind, dateKind } from '../../src/stores/excel/number-formats.js';
import { itemText } from '../../src/stores/excel/rich-text.js';
import { wellFormed } from '../../src/stores/excel/verify.js';
import { parseXml, plainText, splice } from '../../src/stores/excel/xml-tree.js';

const richText = (xml: string) => itemText(Buffer.from(`<si/>${xml}<si/>`), 5, 5 + Buffer.byteLength(xml));

describe('which number formats show a date', () => {
  test.each([
    ['yyyy-mm-dd', 'day'],
    ['yyyy"年"m"月"d"日";@', 'day'],
    ['yyyy年m月d日', 'day'],
    ['[$-804]yyyy"年"m"月"d"日"', 'day'],
    ['[DBNum1][$-804]yyyy"年"m"月"d"日";@', 'day'],
    ['[$-F800]dddd, mmmm dd, yyyy', 'day'],
    ['m"月"d"日"', 'day'],
    ['yyyy/m/d h:mm:ss', 'day'],
    ['yyyy"年"m"月"', 'month'],
    ['yyyy.m', 'month'],
    ['mmm-yy', 'month'],
    ['h:mm', 'none'],
    ['[h]:mm:ss', 'none'],
    ['mm:ss', 'none'],
    ['General', 'none'],
    ['G/通用格式', 'none'],
    ['0.00', 'none'],
    ['0.0\\m', 'none'],
    ['0"天"', 'none'],
    ['#,##0.00_ ;[Red]\\-#,##0.00\\ ', 'none'],
    ['0.00E+00', 'none'],
    ['"日期"0', 'none'],
    ['@', 'none'],
    ['_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', 'none'],
  ] as const)('%s → %s', (code, kind) => {
    expect(dateKind(code)).toBe(kind);
  });

  test('the built-in formats of Chinese Excel', () => {
    expect([14, 22, 28, 29, 31, 51, 53, 54, 58].map(builtInDateKind)).toEqual(Array(9).fill('day'));
    expect([17, 27, 36, 50, 52, 57].map(builtInDateKind)).toEqual(Array(6).fill('month'));
    expect([0, 1, 4, 9, 18, 21, 32, 35, 45, 49, 55, 56].map(builtInDateKind)).toEqual(Array(12).fill('none'));
  });
});

describe('a shared formula moves its relative references', () => {
  test.each([
    ['A1+$B$1+$C1+D$1', 'B3+$B$1+$C3+E$1'],
    ['SUM(A1:B2)', 'SUM(B3:C4)'],
    ['SUM(A:A,$B:C,3:4,$3:4)', 'SUM(B:B,$B:D,5:6,$3:6)'],
    ['"A1"&A1', '"A1"&B3'],
    ["'A1 表'!A1+Sheet1!B2", "'A1 表'!B3+Sheet1!C4"],
    ['LOG10(A1)+表1[A1]', 'LOG10(B3)+表1[A1]'],
    ['IF(A1>0,"待定",TRUE)', 'IF(B3>0,"待定",TRUE)'],
  ])('%s two rows down, one column right: %s', (formula, shifted) => {
    expect(shiftFormula(formula, 2, 1)).toBe(shifted);
  });

  test('what would leave the sheet is an error, as in Excel', () => {
    expect(shiftFormula('A1', -1, 0)).toBe('#REF!');
    expect(shiftFormula('XFD1', 0, 1)).toBe('#REF!');
  });
});

describe('texts', () => {
  test('whatever a person types is well-formed in the cell and comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: 'grapheme' }),
          fc.stringMatching(/^_x[0-9A-F]{4}_.{0,3}$/),
        ),
        text => {
          const xml = cellXml('', 1, 1, 0, { kind: 'text', text }, false);
          wellFormed(xml);
          const inner = /<is>[\s\S]*<\/is>/.exec(xml)?.[0] ?? '';
          expect(richText(inner)).toBe(storableText(text));
        },
      ),
    );
  });

  test('escapes are resolved once', () => {
    expect(decodeCellText('_x005F_x000D_')).toBe('_x000D_');
    expect(decodeCellText(encodeCellText('_x000D_\r'))).toBe('_x000D_\r');
  });

  test('a text over the limit of a cell is cut, visibly', () => {
    const long = storableText('整'.repeat(40_000));
    expect(long).toHaveLength(32_767);
    expect(long.endsWith('…')).toBe(true);
  });

  test('runs are joined, phonetic runs left out, CDATA read', () => {
    expect(
      richText(
        '<si><r><t>富</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 文本</t></r><rPh sb="0" eb="1"><t>fù</t></rPh></si>',
      ),
    ).toBe('富 文本');
    expect(richText('<x:is><x:t><![CDATA[<a> & b]]></x:t></x:is>')).toBe('<a> & b');
    expect(richText('<si><t/></si>')).toBe('');
    expect(plainText('a&#10;b&amp;lt;')).toBe('a\nb&lt;');
  });
});

describe('the XML tree', () => {
  test('splices touch nothing but their place', () => {
    const xml = '<a b="1">x<!-- c --><d e=\'2\'/></a>';
    const root = parseXml(xml);
    expect(root.children[0]?.attributes[0]).toMatchObject({ name: 'e', value: '2' });
    expect(splice(xml, [{ start: 3, end: 8, text: 'b="9"' }])).toBe('<a b="9">x<!-- c --><d e=\'2\'/></a>');
  });

  test.each([
    '<a>',
    '<a></b>',
    '<a b=1/>',
    '<a b="1" b="2"/>',
    '<a/><b/>',
    '<a>&x;</a',
    '<x:a/>',
    'x<a/>',
    '<a b="<"/>',
    '',
  ])('%s is malformed', xml => {
    expect(() => parseXml(xml)).toThrow();
  });
});
