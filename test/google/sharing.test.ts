import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineGoogle } from '../../src/stores/google/doctor.js';
import { createSheet, listAccess, openGoogle, shareWith, unshare } from '../../src/stores/google/index.js';
import { type Book, OFFICE, REVIEWER, ROBOT, startGoogle, type TestGoogle } from '../support/google-server/index.js';
import { office } from '../support/mirror-office.js';

let google: TestGoogle;
let book: Book;

beforeEach(async () => {
  google = await startGoogle();
  book = google.server.create(OFFICE, '巡察整改共享表');
  google.server.share(book, ROBOT, 'writer');
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

const emails = async () =>
  (await listAccess(book.id, google.options)).map(one => `${one.email ?? one.kind} ${one.role}`);

describe('sharing', () => {
  it('lets a reviewer in only once the sheet is protected', async () => {
    await expect(shareWith(book.id, google.options, REVIEWER, 'reviewer')).rejects.toMatchObject({
      code: 'not-protected-yet',
    });
    await office().sync(await openGoogle(book.id, google.options));
    await shareWith(book.id, google.options, REVIEWER, 'reviewer');
    expect(await emails()).toEqual([`${OFFICE} owner`, `${ROBOT} writer`, `${REVIEWER} writer`]);
  });

  it('shares with named accounts, without a mail, never by link; changes a role; takes it away', async () => {
    await shareWith(book.id, google.options, 'leader@example.org', 'reader');
    const sent = google.server.calls.find(call => call.method === 'POST');
    expect(JSON.parse(sent?.body ?? '')).toEqual({ type: 'user', role: 'reader', emailAddress: 'leader@example.org' });
    expect(sent?.url.searchParams.get('sendNotificationEmail')).toBe('false');
    await office().sync(await openGoogle(book.id, google.options));
    await shareWith(book.id, google.options, 'leader@example.org', 'reviewer');
    expect(await emails()).toContain('leader@example.org writer');
    expect(await unshare(book.id, google.options, 'LEADER@example.org')).toBe(true);
    expect(await unshare(book.id, google.options, 'leader@example.org')).toBe(false);
    await expect(unshare(book.id, google.options, OFFICE)).rejects.toMatchObject({ code: 'is-owner' });
    await expect(shareWith(book.id, google.options, 'anyone', 'reader')).rejects.toMatchObject({ code: 'bad-email' });
  });

  it('a lost answer neither shares twice nor claims what did not happen', async () => {
    let faults = 1;
    google.server.beforeCall = call =>
      call.method !== 'GET' && faults-- > 0 ? { kind: 'drop', applied: true } : undefined;
    await shareWith(book.id, google.options, 'leader@example.org', 'reader');
    expect((await emails()).filter(one => one.startsWith('leader'))).toHaveLength(1);
    faults = 1;
    expect(await unshare(book.id, google.options, 'leader@example.org')).toBe(true);
    expect(await emails()).toHaveLength(2);
  });

  it('a sync says who can open the mirror and should not', async () => {
    google.server.share(book, 'stranger@example.org', 'reader');
    google.server.permissions.get(book.id)?.push({ id: 'anyoneWithLink', type: 'anyone', role: 'reader' });
    google.server.share(book, REVIEWER, 'writer');
    google.server.share(book, 'leader@example.org', 'reader');
    const us = office();
    us.settings = { ...us.settings, readers: ['Leader@example.org'] };
    const { diagnostics } = await us.sync(await openGoogle(book.id, google.options));
    expect(diagnostics.map(one => [one.check, one.level])).toEqual([
      ['mirror-open', 'error'],
      ['mirror-open', 'error'],
    ]);
    expect(diagnostics[0]?.message.zh).toContain('stranger@example.org');
    expect(diagnostics[1]?.message.zh).toContain('知道链接的任何人');
  });

  it('a listed reader who can edit is noticed', async () => {
    google.server.share(book, 'leader@example.org', 'writer');
    const us = office();
    us.settings = { ...us.settings, readers: ['leader@example.org'] };
    const { diagnostics } = await us.sync(await openGoogle(book.id, google.options));
    expect(diagnostics.map(one => one.message.zh)).toEqual([
      'leader@example.org 在配置里只能查看（mirror.readers），在表格里却可以编辑',
    ]);
  });

  it('a service account does not make a sheet: it says how a person does', async () => {
    await expect(createSheet(google.options, '共享表')).rejects.toMatchObject({ code: 'needs-a-person' });
    expect(google.server.calls).toEqual([]);
  });
});

describe('doctor', () => {
  const examine = (options: Partial<typeof google.options> & { keyFile?: string } = {}, id = book.id) =>
    examineGoogle(id, { ...google.options, ...options }, { reviewers: [REVIEWER], readers: [] });
  const failure = async (...args: Parameters<typeof examine>) => {
    const findings = await examine(...args);
    const bad = findings.filter(one => !one.ok);
    expect(bad).toHaveLength(1);
    return bad[0]?.what.zh ?? '';
  };
  const keyFile = (content: string) => {
    const path = join(google.folder, 'other.json');
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };

  it('finds nothing wrong where nothing is', async () => {
    const findings = await examine();
    expect(findings.every(one => one.ok)).toBe(true);
    expect(findings[0]?.what.zh).toContain('“巡察整改共享表”');
  });

  it('of a ledger of the office’s own every named account is its business, a link is not', async () => {
    google.server.share(book, 'colleague@example.org', 'writer');
    const look = () => examineGoogle(book.id, google.options, undefined);
    expect((await look()).filter(one => !one.ok)).toEqual([]);
    google.server.permissions.get(book.id)?.push({ id: 'anyoneWithLink', type: 'anyone', role: 'reader' });
    expect((await look()).filter(one => !one.ok).map(one => one.what.zh)).toEqual(['知道链接的任何人都能打开这张表格']);
  });

  it('no key, a key that is none, a key that others can read', async () => {
    expect(await failure({ keyFile: join(google.folder, 'gone.json') })).toContain('打不开密钥文件');
    expect(await failure({ keyFile: keyFile('{"type":"authorized_user"}') })).toContain('不是服务账号的密钥文件');
    expect(await failure({ keyFile: keyFile('no json') })).toContain('不是服务账号的密钥文件');
    chmodSync(google.options.keyFile, 0o644);
    expect(await failure()).toContain('chmod 600');
  });

  it('an API that is off, a sheet that is not there or not shared, a right to look only', async () => {
    google.server.disabled = true;
    expect(await failure()).toContain('没有启用接口');
    google.server.disabled = false;
    expect(await failure({}, 'x'.repeat(30))).toContain(`添加 ${ROBOT}`);
    const foreign = google.server.create(OFFICE);
    expect(await failure({}, foreign.id)).toContain('没有权限');
    google.server.share(foreign, ROBOT, 'reader');
    expect(await failure({}, foreign.id)).toContain('不能写入');
  });

  it('a clock that is wrong', async () => {
    google.server.now = () => Date.now() + 7_200_000;
    expect(await failure()).toContain('慢约 120 分钟');
    google.server.now = () => Date.now() - 7_200_000;
    expect(await failure()).toContain('快约 120 分钟');
  });

  it('a scope that is missing, a quota, a service that is down, HTML, an endless cut', async () => {
    const fault = (reason: string, status: number) => {
      google.server.beforeCall = () => ({ kind: 'status', status, reason });
    };
    fault('ACCESS_TOKEN_SCOPE_INSUFFICIENT', 403);
    expect(await failure()).toContain('权限不够');
    fault('RATE_LIMIT_EXCEEDED', 429);
    expect(await failure()).toContain('过于频繁');
    google.server.beforeCall = () => ({ kind: 'status', status: 503, html: true });
    const down = await failure();
    expect(down).toContain('暂时不可用（503）');
    expect(down).not.toContain('<');
    google.server.beforeCall = () => ({ kind: 'cut' });
    expect(await failure()).toContain('中途断开');
    google.server.beforeCall = () => ({ kind: 'drop', applied: false });
    expect(await failure()).toContain('连不上 Google');
    expect(google.clock.waits.length).toBeGreaterThan(20);
  });

  it('a machine that is not there', async () => {
    expect(await failure({ apiRoot: 'http://127.0.0.1:9/' })).toContain('ECONNREFUSED');
    await expect(
      openGoogle(book.id, { ...google.options, apiRoot: 'http://sheets.example.org/' }),
    ).rejects.toMatchObject({
      code: 'bad-api-root',
    });
  });
});
