import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer as createTls } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineGoogle, IMPATIENCE, openGoogle, shareWith, unshare } from '../../src/stores/google/index.js';
import { StoreError } from '../../src/stores/store.js';
import { SELF_SIGNED } from '../support/certificate.js';
import { type Book, OFFICE, REVIEWER, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { office } from '../support/mirror-office.js';

/*
 * Bodies as the real service sends them (recorded by others, project numbers and names left out), each explained in one
 * sentence with what to do. The two services word one thing in two ways, and newer answers carry more than older ones.
 */

let google: TestGoogle;
let book: Book;

beforeEach(async () => {
  google = await startGoogle();
  book = google.server.create(OFFICE, '共享表');
  google.server.share(book, ROBOT, 'writer');
});

afterEach(async () => {
  await google.stop();
});

const info = (reason: string, metadata: object = {}) => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'googleapis.com',
  metadata,
});
const help = {
  '@type': 'type.googleapis.com/google.rpc.Help',
  links: [{ description: 'Google developers console API activation', url: 'https://console.developers.google.com/' }],
};
const error = (code: number, message: string, more: object = {}) => ({ error: { code, message, ...more } });
/** As Drive words it: a list of errors, no status. */
const drive = (code: number, reason: string, message: string, domain = 'global') =>
  error(code, message, { errors: [{ domain, reason, message }] });

const notUsed = (name: string) =>
  `${name} API has not been used in project 1 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/x/overview?project=1 then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`;

/** Status and body → the code of the error and some words of its sentence. */
const READS: Readonly<Record<string, { status: number; body: object; code: string; says: string }>> = {
  'Sheets is off, with details': {
    status: 403,
    body: error(403, notUsed('Google Sheets'), {
      errors: [{ message: notUsed('Google Sheets'), domain: 'usageLimits', reason: 'accessNotConfigured' }],
      status: 'PERMISSION_DENIED',
      details: [help, info('SERVICE_DISABLED', { service: 'sheets.googleapis.com' })],
    }),
    code: 'api-disabled',
    says: '没有启用接口',
  },
  'Sheets is off, without details': {
    status: 403,
    body: error(403, notUsed('Google Sheets'), { status: 'PERMISSION_DENIED', details: [help] }),
    code: 'api-disabled',
    says: '没有启用接口',
  },
  'the project is gone': {
    status: 403,
    body: error(403, 'Project 1 is not found and cannot be used for API calls.', { status: 'PERMISSION_DENIED' }),
    code: 'api-disabled',
    says: '没有启用接口',
  },
  'not shared': {
    status: 403,
    body: error(403, 'The caller does not have permission', { status: 'PERMISSION_DENIED' }),
    code: 'not-shared',
    says: ROBOT,
  },
  'not shared, older wording': {
    status: 403,
    body: error(403, 'The caller does not have permission', {
      errors: [{ message: 'The caller does not have permission', domain: 'global', reason: 'forbidden' }],
      status: 'PERMISSION_DENIED',
    }),
    code: 'not-shared',
    says: '编辑者',
  },
  'no such sheet': {
    status: 404,
    body: error(404, 'Requested entity was not found.', { status: 'NOT_FOUND' }),
    code: 'not-found',
    says: '请核对网址',
  },
  'an uploaded Excel file': {
    status: 400,
    body: error(400, 'This operation is not supported for this document', {
      errors: [
        {
          message: 'This operation is not supported for this document',
          domain: 'global',
          reason: 'failedPrecondition',
        },
      ],
      status: 'FAILED_PRECONDITION',
    }),
    code: 'not-native',
    says: '另存为 Google 表格',
  },
  'a scope that is missing': {
    status: 403,
    body: error(403, 'Request had insufficient authentication scopes.', {
      errors: [{ message: 'Insufficient Permission', domain: 'global', reason: 'insufficientPermissions' }],
      status: 'PERMISSION_DENIED',
      details: [info('ACCESS_TOKEN_SCOPE_INSUFFICIENT', { service: 'sheets.googleapis.com' })],
    }),
    code: 'wrong-scope',
    says: '权限不够',
  },
  'a key that was deleted': {
    status: 401,
    body: error(
      401,
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other.',
      {
        status: 'UNAUTHENTICATED',
        details: [info('ACCESS_TOKEN_EXPIRED', { service: 'sheets.googleapis.com' })],
      },
    ),
    code: 'not-signed-in',
    says: '重新生成密钥文件',
  },
  'too many reads': {
    status: 429,
    body: error(
      429,
      "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:1'.",
      {
        status: 'RESOURCE_EXHAUSTED',
        details: [info('RATE_LIMIT_EXCEEDED', { quota_limit: 'ReadRequestsPerMinutePerUser' }), help],
      },
    ),
    code: 'quota',
    says: '过于频繁',
  },
  'too many reads, older wording': {
    status: 429,
    body: error(
      429,
      "Insufficient tokens for quota 'ReadGroup' and limit 'USER-100s' of service 'sheets.googleapis.com'.",
      {
        status: 'RESOURCE_EXHAUSTED',
        details: [help],
      },
    ),
    code: 'quota',
    says: '过于频繁',
  },
  'a daily limit': {
    status: 403,
    body: drive(403, 'dailyLimitExceeded', 'Daily Limit Exceeded', 'usageLimits'),
    code: 'daily-quota',
    says: '明天再运行',
  },
};

