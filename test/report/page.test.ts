import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characters, html } from '../../src/reports/markup.js';
import { elementsOf, sectionText } from './support/elements.js';
import { busyLedger, hostileLedger, hostileTexts } from './support/ledgers.js';
import { pageOf, trend } from './support/page.js';

describe('the report needs nothing but itself', async () => {
  const page = await pageOf(busyLedger, { trend });
  const elements = elementsOf(page);

  it('refers to nothing outside', () => {
    for (const { tag, attributes } of elements) {
      for (const [name, value] of attributes) {
        if (['src', 'href', 'action', 'data', 'srcset', 'poster'].includes(name))
          expect(`${tag} ${value}`).toMatch(/ #/);
      }
      expect(['link', 'iframe', 'img', 'object', 'embed', 'base']).not.toContain(tag);
    }
    expect(page).not.toMatch(/url\(|@import|https?:\/\//);
  });

  it('lets its own script run and no other', () => {
    const policy = elements.find(one => one.attributes.get('http-equiv') === 'Content-Security-Policy');
    const scripts = elements.filter(one => one.tag === 'script');
    expect(scripts).toHaveLength(1);
    const hash = createHash('sha256')
      .update(scripts[0]?.text ?? '')
      .digest('base64');
    expect(policy?.attributes.get('content')).toContain(`script-src 'sha256-${hash}'`);
    expect(policy?.attributes.get('content')).toMatch(/^default-src 'none'/);
  });

  it('is the same page for the same ledger', async () => {
    expect(await pageOf(busyLedger, { trend })).toBe(page);
  });

  it('names every landmark and every picture', () => {
    for (const tag of ['header', 'nav', 'main', 'footer', 'h1'])
      expect(elements.filter(one => one.tag === tag)).toHaveLength(1);
    const pictures = elements.filter(one => one.attributes.get('role') === 'img');
    expect(pictures.length).toBeGreaterThan(4);
    for (const picture of pictures) expect(picture.attributes.get('aria-label')).toMatch(/\d/);
    const ids = elements.flatMap(one => one.attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of elements) {
      const target = attributes.get('href')?.slice(1) ?? attributes.get('aria-labelledby');
      if (target !== undefined) expect(ids).toContain(target);
    }
  });
});

describe('what stands on the page', () => {
  it('has the figures of the ledger, with their formulas', async () => {
    const figures = sectionText(await pageOf(busyLedger), 'figures');
    expect(figures).toContain('反馈问题（个）73个方面，具体问题1个，措施7条');
    expect(figures).toContain('已完成（个）2其中待审核0，已销号1');
    expect(figures).toContain('完成率33.33%已完成2 ÷（全部－不再纳入）6');
    expect(figures).toContain('基本完成／长期坚持1／1');
    expect(figures).toContain('应追缴（元）1,500.50');
    expect(figures).toContain('已追缴（元）500.25');
    expect(figures).toContain('尚欠（元）1,000.25');
  });

  it('shows money by category and in all, exact to the fen', async () => {
    const money = sectionText(await pageOf(busyLedger), 'money');
    expect(money).toContain('追缴违规资金1,200.500.00200.251,000.2516.68%');
    expect(money).toContain('个人承担300.000.00300.000.00100.00%');
    expect(money).toContain('合计（按问题）1,500.500.00500.251,000.2533.34%');
  });

  it('says “not computed” where a field could not be read, and draws nothing for it', async () => {
    const page = await pageOf(busyLedger.replaceAll('1200.50 | 200.25', '若干 | 200.25'));
    expect(sectionText(page, 'figures')).toContain('应追缴（元）未计算');
    expect(sectionText(page, 'money')).toContain('追缴违规资金未计算');
    expect(page).not.toContain('NaN');
  });

  it('has no section on money when there is none', async () => {
    const page = await pageOf(
      '## 整改台账\n| 序号 | 反馈问题 | 整改措施 | 整改结果 |\n| 1 | 会议记录不全 | 补齐 | 已完成 |',
    );
    expect(sectionText(page, 'money')).toBe('');
    expect(elementsOf(page).some(one => one.attributes.get('href') === '#money')).toBe(false);
  });

  it('lists stated beside computed figures, what differs first', async () => {
    const claims = sectionText(await pageOf(busyLedger), 'claims');
    expect(claims).toContain('共核对6个数字：一致5个，不一致1个，无从核对0个。');
    expect(claims).toContain('整改到位数5 个2 个+3 个不一致');
    expect(claims.indexOf('整改到位数')).toBeLessThan(claims.indexOf('反馈问题总数'));
  });

  it('groups diagnostics by cause, each with what to do', async () => {
    const page = await pageOf(busyLedger);
    const text = sectionText(page, 'diagnostics');
    expect(text).toContain('先改这三件');
    const groups = elementsOf(page).filter(one => one.tag === 'summary' && /必须改|请核对|提示/.test(one.text));
    const titles = groups.map(one => one.text);
    expect(new Set(titles).size).toBe(titles.length);
    expect(text.split('怎么改：').length - 1).toBeGreaterThanOrEqual(groups.length);
  });

  it('lists every finding with status, deadline and money, and marks what is overdue', async () => {
    const page = await pageOf(busyLedger);
    const rows = elementsOf(page).filter(one => one.tag === 'tr' && one.attributes.has('data-status'));
    expect(rows.map(row => row.attributes.get('data-status'))).toEqual([
      'closed',
      'mostly-done',
      'in-progress',
      'not-started',
      'long-term',
      'withdrawn',
      'done',
    ]);
    expect(rows[2]?.text).toContain('逾期30天');
    expect(rows[2]?.text).toContain('1,000.25');
    expect(rows[2]?.attributes.get('data-overdue')).toBe('1');
  });

  it('draws the trend once there are two days of it', async () => {
    expect(
      sectionText(await pageOf(busyLedger, { trend: { ...trend, points: trend.points.slice(0, 1) } }), 'trend'),
    ).toContain('同步两次以上');
    const drawn = sectionText(await pageOf(busyLedger, { trend }), 'trend');
    expect(drawn).toContain('2023-10-3026');
    expect(drawn).toContain('1,000.25');
  });

  it('speaks English when asked', async () => {
    const page = await pageOf(busyLedger, { lang: 'en', trend });
    expect(page).toContain('<html lang="en">');
    expect(sectionText(page, 'figures')).toContain('Completion rate33.33%');
  });

  it('stays a page of moderate size and time for thousands of findings', async () => {
    const rows = Array.from(
      { length: 5000 },
      (_, n) => `| ${n + 1} | 第${n + 1}个问题 | 措施 | 整改中 | 科室${n % 400} |`,
    );
    const began = performance.now();
    const page = await pageOf(`## 整改台账\n| 序号 | 反馈问题 | 整改措施 | 整改结果 | 责任部门 |\n${rows.join('\n')}`);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(page.length).toBeLessThan(6_000_000);
    expect(sectionText(page, 'progress')).toContain('图中画前20个');
  });
});

describe('a text of the ledger is a text on the page', () => {
  it('never runs, whatever column it stands in', async () => {
    const page = await pageOf(hostileLedger, { trend });
    const elements = elementsOf(page);
    expect(elements.filter(one => one.tag === 'script')).toHaveLength(1);
    expect(elements.filter(one => one.tag === 'style')).toHaveLength(1);
    expect(elements.filter(one => one.tag === 'img')).toHaveLength(0);
    for (const { attributes } of elements)
      for (const name of attributes.keys()) expect(name).not.toMatch(/^on|autofocus/);
    const shown = sectionText(page, 'findings');
    for (const words of hostileTexts) expect(shown).toContain(words);
  });

  it('is escaped by the tag for elements and quoted attributes alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), words => {
        const page = characters(html`<!doctype html><p title="${words}">${words}</p>`);
        const [found] = elementsOf(page).filter(one => one.tag === 'p');
        const kept = words.replace(/\r\n?/g, '\n');
        const clean = (text: string) =>
          text.replace(/[\p{C}]/gu, letter => (letter === '\n' || letter === '\t' ? letter : ''));
        expect(clean(found?.text ?? '')).toBe(clean(kept));
        expect(clean(found?.attributes.get('title') ?? '')).toBe(clean(kept));
        expect(elementsOf(page).map(one => one.tag)).toEqual(['html', 'head', 'body', 'p']);
      }),
    );
  });

  it('cannot turn the order of the letters around', () => {
    expect(characters(html`${'已\u202E追缴\u2066'}`)).toBe('已追缴');
  });
});
