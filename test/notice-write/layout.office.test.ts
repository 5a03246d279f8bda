import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fileOf,
  fillTemplate,
  markDraft,
  noticeContent,
  signOffSheet,
  standing,
  templateFields,
} from '../../src/notice/write/index.js';
import { noticeTemplate } from '../../src/notice/write/template.js';
import { saveWithLibreOffice } from '../support/excel/libreoffice.js';
import { examined } from '../support/workbook.js';
import { soundLedger } from './support/sample.js';

/** The notice as LibreOffice sets it: GB/T 9704-2012 measured on its PDF. Needs poppler's pdftotext beside LibreOffice. */
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'ledger-layout-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 3,000 letters without a sign: every line but the last is full. */
const long = soundLedger.replace('制定年度学习计划', '认真学习贯彻逐条落实整改要求'.repeat(215));
/** A dozen kinds of meeting, talk and stated figure: whatever an office fills in, the sheet to sign is one page. */
const kinds = '甲乙丙丁戊己庚辛壬癸子丑'.split('');
const crowdedLedger = `${long}
${kinds.map(kind => `| ${kind}类专题工作推进会议 | 2023-09-20 | 调度整改 | 3 |`).join('\n')}
${kinds.map(kind => `| ${kind}类专题工作推进会议 | 2023-09-21 | 调度整改 | 3 |`).join('\n')}

## 通报数据
| 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 | 说明 |
| 1 | 反馈问题总数 | 5 | 个 | 问题 | | |
| 2 | 整改到位数 | 5 | 个 | 问题 | | |
| 3 | 基本完成 | 5 | 个 | 问题 | | |
| 4 | 长期坚持 | 5 | 个 | 问题 | | |
| 5 | 未启动 | 5 | 个 | 问题 | | |
| 6 | 不再纳入 | 5 | 个 | 问题 | | |
${kinds.map((kind, at) => `| ${10 + at} | ${kind}类专题工作推进会议 | 4 | 次 | | | |\n| ${30 + at} | ${kind}类追缴资金 | 123456789.12 | 元 | 已追缴 | | |`).join('\n')}
`;
/** Points in a millimetre. */
const mm = 72 / 25.4;

type Line = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};
type Page = { readonly width: number; readonly height: number; readonly lines: readonly Line[] };

/** Lines of each page, top to bottom, in points. */
async function pagesOf(name: string): Promise<Page[]> {
  const { stdout } = await run('pdftotext', ['-bbox-layout', join(folder, name), '-'], { maxBuffer: 50_000_000 });
  const number = (tag: string, key: string) => Number(new RegExp(`${key}="([\\d.]+)"`).exec(tag)?.[1]);
  return stdout
    .split('<page ')
    .slice(1)
    .map(page => {
      const words = [...page.matchAll(/<word ([^>]*)>([^<]*)<\/word>/g)].map(([, tag = '', text = '']) => ({
        text,
        left: number(tag, 'xMin'),
        right: number(tag, 'xMax'),
        top: number(tag, 'yMin'),
        bottom: number(tag, 'yMax'),
      }));
      const lines: Line[] = [];
      for (const word of words.sort((a, b) => a.bottom - b.bottom || a.left - b.left)) {
        const last = lines.at(-1);
        // Letters of one line differ by a point or two where Latin stands beside Chinese.
        if (last !== undefined && Math.abs(last.bottom - word.bottom) < 8) {
          const text = word.left < last.left ? word.text + last.text : last.text + word.text;
          lines[lines.length - 1] = {
            ...last,
            text,
            left: Math.min(last.left, word.left),
            right: Math.max(last.right, word.right),
          };
        } else lines.push(word);
      }
      return { width: number(page, 'width'), height: number(page, 'height'), lines };
    });
}

function isFooter(line: Line): boolean {
  return /^—\s*\d+\s*—$/.test(line.text);
}

