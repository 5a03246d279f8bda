import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { drive_v3 } from '@googleapis/drive';
import type { sheets_v4 } from '@googleapis/sheets';
import { type Calculator, readRange, spreadsheetAnswer } from './answer.js';
import { type Book, copyOf, newBook } from './book.js';
import { DiscoveryCheck } from './discovery.js';
import { MaskError, parseMask, project } from './mask.js';
import { Person } from './people.js';
import { applyRequest, Refused } from './requests.js';
import { getValues, putValues } from './values.js';

/** One call as it came in. `body` is what was sent, `write` says whether it asked for a change of a spreadsheet. */
export type Call = {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly body: string;
  readonly write: boolean;
  readonly caller: string;
  readonly at: number;
  /** Bytes of the answer's body. */
  answered: number;
};

/** What goes wrong with a call. `applied`: the service did the work although the answer says otherwise. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter?: number;
      readonly html?: boolean;
      readonly applied?: boolean;
      readonly reason?: string;
      readonly message?: string;
      /** The whole body, where the service's own shape matters. */
      readonly body?: object;
    }
  | { readonly kind: 'cut'; readonly applied?: boolean }
  | { readonly kind: 'drop'; readonly applied: boolean }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hold'; readonly until: Promise<unknown> };

type Permission = drive_v3.Schema$Permission & { readonly id: string };

const SHEETS_READ = ['spreadsheets', 'spreadsheets.readonly', 'drive', 'drive.file', 'drive.readonly'];
const SHEETS_WRITE = ['spreadsheets', 'drive', 'drive.file'];
const DRIVE_READ = ['drive', 'drive.file', 'drive.metadata', 'drive.metadata.readonly', 'drive.readonly'];
const DRIVE_WRITE = ['drive', 'drive.file'];

class Failure extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly details: readonly unknown[] = [],
  ) {
    super(message);
  }
}

/**
 * A small Google on 127.0.0.1: Sheets v4 and Drive v3 as far as the program uses them, with the service's own
 * wordings, atomic batches, protected ranges by identity, permissions, quotas, and faults on request.
 */
export class GoogleServer {
  readonly books = new Map<string, Book>();
  readonly permissions = new Map<string, Permission[]>();
  readonly calls: Call[] = [];
  /** Requests that Google's discovery documents do not allow; empty when the documents are not there. */
  readonly unsound: string[] = [];
  /** Bearer tokens of people (OAuth): token → e-mail and scopes. A service account's own signature needs no entry. */
  readonly tokens = new Map<string, { email: string; scopes: readonly string[] }>();
  /** Codes that the consent page would hand out: code → challenge and e-mail. */
  readonly codes = new Map<string, { challenge: string; email: string; scopes: readonly string[] }>();
  readonly refreshTokens = new Map<string, { email: string; scopes: readonly string[] }>();
  /** Asked before each call; a person may edit here, a fault may be given back. */
  beforeCall: (call: Call) => Fault | undefined = () => undefined;
  calculate: Calculator = () => ({ numberValue: 0 });
  disabled = false;
  /** Nobody has seen whether the service looks for the ranges of the answer before it writes or after; a test takes both. */
  looksForRangesFirst = true;
  /** No more than this many reads and writes a minute and account; the service's own figure is 60 each. */
  quota: number | undefined;
  now: () => number = Date.now;
  private readonly discovery = DiscoveryCheck.ifPresent();
  private server: Server | undefined;
  private made = 0;

  get root(): string {
    const address = this.server?.address();
    if (typeof address !== 'object' || address === null) throw new Error('not started');
    return `http://127.0.0.1:${address.port}/`;
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
    // A busy machine may take longer than Node's 5 seconds between two calls; the connection must not go in between.
    server.keepAliveTimeout = 300_000;
    this.server = server;
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    const server = this.server;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise<void>(resolve => server.close(() => resolve()));
  }

  /** An empty spreadsheet of this owner. */
  create(owner: string, title = '共享表', id = `book-${++this.made}-${'x'.repeat(36)}`): Book {
    const book = newBook(id, title, owner);
    this.books.set(id, book);
    this.permissions.set(id, [{ id: permissionId(owner), type: 'user', role: 'owner', emailAddress: owner }]);
    return book;
  }

  share(book: Book, email: string, role: 'reader' | 'writer' | 'commenter'): void {
    this.permissions.get(book.id)?.push({ id: permissionId(email), type: 'user', role, emailAddress: email });
  }

  person(book: Book): Person {
    return new Person(book);
  }

  reset(): void {
    this.calls.length = 0;
  }

