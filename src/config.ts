import { basename } from 'node:path';
import { z } from 'zod';
import { CONFIG_NAME } from './config/find.js';
import { findJsonError } from './config/json-error.js';
import { type NamedKind, readNamedFile } from './files/named-file.js';
import { nearest } from './model/nearest.js';
import { type Text, text } from './model/text.js';
import { facts } from './sheets/facts.js';
import { StoreError } from './stores/store.js';

/** What is blanked out in what leaves the house. */
export const maskKinds = ['mobile', 'id-number', 'bank-card', 'mailbox'] as const;
export type MaskKind = (typeof maskKinds)[number];

const checkLevel = z.enum(['error', 'warning', 'info', 'off']);
const filled = z.string().min(1);

const mirrorSchema = z
  .strictObject({
    to: filled.optional().describe('共享表的位置：google:<表格 ID 或网址>，或 .xlsx 路径 · where the shared sheet is'),
    columns: z
      .array(filled)
      .min(1)
      .optional()
      .describe('允许共享的栏（栏名），必须写明 · columns that may be shared, by header or key; must be said'),
    rows: z
      .enum(['public', 'all'])
      .optional()
      .describe(
        '共享哪些行：只共享社会公开的，还是全部；必须写明 · which rows may be shared: public ones only, or all; must be said',
      ),
    mask: z
      .union([z.enum(['all', 'none']), z.array(z.enum(maskKinds))])
      .optional()
      .describe('共享前遮盖的个人信息 · private data to blank out before it travels')
      .meta({ default: 'all' }),
    reviewers: z.array(z.email()).optional().describe('审核人员的邮箱（可填审核栏） · accounts of the reviewers'),
    readers: z.array(z.email()).optional().describe('只能查看的人的邮箱 · accounts that may only look'),
    publish: z
      .enum(['always', 'when-clean'])
      .optional()
      .describe('每次都更新，还是没有必须改的才更新 · update at every sync, or only while no error stands')
      .meta({ default: 'always' }),
    approvedBy: filled
      .optional()
      .describe('批准共享的人；用 Google 表格时必须写明 · who approved the sharing; needed for Google'),
    approvedOn: z.iso
      .date()
      .optional()
      .describe('批准日期；用 Google 表格时必须写明 · day of the approval; needed for Google'),
  })
  .describe('共享表 · the mirror');

const googleSchema = z
  .strictObject({
    auth: z
      .enum(['service-account', 'oauth'])
      .optional()
      .describe('登录方式：服务账号，还是本人账号 · how to sign in: a service account, or yourself')
      .meta({ default: 'service-account' }),
    keyFile: filled.optional().describe('服务账号密钥文件的路径 · path of the key file'),
    apiRoot: z
      .string()
      .refine(isAllowedApiRoot)
      .optional()
      .describe('Google 接口的其他地址（https；http 仅限本机） · another host for the Google API'),
  })
  .describe('Google 表格 · Google Sheets');

const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('本文件格式说明的位置 · where the schema of this file lies'),
    source: filled.optional().describe('台账的路径，或 google:<表格 ID> · path of the ledger, or google:<id>'),
    mapping: filled
      .optional()
      .describe('映射文件的路径，或随附映射的名称 · path of a mapping, or the name of a shipped one'),
    facts: z
      .partialRecord(z.enum(facts.map(fact => fact.key)), z.string())
      .optional()
      .describe('没有“基本信息”表时由这里给出 · facts for a workbook without 基本信息'),
    mirror: mirrorSchema.optional(),
    checks: z
      .record(z.string(), checkLevel)
      .optional()
      .describe('调整某条提示的级别，或不要它 · level of a check by its id, or no check'),
    evidenceRoot: filled.optional().describe('佐证材料所在的文件夹 · folder of the evidence'),
    asOf: z.iso.date().optional().describe('按哪一天计算逾期 · day as of which deadlines are computed'),
    google: googleSchema.optional(),
    backups: z.int().min(1).max(1000).optional().describe('保留几份备份 · backups to keep').meta({ default: 20 }),
    lang: z.enum(['zh', 'en']).optional().describe('界面语言 · language of messages'),
  })
  .describe('巡察整改台账的设置 · settings of a rectification ledger');

/** What a person wrote, in the config or as flags; everything may be absent. See `Settings` for what comes of it. */
export type Config = z.output<typeof configSchema>;

/**
 * Reads a config.
 * @param checkIds ids of all checks, to catch a mistyped one
 * @throws StoreError (exit 2, code `config`): every mistake in a sentence of its own, the first line first; exit 4 when the
 * file cannot be read.
 */
export function readConfig(path: string, checkIds: readonly string[]): Config {
  return parseConfig(readUtf8(path), basename(path), checkIds);
}

/** The same for a text. `name` is how the messages call it. */
export function parseConfig(content: string, name: string, checkIds: readonly string[]): Config {
  // Notepad puts a byte order mark in front.
  const source = content.replace(/^\uFEFF/, '');
  const fault = findJsonError(source);
  if (fault !== undefined) {
    const { line, column, problem } = fault;
    throw mistaken([
      text(
        `${name} 第 ${line} 行第 ${column} 个字符处有误：${problem.zh}。`,
        `${name}, line ${line}, column ${column}: ${problem.en}.`,
      ),
    ]);
  }
  return checkConfig(JSON.parse(source), name, checkIds);
}

