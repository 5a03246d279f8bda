import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../../src/stores/google/auth.js';
import { createSheet, openGoogle } from '../../src/stores/google/index.js';
import { defaultTokenPlace } from '../../src/stores/google/oauth.js';
import { OFFICE, startGoogle, type TestGoogle } from '../support/google-server/index.js';

let google: TestGoogle;
let keyFile: string;
let token: { file: string };

beforeEach(async () => {
  google = await startGoogle();
  keyFile = join(google.folder, 'client.json');
  writeFileSync(keyFile, JSON.stringify({ installed: { client_id: 'desktop-client', client_secret: 'not-secret' } }));
  token = { file: join(google.folder, 'config', 'ledger', 'google-token.json') };
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

const options = () => ({ auth: 'oauth' as const, keyFile, token, apiRoot: google.server.root, clock: google.clock });

/** What the browser does when the person agrees: Google hands a code to the loopback address. */
function agree(url: string, change: (answer: URLSearchParams) => void = () => undefined): Promise<Response> {
  const asked = new URL(url).searchParams;
  google.server.codes.set('the-code', {
    challenge: asked.get('code_challenge') ?? '',
    email: OFFICE,
    scopes: (asked.get('scope') ?? '').split(' ').map(scope => scope.replace('https://www.googleapis.com/auth/', '')),
  });
  const answer = new URLSearchParams({ code: 'the-code', state: asked.get('state') ?? '' });
  change(answer);
  return fetch(`${asked.get('redirect_uri')}/?${answer}`);
}

describe('a person signs in', () => {
  it('once, in the browser; only the refresh token is kept, for nobody else to read; then the sheet can be made and written', async () => {
    let shown = '';
    await signIn(options(), url => {
      shown = url;
      void agree(url);
    });
    const asked = new URL(shown).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(asked.get('access_type')).toBe('offline');
    expect(asked.get('scope')).not.toMatch(/auth\/drive( |$)/);
    expect(statSync(token.file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(token.file, 'utf8'))).toMatchObject({ account: OFFICE });
    expect(readFileSync(token.file, 'utf8')).not.toContain('access-');

    const { address } = await createSheet(options(), '巡察整改共享表');
    const store = await openGoogle(address, options());
    expect((await store.read()).sheets.map(sheet => sheet.name)).toEqual(['工作表1']);
    await store.read();
    expect(store.calls).toEqual({ read: 2, write: 0, drive: 0, signIn: 1 });
    await expect(fetch(asked.get('redirect_uri') ?? '')).rejects.toThrow();
  });

  it('an answer that belongs to another sign-in is refused', async () => {
    const forged = signIn(options(), url => void agree(url, answer => answer.set('state', 'other')));
    await expect(forged).rejects.toMatchObject({ code: 'consent-forged' });
  });

  it('a person who does not agree', async () => {
    const refused = signIn(
      options(),
      url =>
        void agree(url, answer => {
          answer.delete('code');
          answer.set('error', 'access_denied');
        }),
    );
    await expect(refused).rejects.toMatchObject({ code: 'consent-denied' });
  });

  it('a code that was taken on its way is worth nothing without the verifier', async () => {
    const stolen = signIn(options(), url => {
      const asked = new URL(url).searchParams;
      google.server.codes.set('the-code', { challenge: 'another', email: OFFICE, scopes: [] });
      void fetch(`${asked.get('redirect_uri')}/?code=the-code&state=${asked.get('state')}`);
    });
    await expect(stolen).rejects.toMatchObject({ code: 'consent-expired' });
  });

  it('nobody has signed in yet; the sign-in has run out (consent screen in testing)', async () => {
    await expect(openGoogle('x'.repeat(30), options())).rejects.toMatchObject({ code: 'not-signed-in-yet' });
    await signIn(options(), url => void agree(url));
    google.server.refreshTokens.clear();
    const store = await openGoogle('x'.repeat(30), options());
    await expect(store.read()).rejects.toMatchObject({ code: 'consent-expired' });
  });

  it('a kept sign-in that others can read is warned of', async () => {
    if (process.platform === 'win32') return;
    await signIn(options(), url => void agree(url));
    const warned: string[] = [];
    const open = () => openGoogle('x'.repeat(30), { ...options(), onWarning: text => warned.push(text.zh) });
    await open();
    expect(warned).toEqual([]);
    chmodSync(token.file, 0o640);
    await open();
    expect(warned.join()).toContain('chmod 600');
  });

  it('keeps the token in the user’s own folder, never beside the workbook', () => {
    if (process.platform === 'win32') return;
    expect(defaultTokenPlace({ XDG_CONFIG_HOME: '/home/someone/.config' }).file).toBe(
      '/home/someone/.config/ledger/google-token.json',
    );
  });
});

describe('proxies', () => {
  it('are not asked for this machine, and the bearer token goes to no plain http elsewhere', async () => {
    await signIn(options(), url => void agree(url));
    const before = process.env.HTTPS_PROXY;
    process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
    try {
      const { address } = await createSheet(options(), '表');
      await expect((await openGoogle(address, options())).read()).resolves.toMatchObject({
        sheets: [{ name: '工作表1' }],
      });
    } finally {
      if (before === undefined) delete process.env.HTTPS_PROXY;
      else process.env.HTTPS_PROXY = before;
    }
  });
});
