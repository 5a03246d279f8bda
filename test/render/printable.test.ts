import { describe, expect, it } from 'vitest';
import { printable } from '../../src/render/printable.js';

describe('what may go to a terminal', () => {
  it.each([
    '\u001b[2J',
    '\u001b]0;标题\u0007',
    '\u001b]52;c;eA==\u001b\\',
    '\u009b2J',
    '\b\b',
    '\r',
    '\u0000',
    '\u007f',
  ])('%j is no command any more, with colours and without', command => {
    for (const color of [true, false]) {
      const shown = printable(`前${command}后`, color);
      expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u);
      expect(shown).toMatch(/^前.*\ufffd.*后$/u);
    }
  });

  it('line feeds, tabs and every other character stay', () => {
    const line = 'a\tb\n（一）😀𠮷 ↵ ✓';
    expect(printable(line, true)).toBe(line);
    expect(printable(line, false)).toBe(line);
  });

  it('our own colours stay where there are colours', () => {
    const line = '\u001b[31m✗\u001b[39m \u001b[1;2m粗\u001b[22m';
    expect(printable(line, true)).toBe(line);
    expect(printable(`${line}\u001b[2J`, true)).toBe(`${line}\ufffd[2J`);
    expect(printable(line, false)).not.toContain('\u001b');
  });
});