/** The same for a value (flags given on the command line, put together by the command). */
export function checkConfig(value: unknown, name: string, checkIds: readonly string[]): Config {
  const parsed = configSchema.safeParse(value);
  const sentences = parsed.success ? [] : parsed.error.issues.flatMap(issue => sentencesFor(issue, value, name));
  const levels = parsed.success ? (parsed.data.checks ?? {}) : {};
  for (const id of Object.keys(levels)) {
    if (!checkIds.includes(id)) sentences.push(unknownKey(name, 'checks', id, checkIds));
  }
  if (!parsed.success || sentences.length > 0) throw mistaken(sentences);
  return parsed.data;
}

/** The JSON Schema that ships as `templates/ledger.config.schema.json`. */
export function configJsonSchema(): unknown {
  return { title: CONFIG_NAME, ...z.toJSONSchema(configSchema, { io: 'input' }) };
}

/** https anywhere; plain http on this machine only, since a token travels with every call. */
export function isAllowedApiRoot(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

const configFile: NamedKind = { code: 'config', name: text('配置文件', 'config'), most: 4 };

function readUtf8(path: string): string {
  const bytes = readNamedFile(path, configFile);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw mistaken([
      text(
        `${basename(path)} 不是 UTF-8 编码。请在记事本中“另存为”，编码选“UTF-8”。`,
        `${basename(path)} is not in UTF-8. Save it again with the encoding UTF-8.`,
      ),
    ]);
  }
}

function mistaken(sentences: readonly Text[]): StoreError {
  const join = (lang: keyof Text) => sentences.map(sentence => sentence[lang]).join('\n');
  return new StoreError(2, 'config', text(join('zh'), join('en')));
}

type Issue = z.core.$ZodIssue;

function sentencesFor(issue: Issue, value: unknown, name: string): Text[] {
  const where = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => unknownKey(name, where, key, keysAt(issue.path)));
  }
  if (issue.code === 'invalid_key') {
    const key = String(issue.path.at(-1));
    return [unknownKey(name, pathText(issue.path.slice(0, -1)), key, keysAt(issue.path.slice(0, -1)))];
  }
  const found = valueAt(value, issue.path);
  const expected = expectation(issue);
  const meant = typeof found === 'string' ? nearest(found, choices(issue)) : undefined;
  const hint = meant === undefined ? text('', '') : text(`您是否想写“${meant}”？`, ` Did you mean "${meant}"?`);
  const shown = JSON.stringify(found) ?? 'undefined';
  const at = where === '' ? text('整个文件', 'the whole file') : text(`“${where}”`, `"${where}"`);
  return [
    text(
      `${name} 里的${at.zh}应为${spaced(expected.zh)}，写的是 ${shown}。${hint.zh}`,
      `${name}: ${at.en} should be ${expected.en}, found ${shown}.${hint.en}`,
    ),
  ];
}

function unknownKey(name: string, where: string, key: string, known: readonly string[]): Text {
  const full = where === '' ? key : `${where}.${key}`;
  const meant = nearest(key, known);
  return meant === undefined
    ? text(
        `${name} 里的“${full}”不是可用的设置。可用的有：${known.join('、')}。`,
        `${name}: there is no setting "${full}". There are: ${known.join(', ')}.`,
      )
    : text(
        `${name} 里的“${full}”不是可用的设置，您是否想写“${meant}”？`,
        `${name}: there is no setting "${full}". Did you mean "${meant}"?`,
      );
}

function keysAt(path: readonly PropertyKey[]): readonly string[] {
  switch (path[0]) {
    case undefined:
      return Object.keys(configSchema.shape);
    case 'mirror':
      return Object.keys(mirrorSchema.shape);
    case 'google':
      return Object.keys(googleSchema.shape);
    case 'facts':
      return facts.map(fact => fact.key);
    default:
      return [];
  }
}

function expectation(issue: Issue): Text {
  const options = choices(issue);
  if (options.length > 0) {
    const list = issue.code === 'invalid_union';
    return text(
      `${options.join('、')} 之一${list ? '，或其中几个的列表' : ''}`,
      `one of ${options.join(', ')}${list ? ', or a list of some' : ''}`,
    );
  }
  switch (issue.code) {
    case 'invalid_type':
      return typeText(issue.expected);
    case 'invalid_format':
      return issue.format === 'email'
        ? text('邮箱地址', 'a mail address')
        : text('日期，如 2023-10-30', 'a date such as 2023-10-30');
    case 'too_small':
    case 'too_big':
      return issue.origin === 'int' || issue.origin === 'number'
        ? text('1 到 1000 的整数', 'a whole number from 1 to 1000')
        : text('不留空的内容', 'something, not blank');
    default:
      return text('https 网址（http 仅限本机 127.0.0.1）', 'an https address (http on 127.0.0.1 only)');
  }
}

/** A space between Chinese and what begins with a Latin letter or digit. */
function spaced(words: string): string {
  return /^[\x21-\x7e]/.test(words) ? ` ${words}` : words;
}

function typeText(expected: string): Text {
  switch (expected) {
    case 'string':
      return text('用双引号括起的文字', 'text in double quotes');
    case 'array':
      return text('列表 […]', 'a list […]');
    case 'object':
    case 'record':
      return text('一组设置 {…}', 'a group of settings {…}');
    default:
      return text('1 到 1000 的整数', 'a whole number from 1 to 1000');
  }
}

/** The words that would have been right, where there are such. */
function choices(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code === 'invalid_union') return [...new Set(issue.errors.flat().flatMap(choices))];
  return [];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    at = typeof at === 'object' && at !== null ? Object.getOwnPropertyDescriptor(at, key)?.value : undefined;
  }
  return at;
}

/** `mirror.columns[1]`: as a person counts. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key + 1}]`;
    return before === '' ? String(key) : `${before}.${String(key)}`;
  }, '');
}
