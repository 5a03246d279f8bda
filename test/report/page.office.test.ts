import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, launch, openFile, type Seen, views } from './support/browser.js';
import { busyLedger, emptyLedger, hostileLedger, longLedger, longTable } from './support/ledgers.js';
import { pageOf, trend } from './support/page.js';

/** The report in a real browser. */
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'ledger-report-'));

beforeAll(async () => {
  browser = await launch();
  writeFileSync(join(folder, 'busy.html'), await pageOf(busyLedger, { trend }));
  writeFileSync(join(folder, 'hostile.html'), await pageOf(hostileLedger, { trend }));
  writeFileSync(join(folder, 'english.html'), await pageOf(busyLedger, { trend, lang: 'en' }));
  writeFileSync(join(folder, 'empty.html'), await pageOf(emptyLedger));
  writeFileSync(join(folder, 'long.html'), await pageOf(longLedger, { trend }));
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (name: string, options: BrowserContextOptions = {}): Promise<Seen> =>
  openFile(browser, join(folder, name), options);

const pages = ['busy.html', 'hostile.html', 'english.html', 'empty.html', 'long.html'];

describe.each(views)('the report in %s', (_name, options) => {
  it.each(pages)('%s: quiet console, no request, no barrier', async name => {
    const { page, complaints, requests } = await open(name, options);
    // Closed details hide their text from axe.
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([pathToFileURL(join(folder, name)).href]);
    await page.context().close();
  });

  it.each(pages)('%s fits the width of the screen', async name => {
    const { page } = await open(name, options);
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    const [wide, screen]: number[] = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
    expect(wide).toBe(screen);
    // Nor does anything stand out of its own section.
    expect(
      await page.evaluate(
        '[...document.querySelectorAll("section")].flatMap(s => [...s.querySelectorAll("*:not(svg *)")].filter(e => { const r = e.getBoundingClientRect(); return r.width > 1 && getComputedStyle(e).position !== "absolute" && e.closest("thead") === null && r.right > s.getBoundingClientRect().right + 1; }).map(e => e.outerHTML.slice(0, 120)))',
      ),
    ).toEqual([]);
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

  it('leaves no head of a table alone at the end of a printed page', async () => {
    for (const rows of [1, 4, 7, 10, 13, 16, 19, 22]) {
      writeFileSync(join(folder, 'table.html'), await pageOf(longTable(rows), { trend }));
      const { page } = await open('table.html');
      await page.evaluate('dispatchEvent(new Event("beforeprint"))');
      writeFileSync(join(folder, 'table.pdf'), await page.pdf({ preferCSSPageSize: true }));
      await page.context().close();
      const printed = execFileSync('pdftotext', ['-layout', join(folder, 'table.pdf'), '-'], { encoding: 'utf8' });
      const ends = printed.split('\f').map(one => one.trimEnd().split('\n').at(-1) ?? '');
      expect(ends.length).toBeGreaterThan(2);
      for (const end of ends)
        expect(end, `${rows}`).not.toMatch(/序号 +聚焦方面|事项 +填报|类别 +应追缴|名称 +问题|全部问题$/u);
    }
  });
});