beforeAll(async () => {
  const ledger = examined(long);
  const content = noticeContent(ledger, 'public');
  const fill = () => fillTemplate(noticeTemplate(), 'notice.docx', templateFields(content));
  const named = noticeContent(
    examined(soundLedger.replace('甲市乙局党组', '中共甲市乙区委员会丙街道办事处工作委员会')),
    'public',
  );
  writeFileSync(
    join(folder, 'long-name.docx'),
    fileOf(fillTemplate(noticeTemplate(), 'notice.docx', templateFields(named))),
  );
  const draft = fill();
  markDraft(draft);
  const sheet = signOffSheet({
    examined: ledger,
    figures: content.figures,
    edition: 'public',
    standing: standing(ledger, 'public'),
    notice: '通报.docx',
    source: '台账.xlsx',
    journal: { seq: 1234, hash: 'f'.repeat(64) },
  });
  const crowded = examined(crowdedLedger);
  const everything = signOffSheet({
    examined: crowded,
    figures: noticeContent(crowded, 'internal').figures,
    edition: 'internal',
    standing: standing(crowded, 'internal'),
    notice: `${'很长的文件名'.repeat(6)}.docx`,
    source: `${'很长的文件名'.repeat(6)}.xlsx`,
    journal: { seq: 123456, hash: 'f'.repeat(64) },
  });
  markDraft(everything);
  writeFileSync(join(folder, 'everything.docx'), fileOf(everything));
  writeFileSync(join(folder, 'notice.docx'), fileOf(fill()));
  writeFileSync(join(folder, 'draft.docx'), fileOf(draft));
  writeFileSync(join(folder, 'sheet.docx'), fileOf(sheet));
  const files = ['notice.docx', 'draft.docx', 'sheet.docx', 'everything.docx', 'long-name.docx'].map(name =>
    join(folder, name),
  );
  await saveWithLibreOffice(files, folder, 'pdf');
  await saveWithLibreOffice(files.slice(0, 1), folder, 'fodt');
});

