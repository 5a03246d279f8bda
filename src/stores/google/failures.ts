/** What came back instead of an answer, freed of the client's error classes. */
export type Failure = {
  /** HTTP status; absent when no answer came. */
  readonly status: number | undefined;
  /** Google's reason (`SERVICE_DISABLED`, `storageQuotaExceeded`, …), the OAuth error, or the system's code (`ECONNRESET`). */
  readonly reason: string;
  /** The service's own sentence, never a whole HTML page. */
  readonly message: string;
  readonly retryAfterSeconds: number | undefined;
  /** It was tried several times. */
  readonly waited?: boolean;
  /** The service's clock when it answered, in milliseconds since 1970; undefined without an answer. */
  readonly serverTime?: number | undefined;
};

/** `refused`: nothing was done. `throttled`: nothing was done, later it may be. `unknown`: it may have been done. */
export type Verdict = 'refused' | 'throttled' | 'unknown';

/** Limits that are refilled within a minute or two; those of a day, or of sharing, are not worth the wait. */
const SHORT_LIMIT = /^(?:userRateLimitExceeded|rateLimitExceeded|RATE_LIMIT_EXCEEDED|quotaExceeded)$/;

/** A certificate that is not Google's stays what it is, however often one asks. */
export const CERTIFICATE = /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|SELF_SIGNED/;

/** What can be concluded about a call that failed. */
export function verdictOf(failure: Failure): Verdict {
  const { status } = failure;
  if (status === 429) return 'throttled';
  if (status === 403 && SHORT_LIMIT.test(failure.reason)) return 'throttled';
  if (status === undefined && CERTIFICATE.test(failure.reason)) return 'refused';
  if (status === undefined || status === 408 || status >= 500 || status < 300) return 'unknown';
  return 'refused';
}

/** Errors of the client, of the network and of a cut answer, in one form. */
export function failureOf(error: unknown): Failure {
  const response = property(error, 'response');
  const status = numeric(property(error, 'status')) ?? numeric(property(response, 'status'));
  const data = property(response, 'data');
  const inner = property(data, 'error');
  const detail = firstReason(property(inner, 'details')) ?? firstReason(property(inner, 'errors'));
  const oauth = typeof inner === 'string' ? inner : undefined;
  const cause = property(error, 'cause');
  const code = [
    property(error, 'code'),
    property(cause, 'code'),
    property(cause, 'name'),
    property(error, 'name'),
  ].find(one => typeof one === 'string' && one !== '' && one !== 'Error' && one !== 'GaxiosError');
  const said =
    textOf(property(inner, 'message')) ??
    textOf(property(data, 'error_description')) ??
    textOf(property(error, 'message'));
  return {
    status,
    reason: detail ?? oauth ?? textOf(property(inner, 'status')) ?? textOf(code) ?? '',
    message: shortened(said ?? ''),
    retryAfterSeconds: retryAfter(property(response, 'headers')),
    serverTime: dateOf(headerOf(property(response, 'headers'), 'date')),
  };
}

/** An answer with status 200 whose body is not the JSON object it should be: cut on the way. */
export const CUT_ANSWER: Failure = {
  status: undefined,
  reason: 'cut-answer',
  message: 'the answer was cut short',
  retryAfterSeconds: undefined,
};

/** Who asked for what: the remedy often is "share the sheet with this account". */
export type Asker = {
  /** E-mail of the account the program works with, as far as it is known. */
  readonly account: string | undefined;
  readonly kind: 'service-account' | 'oauth';
  readonly address: string;
};

/** Proxies and load balancers answer with whole pages; a person needs none of it. */
function shortened(message: string): string {
  if (/<!doctype|<html/i.test(message)) return '';
  return message.length > 200 ? `${message.slice(0, 200)}…` : message;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numeric(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function firstReason(list: unknown): string | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const item of list) {
    const reason = textOf(property(item, 'reason'));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Seconds, or an HTTP date. */
function retryAfter(headers: unknown): number | undefined {
  const value = headerOf(headers, 'retry-after');
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const until = dateOf(value);
  return until === undefined ? undefined : Math.max(0, (until - Date.now()) / 1000);
}

function headerOf(headers: unknown, name: string): string | undefined {
  const get = property(headers, 'get');
  return textOf(typeof get === 'function' ? get.call(headers, name) : property(headers, name));
}

function dateOf(value: string | undefined): number | undefined {
  const time = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