  get reads(): number {
    return this.calls.filter(call => call.path.startsWith('/v4/') && !call.write).length;
  }

  get writes(): number {
    return this.calls.filter(call => call.write).length;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const method = request.method ?? 'GET';
    const path = decodeURIComponent(url.pathname);
    if (path === '/token') {
      this.token(response, new URLSearchParams(body));
      return;
    }
    const identity = this.identify(request.headers.authorization);
    const call: Call = {
      number: this.calls.length + 1,
      method,
      path,
      url,
      body,
      write: path.endsWith(':batchUpdate') || (path.startsWith('/v4/') && method !== 'GET'),
      caller: identity?.email ?? '',
      at: this.now(),
      answered: 0,
    };
    this.calls.push(call);
    const parsed: unknown = body === '' ? undefined : JSON.parse(body);
    this.unsound.push(...(this.discovery?.faults(method, url, parsed) ?? []));

    const fault = this.beforeCall(call);
    if (fault?.kind === 'hold') await fault.until;
    if (fault?.kind === 'delay') await new Promise(resolve => setTimeout(resolve, fault.ms));
    if (fault?.kind === 'drop' && !fault.applied) {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === 'status' && fault.applied !== true) {
      sendFault(response, fault);
      return;
    }
    let status = 200;
    let answer: unknown;
    try {
      if (identity === undefined) {
        throw new Failure(
          401,
          'UNAUTHENTICATED',
          'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
        );
      }
      if (this.disabled) {
        const service = path.startsWith('/v4/') ? 'Google Sheets API' : 'Google Drive API';
        throw new Failure(
          403,
          'PERMISSION_DENIED',
          `${service} has not been used in project 123456 before or it is disabled.`,
          [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'SERVICE_DISABLED',
              domain: 'googleapis.com',
            },
          ],
        );
      }
      this.checkQuota(call);
      answer = path.startsWith('/v4/') ? this.sheets(call, identity) : this.drive(call, identity);
    } catch (error) {
      const failure = failureOf(error);
      status = failure.status;
      answer = {
        error: { code: failure.status, message: failure.message, status: failure.reason, details: failure.details },
      };
    }
    if (fault?.kind === 'drop') {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === 'status') {
      sendFault(response, fault);
      return;
    }
    // As the real service does: indented unless the client says that it does not want it.
    const text = JSON.stringify(answer, null, url.searchParams.get('prettyPrint') === 'false' ? undefined : 2);
    call.answered = Buffer.byteLength(text);
    response.writeHead(status, {
      'content-type': 'application/json; charset=UTF-8',
      date: new Date(this.now()).toUTCString(),
    });
    response.end(fault?.kind === 'cut' ? text.slice(0, Math.floor(text.length / 2)) : text);
  }

  private identify(header: string | undefined): { email: string; scopes: readonly string[] } | undefined {
    const token = header?.replace(/^Bearer /i, '');
    if (token === undefined || token === '') return undefined;
    const known = this.tokens.get(token);
    if (known !== undefined) return known;
    const [, payload] = token.split('.');
    if (payload === undefined) return undefined;
    const claims: { iss?: string; scope?: string; iat?: number; exp?: number } = JSON.parse(
      Buffer.from(payload, 'base64url').toString('utf8'),
    );
    const now = this.now() / 1000;
    if (claims.iss === undefined || (claims.iat ?? 0) > now + 300 || (claims.exp ?? 0) < now - 300) return undefined;
    const scopes = (claims.scope ?? '').split(' ').map(scope => scope.replace('https://www.googleapis.com/auth/', ''));
    return { email: claims.iss, scopes };
  }

  private checkQuota(call: Call): void {
    if (this.quota === undefined || !call.path.startsWith('/v4/')) return;
    const recent = this.calls.filter(
      other => other.at > call.at - 60_000 && other.write === call.write && other.path.startsWith('/v4/'),
    );
    if (recent.length > this.quota) {
      const what = call.write ? 'Write' : 'Read';
      throw new Failure(
        429,
        'RESOURCE_EXHAUSTED',
        `Quota exceeded for quota metric '${what} requests' and limit '${what} requests per minute per user' of service 'sheets.googleapis.com'`,
        [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'RATE_LIMIT_EXCEEDED' }],
      );
    }
  }

  private sheets(call: Call, identity: { email: string; scopes: readonly string[] }): unknown {
    const ranged = /^\/v4\/spreadsheets\/([^/:]+)\/values\/(.+)$/.exec(call.path);
    if (ranged !== null) {
      requireScope(identity.scopes, call.write ? SHEETS_WRITE : SHEETS_READ);
      const book = this.bookFor(ranged[1] ?? '', identity.email, call.write);
      const range = ranged[2] ?? '';
      return call.write ? putValues(book, range, JSON.parse(call.body)) : getValues(book, range);
    }
    const several = /^\/v4\/spreadsheets\/([^/:]+)\/values:batchGet$/.exec(call.path);
    if (several !== null) {
      requireScope(identity.scopes, SHEETS_READ);
      const book = this.bookFor(several[1] ?? '', identity.email, false);
      const ranges = call.url.searchParams.getAll('ranges');
      return { spreadsheetId: book.id, valueRanges: ranges.map(range => getValues(book, range)) };
    }
    const match = /^\/v4\/spreadsheets(?:\/([^/:]+)\/?)?(:batchUpdate)?$/.exec(call.path);
    if (match === null) throw new Failure(404, 'NOT_FOUND', 'The requested URL was not found on this server.');
    requireScope(identity.scopes, call.write ? SHEETS_WRITE : SHEETS_READ);
    const id = match[1];
    if (id === undefined) {
      const wanted: sheets_v4.Schema$Spreadsheet = JSON.parse(call.body);
      const book = this.create(identity.email, wanted.properties?.title ?? '无标题');
      return { spreadsheetId: book.id, spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${book.id}/edit` };
    }
    const book = this.bookFor(id, identity.email, call.write);
    const fields = call.url.searchParams.get('fields');
    if (match[2] === undefined) {
      const mask = parseMask(fields ?? 'spreadsheetId,properties,sheets.properties,spreadsheetUrl');
      return spreadsheetAnswer(book, mask, call.url.searchParams.getAll('ranges'), this.calculate, identity.email);
    }
    const batch: sheets_v4.Schema$BatchUpdateSpreadsheetRequest = JSON.parse(call.body);
    const requests = batch.requests ?? [];
    if (requests.length === 0) throw new Refused('Must specify at least one request.');
    if (requests.length > 100_000) throw new Refused('Cannot exceed 100000 requests in a single batch.');
    const draft = copyOf(book);
    if (this.looksForRangesFirst) for (const range of batch.responseRanges ?? []) readRange(book, range);
    const replies = requests.map((one, index) => {
      try {
        return applyRequest(draft, one, identity.email);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        throw new Refused(`Invalid requests[${index}].${Object.keys(one).join()}: ${error.message}`);
      }
    });
    Object.assign(book, draft);
    let whole: object = { spreadsheetId: id, replies };
    if (batch.includeSpreadsheetInResponse === true) {
      const inner = fields === null ? new Map() : (parseMask(fields).get('updatedSpreadsheet') ?? new Map());
      const updatedSpreadsheet = spreadsheetAnswer(
        book,
        inner,
        batch.responseRanges ?? [],
        this.calculate,
        identity.email,
      );
      whole = { ...whole, updatedSpreadsheet };
    }
    return fields === null ? whole : project(whole, parseMask(fields));
  }

  private bookFor(id: string, email: string, write: boolean): Book {
    const book = this.books.get(id);
    if (book === undefined) throw new Failure(404, 'NOT_FOUND', 'Requested entity was not found.');
    const role = this.permissions.get(id)?.find(one => one.emailAddress === email || one.type === 'anyone')?.role;
    if (role === undefined || (write && role !== 'owner' && role !== 'writer')) {
      throw new Failure(403, 'PERMISSION_DENIED', 'The caller does not have permission');
    }
    return book;
  }

  private drive(call: Call, identity: { email: string; scopes: readonly string[] }): unknown {
    requireScope(identity.scopes, call.method === 'GET' ? DRIVE_READ : DRIVE_WRITE);
    const fields = call.url.searchParams.get('fields');
    const answer = this.driveAnswer(call, identity.email);
    return fields === null ? answer : project(answer, parseMask(fields));
  }

  private driveAnswer(call: Call, email: string): unknown {
    if (call.path === '/drive/v3/about') {
      return {
        user: { emailAddress: email },
        storageQuota: { limit: email.includes('gserviceaccount') ? '0' : '16106127360', usage: '0' },
      };
    }
    if (call.path === '/drive/v3/files' && call.method === 'POST') {
      if (email.endsWith('gserviceaccount.com')) {
        throw new Failure(403, 'PERMISSION_DENIED', "The user's Drive storage quota has been exceeded.", [
          { reason: 'storageQuotaExceeded', domain: 'usageLimits' },
        ]);
      }
      const wanted: drive_v3.Schema$File = JSON.parse(call.body);
      const book = this.create(email, wanted.name ?? '无标题');
      return { id: book.id, name: book.title, webViewLink: `https://docs.google.com/spreadsheets/d/${book.id}/edit` };
    }
    const match = /^\/drive\/v3\/files\/([^/]+)(\/permissions(?:\/([^/]+))?)?$/.exec(call.path);
    const id = match?.[1] ?? '';
    const list = this.permissions.get(id);
    const mine = list?.find(one => one.emailAddress === email);
    if (match === null || list === undefined || mine === undefined) {
      throw new Failure(404, 'NOT_FOUND', `File not found: ${id}.`);
    }
    if (match[2] === undefined) {
      const writes = mine.role === 'owner' || mine.role === 'writer';
      return { id, name: this.books.get(id)?.title, capabilities: { canEdit: writes, canShare: writes } };
    }
    const permission = match[3];
    switch (call.method) {
      case 'GET':
        return { permissions: list };
      case 'POST': {
        const wanted: drive_v3.Schema$Permission = JSON.parse(call.body);
        if (mine.role === 'reader')
          throw new Failure(403, 'PERMISSION_DENIED', 'The user does not have sufficient permissions for this file.');
        const made = { ...wanted, id: permissionId(wanted.emailAddress ?? wanted.type ?? '') };
        const others = list.filter(one => one.id !== made.id);
        this.permissions.set(id, [...others, made]);
        return made;
      }
      case 'PATCH': {
        const wanted: drive_v3.Schema$Permission = JSON.parse(call.body);
        const next = list.map(one => (one.id === permission ? { ...one, role: wanted.role ?? 'reader' } : one));
        this.permissions.set(id, next);
        return next.find(one => one.id === permission);
      }
      case 'DELETE':
        if (!list.some(one => one.id === permission))
          throw new Failure(404, 'NOT_FOUND', `Permission not found: ${permission}.`);
        this.permissions.set(
          id,
          list.filter(one => one.id !== permission),
        );
        return {};
      default:
        throw new Failure(405, 'INVALID_ARGUMENT', 'Method not allowed');
    }
  }

  /** The token endpoint: a code with its PKCE verifier, or a refresh token, for an access token. */
  private token(response: ServerResponse, form: URLSearchParams): void {
    const fail = (description: string): void => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: 'invalid_grant', error_description: description }));
    };
    let who: { email: string; scopes: readonly string[] } | undefined;
    if (form.get('grant_type') === 'refresh_token') {
      who = this.refreshTokens.get(form.get('refresh_token') ?? '');
    } else {
      const code = this.codes.get(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (code !== undefined && code.challenge === challenge) who = code;
    }
    if (who === undefined) {
      fail('Token has been expired or revoked.');
      return;
    }
    const access = `access-${this.tokens.size + 1}`;
    const refresh = `refresh-${this.refreshTokens.size + 1}`;
    this.tokens.set(access, who);
    if (form.get('grant_type') !== 'refresh_token') this.refreshTokens.set(refresh, who);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        access_token: access,
        expires_in: 3600,
        token_type: 'Bearer',
        scope: who.scopes.map(scope => `https://www.googleapis.com/auth/${scope}`).join(' '),
        ...(form.get('grant_type') === 'refresh_token' ? {} : { refresh_token: refresh }),
      }),
    );
  }
}

function permissionId(email: string): string {
  return createHash('sha256').update(email).digest('hex').slice(0, 20);
}

function requireScope(held: readonly string[], allowed: readonly string[]): void {
  if (held.some(scope => allowed.includes(scope))) return;
  throw new Failure(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.', [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' },
  ]);
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Refused || error instanceof MaskError)
    return new Failure(400, 'INVALID_ARGUMENT', error.message);
  throw error;
}

function sendFault(response: ServerResponse, fault: Extract<Fault, { kind: 'status' }>): void {
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  if (fault.html === true) {
    response.writeHead(fault.status, { ...headers, 'content-type': 'text/html; charset=UTF-8' });
    response.end(`<!DOCTYPE html><html><title>Error ${fault.status}</title><p>That’s an error.</p></html>`);
    return;
  }
  response.writeHead(fault.status, { ...headers, 'content-type': 'application/json' });
  response.end(
    JSON.stringify(
      fault.body ?? {
        error: {
          code: fault.status,
          message: fault.message ?? 'The service is currently unavailable.',
          status: fault.reason ?? 'UNAVAILABLE',
          details: fault.reason === undefined ? [] : [{ reason: fault.reason }],
        },
      },
    ),
  );
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
