import type { Writable } from 'node:stream';
import type { LongList } from './command.js';

/** Characters that are written at a time. */
const PIECE = 1 << 16;

/**
 * Writes a JSON document (an object with members) that ends in a list, item by item, as `JSON.stringify(…, null, 2)` would
 * write all of it. Waits for a reader that is slower, and stops when it reads no more (`ledger log --json … | head`).
 */
export async function writeJsonList(out: Writable, head: unknown, { name, items }: LongList): Promise<void> {
  const begun = JSON.stringify(head, null, 2);
  let text = `${begun.slice(0, -'\n}'.length)},\n  ${JSON.stringify(name)}: `;
  let before = '[\n    ';
  for (const item of items) {
    text += `${before}${JSON.stringify(item, null, 2).replaceAll('\n', '\n    ')}`;
    before = ',\n    ';
    if (text.length < PIECE) continue;
    if (!(await written(out, text))) return;
    text = '';
  }
  await written(out, `${text}${before === ',\n    ' ? '\n  ]' : '[]'}\n}\n`);
}

/** false when nobody reads any more. */
async function written(out: Writable, text: string): Promise<boolean> {
  if (!out.writable || out.errored !== null) return false;
  if (out.write(text)) return true;
  await new Promise<void>(resolve => {
    const go = () => {
      for (const event of ['drain', 'close', 'error']) out.off(event, go);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) out.on(event, go);
  });
  return true;
}
