import { readFileSync } from 'node:fs';
import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/notice/decode.js';
import {
  checkTemplate,
  fileOf,
  fillTemplate,
  markDraft,
  noticeContent,
  noticeLines,
  placeholders,
  templateFields,
} from '../../src/notice/write/index.js';
import { noticeTemplate } from '../../src/notice/write/template.js';
import { StoreError } from '../../src/stores/store.js';
import { examined } from '../support/workbook.js';
import { soundLedger } from './support/sample.js';

const content = noticeContent(examined(soundLedger), 'public');
const shipped = readFileSync(new URL('../../templates/notice.docx', import.meta.url));

/** The shipped template as an office would have changed it. */
function edited(change: (xml: string) => string): Buffer {
  const zip = new PizZip(shipped);
  zip.file('word/document.xml', change(zip.file('word/document.xml')?.asText() ?? ''));
  return zip.generate({ type: 'nodebuffer' });
}

async function textOf(template: Buffer): Promise<string[]> {
  const bytes = fileOf(fillTemplate(template, '模板.docx', templateFields(content)));
  return (await decodeNotice(bytes, '通报.docx')).lines.map(line => line.text);
}

function refusalOf(template: Buffer): string {
  try {
    fillTemplate(template, '模板.docx', templateFields(content));
  } catch (error) {
    if (error instanceof StoreError) return `${error.exit} ${error.text.zh}`;
    throw error;
  }
  return 'filled';
}