describe('the notice on paper', () => {
  it('is A4', async () => {
    for (const page of await pagesOf('notice.pdf')) {
      expect(page.width / mm).toBeCloseTo(210, 0);
      expect(page.height / mm).toBeCloseTo(297, 0);
    }
  });

  it('has 22 lines of 28 characters on a full page, 29 points apart', async () => {
    const page = (await pagesOf('notice.pdf'))[2];
    const lines = page?.lines.filter(line => !isFooter(line)) ?? [];
    expect(lines).toHaveLength(22);
    for (const line of lines) expect(line.text).toHaveLength(28);
    const [first, last] = [lines[0], lines.at(-1)];
    expect(((last?.bottom ?? 0) - (first?.bottom ?? 0)) / 21).toBeCloseTo(29, 1);
  });

  it('has margins of 37, 28 and 26 mm', async () => {
    const page = (await pagesOf('notice.pdf'))[2];
    const lines = page?.lines.filter(line => !isFooter(line)) ?? [];
    for (const line of lines) {
      expect(line.left / mm).toBeGreaterThan(27);
      expect(line.left / mm).toBeLessThan(29);
      expect(210 - line.right / mm).toBeGreaterThan(25);
      expect(210 - line.right / mm).toBeLessThan(27.5);
    }
    // Type of 16 points stands in a line of 29; its box may begin a little below the margin.
    expect((lines[0]?.top ?? 0) / mm).toBeGreaterThan(36);
    expect((lines[0]?.top ?? 0) / mm).toBeLessThan(41);
    expect(297 - (lines.at(-1)?.bottom ?? 0) / mm).toBeGreaterThan(34);
  });

  it('counts its pages — 1 —, at the right on odd ones, at the left on even ones', async () => {
    const pages = await pagesOf('notice.pdf');
    expect(pages.length).toBeGreaterThan(4);
    for (const [index, page] of pages.entries()) {
      const number = page.lines.filter(isFooter);
      expect(number.map(line => line.text.replace(/\s/g, ''))).toEqual([`—${index + 1}—`]);
      const [line] = number;
      const fromEdge = index % 2 === 0 ? 210 - (line?.right ?? 0) / mm - 26 : (line?.left ?? 0) / mm - 28;
      // One character of 14 points is 4.9 mm.
      expect(fromEdge).toBeGreaterThan(4);
      expect(fromEdge).toBeLessThan(6.5);
    }
  });

  it('centres the name over the day, which ends four characters before the edge', async () => {
    const lines = (await pagesOf('notice.pdf')).at(-1)?.lines.filter(line => !isFooter(line)) ?? [];
    const [name, day] = lines.slice(-2);
    expect(name?.text).toBe('甲市乙局党组');
    expect(day?.text.replace(/\s/g, '')).toBe('2023年10月30日');
    const middle = (line: Line | undefined) => ((line?.left ?? 0) + (line?.right ?? 0)) / 2;
    expect(Math.abs(middle(name) - middle(day))).toBeLessThan(1.5);
    // Four letters of 15.8 points and half a day of seven: another font's figures are wider, the axis is the same.
    const fromEdge = 210 * mm - 26 * mm - middle(day);
    expect(Math.abs(fromEdge - 7.5 * 15.8)).toBeLessThan(2);
  });

  it('and a name of twenty letters stays inside the margin, the day under its middle', async () => {
    const lines = (await pagesOf('long-name.pdf')).at(-1)?.lines.filter(line => !isFooter(line)) ?? [];
    const [name, day] = lines.slice(-2);
    expect(name?.text).toBe('中共甲市乙区委员会丙街道办事处工作委员会');
    expect(210 * mm - 26 * mm - (name?.right ?? 0)).toBeGreaterThan(-2);
    const middle = (line: Line | undefined) => ((line?.left ?? 0) + (line?.right ?? 0)) / 2;
    expect(Math.abs(middle(name) - middle(day))).toBeLessThan(1.5);
  });

  it('sets each level in its own type', () => {
    const flat = readFileSync(join(folder, 'notice.fodt'), 'utf8');
    // LibreOffice numbers faces of one family; the family is what the file asked for.
    const face = (name: string) =>
      new RegExp(`<style:font-face style:name="${name}" svg:font-family="(?:&apos;)?([^"&,;]*)`).exec(flat)?.[1];
    const property = (style: string, key: string): string | undefined => {
      const found = flat.split('<style:style ').find(one => one.startsWith(`style:name="${style}"`)) ?? '';
      const own = new RegExp(`style:${key}="([^"]*)"`).exec(found)?.[1];
      const parent = /style:parent-style-name="([^"]*)"/.exec(found)?.[1];
      return own ?? (parent === undefined ? undefined : property(parent, key));
    };
    /** Type of the innermost paragraph or span that holds the words. */
    const typeOf = (words: string) => {
      const before = flat.slice(0, flat.indexOf(words, flat.indexOf('<office:text')));
      const opened = [
        ...before.slice(before.lastIndexOf('<text:p ')).matchAll(/<text:(?:p|span) text:style-name="([^"]*)"/g),
      ];
      const style = opened.at(-1)?.[1] ?? '';
      return [face(property(style, 'font-name-asian') ?? ''), property(style, 'font-size-asian')];
    };
    expect(typeOf('关于巡察整改进展情况的通报')).toEqual(['方正小标宋简体', '22pt']);
    expect(typeOf('巡察组对甲市乙局党组')).toEqual(['仿宋_GB2312', '16pt']);
    expect(typeOf('二、已完成的整改事项')).toEqual(['黑体', '16pt']);
    expect(typeOf('（一）聚焦政治建设方面')).toEqual(['楷体_GB2312', '16pt']);
    expect(typeOf('（一）专题研究部署。')).toEqual(['楷体_GB2312', '16pt']);
    expect(typeOf('整改进展情况：')).toEqual(['仿宋_GB2312', '16pt']);
  });

  it('a draft says so on every page', async () => {
    for (const page of await pagesOf('draft.pdf'))
      expect(page.lines.map(line => line.text).join('')).toContain('草稿未经核对，不得公开');
  });

  it('the sheet to sign is one page', async () => {
    const pages = await pagesOf('sheet.pdf');
    expect(pages).toHaveLength(1);
    expect(pages[0]?.lines.map(line => line.text).join('')).toContain('主要负责人（签字）');
  });

  it('and so it is with whatever an office has filled in', async () => {
    const pages = await pagesOf('everything.pdf');
    expect(pages).toHaveLength(1);
    const text = pages[0]?.lines.map(line => line.text).join('') ?? '';
    expect(text).toContain('主要负责人（签字）');
    expect(text).toContain('等12项');
  });
});
