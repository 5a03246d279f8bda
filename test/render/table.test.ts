import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { wrap } from '../../src/render/table.js';

describe('a sentence broken into lines', () => {
  const sentence = '合计写1,284,500.36元，分项之和为￥35,620.00元，相差-13,470.50元（12,800.50＋670.00）。见“整改台账”';

  it.each([12, 17, 20, 25, 31, 40])('of %i keeps amounts whole and brackets with what they hold', width => {
    const lines = wrap(sentence, width);
    expect(lines.join('')).toBe(sentence);
    for (const amount of ['1,284,500.36', '￥35,620.00', '-13,470.50', '（12,800.50', '670.00'])
      expect(lines.filter(line => line.includes(amount))).toHaveLength(1);
    for (const line of lines) {
      expect(line).not.toMatch(/^[，。；：、）》”]/u);
      expect(line).not.toMatch(/[（《“]$/u);
    }
  });

  it('loses nothing and stays within the width, but for what cannot be broken', () => {
    const piece = fc.constantFrom('整', '改', '，', '（', '）', '“', '”', '1,234.50', 'ledger', ' ', '。');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 14, max: 60 }), (pieces, width) => {
        const written = pieces.join('');
        const lines = wrap(written, width);
        expect(lines.join('').replace(/\s/g, '')).toBe(written.replace(/\s/g, ''));
        // Closing marks may hang over the edge, and a run without a break stands as it is.
        for (const line of lines) {
          const head = line.replace(/[，。；：、！？）》”]+$/u, '');
          expect(stringWidth(head) <= width || !/[整改 ]/u.test(head.slice(1))).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes time in proportion to its length', () => {
    const long = '（'.repeat(20_000);
    const began = performance.now();
    wrap(long, 40);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
