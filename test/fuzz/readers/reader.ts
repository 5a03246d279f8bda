import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

/** What an independent reader makes of a workbook. */
const valueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ date: z.string() }),
  z.object({ error: z.string() }),
  // Something that says nothing about the cell, such as an invalid date.
  z.object({ bad: z.string() }),
]);
const answerSchema = z.union([
  z.object({
    date1904: z.boolean(),
    sheets: z.record(
      z.string(),
      z.record(z.string(), z.object({ value: valueSchema.optional(), formula: z.string().optional() })),
    ),
  }),
  z.object({ fails: z.string() }),
]);
export type TheirValue = z.infer<typeof valueSchema>;
export type Answer = z.infer<typeof answerSchema>;

function answerOf(line: string): Answer {
  const parsed = answerSchema.safeParse(JSON.parse(line));
  return parsed.success ? parsed.data : { fails: 'an answer that says nothing' };
}

const HANGS_AFTER = 20_000;

/** A reader as a process of its own, which hangs, runs out of memory or dies without taking anybody along. */
export class Reader {
  private child: ChildProcessByStdio<Writable, Readable, null> | undefined;

  constructor(
    private readonly program: string,
    private readonly args: readonly string[],
  ) {}

  async read(path: string): Promise<Answer> {
    const child = this.started();
    return new Promise(resolve => {
      let got = '';
      const done = (answer: Answer): void => {
        clearTimeout(timer);
        child.stdout.off('data', onData);
        child.off('close', onClose);
        resolve(answer);
      };
      const onData = (chunk: string): void => {
        got += chunk;
        if (got.endsWith('\n')) done(answerOf(got));
      };
      const onClose = (): void => {
        this.child = undefined;
        done({ fails: 'the reader died' });
      };
      const timer = setTimeout(() => child.kill('SIGKILL'), HANGS_AFTER);
      child.stdout.on('data', onData);
      child.on('close', onClose);
      child.stdin.write(`${path}\n`);
    });
  }

  stop(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private started(): ChildProcessByStdio<Writable, Readable, null> {
    if (this.child !== undefined) return this.child;
    const child = spawn(this.program, this.args, { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdout.setEncoding('utf8');
    // It may die while it is being written to; `close` says so.
    child.stdin.on('error', () => undefined);
    this.child = child;
    return child;
  }
}
