import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { examineGoogle } from '../../src/stores/google/doctor.js';
import { startGoogle, type TestGoogle } from '../support/google-server/index.js';

/* Where the internet is reached through a proxy: it is asked, it may refuse, and what is exempt does not go through it. */

let google: TestGoogle;
let proxy: Server;
/** Hosts that somebody wanted to reach through the proxy. */
let asked: string[];
let status: string;

beforeEach(async () => {
  google = await startGoogle();
  asked = [];
  proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`);
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  for (const name of ['HTTPS_PROXY', 'https_proxy']) vi.stubEnv(name, `http://127.0.0.1:${port}`);
  for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise(resolve => proxy.close(resolve));
  await google.stop();
});

const look = async (apiRoot: string) => {
  const findings = await examineGoogle('x'.repeat(30), { ...google.options, apiRoot }, { reviewers: [], readers: [] });
  return findings.find(one => !one.ok)?.what.zh ?? '';
};

it('a proxy that wants a password, and one that lets nobody out: said with what to set', async () => {
  status = '407 Proxy Authentication Required';
  expect(await look('https://sheets.example.invalid/')).toContain('HTTPS_PROXY');
  expect(new Set(asked)).toEqual(new Set(['sheets.example.invalid:443']));
  status = '502 Bad Gateway';
  expect(await look('https://sheets.example.invalid/')).toMatch(/HTTPS_PROXY|暂时不可用/);
});

it('what NO_PROXY names is reached without it', async () => {
  status = '407 Proxy Authentication Required';
  for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, 'sheets.example.invalid');
  expect(await look('https://sheets.example.invalid/')).toContain('连不上 Google');
  expect(asked).toEqual([]);
});