/** What Drive says when access is changed. */
const SHARES: Readonly<Record<string, { status: number; body: object; code: string; says: string }>> = {
  'no Google account of this address': {
    status: 400,
    body: drive(
      400,
      'invalidSharingRequest',
      'Bad Request. User message: "You are trying to invite a@example.org. Since there is no Google account associated with this email address, you must check the Notify people box to invite this recipient."',
    ),
    code: 'no-such-account',
    says: '没有对应的 Google 账号',
  },
  'the organisation does not allow it': {
    status: 400,
    body: drive(400, 'invalidSharingRequest', 'Bad Request. User message: "ACL change not allowed."'),
    code: 'sharing-forbidden',
    says: '管理员不允许',
  },
  'outside of the domain': {
    status: 403,
    body: drive(403, 'domainPolicy', 'The domain administrators have disabled Drive apps.'),
    code: 'sharing-forbidden',
    says: '管理员不允许',
  },
  'publishing outside': {
    status: 403,
    body: drive(403, 'publishOutNotPermitted', 'The user is not allowed to share outside of the domain.'),
    code: 'sharing-forbidden',
    says: '管理员不允许',
  },
  'an editor who may not share': {
    status: 403,
    body: drive(403, 'insufficientFilePermissions', 'The user does not have sufficient permissions for this file.'),
    code: 'may-not-share',
    says: '允许编辑者更改权限',
  },
  'too much sharing': {
    status: 403,
    body: drive(
      403,
      'sharingRateLimitExceeded',
      'Rate limit exceeded. User message: "Sorry, you have exceeded your sharing quota."',
    ),
    code: 'sharing-limit',
    says: '共享操作太多',
  },
  'Drive is off': {
    status: 403,
    body: drive(403, 'accessNotConfigured', notUsed('Google Drive'), 'usageLimits'),
    code: 'api-disabled',
    says: 'Google Drive API',
  },
  'no such file': {
    status: 404,
    body: drive(404, 'notFound', 'File not found: 1.'),
    code: 'not-found',
    says: '找不到这张表格',
  },
};

const WRITES: Readonly<Record<string, { status: number; body: object; code: string; says: string }>> = {
  'a protected cell': {
    status: 400,
    body: error(
      400,
      'Invalid requests[3].updateCells: You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.',
      { status: 'INVALID_ARGUMENT' },
    ),
    code: 'protected',
    says: `允许 ${ROBOT} 编辑`,
  },
  'a protected cell, in the language of the account': {
    status: 400,
    body: error(400, 'Invalid requests[3].updateCells: 您正尝试修改受保护的单元格或对象。', {
      status: 'INVALID_ARGUMENT',
    }),
    code: 'protected',
    says: '数据→保护工作表和范围',
  },
  'a file that is full': {
    status: 400,
    body: error(
      400,
      'Invalid requests[0].insertDimension: This action would increase the number of cells in the workbook above the limit of 10000000 cells.',
      { status: 'INVALID_ARGUMENT' },
    ),
    code: 'sheet-full',
    says: '一千万格',
  },
  'beside the grid: somebody deleted what was to be written': {
    status: 400,
    body: error(
      400,
      "Invalid requests[0].updateCells: Attempting to write row: 12, beyond the last requested row of: 11. Range ('台账'!A13) exceeds grid limits. Max rows: 12, max columns: 15",
      { status: 'INVALID_ARGUMENT' },
    ),
    code: 'stale',
    says: '请重新运行',
  },
  'looking only': {
    status: 403,
    body: error(403, 'The caller does not have permission', { status: 'PERMISSION_DENIED' }),
    code: 'not-shared',
    says: '编辑者',
  },
};

async function refused(work: () => Promise<unknown>): Promise<StoreError> {
  const found: unknown = await work().catch((reason: unknown) => reason);
  if (!(found instanceof StoreError)) throw new Error(`no refusal: ${String(found)}`);
  return found;
}

