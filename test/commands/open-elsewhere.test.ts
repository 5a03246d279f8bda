import { describe, expect, it } from 'vitest';
import type { World } from '../../src/commands/command.js';
import { runWhileOpen } from '../../src/commands/open-elsewhere.js';
import { text } from '../../src/model/text.js';
import { StoreError } from '../../src/stores/store.js';

const open = new StoreError(4, 'open-elsewhere', text('整改台账.xlsx 正在 Excel 中打开。', 'open'));

/** A person who gives these answers, one after another; none left: nobody is there. */
function world(answers: readonly string[], terminal = true) {
  const asked: string[] = [];
  const made: World = {
    cwd: '/',
    env: {},
    lang: 'zh',
    terminal,
    columns: 100,
    color: false,
    say: () => {},
    warn: () => {},
    json: () => {},
    ask: async question => {
      asked.push(question);
      return answers[asked.length - 1];
    },
  };
  return { made, asked };
}

/** Finds the file open as many times as said, then does its work. */
function openFor(times: number) {
  let runs = 0;
  return async () => {
    runs += 1;
    if (runs <= times) throw open;
    return 0 as const;
  };
}

describe('a workbook that is open in Excel or WPS', () => {
  it('is tried again each time the person presses Enter', async () => {
    const { made, asked } = world(['', '']);
    expect(await runWhileOpen(openFor(2), made)).toBe(0);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain('整改台账.xlsx 正在 Excel 中打开。');
    expect(asked[0]).toContain('按回车重试');
  });

  it('is refused when the person stops, when nobody answers, and where nobody can be asked', async () => {
    await expect(runWhileOpen(openFor(1), world(['n']).made)).rejects.toBe(open);
    await expect(runWhileOpen(openFor(1), world([]).made)).rejects.toBe(open);
    const script = world([''], false);
    await expect(runWhileOpen(openFor(1), script.made)).rejects.toBe(open);
    expect(script.asked).toEqual([]);
  });

  it('is the only refusal that is asked about', async () => {
    const locked = new StoreError(4, 'locked', text('正在处理', 'locked'));
    const { made, asked } = world(['']);
    await expect(runWhileOpen(() => Promise.reject(locked), made)).rejects.toBe(locked);
    expect(asked).toEqual([]);
  });
});
