import { SaxesParser } from 'saxes';
import { type Text, text } from '../../model/text.js';
import { openZip, unpack, type ZipEntry } from '../../stores/excel/zip-read.js';
import { StoreError } from '../../stores/store.js';
import { placeholders } from './placeholders.js';

/** A template is a few pages; ten times that is something else. Unpacked it may be five times as much. */
const largest = 20 * 1024 * 1024;
const largestUnpacked = 100 * 1024 * 1024;

/** What every notice tells: said when a template does not ask for it. */
const usual: ReadonlySet<string> = new Set([
  '单位',
  '标题',
  '开头',
  '组织情况',
  '总体情况',
  '问题内容',
  '整改进展',
  '整改结果',
  '下一步',
  '署名',
  '成文日期',
]);

/**
 * Looks a template over before anything is put into it: a file that Word can open, without macros, whose braces are those
 * of placeholders.
 * @returns the usual placeholders that it does not ask for
 * @throws StoreError (exit 2) with what to do
 */
export async function checkTemplate(template: Buffer, name: string): Promise<readonly string[]> {
  const { parts, names } = await partsOf(template, name);
  if (names.some(part => /vbaProject|vbaData/iu.test(part)) || parts.some(part => /macroEnabled/u.test(part.xml)))
    throw refusal(
      name,
      '带有宏，通报不能带宏。请用 Word 或 WPS 打开，另存为不启用宏的 .docx',
      'holds macros; a notice must not. Save it in Word or WPS as a .docx without macros',
    );
  const written: string[] = [];
  for (const { part, xml } of parts) {
    const words = wordsOf(xml);
    if (words === undefined)
      throw refusal(
        name,
        `的 ${part} 已损坏，填好了 Word 也打不开。请用 Word 或 WPS 打开并另存，或改用随附模板`,
        `is damaged in ${part}: Word could not open what comes of it. Open and save it in Word or WPS, or use the shipped one`,
      );
    written.push(...words);
  }
  for (const words of written) {
    const wide = /[｛{]\s*([#/]?)\s*([^｛｝{}]{1,12}?)\s*[｝}]/gu;
    for (const [all, sign = '', inner = ''] of words.matchAll(wide)) {
      if (!/[｛｝]/u.test(all) || !placeholders.some(one => one.name === inner)) continue;
      throw refusal(
        name,
        `里的 ${all} 用了全角花括号，不会被替换。请改成半角的 {${sign}${inner}}`,
        `has ${all} in full-width braces, which is no placeholder. Write {${sign}${inner}}`,
      );
    }
  }
  const asked = written.join('\n');
  return [...usual].filter(one => !asked.includes(`{${one}}`) && !asked.includes(`{#${one}}`));
}

function refusal(name: string, zh: string, en: string, cause?: unknown): StoreError {
  return new StoreError(2, 'template', text(`模板 ${name} ${zh}`, `The template ${name} ${en}`), { cause });
}

export function noWordDocument(name: string): Text {
  return text(
    `模板 ${name} 不是能读的 Word 文档（.docx）。请用 Word 或 WPS 打开它，另存为 .docx 再试`,
    `The template ${name} is no Word document (.docx) that can be read. Open it in Word or WPS and save it as .docx`,
  );
}

type Part = { readonly part: string; readonly xml: string };

/** The content types and the parts with text. */
async function partsOf(
  template: Buffer,
  name: string,
): Promise<{ readonly parts: readonly Part[]; readonly names: readonly string[] }> {
  try {
    const { entries } = template.length > largest ? { entries: [] } : await openZip(template, name);
    const unpacked = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (template.length > largest || unpacked > largestUnpacked)
      throw refusal(
        name,
        '太大，不像通报模板。请删去其中的图片等内容，或改用随附模板',
        'is too large for a template. Take pictures out of it, or use the shipped one',
      );
    const read = entries.filter(({ name: part }) => /^\[Content_Types\]\.xml$|^word\/[^/]+\.xml$/u.test(part));
    if (!read.some(entry => entry.name === 'word/document.xml')) throw new Error('no document');
    return { parts: read.map(entry => partOf(entry, name)), names: entries.map(entry => entry.name) };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'template') throw error;
    if (error instanceof StoreError && error.code === 'zip-bomb')
      throw refusal(
        name,
        '解压后大得不像模板，没有打开。请改用随附模板',
        'unpacks to far more than a template holds and was not opened. Use the shipped one',
        error,
      );
    throw new StoreError(2, 'template', noWordDocument(name), { cause: error });
  }
}

function partOf(entry: ZipEntry, name: string): Part {
  return { part: entry.name, xml: unpack(entry, name).toString('utf8') };
}

/** The text of each paragraph; undefined where the part is no well-formed XML, or has a DTD. */
function wordsOf(xml: string): readonly string[] | undefined {
  const paragraphs: string[] = [];
  let open: string | undefined;
  let inText = false;
  let sound = true;
  const parser = new SaxesParser({ xmlns: false });
  parser.on('doctype', () => {
    sound = false;
  });
  parser.on('error', () => {
    sound = false;
  });
  parser.on('opentag', ({ name }) => {
    if (name === 'w:p') open = '';
    inText = name === 'w:t';
  });
  parser.on('text', words => {
    if (inText && open !== undefined) open += words;
  });
  parser.on('closetag', ({ name }) => {
    inText = false;
    if (name !== 'w:p' || open === undefined) return;
    paragraphs.push(open);
    open = undefined;
  });
  parser.write(xml.replace(/^\uFEFF/u, '')).close();
  return sound ? paragraphs : undefined;
}
