import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { text } from '../../src/model/text.js';
import { progressBar } from '../../src/render/progress.js';

/** A terminal that remembers what was drawn on it. */
class Screen extends Writable {
  readonly isTTY = true;
  readonly columns = 100;
  drawn = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.drawn += chunk.toString('utf8');
    done();
  }
  // What cli-progress asks of a terminal.
  cursorTo = (): boolean => true;
  moveCursor = (): boolean => true;
  clearLine = (): boolean => true;
}

it('a step that waits long is drawn while it waits, and taken off before anything else is printed', async () => {
  const screen = new Screen();
  const progress = await progressBar(true, 'zh', 4, screen);
  progress.step(text('正在读取台账', 'reading'));
  progress.step(text('正在写回，并与共享表同步', 'writing'));
  expect(screen.drawn).toBe('');
  while (!screen.drawn.includes('2/4 正在写回，并与共享表同步')) await pause(20);
  expect(screen.drawn).not.toContain('正在读取台账');
  // The cursor is left alone: Ctrl+C would leave it hidden.
  expect(screen.drawn).not.toContain('\u001B[?25l');
  progress.stop();
  const before = screen.drawn;
  progress.step(text('正在写回', 'writing'));
  progress.stop();
  expect(screen.drawn.length).toBeGreaterThan(before.length);
});

it('of a short run, and where there is no terminal, nothing is drawn', async () => {
  for (const terminal of [true, false]) {
    const screen = new Screen();
    const progress = await progressBar(terminal, 'zh', 4, screen);
    progress.step(text('正在读取台账', 'reading'));
    progress.stop();
    await pause(600);
    expect(screen.drawn).toBe('');
  }
});
