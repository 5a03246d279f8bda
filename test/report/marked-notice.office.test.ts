import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintNotice } from '../../src/notice/lint/index.js';
import { markedNotice } from '../../src/reports/marked-notice.js';
import { lintingOf, sourceOf } from '../notice/linted.js';
import { barriers, launch, openFile, views } from './support/browser.js';
import { hostileTexts } from './support/ledgers.js';

/** The marked-up copy of a notice in a real browser. */
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'ledger-marked-'));

const faulty = `中共甲市乙局党组关于巡察整改进展情况的通报
2023年3月15日至6月15日，市委第二巡察组对市乙局党组开展了巡察。7月28日反馈了巡察意见。
一、组织整改落实情况
截至2023年12月30日，反馈问题3个，已完成2个，完成率100%。追缴资金12.6万元，其中：补贴8.3万元，差旅费4.2万元。召开推进会4次。
二、已完成的整改事项
1.学习不系统。
整改情况：2022年9月12日修订学习制度，确保年底前整改到位。
整改结果：已完成。
3.违规发放补贴。
整改情况：应追缴9万元，已追缴8.3万元，尚有0.7万元未追缴。
整改结果：已完成。
联系电话：13000000000
${'A7f9'.repeat(60)}
`;
const hostile = faulty.replace('学习不系统', hostileTexts.join('')).replace('推进会', hostileTexts[0]);

function copyOf(words: string, lang: 'zh' | 'en' = 'zh', marks = lintNotice(lintingOf(sourceOf(words)))): string {
  const source = sourceOf(words);
  return markedNotice({ source: '通报.txt', against: undefined, paragraphs: false, lines: source.lines, marks, lang });
}

beforeAll(async () => {
  browser = await launch();
  writeFileSync(join(folder, 'faulty.html'), copyOf(faulty));
  writeFileSync(join(folder, 'hostile.html'), copyOf(hostile));
  writeFileSync(join(folder, 'english.html'), copyOf(faulty, 'en'));
  writeFileSync(join(folder, 'clean.html'), copyOf(faulty, 'zh', []));
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(views)('the marked-up copy in %s', (_name, options) => {
  it.each(['faulty.html', 'hostile.html', 'english.html', 'clean.html'])(
    '%s: quiet console, no request, no barrier, no wider than the screen',
    async name => {
      const path = join(folder, name);
      const { page, complaints, requests } = await openFile(browser, path, options);
      expect(await barriers(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([pathToFileURL(path).href]);
      const [wide, screen]: number[] = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
      expect(wide).toBe(screen);
      await page.context().close();
    },
  );
});

describe('the marked-up copy in use', () => {
  it('lists what must be fixed first, and each entry leads to its note at its line', async () => {
    const { page } = await openFile(browser, join(folder, 'faulty.html'));
    const levels = await page.locator('nav h2').allTextContents();
    expect(levels.map(one => one.replace(/（.*/u, ''))).toEqual(['必须改', '请核对', '提示']);
    const links = page.locator('nav a');
    expect(await links.count()).toBe(await page.locator('aside').count());
    const link = links.filter({ hasText: '个人信息' });
    await link.click();
    const target = page.locator('aside:target');
    expect(await target.textContent()).toContain('手机号');
    expect(await target.isVisible()).toBe(true);
    expect(await page.locator('.line:has(aside:target) mark').textContent()).toBe('13000000000');
    await page.context().close();
  });

  it('prints light on A4, with the notes and without the contents', async () => {
    const { page } = await openFile(browser, join(folder, 'faulty.html'), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(27, 31, 36)');
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.locator('aside').first().isVisible()).toBe(true);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const size = /MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf.toString('latin1'));
    expect(Number(size?.[1])).toBeCloseTo(595.3, 0);
    await page.context().close();
  });
});
