import { elsewhere } from '../../src/checks/elsewhere.js';
import { checks } from '../../src/checks/index.js';
import type { Flag } from '../../src/commands/command.js';
import { commands, commonFlags } from '../../src/commands/index.js';
import type { Lang } from '../../src/model/text.js';
import { levelNames } from '../../src/render/palette.js';
import type { SheetSpec } from '../../src/sheets/column.js';
import { facts, factsSheetName } from '../../src/sheets/facts.js';
import { ledgerSheet, registerSheets } from '../../src/sheets/index.js';

type Block = (lang: Lang) => string;

const pick = (lang: Lang, zh: string, en: string) => (lang === 'zh' ? zh : en);
const cell = (written: string) => written.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
const head = (...cells: string[]) => [row(...cells), `|${cells.map(() => '---').join('|')}|`];

const owners = {
  office: { zh: '整改办', en: 'office' },
  program: { zh: '系统', en: 'program' },
  reviewer: { zh: '审核人', en: 'reviewer' },
} as const;

function columnsOf(spec: SheetSpec, lang: Lang): string[] {
  return [
    `**${spec.name[lang]}**${lang === 'en' ? ` (${spec.name.zh})` : ''}：${spec.about[lang]}`.replace(
      '：',
      lang === 'zh' ? '：' : ': ',
    ),
    '',
    ...head(pick(lang, '栏目', 'Column'), pick(lang, '谁填', 'Writer'), pick(lang, '填什么', 'What')),
    ...spec.columns
      .filter(column => !column.hidden)
      .map(column =>
        row(
          lang === 'zh' ? column.header.zh : `${column.header.zh} · ${column.header.en}`,
          owners[column.owner][lang],
          column.help[lang],
        ),
      ),
    '',
  ];
}

function flagText(flag: Flag, lang: Lang): string {
  const value = flag.value === undefined ? '' : ` <${flag.value[lang]}>`;
  return `\`${flag.short === undefined ? '' : `-${flag.short}, `}--${flag.name}${value}\``;
}

/** The blocks of the READMEs that the program itself knows. */
export const blocks: Readonly<Record<string, Block>> = {
  commands: lang =>
    [
      ...head(pick(lang, '命令', 'Command'), pick(lang, '做什么', 'What it does')),
      ...commands.map(one =>
        row(
          `\`ledger ${one.name}${one.args.map(arg => (arg.required ? ` ${arg.name}` : ` [${arg.name}]`)).join('')}\``,
          one.about[lang],
        ),
      ),
    ].join('\n'),
  flags: lang =>
    [
      ...head(pick(lang, '命令', 'Command'), pick(lang, '选项', 'Flag'), pick(lang, '作用', 'Meaning')),
      ...commands.flatMap(one => one.flags.map(flag => row(one.name, flagText(flag, lang), flag.about[lang]))),
      ...commonFlags.map(flag => row(pick(lang, '（通用）', '(all)'), flagText(flag, lang), flag.about[lang])),
    ].join('\n'),
  'exit-codes': lang =>
    [
      ...head(pick(lang, '退出码', 'Exit'), pick(lang, '意思', 'Meaning')),
      row('0', pick(lang, '没有错误（只有“请核对”也是 0）', 'no error (warnings alone are 0)')),
      row('1', pick(lang, '台账有必须改的错误（照常写回）', 'errors in the ledger (written back all the same)')),
      row('2', pick(lang, '用法不对，或不是台账', 'wrong use, or not a ledger')),
      row(
        '3',
        pick(
          lang,
          '有冲突或计划过期，需要人来决定；什么都没写',
          'a conflict or a stale plan needs a decision; nothing written',
        ),
      ),
      row('4', pick(lang, '文件或服务读写不了', 'a file or a service could not be read or written')),
    ].join('\n'),
  checks: lang =>
    [
      ...head(
        pick(lang, '校验项', 'Check'),
        pick(lang, '级别', 'Level'),
        pick(lang, '要求', 'Demands'),
        pick(lang, '怎么改', 'How to fix'),
      ),
      ...[...checks, ...elsewhere].map(check =>
        row(
          lang === 'zh' ? check.title.zh : `\`${check.id}\``,
          levelNames[check.level][lang],
          check.about[lang],
          check.remedy[lang],
        ),
      ),
    ].join('\n'),
  columns: lang =>
    [...columnsOf(ledgerSheet, lang), ...Object.values(registerSheets).flatMap(spec => columnsOf(spec, lang))]
      .join('\n')
      .trimEnd(),
  facts: lang =>
    [
      ...head(pick(lang, '项目', 'Fact'), pick(lang, '填什么', 'What')),
      ...facts.map(fact =>
        row(lang === 'zh' ? fact.header.zh : `${fact.header.zh} · ${fact.header.en}`, fact.help[lang]),
      ),
      '',
      pick(lang, `（工作表“${factsSheetName.zh}”）`, `(sheet ${factsSheetName.zh})`),
    ].join('\n'),
};

/** The text with every `<!-- name -->…<!-- /name -->` block as the program has it now. */
export function withBlocks(content: string, lang: Lang): string {
  return Object.entries(blocks).reduce((text, [name, block]) => {
    const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`, 'g');
    return text.replace(pattern, (_, open: string, close: string) => `${open}\n${block(lang)}\n\n${close}`);
  }, content);
}
