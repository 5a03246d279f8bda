import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeZip } from '../support/excel/zips.js';
import { type Measured, run } from './support/measured.js';

/*
 * What may come as a notice, as whole processes: what takes longer than a minute counts as a hang, memory is measured, and a
 * server stands where every address in the files leads, to see that none is asked for.
 */

const root = mkdtempSync(join(tmpdir(), 'ledger-odd-notices-'));
let server: Server;
let base = '';
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  base = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  await new Promise(closed => server.close(closed));
  rmSync(root, { recursive: true, force: true });
});

/** What a refusal may take, and an answer to two megabytes of measures, which become a workbook of 95,000 rows. */
const MIB = { refusal: 300, answer: 900 };
let folders = 0;
function folderWith(name: string, content: Buffer | string): string {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  writeFileSync(join(folder, name), content);
  return folder;
}

const head = `中共某县某局党组关于巡察整改进展情况的通报
2023年3月1日至5月31日，县委第一巡察组对某局党组进行了巡察，2023年7月3日反馈意见。
一、整改进展情况
`;
const finding = (n: number) =>
  `${n}.某项工作落实不到位。一是学习不够。二是检查不严。\n整改进展情况：一是2023年8月${(n % 28) + 1}日召开会议${(n % 9) + 1}次。二是追缴违规资金${n}.5万元。\n整改结果：已完成。\n`;
const findings = (n: number) => Array.from({ length: n }, (_, at) => finding(at + 1)).join('');

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const paragraphs = (text: string) =>
  text
    .split('\n')
    .map(line => `<w:p><w:r><w:t xml:space="preserve">${line}</w:t></w:r></w:p>`)
    .join('');

/** A Word document of this body; `more` are further parts, `relations` those of the document. */
function docx(body: string, more: Readonly<Record<string, Buffer | string>> = {}, relations = ''): Buffer {
  const parts: Readonly<Record<string, Buffer | string>> = {
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document ${w} ${r}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${packaged}/relationships">${relations}</Relationships>`,
    ...more,
  };
  return makeZip(Object.entries(parts).map(([name, content]) => ({ name, content })));
}

