import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Given, World } from '../../src/commands/command.js';
import { run as doctor } from '../../src/commands/doctor.js';
import { run as share } from '../../src/commands/share.js';
import { OFFICE, startGoogle, type TestGoogle } from '../support/google-server/index.js';

/* A person at a terminal: commands that find nobody signed in ask for it, and go on. */

let google: TestGoogle;
let config: string;

beforeEach(async () => {
  google = await startGoogle();
  vi.stubEnv('XDG_CONFIG_HOME', google.folder);
  vi.stubEnv('APPDATA', google.folder);
  const keyFile = join(google.folder, 'client.json');
  writeFileSync(keyFile, JSON.stringify({ installed: { client_id: 'desktop-client' } }));
  config = join(google.folder, 'ledger.config.json');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await google.stop();
});

function configure(more: object): void {
  const settings = { google: { auth: 'oauth', keyFile: 'client.json', apiRoot: google.server.root }, ...more };
  writeFileSync(config, JSON.stringify(settings));
}

function given(flags: readonly string[] = [], args: readonly string[] = []): Given {
  return {
    args,
    text: flag => (flag === 'config' ? config : undefined),
    list: () => [],
    on: flag => flags.includes(flag),
  };
}

/** A terminal at which somebody presses Enter and agrees in the browser (or answers something else). */
function terminal(answer = ''): World & { readonly said: string[] } {
  const said: string[] = [];
  return {
    said,
    cwd: google.folder,
    env: {},
    lang: 'zh',
    terminal: true,
    columns: 100,
    color: false,
    say: line => {
      said.push(line);
      if (line.startsWith(`${google.server.root}auth?`)) void agree(line);
    },
    warn: line => said.push(line),
    json: () => undefined,
    ask: async () => answer,
  };
}

function agree(url: string): Promise<Response> {
  const asked = new URL(url).searchParams;
  const scopes = (asked.get('scope') ?? '')
    .split(' ')
    .map(scope => scope.replace('https://www.googleapis.com/auth/', ''));
  google.server.codes.set('a-code', { challenge: asked.get('code_challenge') ?? '', email: OFFICE, scopes });
  return fetch(`${asked.get('redirect_uri')}/?code=a-code&state=${asked.get('state')}`);
}

it('share --create signs in and makes the sheet; doctor then finds nothing wrong, the person is no stranger', async () => {
  configure({});
  const making = terminal();
  expect(await share(given(['create']), making)).toBe(0);
  const address = /"to": "(google:[^"]+)"/.exec(making.said.join('\n'))?.[1] ?? '';
  expect(making.said).toContain(`已登录：${OFFICE}`);
  configure({ source: address });
  const looking = terminal();
  expect(await doctor(given(), looking), looking.said.join('\n')).toBe(0);
  expect(looking.said.join('\n')).toContain(`能打开这张表格的有：${OFFICE}`);
});

it('doctor offers the sign-in again when it has run out; who skips it is told what to do', async () => {
  configure({});
  const making = terminal();
  await share(given(['create']), making);
  configure({ source: /"to": "(google:[^"]+)"/.exec(making.said.join('\n'))?.[1] ?? '' });
  google.server.refreshTokens.clear();
  const skipped = terminal('n');
  expect(await doctor(given(), skipped)).toBe(4);
  expect(skipped.said.join('\n')).toContain('Google 登录已失效');
  const again = terminal();
  expect(await doctor(given(), again), again.said.join('\n')).toBe(0);
});
