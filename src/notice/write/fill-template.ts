import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';
import { z } from 'zod';
import { nearest } from '../../model/nearest.js';
import { type Text, text } from '../../model/text.js';
import { StoreError } from '../../stores/store.js';
import { noWordDocument } from './check-template.js';
import { makeRoomForSignature, packed } from './docx-package.js';
import { type Placeholder, placeholders } from './placeholders.js';
import type { Fields } from './template-fields.js';

/**
 * Puts the fields into a template that has been looked over (checkTemplate).
 * @param name how the template is called in a sentence about it
 * @throws StoreError (exit 2) that names the placeholder when the template has one that does not exist, is not closed, or
 * stands where it says nothing
 */
export function fillTemplate(template: Buffer, name: string, fields: Fields): PizZip {
  const zip = openTemplate(template, name);
  const found: Tag[] = [];
  try {
    const filled = new Docxtemplater(zip, {
      modules: [{ name: 'placeholders', set: (told: unknown) => found.push(...tagsTold(told)) }],
      paragraphLoop: true,
      stripInvalidXMLChars: true,
      errorLogging: false,
    });
    // Looked for before anything is filled in: an unknown block would vanish with all its text, and nobody would notice.
    const stray = strayTag(found, []);
    if (stray !== undefined) throw new StoreError(2, 'template', strayPlaceholder(name, stray));
    filled.render(fields);
    makeRoomForSignature(zip, typeof fields.署名 === 'string' ? fields.署名 : '');
    return zip;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(2, 'template', whatIsWrong(name, error), { cause: error });
  }
}

/** The bytes of a filled template. */
export function fileOf(zip: PizZip): Buffer {
  return packed(zip);
}

function openTemplate(template: Buffer, name: string): PizZip {
  const refuse = (cause?: unknown) => new StoreError(2, 'template', noWordDocument(name), { cause });
  try {
    const zip = new PizZip(template);
    if (zip.file('word/document.xml') === null) throw refuse();
    return zip;
  } catch (error) {
    throw error instanceof StoreError ? error : refuse(error);
  }
}

/** What docxtemplater says is wrong: one error, or several under `errors`. */
const problem = z.object({
  properties: z.object({
    id: z.string().optional(),
    xtag: z.string().optional(),
    openingtag: z.string().optional(),
    closingtag: z.string().optional(),
  }),
});
const problems = z.object({ properties: z.object({ errors: z.array(problem) }) });

function whatIsWrong(name: string, error: unknown): Text {
  const several = problems.safeParse(error);
  const single = problem.safeParse(error);
  const first = several.success ? several.data.properties.errors[0] : single.success ? single.data : undefined;
  const { id = '', xtag = '', openingtag, closingtag } = first?.properties ?? {};
  const tag = clean(xtag);
  switch (id) {
    case 'unopened_loop':
      return text(
        `模板 ${name} 里有 {/${tag}}，却没有与它配对的 {#${tag}}。请补上，或删去 {/${tag}}`,
        `The template ${name} has {/${tag}} without {#${tag}}. Add it, or take {/${tag}} out`,
      );
    case 'unclosed_loop':
      return text(
        `模板 ${name} 里的 {#${tag}} 没有结束，缺 {/${tag}}。请在这一段的后面补上`,
        `In the template ${name} {#${tag}} is not closed by {/${tag}}. Add it after the block`,
      );
    case 'closing_tag_does_not_match_opening_tag': {
      const [open, close] = [clean(openingtag ?? ''), clean(closingtag ?? '')];
      return text(
        `模板 ${name} 里的 {#${open}} 碰上了 {/${close}}：要先写 {/${open}}。请把两者的先后改对`,
        `In the template ${name} {#${open}} meets {/${close}}; {/${open}} must come first. Put them in order`,
      );
    }
    case 'unclosed_tag':
    case 'unopened_tag':
    case 'duplicate_open_tag':
    case 'duplicate_close_tag':
      return text(
        `模板 ${name} 里“${tag}”处的花括号不成对。占位符要写成 {单位} 这样，一个左括号配一个右括号`,
        `In the template ${name} the braces at “${tag}” do not pair. A placeholder is written {单位}`,
      );
    default:
      return text(
        `模板 ${name} 填不进去${tag === '' ? '' : `，问题出在“${tag}”`}。请对照随附的 notice.docx 检查这一处，或改用随附模板`,
        `The template ${name} cannot be filled${tag === '' ? '' : `; the trouble is at “${tag}”`}. Compare it with the shipped notice.docx`,
      );
  }
}

type Tag = { readonly type: string; readonly value?: unknown; readonly subparsed?: readonly Tag[] | undefined };
const tagSchema: z.ZodType<Tag> = z.object({
  type: z.string(),
  value: z.unknown(),
  subparsed: z.lazy(() => z.array(tagSchema)).optional(),
});
/** What docxtemplater tells its modules of each part of the file once it has read it. */
const told = z.object({ inspect: z.object({ postparsed: z.array(tagSchema) }) });

function tagsTold(of: unknown): readonly Tag[] {
  const read = told.safeParse(of);
  return read.success ? read.data.inspect.postparsed : [];
}

/** The first tag that is no placeholder, or stands outside the block that it belongs to. */
function strayTag(tags: readonly Tag[], blocks: readonly string[]): string | undefined {
  for (const { type, value, subparsed } of tags) {
    if (type !== 'placeholder' || typeof value !== 'string') continue;
    const spec: Placeholder | undefined = placeholders.find(one => one.name === value);
    if (spec === undefined || (spec.within !== undefined && !blocks.includes(spec.within))) return value;
    const stray = strayTag(subparsed ?? [], [...blocks, value]);
    if (stray !== undefined) return stray;
  }
  return undefined;
}

function strayPlaceholder(name: string, written: string): Text {
  const tag = clean(written);
  const spec: Placeholder | undefined = placeholders.find(one => one.name === tag);
  if (spec?.within !== undefined) {
    return text(
      `模板 ${name} 里的 {${tag}} 只能写在 {#${spec.within}} 和 {/${spec.within}} 之间`,
      `In the template ${name} {${tag}} must stand between {#${spec.within}} and {/${spec.within}}`,
    );
  }
  const near = nearest(
    tag,
    placeholders.map(one => one.name),
  );
  return text(
    `模板 ${name} 里的占位符 {${tag}} 不存在${near === undefined ? '' : `，是不是想写 {${near}}`}。能用的占位符见说明里的“通报模板”`,
    `The template ${name} has {${tag}}, which is no placeholder${near === undefined ? '' : `; did you mean {${near}}`}? The manual lists them`,
  );
}

function clean(tag: string): string {
  const letters = [...tag.replace(/\s+/gu, ' ').trim()];
  return letters.length <= 24 ? letters.join('') : `${letters.slice(0, 24).join('')}…`;
}
