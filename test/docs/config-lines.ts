import { configJsonSchema } from '../../src/config.js';
import { type Text, text } from '../../src/model/text.js';

type ConfigLine = { readonly key: string; readonly about: Text; readonly otherwise: Text };

/** Defaults that are worked out; the others stand in the schema as values. */
const workedOut: Readonly<Record<string, Text>> = {
  source: text('命令里写的台账', 'the FILE of the command'),
  mapping: text('标准栏名和别名', 'the standard headers and aliases'),
  evidenceRoot: text('台账所在文件夹', 'the ledger’s folder'),
  asOf: text('今天', 'today'),
  lang: text('zh（电脑是英文环境时 en）', '`zh`; `en` in an English locale'),
  checks: text('各校验项自己的级别', 'each check’s own level'),
  'google.keyFile': text('环境变量 GOOGLE_APPLICATION_CREDENTIALS', '`GOOGLE_APPLICATION_CREDENTIALS`'),
  'google.apiRoot': text(
    'Google 自己的；或环境变量 LEDGER_GOOGLE_API_ROOT',
    'Google’s own, or `LEDGER_GOOGLE_API_ROOT`',
  ),
};

/** One line a setting of the config, from the schema that reads it; a group of settings is named `mirror.to`. */
export function configLines(): readonly ConfigLine[] {
  return linesOf(configJsonSchema(), '');
}

function linesOf(schema: unknown, prefix: string): ConfigLine[] {
  return Object.entries(record(record(schema).properties)).flatMap(([name, setting]) => {
    const key = `${prefix}${name}`;
    const { description, default: value, properties, additionalProperties } = record(setting);
    // 基本信息 has a table of its own; its keys are not repeated.
    if (properties !== undefined && additionalProperties === false && name !== 'facts')
      return linesOf(setting, `${key}.`);
    const [zh = '', en = ''] = String(description).split(' · ');
    const choices = choicesOf(setting).map(choice => `\`${choice}\``);
    const about =
      choices.length === 0 ? text(zh, en) : text(`${zh}（${choices.join('、')}）`, `${en} (${choices.join(', ')})`);
    return [{ key, about, otherwise: workedOut[key] ?? plain(value) }];
  });
}

/** The words that a setting takes, or those that each entry of it takes. */
function choicesOf(setting: unknown): readonly unknown[] {
  const words = record(setting).enum ?? record(record(setting).additionalProperties).enum;
  return Array.isArray(words) ? words : [];
}

const plain = (value: unknown) => (value === undefined ? text('', '') : text(`\`${value}\``, `\`${value}\``));

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
