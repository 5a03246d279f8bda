import { createPrivateKey } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { sheets_v4 } from '@googleapis/sheets';
import { z } from 'zod';
import { MEGABYTE, readOrdinary } from '../../files/ordinary.js';
import type { Text } from '../../model/text.js';
import { StoreError } from '../store.js';
import { apiRoot, oauthEndpoints } from './address.js';
import {
  defaultTokenPlace,
  type KeptToken,
  keepToken,
  readToken,
  signInWithBrowser,
  TOKEN_CALL,
  type TokenPlace,
} from './oauth.js';

/** How the program signs in: the settings' `google` section. */
export type SignIn = {
  readonly auth: 'service-account' | 'oauth';
  /** Key file of a service account, or the file of a "Desktop app" OAuth client. */
  readonly keyFile: string | undefined;
  /** Where a person's sign-in is kept; the user's config folder unless given. */
  readonly token?: TokenPlace;
};

/**
 * What the program is allowed to do; no more than the command needs.
 * sync: read and write cells, see who else has access. share: change who has access. create: make a new file.
 */
export type Purpose = 'sync' | 'share' | 'create';

const SCOPE = 'https://www.googleapis.com/auth/';
const SCOPES: Readonly<Record<Purpose, readonly string[]>> = {
  sync: [`${SCOPE}spreadsheets`, `${SCOPE}drive.metadata.readonly`],
  // Sharing a file that a person made needs the whole of Drive: Google has no smaller scope for it.
  share: [`${SCOPE}drive`],
  create: [`${SCOPE}spreadsheets`, `${SCOPE}drive.file`],
};

/** The scopes of a purpose. */
export function scopesFor(purpose: Purpose): readonly string[] {
  return SCOPES[purpose];
}

/** Credentials in the client's own form, with the account they stand for. */
export type Credentials = {
  readonly auth: NonNullable<sheets_v4.Options['auth']>;
  readonly account: string | undefined;
  readonly kind: SignIn['auth'];
  readonly warnings: readonly Text[];
  /** Calls back whenever a token was fetched; a service account signs its own. */
  readonly onToken?: (fetched: () => void) => void;
};

/**
 * A person signs in once, in the browser; the refresh token is kept in the user's own config folder (0600), and which
 * account it is.
 * @param show prints the page's address, and opens a browser where there is one
 * @param purpose `share` asks for more of Drive than a sync needs
 * @throws StoreError when the client file is missing or the person does not agree
 */
export async function signIn(
  options: Pick<SignIn, 'keyFile' | 'token'> & { readonly apiRoot?: string | undefined },
  show: (url: string) => void,
  purpose: 'sync' | 'share' = 'sync',
): Promise<KeptToken> {
  const client = await oauthClient(options.keyFile);
  const endpoints = oauthEndpoints(options.apiRoot);
  const scopes = new Set([
    ...scopesFor('sync'),
    ...scopesFor('create'),
    ...(purpose === 'share' ? scopesFor('share') : []),
  ]);
  const token = await signInWithBrowser({
    clientId: client.id,
    clientSecret: client.secret,
    scopes: [...scopes],
    show,
    ...(endpoints === undefined ? {} : { endpoints }),
  });
  const place = options.token ?? defaultTokenPlace();
  await keepToken(place, token);
  const known = { ...token, account: await accountOf({ ...options, token: place }) };
  await keepToken(place, known);
  return known;
}

/** Whose sign-in it is; undefined when Google does not say. Without it the person would be reported as a stranger. */
async function accountOf(
  options: Pick<SignIn, 'keyFile' | 'token'> & { readonly apiRoot?: string | undefined },
): Promise<string | undefined> {
  const { drive } = await import('@googleapis/drive');
  const { auth } = await credentials({ auth: 'oauth', ...options }, 'sync', oauthEndpoints(options.apiRoot)?.tokenUrl);
  try {
    const service = drive({
      version: 'v3',
      auth,
      ...TOKEN_CALL,
      ...(options.apiRoot === undefined ? {} : { rootUrl: apiRoot(options.apiRoot).url }),
    });
    const { data } = await service.about.get({ fields: 'user(emailAddress)' });
    return data.user?.emailAddress ?? undefined;
  } catch {
    return undefined;
  }
}

const keySchema = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(3),
  private_key: z.string().includes('PRIVATE KEY'),
  private_key_id: z.string().optional(),
});

const clientSchema = z.object({
  installed: z.object({ client_id: z.string().min(1), client_secret: z.string().optional() }),
});

/**
 * Credentials from the key file, or from the token that an earlier sign-in left.
 * @param tokenUrl where refresh tokens are exchanged, when it is not Google's own address.
 * @throws StoreError `no-key`, `bad-key`, `not-signed-in-yet`.
 */
