import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { docxOf, packed, paragraph, run, secondRun, styleIds } from './docx-package.js';
import type { PlaceholderName } from './placeholders.js';

const { title, body, first, second, signature } = styleIds;

function tag(name: PlaceholderName): string {
  return `{${name}}`;
}

/** A block's marks stand in paragraphs of their own, which vanish. */
function block(name: PlaceholderName, content: string): string {
  return `${paragraph(body, run(`{#${name}}`))}${content}${paragraph(body, run(`{/${name}}`))}`;
}

function line(style: string, ...parts: readonly string[]): string {
  return paragraph(style, parts.map(part => (part.startsWith('<') ? part : run(part))).join(''));
}

/** Stays on the page of what follows: a signature does not stand on a page without text. */
function kept(style: string, content: string): string {
  return paragraph(style, content, '<w:keepNext/>');
}

/** Name and day are centred on one axis by the tab stop of their style. */
const toAxis = '<w:r><w:tab/></w:r>';

const nothing = paragraph(body, '');

const text = [
  nothing,
  line(title, tag('单位')),
  line(title, tag('标题')),
  nothing,
  line(body, tag('开头')),
  line(first, '一、组织整改落实情况'),
  block('组织情况', line(body, run(tag('小标题'), secondRun), tag('正文'))),
  line(body, tag('总体情况')),
  block(
    '部分',
    [
      line(first, tag('部分标题')),
      block(
        '方面',
        [
          block('方面标题', line(second, tag('方面名称'))),
          block(
            '问题',
            [
              line(body, `${tag('编号')}.${tag('问题内容')}`),
              block('措施', line(body, `整改措施：${tag('整改措施')}`)),
              block('进展', line(body, `整改进展情况：${tag('整改进展')}`)),
              line(body, `整改结果：${tag('整改结果')}。`),
            ].join(''),
          ),
        ].join(''),
      ),
    ].join(''),
  ),
  line(first, tag('下一步标题')),
  block('下一步', line(body, run(tag('安排标题'), secondRun), tag('安排'))),
  kept(body, run('欢迎广大干部群众对整改落实情况进行监督。如有意见建议，请及时向我们反映。')),
  block('联系方式', line(body, '联系方式：')),
  kept(body, ''),
  kept(signature, `${toAxis}${run(tag('署名'))}`),
  line(signature, toAxis, tag('成文日期')),
].join('');

/** The shipped template, which the office may edit in Word or WPS. */
export function noticeTemplate(): Buffer {
  return packed(docxOf({ title: '巡察整改进展情况通报', body: text, pageNumbers: true }));
}

/** Makes templates/notice.docx anew. */
export function writeNoticeTemplate(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, noticeTemplate());
}
