import { text } from '../model/text.js';
import { StoreError } from '../stores/store.js';

/** 20 MB: no notice comes near it. */
export const largestNotice = 20 * 1024 * 1024;

/** Each thing that is no readable notice has its own sentence with what to do. */
export function refusal(code: keyof typeof sentences, name: string): StoreError {
  const { exit, zh, en } = sentences[code];
  return new StoreError(exit, code, text(`${name}：${zh}`, `${name}: ${en}`));
}

const sentences = {
  'notice-empty': {
    exit: 2,
    zh: '文件是空的，没有可读的文字。请确认选对了文件。',
    en: 'the file is empty. Check that it is the right file.',
  },
  'notice-too-large': {
    exit: 2,
    zh: '文件超过 20 MB，不像一份通报。请另存为不含图片的 .docx 或 .txt 后再试。',
    en: 'the file is over 20 MB, too large for a notice. Save it without pictures as .docx or .txt.',
  },
  'notice-binary': {
    exit: 2,
    zh: '这不是文字文件（内容是二进制数据）。请用 .docx、.txt、.md 或 .html。',
    en: 'this is not a text file but binary data. Use .docx, .txt, .md or .html.',
  },
  'notice-not-utf8': {
    exit: 2,
    zh: '文字编码无法识别（不是 UTF-8、UTF-16 或 GB18030）。请用记事本打开，另存为 UTF-8 后再试。',
    en: 'the encoding is not UTF-8, UTF-16 or GB18030. Open it in an editor and save it as UTF-8.',
  },
  'notice-old-word': {
    exit: 2,
    zh: '这是旧版 .doc 文件或加了密码的文档。请用 Word 或 WPS 打开，另存为不加密的 .docx 后再试。',
    en: 'this is an old .doc file or an encrypted document. Open it in Word or WPS and save it as .docx without a password.',
  },
  'notice-pdf': {
    exit: 2,
    zh: '这是 PDF。请用原始的 .docx；没有原件时，用 Word 或 WPS 打开 PDF 另存为 .docx 再试。',
    en: 'this is a PDF. Use the original .docx, or open the PDF in Word or WPS and save it as .docx.',
  },
  'notice-rtf': {
    exit: 2,
    zh: '这是 RTF 文件。请用 Word 或 WPS 打开，另存为 .docx 后再试。',
    en: 'this is an RTF file. Open it in Word or WPS and save it as .docx.',
  },
  'notice-workbook': {
    exit: 2,
    zh: '这是 Excel 工作簿，不是通报。校验台账请用 ledger check。',
    en: 'this is an Excel workbook, not a notice. To check a ledger use ledger check.',
  },
  'notice-not-word': {
    exit: 2,
    zh: '这是压缩包，但里面没有 Word 正文。请用 .docx、.txt、.md 或 .html。',
    en: 'this is an archive without a Word document in it. Use .docx, .txt, .md or .html.',
  },
  'notice-damaged': {
    exit: 4,
    zh: '文档已损坏，读不出来。请用 Word 或 WPS 打开并修复，另存后再试。',
    en: 'the document is damaged and cannot be read. Open and repair it in Word or WPS, then save it again.',
  },
  'notice-not-a-notice': {
    exit: 2,
    zh: '没有在文中找到巡察（巡视、审计）反馈的问题及整改情况。请确认这是整改通报或反馈意见。',
    en: 'no findings of an inspection were found in the text. Check that it is a rectification notice or a feedback document (in Chinese).',
  },
  'notice-not-chinese': {
    exit: 2,
    zh: '全文几乎没有中文。目前只能读中文的整改通报或反馈意见。',
    en: 'the text is hardly Chinese. Only rectification notices and feedback documents in Chinese can be read.',
  },
} as const satisfies Record<string, { exit: 2 | 4; zh: string; en: string }>;

/**
 * @throws StoreError (exit 2) when nothing that was read looks like a finding.
 */
export function demandNotice(parsed: { readonly sections: readonly unknown[] }, name: string): void {
  if (parsed.sections.length === 0) throw refusal('notice-not-a-notice', name);
}
