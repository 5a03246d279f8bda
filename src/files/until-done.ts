import { unlinkSync } from 'node:fs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does a work with a temporary file, which does not stay when a person stops the program meanwhile (Ctrl+C). */
export async function withTemporary<T>(temporary: string, work: () => Promise<T>): Promise<T> {
  const onSignal = (signal: NodeJS.Signals) => {
    try {
      unlinkSync(temporary);
    } catch {
      // Not made yet, or in its place already.
    }
    forget();
    // Nobody else handles it: end as the signal would have ended us.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const forget = () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  for (const signal of signals) process.prependListener(signal, onSignal);
  try {
    return await work();
  } finally {
    forget();
  }
}