function expectRefused(ended: Measured, exit: number, says: RegExp): void {
  expect(ended).toMatchObject({ exit, out: '' });
  expect(ended.err.trim()).toMatch(says);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
  expect(ended.err).not.toMatch(/^\s+at |没有料到|undefined|\[object/mu);
  expect(ended.mib).toBeLessThan(MIB.refusal);
}

function expectAnswered(ended: Measured): void {
  expect(ended.err).toBe('');
  expect([0, 1]).toContain(ended.exit);
  expect(ended.out).not.toBe('');
  expect(ended.mib).toBeLessThan(MIB.answer);
}

/** By each command that reads a notice; nothing is left beside it. */
async function refusedByAll(name: string, content: Buffer | string, exit: number, says: RegExp): Promise<void> {
  const folder = folderWith(name, content);
  expectRefused(await run(folder, 'lint', name), exit, says);
  expectRefused(await run(folder, 'lint', name, '-o', '标注.html'), exit, says);
  expectRefused(await run(folder, 'import', name, '-o', '台账.xlsx'), exit, says);
  expect(readdirSync(folder)).toEqual([name]);
}

async function answeredByAll(name: string, content: Buffer | string): Promise<readonly Measured[]> {
  const folder = folderWith(name, content);
  const linted = await run(folder, 'lint', name, '-o', '标注.html');
  const imported = await run(folder, 'import', name, '-o', '台账.xlsx');
  for (const ended of [linted, imported]) expectAnswered(ended);
  expect(existsSync(join(folder, '标注.html'))).toBe(true);
  const reported = await run(folder, 'report', '台账.xlsx', '-o', '报告.html');
  expectAnswered(reported);
  for (const page of ['标注.html', '报告.html'])
    expect(readFileSync(join(folder, page), 'utf8')).not.toMatch(/(?:src|href)="(?!#)/u);
  return [linted, imported, reported];
}

describe('refused with one sentence', () => {
  test.each<readonly [string, string, Buffer | string, number, RegExp]>([
    ['an empty file', '通报.txt', '', 2, /空的/u],
    ['nothing but blanks', '通报.txt', ' \n\t\n\u3000', 2, /空的/u],
    ['an empty .docx', '通报.docx', '', 2, /空的/u],
    ['bytes by chance', '通报.txt', randomBytes(500_000), 2, /二进制/u],
    ['bytes by chance that call themselves Word', '通报.docx', randomBytes(50_000), 2, /二进制/u],
    [
      'a notice in English',
      '通报.txt',
      'Notice on the progress of rectification\n1. Learning is not deep.\nMeasures: six sessions were held.\nResult: done.\n'.repeat(
        20,
      ),
      2,
      /没有中文/u,
    ],
    ['another text', '通报.txt', '今天天气很好，我们去公园散步。\n'.repeat(50), 2, /没有在文中找到/u],
    ['more than any notice', '通报.txt', Buffer.alloc(21 * 1024 * 1024, '字'), 2, /20 MB/u],
    ['an archive of something else', '通报.docx', makeZip([{ name: 'a.txt', content: '甲' }]), 2, /没有 Word 正文/u],
    ['half a document', '通报.docx', docx(paragraphs(head + findings(40))).subarray(0, 900), 4, /损坏|读不出/u],
    [
      'a part that unpacks to a thousand times its size',
      '通报.docx',
      docx('', { 'word/document.xml': Buffer.alloc(64_000_000) }),
      4,
      /损坏|读不出|压缩/u,
    ],
    [
      'entities within entities',
      '通报.docx',
      docx('', {
        'word/document.xml': `<!DOCTYPE a [<!ENTITY b "通报">${Array.from({ length: 30 }, (_, n) => `<!ENTITY b${n} "&b${n === 0 ? '' : n - 1};&b${n === 0 ? '' : n - 1};">`).join('')}]><w:document ${w}><w:body><w:p><w:r><w:t>&b29;</w:t></w:r></w:p></w:body></w:document>`,
      }),
      4,
      /损坏|读不出/u,
    ],
  ])('%s', async (_title, name, content, exit, says) => refusedByAll(name, content, exit, says));

  test.each(['report', 'notice'])('%s of a text instead of a ledger', async command => {
    const folder = folderWith('通报.txt', head + findings(3));
    const ended = await run(folder, command, '通报.txt', '-o', command === 'report' ? '报告.html' : '新通报.docx');
    expectRefused(ended, 2, /不是 Excel 工作簿/u);
    expect(readdirSync(folder)).toEqual(['通报.txt']);
  });

  test.each<readonly [string, Buffer | string]>([
    ['a text', head],
    ['nothing', ''],
    ['bytes by chance', randomBytes(50_000)],
  ])('notice with %s as its template', async (_title, content) => {
    const folder = folderWith('模板.docx', content);
    writeFileSync(join(folder, '通报.txt'), head + findings(3));
    expectAnswered(await run(folder, 'import', '通报.txt', '-o', '台账.xlsx'));
    const ended = await run(folder, 'notice', '台账.xlsx', '--draft', '--template', '模板.docx', '-o', '新.docx');
    expect(ended.exit).toBe(2);
    expect(ended.err.trim()).toMatch(/模板.*不是能读的 Word 文档/u);
    expect(existsSync(join(folder, '新.docx'))).toBe(false);
  });
});

describe('read for what it is', () => {
  test('two megabytes of text', async () => {
    const text = head + findings(900);
    const filler = '这是一段很长的说明文字，讲的是学习情况。';
    const long = text + filler.repeat(Math.ceil((2_000_000 - Buffer.byteLength(text)) / Buffer.byteLength(filler)));
    expect(Buffer.byteLength(long)).toBeGreaterThanOrEqual(2_000_000);
    const [linted] = await answeredByAll('通报.txt', long);
    expect(linted?.out).toContain('900个问题');
  }, 240_000);

  test('one line of two megabytes, and numbers within numbers, fifty deep', async () => {
    await answeredByAll(
      '通报.txt',
      `${head}1.学习不深入。\n整改情况：${'一是认真学习。'.repeat(95_000)}\n整改结果：已完成。`,
    );
    const deep = Array.from({ length: 50 }, (_, n) => `${'\u3000'.repeat(n)}（${n + 1}）第${n + 1}层落实不到位。`);
    await answeredByAll('通报.txt', `${head}${deep.join('\n')}\n`);
  }, 240_000);

  test('lists within lists and tables within tables, fifty deep', async () => {
    const lists = `${'<ol><li>落实不到位'.repeat(50)}${'</li></ol>'.repeat(50)}`;
    await answeredByAll('通报.html', `<html><body><p>${head.replaceAll('\n', '</p><p>')}</p>${lists}</body></html>`);
    const tables = `${'<w:tbl><w:tr><w:tc><w:p><w:r><w:t>落实不到位</w:t></w:r></w:p>'.repeat(50)}${'<w:p/></w:tc></w:tr></w:tbl>'.repeat(50)}`;
    await answeredByAll('通报.docx', docx(`${paragraphs(head + findings(3))}${tables}<w:p/>`));
  });
});

describe('nothing is run and nothing is asked for', () => {
  const link = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}" TargetMode="External"/>`;

  test('a document with macros, a linked template, linked pictures, objects and links', async () => {
    const document = docx(
      `${paragraphs(head + findings(3))}<w:p><w:hyperlink r:id="l1"><w:r><w:t>附件</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "${base}/text" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
      {
        'word/vbaProject.bin': randomBytes(20_000),
        'word/settings.xml': `<w:settings ${w} ${r}><w:attachedTemplate r:id="t1"/></w:settings>`,
        'word/_rels/settings.xml.rels': `<Relationships xmlns="${packaged}/relationships">${link('t1', 'attachedTemplate', `${base}/template.dotm`)}</Relationships>`,
      },
      [
        '<Relationship Id="v1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>',
        `<Relationship Id="s1" Type="${office}/settings" Target="settings.xml"/>`,
        link('l1', 'hyperlink', `${base}/link`),
        link('i1', 'image', `${base}/picture.png`),
        link('o1', 'oleObject', `${base}/object.bin`),
        link('f1', 'frame', `${base}/frame.htm`),
        link('a1', 'aFChunk', `${base}/chunk.html`),
      ].join(''),
    );
    const [linted, imported] = await answeredByAll('通报.docx', document);
    for (const ended of [linted, imported]) expect(ended?.out).toContain('3个问题');
    expect(`${linted?.out}${imported?.out}`).not.toMatch(/cmd\.exe|INCLUDETEXT/u);
    expect(asked).toEqual([]);
  });

  test('a page with a script, a style sheet, pictures, a frame and a refresh', async () => {
    const page = `<html><head><base href="${base}/"><meta http-equiv="refresh" content="0;url=${base}/next"><link rel="stylesheet" href="${base}/x.css"><script src="${base}/x.js"></script><script>fetch("${base}/fetched")</script></head>
<body><p>${(head + findings(3)).trim().replaceAll('\n', '</p><p>')}</p><img src="${base}/x.png" onerror="fetch('${base}/error')"><iframe src="${base}/frame"></iframe><object data="${base}/object"></object></body></html>`;
    const [linted] = await answeredByAll('通报.html', page);
    expect(linted?.out).toContain('3个问题');
    expect(linted?.out).not.toContain('fetch');
    expect(asked).toEqual([]);
  });

  test('Markdown with pictures and links', async () => {
    await answeredByAll('通报.md', `${head}${findings(3)}\n![图](${base}/x.png) [附件](${base}/y)\n`);
    expect(asked).toEqual([]);
  });
});
