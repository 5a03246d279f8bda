import { readFileSync } from 'node:fs';
import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/notice/decode.js';
import { readNotice } from '../../src/notice/read-notice.js';
import { demandNotice } from '../../src/notice/refusals.js';
import { StoreError } from '../../src/stores/store.js';
import { makeDocx } from './make-docx.js';

const notice = readFileSync(new URL('./corpus/06-status-headings.txt', import.meta.url), 'utf8');

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

async function refused(bytes: Uint8Array, name: string): Promise<{ code: string; exit: number; zh: string }> {
  try {
    await decodeNotice(bytes, name);
  } catch (error) {
    if (error instanceof StoreError) return { code: error.code, exit: error.exit, zh: error.text.zh };
    throw error;
  }
  throw new Error(`${name} was read`);
}

describe('a notice in any usual encoding reads the same', () => {
  const gb18030 = readFileSync(new URL('./corpus/27-gb18030.txt', import.meta.url));

  it.each([
    ['UTF-8', Buffer.from(notice)],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(notice)])],
    ['UTF-16 little endian with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(notice, false)])],
    ['UTF-16 big endian with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(notice, true)])],
    ['UTF-16 little endian', utf16(notice, false)],
    ['UTF-16 big endian', utf16(notice, true)],
    ['Windows line ends', Buffer.from(notice.replaceAll('\n', '\r\n'))],
  ])('%s', async (_, bytes) => {
    const source = await decodeNotice(bytes, 'notice.txt');
    expect(source.lines.map(line => line.text)).toEqual(notice.split('\n'));
  });

  it('GB18030 with a mark and without', async () => {
    const marked = Buffer.concat([Buffer.from([0x84, 0x31, 0x95, 0x33]), gb18030]);
    const [plain, withMark] = [await decodeNotice(gb18030, 'a.txt'), await decodeNotice(marked, 'a.txt')];
    expect(plain.lines).toEqual(withMark.lines);
    expect(plain.lines[0]?.text).toBe('中共洛川县档案馆党支部关于巡察整改进展情况的通报');
  });
});

describe('what is no readable notice is refused with a sentence of its own', () => {
  const zip = (files: Record<string, string>) => {
    const made = new PizZip();
    for (const [name, content] of Object.entries(files)) made.file(name, content);
    return made.generate({ type: 'uint8array', compression: 'DEFLATE' });
  };
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['empty', new Uint8Array(), 'notice-empty'],
    ['only blanks', Buffer.from(' \n　\r\n'), 'notice-empty'],
    ['too large', new Uint8Array(20 * 1024 * 1024 + 1), 'notice-too-large'],
    ['a picture', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500)]), 'notice-binary'],
    ['an old .doc', Buffer.from('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more', 'latin1'), 'notice-old-word'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'notice-pdf'],
    ['an RTF', Buffer.from('{\\rtf1\\ansi hello}'), 'notice-rtf'],
    ['a workbook', zip({ 'xl/workbook.xml': '<workbook/>' }), 'notice-workbook'],
    ['some archive', zip({ 'readme.txt': 'x' }), 'notice-not-word'],
    ['a cut .docx', makeDocx({ lists: {}, body: [{ text: '通报' }] }).subarray(0, 600), 'notice-damaged'],
    ['a .docx with a DTD', zip({ 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }), 'notice-damaged'],
    ['a .docx that swells', zip({ 'word/document.xml': `<a>${' '.repeat(30_000_000)}</a>` }), 'notice-damaged'],
    [
      'English',
      Buffer.from('Report on the rectification of findings.\n1. Study is not deep enough.\n'),
      'notice-not-chinese',
    ],
    ['Japanese', Buffer.from('監査の結果についてのお知らせです。改善状況を報告します。\n'), 'notice-not-chinese'],
  ];

  it.each(cases)('%s', async (name, bytes, code) => {
    const answer = await refused(bytes, name);
    expect(answer.code).toBe(code);
    expect([2, 4]).toContain(answer.exit);
    expect(answer.zh.startsWith(`${name}：`)).toBe(true);
  });
});

it('a Chinese text that is no notice has a sentence of its own', async () => {
  const parsed = readNotice(await decodeNotice(Buffer.from('春天来了，花都开了。\n我们去公园玩。\n'), '作文.txt'));
  expect(() => demandNotice(parsed, '作文.txt')).toThrow(StoreError);
});

describe('a Word document is only read', () => {
  it('takes no heed of macros, links and embedded things', async () => {
    const made = new PizZip(makeDocx({ lists: {}, body: notice.split('\n').map(text => ({ text })) }));
    made.file('word/vbaProject.bin', 'macro');
    made.file(
      'word/_rels/document.xml.rels',
      '<Relationships><Relationship Id="x" Type="image" TargetMode="External" Target="http://127.0.0.1:9/x.png"/></Relationships>',
    );
    const parsed = readNotice(await decodeNotice(made.generate({ type: 'uint8array' }), 'notice.docx'));
    const plain = readNotice(await decodeNotice(Buffer.from(notice), 'notice.txt'));
    expect(parsed.sections.map(section => section.findings.length)).toEqual(
      plain.sections.map(section => section.findings.length),
    );
  });
});

it('reads a table that is drawn with strokes in a text file', async () => {
  const text = [
    '关于某镇敬老院党支部巡察整改情况的公示',
    '2024年7月15日至7月26日，县委第七巡察组对某镇敬老院党支部进行了巡察，8月21日反馈了意见。',
    '|序号|反馈问题|整改措施|整改结果|',
    '|1|护理人员配备不足|新招聘护理员6名；培训24人次|已完成|',
    '|2|消防设施老化|更换灭火器45具|正在整改|',
  ].join('\n');
  const parsed = readNotice(await decodeNotice(Buffer.from(text), 'notice.txt'));
  const findings = parsed.sections.flatMap(section => section.findings);
  expect(findings.map(({ title, status, measures }) => [title, status, measures.length])).toEqual([
    ['护理人员配备不足', 'done', 2],
    ['消防设施老化', 'in-progress', 1],
  ]);
});