/** One sentence for a person: nothing of the service's own English, no address of its console, no line break. */
function plain(sentence: string): void {
  expect(sentence).not.toMatch(/[<>\n]|console\.developers|Invalid requests|googleapis\.com/);
}

describe('what the service says when it is read', () => {
  for (const [name, { status, body, code, says }] of Object.entries(READS)) {
    it(name, async () => {
      google.server.beforeCall = call => (call.path.startsWith('/v4/') ? { kind: 'status', status, body } : undefined);
      const store = await openGoogle(book.id, google.options);
      const error = await refused(() => store.read());
      expect(error).toMatchObject({ code, exit: 4 });
      expect(error.text.zh).toContain(says);
      plain(error.text.zh);
      const looked = await examineGoogle(book.id, google.options, undefined);
      expect(looked.filter(one => !one.ok)).toMatchObject([{ code, what: { zh: error.text.zh } }]);
      expect(google.server.calls.length > 2).toBe(code === 'quota');
    });
  }
});

describe('what Drive says when access is changed', () => {
  for (const [name, { status, body, code, says }] of Object.entries(SHARES)) {
    it(name, async () => {
      google.server.beforeCall = call => (call.method === 'GET' ? undefined : { kind: 'status', status, body });
      const error = await refused(() => shareWith(book.id, google.options, 'a@example.org', 'reader'));
      expect(error).toMatchObject({ code, exit: 4 });
      expect(error.text.zh).toContain(says);
      plain(error.text.zh);
      google.server.share(book, REVIEWER, 'reader');
      expect(await refused(() => unshare(book.id, google.options, REVIEWER))).toMatchObject({ code });
      // Nothing that waiting would not help was waited for.
      expect(google.clock.waits).toEqual([]);
    });
  }
});

describe('what the service says when it is written', () => {
  for (const [name, { status, body, code, says }] of Object.entries(WRITES)) {
    it(name, async () => {
      const us = office();
      google.server.beforeCall = call => (call.write ? { kind: 'status', status, body } : undefined);
      const store = await openGoogle(book.id, google.options);
      const error = await refused(() => us.sync(store));
      expect(error).toMatchObject({ code, exit: code === 'stale' ? 3 : 4 });
      expect(error.text.zh).toContain(says);
      plain(error.text.zh);
      expect(us.agreed).toBeUndefined();
      google.server.beforeCall = () => undefined;
      expect((await us.sync(await openGoogle(book.id, google.options))).state).toBe('done');
    });
  }
});

describe('what is wrong on this side', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const keyFile = (pem: string, bom = '') => {
    const path = join(google.folder, 'other.json');
    writeFileSync(path, bom + JSON.stringify({ type: 'service_account', client_email: ROBOT, private_key: pem }), {
      mode: 0o600,
    });
    return path;
  };

  it('a key that lost part of itself is told at once, one that a text editor saved is taken', async () => {
    const damaged = keyFile(privateKey.replace(/\n.{64}\n/, '\n'));
    const error = await refused(() => openGoogle(book.id, { ...google.options, keyFile: damaged }));
    expect(error).toMatchObject({ code: 'bad-key' });
    expect(error.text.zh).toContain('私钥已损坏');
    expect(google.server.calls).toEqual([]);
    await (await openGoogle(book.id, { ...google.options, keyFile: keyFile(privateKey, '\uFEFF') })).read();
  });

  it('a proxy that puts its own certificate in between is told at once', async () => {
    const server = createTls(SELF_SIGNED, (_request, response) => response.end('{}'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const store = await openGoogle(book.id, { ...google.options, apiRoot: `https://127.0.0.1:${port}/` });
    const error = await refused(() => store.read());
    await new Promise(resolve => server.close(resolve));
    expect(error).toMatchObject({ code: 'certificate' });
    expect(error.text.zh).toContain('NODE_EXTRA_CA_CERTS');
    expect(google.clock.waits).toEqual([]);
  });

  it('an answer that never comes: attempts and waits together end within the stated limit', async () => {
    const begun = google.clock.now();
    google.server.beforeCall = () => {
      // Each attempt takes its minute, as on a line that swallows everything.
      void google.clock.sleep(60_000);
      return { kind: 'drop', applied: false };
    };
    expect(await refused(async () => (await openGoogle(book.id, google.options)).read())).toMatchObject({
      code: 'unreachable',
    });
    expect(google.clock.now() - begun).toBeLessThan(241_000);
    google.server.reset();
    const limits = { ...google.options, limits: IMPATIENCE };
    expect(await refused(async () => (await openGoogle(book.id, limits)).read())).toMatchObject({
      code: 'unreachable',
    });
    expect(google.server.calls).toHaveLength(1);
  });
});
