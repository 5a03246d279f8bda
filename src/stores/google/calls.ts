import type { Text } from '../../model/text.js';
import { storeError } from './explanations.js';
import { type Asker, CUT_ANSWER, type Failure, failureOf, verdictOf } from './failures.js';

/** Calls made so far, for the report: a sync makes one read and at most one write. */
export type CallCount = { read: number; write: number; drive: number; signIn: number };

/** The clock, chance and sleep; tests put in their own so that a minute takes no time. */
export type Clock = {
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

export const realClock: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
};

/** How long a call is tried for. */
export type Limits = {
  readonly attempts: number;
  /** The most that waits and attempts may take together: an attempt into the void lasts until its own time is up. */
  readonly waitMs: number;
  /** Of one attempt. */
  readonly timeoutMs: number;
};

/** Stated in README. */
export const PATIENCE: Limits = { attempts: 8, waitMs: 180_000, timeoutMs: 60_000 };

/** For a person who waits to hear what is wrong. */
export const IMPATIENCE: Limits = { attempts: 3, waitMs: 30_000, timeoutMs: 15_000 };

/** Google allows 60 writes a minute and user; some room is left for another machine with the same account. */
const WRITES_PER_MINUTE = 50;
const MINUTE = 60_000;
/** When writes were made in the last minute: a ledger and its mirror, both on Google, draw on one allowance. */
const writtenBy = new WeakMap<Clock, number[]>();

/** How a write ended, as far as anybody can know. */
export type WriteOutcome<T> =
  | { readonly kind: 'answered'; readonly data: T }
  | { readonly kind: 'refused'; readonly failure: Failure; readonly cause: unknown }
  | { readonly kind: 'unknown'; readonly failure: Failure; readonly cause: unknown };

/**
 * Makes calls with patience: exponential backoff with jitter, Retry-After honoured, a limit on attempts and on the
 * time spent waiting. The client's own retries are switched off: they are too short for a quota minute, have no
 * jitter, and never cover the one write that matters.
 */
export class Caller {
  readonly count: CallCount = { read: 0, write: 0, drive: 0, signIn: 0 };
  private readonly written: number[];

  constructor(
    readonly asker: Asker,
    readonly clock: Clock,
    private readonly onWait: (text: Text) => void,
    private readonly limits: Limits = PATIENCE,
  ) {
    const known = writtenBy.get(clock) ?? [];
    writtenBy.set(clock, known);
    this.written = known;
  }

  /**
   * A call that changes nothing, or that may safely be made twice: repeated until it is answered.
   * @throws StoreError when it is refused or patience ends.
   */
  async ask<T extends object>(kind: 'read' | 'drive', call: () => Promise<{ readonly data: T }>): Promise<T> {
    const patience = this.patience();
    for (;;) {
      this.count[kind]++;
      const outcome = await attempt(call);
      if (outcome.kind === 'answered') return outcome.data;
      if (verdictOf(outcome.failure) === 'refused') throw storeError(outcome.failure, this.asker, outcome.cause);
      await patience.wait(outcome.failure, outcome.cause);
    }
  }

  /**
   * One write. It is repeated here only while the service says that it did nothing (429); what may have been
   * applied is the caller's to find out.
   * @throws StoreError when patience ends.
   */
  async write<T extends object>(
    call: () => Promise<{ readonly data: T }>,
    patience: Patience = this.patience(),
  ): Promise<WriteOutcome<T>> {
    for (;;) {
      await this.pace();
      this.count.write++;
      const outcome = await attempt(call);
      if (outcome.kind !== 'answered' && verdictOf(outcome.failure) === 'throttled') {
        await patience.wait(outcome.failure, outcome.cause);
        continue;
      }
      return outcome;
    }
  }

  /** A fresh allowance of waits, for a call or for all attempts at one write. */
  patience(): Patience {
    return new Patience(this.asker, this.clock, this.onWait, this.limits);
  }

  /** Keeps below the service's writes a minute, however many parts a plan has. */
  private async pace(): Promise<void> {
    const { now, sleep } = this.clock;
    while (this.written.length > 0 && (this.written[0] ?? 0) <= now() - MINUTE) this.written.shift();
    if (this.written.length >= WRITES_PER_MINUTE) {
      const ms = (this.written[0] ?? 0) + MINUTE - now() + 1;
      this.onWait({
        zh: `为不超过 Google 每分钟的写入限额，等待 ${Math.ceil(ms / 1000)} 秒…`,
        en: `Waiting ${Math.ceil(ms / 1000)} s to stay below Google's writes a minute…`,
      });
      await sleep(ms);
      this.written.shift();
    }
    this.written.push(now());
  }
}

/** Waits between attempts, up to the stated limit. */
export class Patience {
  private attempts = 1;
  private readonly begun: number;

  constructor(
    private readonly asker: Asker,
    private readonly clock: Clock,
    private readonly onWait: (text: Text) => void,
    private readonly limits: Limits,
  ) {
    this.begun = clock.now();
  }

  /** @throws StoreError that explains the failure when there is no patience left. */
  async wait(failure: Failure, cause?: unknown): Promise<void> {
    // Google's advice: min(2^n s + up to 1 s, 64 s); the sum of eight attempts passes the minute after which a quota is refilled.
    const backoff = Math.min(2 ** (this.attempts - 1) * 1000 + this.clock.random() * 1000, 64_000);
    const ms = Math.max(backoff, (failure.retryAfterSeconds ?? 0) * 1000);
    const spent = this.clock.now() - this.begun;
    if (this.attempts >= this.limits.attempts || spent + ms > this.limits.waitMs) {
      throw storeError(this.attempts === 1 ? failure : { ...failure, waited: true }, this.asker, cause);
    }
    this.attempts++;
    this.onWait({
      zh: `Google 没有正常应答（${failure.status ?? (failure.reason || '连接中断')}），${Math.ceil(ms / 1000)} 秒后第 ${this.attempts} 次尝试…`,
      en: `No proper answer from Google (${failure.status ?? (failure.reason || 'connection lost')}); attempt ${this.attempts} in ${Math.ceil(ms / 1000)} s…`,
    });
    await this.clock.sleep(ms);
  }
}

async function attempt<T extends object>(
  call: () => Promise<{ readonly data: T }>,
): Promise<
  | { readonly kind: 'answered'; readonly data: T }
  | { readonly kind: 'refused' | 'unknown'; readonly failure: Failure; readonly cause: unknown }
> {
  try {
    const { data } = await call();
    // JSON that was cut on the way arrives as a string with status 200 and without any error.
    if (typeof data === 'object' && data !== null) return { kind: 'answered', data };
    return { kind: 'unknown', failure: CUT_ANSWER, cause: undefined };
  } catch (cause) {
    const failure = failureOf(cause);
    return { kind: verdictOf(failure) === 'refused' ? 'refused' : 'unknown', failure, cause };
  }
}
