/** A run in a process of its own: takes the lock, says so, then holds it for a while. */
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../../../src/stores/store.js';
import { takeLock } from '../../../src/sync/lock.js';

const [path = '', holdMs = '0'] = process.argv.slice(2);
try {
  const lock = await takeLock(path, new Date());
  process.stdout.write(`held ${Date.now()}\n`);
  await pause(Number(holdMs));
  lock.assertHeld();
  process.stdout.write(`done ${Date.now()}\n`);
  await lock.release();
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  process.stdout.write(`${error.code}\n`);
  process.exitCode = error.exit;
}