export async function credentials(signIn: SignIn, purpose: Purpose, tokenUrl?: string): Promise<Credentials> {
  const { auth } = await import('@googleapis/sheets');
  if (signIn.auth === 'service-account') {
    const { path, warnings } = await keyPath(signIn.keyFile);
    const key = parseJson(await readOrExplain(path), keySchema, {
      zh: `“${path}”不是服务账号的密钥文件。请在 Google 云控制台“IAM 和管理→服务账号→密钥”中新建一个 JSON 密钥，并使用下载的文件。`,
      en: `"${path}" is not the key file of a service account. Create a JSON key under IAM & Admin → Service accounts → Keys and use the downloaded file.`,
    });
    if (!isPrivateKey(key.private_key)) throw new StoreError(4, 'bad-key', damagedKey(path));
    const client = new auth.JWT({
      email: key.client_email,
      key: key.private_key,
      scopes: [...scopesFor(purpose)],
      ...(key.private_key_id === undefined ? {} : { keyId: key.private_key_id }),
    });
    // The token is signed here, scope included: no token endpoint is called, one address less that a firewall may block.
    client.useJWTAccessWithScope = true;
    return { auth: client, account: key.client_email, kind: 'service-account', warnings };
  }
  const client = await oauthClient(signIn.keyFile);
  const place = signIn.token ?? defaultTokenPlace();
  const kept = await readToken(place);
  if (kept === undefined) {
    throw new StoreError(4, 'not-signed-in-yet', {
      zh: '还没有登录 Google 账号。请在终端中运行 ledger doctor，按提示在浏览器中登录一次。',
      en: 'No Google account is signed in yet. Run ledger doctor in a terminal and sign in once in the browser.',
    });
  }
  const oauth = new auth.OAuth2({
    clientId: client.id,
    ...(client.secret === undefined ? {} : { clientSecret: client.secret }),
    ...(tokenUrl === undefined ? {} : { endpoints: { oauth2TokenUrl: tokenUrl } }),
    transporterOptions: TOKEN_CALL,
  });
  oauth.setCredentials({ refresh_token: kept.refreshToken });
  return {
    auth: oauth,
    account: kept.account,
    kind: 'oauth',
    warnings: await readableByOthers(place.file),
    onToken: fetched => oauth.on('tokens', fetched),
  };
}

/**
 * Client id of the office's own "Desktop" OAuth client.
 * @throws StoreError `no-key`, `bad-key`.
 */
export async function oauthClient(file: string | undefined): Promise<{ id: string; secret: string | undefined }> {
  if (file === undefined) {
    throw new StoreError(4, 'no-key', {
      zh: '没有指定 OAuth 客户端文件。请在 Google 云控制台“凭据”中新建“桌面应用”类型的 OAuth 客户端，下载 JSON，并在设置 google.keyFile 中写明它的路径。',
      en: 'No OAuth client file is given. Create an OAuth client of type "Desktop app" under Credentials, download its JSON and name it in google.keyFile.',
    });
  }
  const parsed = parseJson(await readOrExplain(file), clientSchema, {
    zh: `“${file}”不是“桌面应用”类型的 OAuth 客户端文件。请在 Google 云控制台“凭据”中新建并下载 JSON。`,
    en: `"${file}" is not the file of an OAuth client of type "Desktop app". Create one under Credentials and download its JSON.`,
  });
  return { id: parsed.installed.client_id, secret: parsed.installed.client_secret };
}

async function keyPath(path: string | undefined): Promise<{ path: string; warnings: Text[] }> {
  if (path === undefined) {
    throw new StoreError(4, 'no-key', {
      zh: '没有指定 Google 服务账号的密钥文件。请在设置 google.keyFile 中写明密钥文件的路径，或加 --key-file，或设置环境变量 GOOGLE_APPLICATION_CREDENTIALS。',
      en: 'No key file of a Google service account is given. Name it in google.keyFile, with --key-file, or in GOOGLE_APPLICATION_CREDENTIALS.',
    });
  }
  return { path, warnings: await readableByOthers(path) };
}

async function readableByOthers(path: string): Promise<Text[]> {
  const info = await stat(path).catch(() => undefined);
  // Windows has no such bits; there the file's own permissions decide.
  if (info === undefined || process.platform === 'win32' || (info.mode & 0o077) === 0) return [];
  return [
    {
      zh: `密钥文件“${path}”可以被本机其他用户读取。请运行 chmod 600 "${path}"，只留给自己。`,
      en: `The key file "${path}" can be read by other users of this computer. Run chmod 600 "${path}".`,
    },
  ];
}

async function readOrExplain(path: string): Promise<string> {
  try {
    return (await readOrdinary(path, MEGABYTE)).toString('utf8');
  } catch (cause) {
    throw new StoreError(
      4,
      'no-key',
      {
        zh: `打不开密钥文件“${path}”。请核对路径，以及当前用户能否读取该文件。`,
        en: `The key file "${path}" cannot be opened. Check the path and whether this user may read it.`,
      },
      { cause },
    );
  }
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}

function damagedKey(path: string): Text {
  return {
    zh: `密钥文件“${path}”里的私钥已损坏（可能复制时少了一段）。请在 Google 云控制台“IAM 和管理→服务账号→密钥”中重新下载，原样使用。`,
    en: `The private key in "${path}" is damaged (part of it may have been lost in copying). Download the file again under IAM & Admin → Service accounts → Keys and use it as it is.`,
  };
}

function parseJson<T>(content: string, schema: z.ZodType<T>, otherwise: Text): T {
  let json: unknown;
  try {
    json = JSON.parse(content.replace(/^\uFEFF/u, ''));
  } catch {
    json = undefined;
  }
  const parsed = schema.safeParse(json);
  // The file's content is a secret: neither it nor the schema's complaint about it goes into the message.
  if (!parsed.success) throw new StoreError(4, 'bad-key', otherwise);
  return parsed.data;
}
