import { createHash, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { MEGABYTE, readOrdinary } from '../../files/ordinary.js';
import type { Text } from '../../model/text.js';
import { StoreError } from '../store.js';
import { storeError } from './explanations.js';
import { failureOf } from './failures.js';

/** The file in which the sign-in of a person is kept: only the refresh token, readable by nobody else. */
export type TokenPlace = { readonly file: string };

const tokenSchema = z.object({
  refreshToken: z.string().min(1),
  account: z.string().optional(),
  scopes: z.array(z.string()),
});
export type KeptToken = {
  readonly refreshToken: string;
  readonly account: string | undefined;
  readonly scopes: readonly string[];
};

/** `$XDG_CONFIG_HOME/ledger/google-token.json`, `%APPDATA%\ledger\…` on Windows. Never beside the workbook. */
export function defaultTokenPlace(env: NodeJS.ProcessEnv = process.env): TokenPlace {
  const folder =
    process.platform === 'win32'
      ? (env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'))
      : (env.XDG_CONFIG_HOME ?? join(homedir(), '.config'));
  return { file: join(folder, 'ledger', 'google-token.json') };
}

/** The kept sign-in; undefined when there is none or the file is damaged. */
export async function readToken(place: TokenPlace): Promise<KeptToken | undefined> {
  let json: unknown;
  try {
    json = JSON.parse((await readOrdinary(place.file, MEGABYTE)).toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = tokenSchema.safeParse(json);
  return parsed.success ? { ...parsed.data, account: parsed.data.account } : undefined;
}

export async function keepToken(place: TokenPlace, token: KeptToken): Promise<void> {
  await mkdir(dirname(place.file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(place.file, `${JSON.stringify(token)}\n`, { mode: 0o600 });
}

/** For calls to the token endpoint: the client would send even 127.0.0.1 through HTTPS_PROXY, and would wait for ever. */
export const TOKEN_CALL = { noProxy: ['127.0.0.1', 'localhost', '[::1]'], timeout: 60_000 };

export type OAuthRequest = {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly scopes: readonly string[];
  /** Shows the page on which the person agrees: prints it, and opens a browser where there is one. */
  readonly show: (url: string) => void;
  readonly endpoints?: { readonly authUrl: string; readonly tokenUrl: string };
  /** Milliseconds until the program stops waiting for the person; 5 minutes unless told. */
  readonly patienceMs?: number;
};

/**
 * A person's sign-in in the system browser: loopback redirect on a free port of 127.0.0.1, PKCE (S256) and `state`,
 * as Google asks of installed applications. The port is closed after one answer.
 * @throws StoreError `consent-denied`, `consent-timeout`, `consent-forged`, or what the token exchange fails with.
 */
export async function signInWithBrowser(request: OAuthRequest): Promise<KeptToken> {
  const { auth } = await import('@googleapis/sheets');
  const verifier = randomBytes(48).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const state = randomBytes(24).toString('base64url');
  const { code, redirect } = await waitForCode(
    request,
    redirectUri => {
      const url = new URL(request.endpoints?.authUrl ?? 'https://accounts.google.com/o/oauth2/v2/auth');
      const parameters = {
        client_id: request.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: request.scopes.join(' '),
        code_challenge: challenge,
        code_challenge_method: 'S256',
        state,
        access_type: 'offline',
        prompt: 'consent',
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },
    state,
  );
  const client = new auth.OAuth2({
    clientId: request.clientId,
    redirectUri: redirect,
    ...(request.clientSecret === undefined ? {} : { clientSecret: request.clientSecret }),
    ...(request.endpoints === undefined ? {} : { endpoints: { oauth2TokenUrl: request.endpoints.tokenUrl } }),
    transporterOptions: TOKEN_CALL,
  });
  try {
    const { tokens } = await client.getToken({ code, codeVerifier: verifier });
    if (!tokens.refresh_token) throw denied('no_refresh_token');
    return {
      refreshToken: tokens.refresh_token,
      account: undefined,
      scopes: (tokens.scope ?? '').split(' ').filter(scope => scope !== ''),
    };
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw storeError(failureOf(cause), { account: undefined, kind: 'oauth', address: '' }, cause);
  }
}

async function waitForCode(
  request: OAuthRequest,
  page: (redirectUri: string) => string,
  state: string,
): Promise<{ code: string; redirect: string }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const redirect = `http://127.0.0.1:${port}`;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(timedOut()), request.patienceMs ?? 300_000);
      server.on('request', (incoming, response) => {
        const url = new URL(incoming.url ?? '/', redirect);
        const code = url.searchParams.get('code');
        const error = url.searchParams.get('error');
        if (code === null && error === null) {
          // The browser also asks for an icon; that is not the answer.
          response.writeHead(404).end();
          return;
        }
        const forged = url.searchParams.get('state') !== state;
        const ok = code !== null && !forged;
        response.writeHead(ok ? 200 : 400, { 'content-type': 'text/html; charset=utf-8', connection: 'close' });
        response.end(
          `<!doctype html><meta charset="utf-8"><p>${ok ? '登录完成，可以关闭本页，回到终端。' : '登录没有完成，请回到终端查看原因。'}</p>`,
        );
        if (forged) reject(forgery());
        else if (code !== null) resolve({ code, redirect });
        else reject(denied(error ?? ''));
      });
      request.show(page(redirect));
    });
  } finally {
    clearTimeout(timer);
    server.close();
    server.closeAllConnections();
  }
}

function denied(reason: string): StoreError {
  return storeError(
    {
      status: undefined,
      reason: reason === 'no_refresh_token' ? 'access_denied' : reason,
      message: '',
      retryAfterSeconds: undefined,
    },
    { account: undefined, kind: 'oauth', address: '' },
  );
}

function timedOut(): StoreError {
  return new StoreError(
    4,
    'consent-timeout',
    said(
      '等了 5 分钟没有等到浏览器中的授权。请重新运行，并在打开的网页中点“允许”。',
      'Nobody agreed in the browser within 5 minutes. Run again and click Allow on the page.',
    ),
  );
}

function forgery(): StoreError {
  return new StoreError(
    4,
    'consent-forged',
    said(
      '收到的授权与本次登录不符，已拒绝。请关闭多余的登录网页后重新运行。',
      'The answer did not belong to this sign-in and was refused. Close other sign-in pages and run again.',
    ),
  );
}

function said(zh: string, en: string): Text {
  return { zh, en };
}
