import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { widthOf } from '../../src/render/width.js';

test('the short way to a width gives the same width', () => {
  const letters = fc.oneof(
    fc.constantFrom(
      '一',
      '，',
      '（',
      '1',
      'a',
      ' ',
      '\u302A',
      '\u303F',
      '。',
      '～',
      '\u0301',
      '👨‍👩‍👧',
      '\u200d',
      '한',
      '！',
      ...'·×–—‘’“”…①⑳✓✗█░',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.integer({ min: 0x3000, max: 0xffff }).map(code => String.fromCharCode(code)),
  );
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 8 }), parts => {
      const written = parts.join('');
      expect(widthOf(written)).toBe(stringWidth(written));
    }),
    { numRuns: 2000 },
  );
});