describe('the shipped template', () => {
  it('is the one that the program makes', () => {
    const parts = (bytes: Buffer) => Object.values(new PizZip(bytes).files).map(file => [file.name, file.asText()]);
    expect(parts(shipped)).toEqual(parts(noticeTemplate()));
  });

  it('asks for documented placeholders only, and names no person', () => {
    const xml = new PizZip(shipped).file('word/document.xml')?.asText() ?? '';
    const used = [...xml.matchAll(/\{[#/]?([^{}]+)\}/g)].map(match => match[1] ?? '');
    const known = new Set<string>(placeholders.map(one => one.name));
    expect(used.filter(name => !known.has(name))).toEqual([]);
    expect(used).not.toContain('责任领导');
    expect(used).not.toContain('责任人');
  });

  it('gives the notice as it was composed, closed by the unit and the day', async () => {
    const lines = await textOf(shipped);
    const wanted = noticeLines(content);
    expect(lines.slice(0, wanted.length)).toEqual(wanted);
    expect(lines.slice(wanted.length).map(line => line.trim())).toEqual([
      '欢迎广大干部群众对整改落实情况进行监督。如有意见建议，请及时向我们反映。',
      '甲市乙局党组',
      '2023年10月30日',
    ]);
  });

  it('is filled to the same bytes each time', () => {
    const once = () => fileOf(fillTemplate(shipped, '模板.docx', templateFields(content)));
    expect(once().equals(once())).toBe(true);
  });
});

describe('a template that the office has changed', () => {
  it('prints persons where it asks for them', async () => {
    const lines = await textOf(
      edited(xml =>
        xml.replace(
          '整改结果：{整改结果}。',
          '整改结果：{整改结果}。责任领导：{责任领导}；{责任部门}；{责任人}；{整改时限}',
        ),
      ),
    );
    expect(lines).toContain('整改结果：整改中。责任领导：李某；计财股；赵某；2023-12-31');
  });

  it('prints its own contact line where that of the template stood', async () => {
    const lines = await textOf(
      edited(xml =>
        xml.replace('{#联系方式}', '').replace('{/联系方式}', '').replace('联系方式：', '联系方式：甲市某路1号'),
      ),
    );
    expect(lines).toContain('联系方式：甲市某路1号');
  });

  it('may leave out what it does not want', async () => {
    const lines = await textOf(edited(xml => xml.replace('{总体情况}', '')));
    expect(lines.join('')).not.toContain('截至');
  });

  it('takes a placeholder that Word has torn into runs', async () => {
    const torn = '{单</w:t></w:r><w:r><w:t>位}';
    expect((await textOf(edited(xml => xml.replace('{单位}', torn))))[0]).toBe('甲市乙局党组');
  });

  it.each([
    [
      'an unknown one, with the one that was meant',
      '{成文日期}',
      '{成文日其}',
      '2 模板 模板.docx 里的占位符 {成文日其} 不存在，是不是想写 {成文日期}。',
    ],
    ['an unknown block, which would vanish with all its text', '{#下一步}', '{#下步}', '{#下步}'],
    [
      'one outside its block',
      '{总体情况}',
      '{整改结果}',
      '2 模板 模板.docx 里的 {整改结果} 只能写在 {#问题} 和 {/问题} 之间',
    ],
    ['a block that is not closed', '{/组织情况}', '', '{#组织情况} 没有结束，缺 {/组织情况}'],
    ['a block that is not opened', '{#组织情况}', '', '有 {/组织情况}，却没有与它配对的 {#组织情况}'],
    ['braces that do not pair', '{单位}', '{单位', '“单位'],
  ])('%s is said in one sentence', (_, wanted, written, sentence) => {
    const refusal = refusalOf(edited(xml => xml.replace(wanted, written)));
    expect(refusal).toMatch(/^2 模板 模板\.docx /);
    expect(refusal).toContain(sentence);
    expect(refusal).not.toMatch(/\n|Error|undefined/);
  });

  it.each([
    ['no zip at all', Buffer.from('not a document')],
    ['an empty file', Buffer.alloc(0)],
    ['a zip that is no Word document', new PizZip().file('a.txt', 'a').generate({ type: 'nodebuffer' })],
  ])('%s is said in one sentence', (_, bytes) => {
    expect(refusalOf(bytes)).toMatch(/^2 模板 模板\.docx 不是能读的 Word 文档/);
  });
});

describe('a template is looked over before anything is put into it', () => {
  const refused = async (template: Buffer) => {
    try {
      return (await checkTemplate(template, '模板.docx')).join('、');
    } catch (error) {
      if (error instanceof StoreError) return `${error.exit} ${error.text.zh}`;
      throw error;
    }
  };
  const withPart = (name: string, content: string) => {
    const zip = new PizZip(shipped);
    zip.file(name, content);
    return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
  };

  it('the shipped one is sound and asks for everything that is usual', async () => {
    expect(await refused(shipped)).toBe('');
  });

  it.each([
    ['macros', withPart('word/vbaProject.bin', 'x'), '带有宏'],
    ['a document that lost its end', edited(xml => xml.replace('</w:body>', '')), '的 word/document.xml 已损坏'],
    ['a footer that lost its end', withPart('word/footer1.xml', '<w:ftr xmlns:w="w">'), '的 word/footer1.xml 已损坏'],
    ['a DTD', edited(xml => xml.replace('<w:document', '<!DOCTYPE w:document><w:document')), '已损坏'],
    [
      'braces of a Chinese keyboard',
      edited(xml => xml.replace('{单位}', '｛单位｝')),
      '｛单位｝ 用了全角花括号，不会被替换。请改成半角的 {单位}',
    ],
    ['half of them', edited(xml => xml.replace('{#问题}', '{#问题｝')), '{#问题｝ 用了全角花括号'],
    ['text', Buffer.from('not a document'), '不是能读的 Word 文档'],
    ['nothing', Buffer.alloc(0), '不是能读的 Word 文档'],
    ['no document', new PizZip().file('a.txt', 'a').generate({ type: 'nodebuffer' }), '不是能读的 Word 文档'],
    ['one part that unpacks to 200 MB', withPart('word/media/a.bin', '0'.repeat(200 * 1024 * 1024)), '大得不像模板'],
  ])('%s', async (_, template, sentence) => {
    const said = await refused(template);
    expect(said).toMatch(/^2 模板 模板\.docx /u);
    expect(said).toContain(sentence);
  });

  it('what it leaves out is named, and is its own business', async () => {
    expect(await refused(edited(xml => xml.replace('{总体情况}', '').replace('{署名}', '')))).toBe('总体情况、署名');
  });
});

describe('a text of the ledger stays a text', () => {
  it('braces, markup and control characters in a cell change nothing around them', async () => {
    const words = '{单位}<w:p/>&amp;\u0007{#问题}';
    const hostile = noticeContent(examined(soundLedger.replace('清退违规补贴', words)), 'public');
    const bytes = fileOf(fillTemplate(shipped, '模板.docx', templateFields(hostile)));
    const lines = (await decodeNotice(bytes, '通报.docx')).lines.map(line => line.text);
    expect(lines).toContain('整改措施：{单位}<w:p/>&amp，{#问题}。');
    expect(lines).toHaveLength(noticeLines(hostile).length + 3);
  });
});

describe('a draft', () => {
  it('is marked in every header of every section, whatever headers the template has', () => {
    const own = '<w:sectPr><w:headerReference w:type="first" r:id="rId9"/><w:titlePg/></w:sectPr>';
    const zip = fillTemplate(
      edited(xml => xml.replace('</w:pPr>', `${own}</w:pPr>`)),
      '模板.docx',
      templateFields(content),
    );
    markDraft(zip);
    const xml = zip.file('word/document.xml')?.asText() ?? '';
    const sections = xml.match(/<w:sectPr\b[\s\S]*?<\/w:sectPr>/g) ?? [];
    expect(sections).toHaveLength(2);
    for (const section of sections) {
      expect(section.match(/<w:headerReference [^>]*>/g)).toEqual([
        '<w:headerReference w:type="default" r:id="rIdLedgerDraft"/>',
        '<w:headerReference w:type="even" r:id="rIdLedgerDraft"/>',
        '<w:headerReference w:type="first" r:id="rIdLedgerDraft"/>',
      ]);
    }
    expect(zip.file('word/ledger-draft.xml')?.asText()).toContain('草稿');
    expect(zip.file('[Content_Types].xml')?.asText()).toContain('/word/ledger-draft.xml');
  });

  it.each([
    ['a document that names no section', (xml: string) => xml.replace(/<w:sectPr>[\s\S]*<\/w:sectPr>/, '')],
    [
      'a section with a tracked change',
      (xml: string) =>
        xml.replace(
          '<w:pgSz',
          '<w:pgSz/><w:sectPrChange w:id="1"><w:sectPr><w:pgSz/></w:sectPr></w:sectPrChange><w:pgSz',
        ),
    ],
  ])('so is %s', (_, change) => {
    const zip = fillTemplate(edited(change), '模板.docx', templateFields(content));
    markDraft(zip);
    const xml = zip.file('word/document.xml')?.asText() ?? '';
    expect(xml.match(/<w:sectPr\b/g)).toHaveLength(1);
    expect(xml.match(/<w:headerReference /g)).toHaveLength(3);
  });
});
