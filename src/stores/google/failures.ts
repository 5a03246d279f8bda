import type { Text } from '../../model/text.js';
import { StoreError } from '../store.js';

/** What came back instead of an answer, freed of the client's error classes. */
export type Failure = {
  /** HTTP status; absent when no answer came. */
  readonly status: number | undefined;
  /** Google's reason (`SERVICE_DISABLED`, `storageQuotaExceeded`, …), the OAuth error, or the system's code (`ECONNRESET`). */
  readonly reason: string;
  /** The service's own sentence, never a whole HTML page. */
  readonly message: string;
  readonly retryAfterSeconds: number | undefined;
  /** The service's clock when it answered, in milliseconds since 1970; undefined without an answer. */
  readonly serverTime?: number | undefined;
};

/** A signed token is taken within five minutes of the service's own clock. */
const CLOCK_TOLERANCE_MS = 300_000;

/** `refused`: nothing was done. `throttled`: nothing was done, later it may be. `unknown`: it may have been done. */
export type Verdict = 'refused' | 'throttled' | 'unknown';

/** What can be concluded about a call that failed. */
export function verdictOf(failure: Failure): Verdict {
  const { status } = failure;
  if (status === 429) return 'throttled';
  if (status === 403 && /rateLimitExceeded|RATE_LIMIT_EXCEEDED|userRateLimit/i.test(failure.reason)) return 'throttled';
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

/** The failure as one sentence for a person, with what to do. */
export function storeError(failure: Failure, asker: Asker, cause?: unknown): StoreError {
  const { code, text } = explain(failure, asker);
  return new StoreError(4, code, text, cause === undefined ? undefined : { cause });
}

function explain(failure: Failure, asker: Asker): { code: string; text: Text } {
  const { status, reason, message } = failure;
  const account = asker.account ?? (asker.kind === 'oauth' ? '当前登录的 Google 账号' : '服务账号');
  const accountEn = asker.account ?? (asker.kind === 'oauth' ? 'the signed-in Google account' : 'the service account');
  if (reason === 'invalid_grant' && asker.kind === 'oauth') {
    return say(
      'consent-expired',
      'Google 登录已失效。请在终端中运行 ledger doctor，按提示重新登录；如果每 7 天失效一次，请把 Google 云控制台“OAuth 同意屏幕”的发布状态由“测试”改为“正式”。',
      'The Google sign-in has expired. Run ledger doctor in a terminal and sign in again; if that happens every 7 days, set the OAuth consent screen in the Google Cloud console from "Testing" to "In production".',
    );
  }
  if (reason === 'access_denied' || reason === 'org_internal' || reason === 'admin_policy_enforced') {
    return say(
      'consent-denied',
      'Google 拒绝了登录授权。同意屏幕处于“测试”状态时，请先在 Google 云控制台把该账号加入“测试用户”；单位管理员限制时请联系管理员。',
      'Google denied the sign-in. While the consent screen is in "Testing", add the account to its test users in the Google Cloud console; if an administrator restricts it, ask the administrator.',
    );
  }
  if (/invalid_grant|invalid_client/.test(reason)) {
    return say(
      'bad-key',
      `Google 不接受这个密钥（${reason}）。请在 Google 云控制台重新生成密钥文件，并在设置中换成新文件。`,
      `Google does not accept this key (${reason}). Create a new key file in the Google Cloud console and use it in the settings.`,
    );
  }
  const skew = failure.serverTime === undefined ? 0 : Date.now() - failure.serverTime;
  if (status === 401 && Math.abs(skew) > CLOCK_TOLERANCE_MS) {
    const minutes = Math.round(Math.abs(skew) / 60_000);
    return say(
      'clock-skew',
      `这台电脑的时间比 Google 的${skew > 0 ? '快' : '慢'}约 ${minutes} 分钟，登录因此不被接受。请校准电脑的日期、时间和时区（打开“自动设置时间”）后再试。`,
      `This computer's clock is about ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} Google's, so the sign-in is not accepted. Set date, time and zone right (turn on automatic time) and try again.`,
    );
  }
  if (status === 401) {
    return say(
      'not-signed-in',
      '登录信息不被接受，密钥可能已被删除或停用。请在 Google 云控制台重新生成密钥文件，或重新登录。',
      'The sign-in was not accepted; the key may have been deleted or disabled. Create a new key file in the Google Cloud console, or sign in again.',
    );
  }
  if (reason === 'SERVICE_DISABLED' || reason === 'accessNotConfigured') {
    return say(
      'api-disabled',
      '密钥所在的 Google 云项目没有启用接口。请在 Google 云控制台“API 和服务”中启用 Google Sheets API 和 Google Drive API，几分钟后再试。',
      'The API is not enabled in the Google Cloud project of the key. Enable Google Sheets API and Google Drive API under "APIs & Services" and try again in a few minutes.',
    );
  }
  if (reason === 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' || /insufficient authentication scopes/i.test(message)) {
    return say(
      'wrong-scope',
      '登录时授予的权限不够。请重新登录，并在授权页面勾选“查看、修改表格”。',
      'The permission granted at sign-in is not enough. Sign in again and tick "see and edit spreadsheets" on the consent page.',
    );
  }
  if (/storageQuotaExceeded/i.test(reason) || /storage quota/i.test(message)) {
    return say(
      'storage-quota',
      '服务账号没有存储空间，不能新建表格。请由工作人员在浏览器中新建一张 Google 表格，共享给该服务账号（权限选“编辑者”），再把网址填进设置。',
      'A service account owns no storage and cannot create a sheet. Let a person create a Google Sheet, share it with the service account as editor, and put its URL into the settings.',
    );
  }
  if (verdictOf(failure) === 'throttled') {
    return say(
      'quota',
      'Google 提示访问过于频繁，等待之后仍未恢复。请过几分钟再运行，已写入的内容不会重复。',
      'Google says there were too many requests, and waiting did not help. Run again in a few minutes; nothing will be written twice.',
    );
  }
  if (status === 404) {
    return say(
      'not-found',
      `找不到这张表格（${asker.address}）。请核对网址；网址正确时，请在表格的“共享”中添加 ${account}，权限选“编辑者”。`,
      `The sheet was not found (${asker.address}). Check the URL; if it is right, share the sheet with ${accountEn} as editor.`,
    );
  }
  if (/protected (cell|range|object)/i.test(message)) {
    return say(
      'protected',
      `表格中要写入的区域被别人设了保护，整批未写入。请由表格所有者在“数据→保护工作表和范围”中允许 ${account} 编辑。`,
      `Somebody protected a range that is to be written, so nothing was written. Let the owner allow ${accountEn} under Data → Protect sheets and ranges.`,
    );
  }
  if (status === 403) {
    return say(
      'not-shared',
      `没有权限访问这张表格（${asker.address}）。请在表格的“共享”中添加 ${account}，权限选“编辑者”；单位禁止对外共享时请联系管理员。`,
      `No permission for this sheet (${asker.address}). Share it with ${accountEn} as editor; if the organisation forbids sharing outside, ask its administrator.`,
    );
  }
  if (status === 407 || /proxy/i.test(message)) {
    return say(
      'proxy',
      '代理服务器拒绝了连接。请核对环境变量 HTTPS_PROXY 中的地址、用户名和密码。',
      'The proxy refused the connection. Check address, user and password in HTTPS_PROXY.',
    );
  }
  if (status === undefined && reason === 'cut-answer') {
    return say(
      'cut-answer',
      'Google 的回复多次在中途断开。请检查网络或代理后再运行，不会重复写入。',
      'Google’s answers were cut short several times. Check the network or proxy and run again; nothing is written twice.',
    );
  }
  if (status === undefined) {
    return say(
      'unreachable',
      `连不上 Google（${reason || '无应答'}）。请检查网络；需要代理时，请设置环境变量 HTTPS_PROXY=http://代理地址:端口。`,
      `Google cannot be reached (${reason || 'no answer'}). Check the network; behind a proxy set HTTPS_PROXY=http://host:port.`,
    );
  }
  if (status >= 500 || status === 408) {
    return say(
      'service-down',
      `Google 服务暂时不可用（${status}），多次重试仍未恢复。请稍后再运行，不会重复写入。`,
      `Google is not available for the moment (${status}); several attempts failed. Run again later; nothing is written twice.`,
    );
  }
  return say(
    'refused',
    `Google 拒绝了这次写入，未作任何修改（${message || status}）。请运行 ledger doctor 查看原因。`,
    `Google refused the request and changed nothing (${message || status}). Run ledger doctor for the reason.`,
  );
}

function say(code: string, zh: string, en: string): { code: string; text: Text } {
  return { code, text: { zh, en } };
}

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
