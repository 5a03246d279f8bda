import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { busyLedger, hostileLedger } from './support/ledgers.js';
import { pageOf, trend } from './support/page.js';

/** The report in a real browser: Debian's Chromium, its own background traffic switched off. */
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'ledger-report-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  writeFileSync(join(folder, 'busy.html'), await pageOf(busyLedger, { trend }));
  writeFileSync(join(folder, 'hostile.html'), await pageOf(hostileLedger, { trend }));
  writeFileSync(join(folder, 'english.html'), await pageOf(busyLedger, { trend, lang: 'en' }));
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Seen = { readonly page: Page; readonly complaints: string[]; readonly requests: string[] };

async function open(name: string, options: BrowserContextOptions = {}): Promise<Seen> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', request => requests.push(request.url()));
  await page.goto(pathToFileURL(join(folder, name)).href, { waitUntil: 'networkidle' });
  return { page, complaints, requests };
}

/** What axe finds that it calls serious or critical. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: unknown = await page.evaluate(
    'axe.run().then(r => r.violations.filter(v => ["serious", "critical"].includes(v.impact)).map(v => v.id + ": " + v.nodes.map(n => n.html).join(" ").slice(0, 300)))',
  );
  return Array.isArray(found) ? found.map(String) : [`no answer from axe: ${String(found)}`];
}

const views: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }],
  ['a phone, light', { colorScheme: 'light', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
  ['a phone, dark', { colorScheme: 'dark', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
];

describe.each(views)('the report in %s', (_name, options) => {
  it.each(['busy.html', 'hostile.html', 'english.html'])('%s: quiet console, no request, no barrier', async name => {
    const { page, complaints, requests } = await open(name, options);
    // Closed details hide their text from axe.
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([pathToFileURL(join(folder, name)).href]);
    await page.context().close();
  });

  it('fits the width of the screen', async () => {
    const { page } = await open('busy.html', options);
    const [wide, screen]: number[] = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
    expect(wide).toBe(screen);
    await page.context().close();
  });
});

describe('the report in use', () => {
  it('shows only the findings that are searched for, by keyboard alone', async () => {
    const { page } = await open('busy.html');
    const search = page.getByRole('searchbox');
    const rows = page.locator('[data-findings] tbody tr:visible');
    expect(await rows.count()).toBe(7);
    await search.focus();
    await page.keyboard.type('计财股 补贴');
    expect(await rows.count()).toBe(1);
    expect(await page.locator('output').textContent()).toBe('显示1个，共7个');
    await search.fill('１００％没有');
    expect(await rows.count()).toBe(0);
    await search.fill('');
    await page.keyboard.press('Tab');
    await page.getByRole('combobox').selectOption('overdue');
    expect(await rows.count()).toBe(2);
    await page.context().close();
  });

  it('reaches the content with the first key, and every part from there', async () => {
    const { page } = await open('busy.html');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#main');
    const landmarks = ['banner', 'navigation', 'main', 'contentinfo', 'search'] as const;
    for (const role of landmarks) expect(await page.getByRole(role).count()).toBe(1);
    expect(await page.getByRole('img').count()).toBeGreaterThan(4);
    await page.context().close();
  });

  it('keeps its tables tables on a phone, where they are drawn as cards', async () => {
    const { page } = await open('busy.html', { viewport: { width: 360, height: 740 } });
    const table = page.getByRole('table', { name: /全部问题/ });
    expect(await table.getByRole('row').count()).toBe(8);
    expect(await table.getByRole('rowheader').count()).toBe(7);
    await page.context().close();
  });

  it('lets no foreign script run even if one got in', async () => {
    const page = await (await browser.newContext()).newPage();
    const words = readFileSync(join(folder, 'busy.html'), 'utf8').replace(
      '<main',
      '<script>document.title="changed"</script><main',
    );
    const path = join(folder, 'injected.html');
    writeFileSync(path, words);
    await page.goto(pathToFileURL(path).href);
    expect(await page.title()).not.toBe('changed');
    await page.context().close();
  });

  it('prints on A4 with everything opened, light whatever the screen is', async () => {
    const { page } = await open('busy.html', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.evaluate('document.querySelectorAll("details:not([open])").length')).toBe(0);
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(27, 31, 36)');
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const size = /MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf.toString('latin1'));
    expect(Number(size?.[1])).toBeCloseTo(595.3, 0);
    expect(Number(size?.[2])).toBeCloseTo(841.9, 0);
    await page.context().close();
  });
});
