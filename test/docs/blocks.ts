import { elsewhere } from '../../src/checks/elsewhere.js';
import { grouped } from '../../src/checks/groups.js';
import { checks } from '../../src/checks/index.js';
import type { Flag } from '../../src/commands/command.js';
import { commands, commonFlags } from '../../src/commands/index.js';
import type { Lang } from '../../src/model/text.js';
import { placeholders } from '../../src/notice/write/placeholders.js';
import { levelNames } from '../../src/render/palette.js';
import type { Column, SheetSpec } from '../../src/sheets/column.js';
import { facts } from '../../src/sheets/facts.js';
import { ledgerSheet, registerSheets } from '../../src/sheets/index.js';
import { configLines } from './config-lines.js';

type Block = (lang: Lang) => string;

const pick = <T>(lang: Lang, zh: T, en: T) => (lang === 'zh' ? zh : en);
const cell = (written: string) => written.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
const head = (...cells: string[]) => [row(...cells), `|${cells.map(() => '---').join('|')}|`];

const headerOf = (column: Column, lang: Lang) =>
  lang === 'zh' ? column.header.zh : `${column.header.zh} · ${column.header.en}`;

const columnTable = (columns: readonly Column[], lang: Lang) => [
  ...head(pick(lang, '栏目', 'Column'), pick(lang, '填什么', 'What')),
  ...columns.map(column => row(headerOf(column, lang), column.help[lang])),
  '',
];

const choicesIn = ({ choices = [] }: Column, lang: Lang) =>
  choices.length === 0 ? '' : pick(lang, `（${choices.join('、')}）`, ` (${choices.join(', ')})`);

/** Said once for all registers, not in each table. */
const inMostRegisters = ['问题序号', '备注', '问题名称'];

function ledgerColumns(lang: Lang): string[] {
  const columns: readonly Column[] = ledgerSheet.columns;
  const shown = columns.filter(column => !column.hidden);
  const by = (owner: Column['owner']) => shown.filter(column => column.owner === owner);
  const office = by('office');
  return [
    `### ${pick(lang, '', 'Rectification ledger, ')}${ledgerSheet.name.zh}`,
    '',
    ledgerSheet.about[lang],
    '',
    pick(lang, '**整改办填**（蓝色表头）', '**The office writes** (blue header)'),
    '',
    ...columnTable(
      office.filter(column => !column.rare),
      lang,
    ),
    pick(
      lang,
      '**整改办用到才填**（模板里收起来了，点栏号上方的“＋”展开）',
      '**The office, when needed** (folded in the template)',
    ),
    '',
    ...columnTable(
      office.filter(column => column.rare),
      lang,
    ),
    pick(lang, '**审核方填**（黄色表头，整改办不要填）', '**The reviewer writes** (yellow header)'),
    '',
    `${by('reviewer')
      .map(column => `${headerOf(column, lang)}${choicesIn(column, lang)}`)
      .join(pick(lang, '、', ', '))}${pick(lang, '。', '.')}`,
    '',
    pick(
      lang,
      '**系统填**（灰色斜体，谁也不用填，同步时重写）',
      '**The program writes** (grey italics; written anew by each sync)',
    ),
    '',
    ...columnTable(by('program'), lang),
  ];
}

function registerColumns(spec: SheetSpec, lang: Lang): string[] {
  const columns = spec.columns.filter(column => !column.hidden && !inMostRegisters.includes(column.header.zh));
  return [
    `**${pick(lang, '', `${spec.name.en}, `)}${spec.name.zh}**${pick(lang, '：', ': ')}${spec.about[lang]}`,
    '',
    ...columnTable(columns, lang),
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
          `\`ledger ${one.name}${one.args.map(arg => (arg.required ? ` ${arg.name[lang]}` : ` [${arg.name[lang]}]`)).join('')}\``,
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
    grouped([...checks, ...elsewhere])
      .map(group =>
        [
          `### ${group.title[lang]}`,
          '',
          ...head(...pick(lang, ['提示', '级别', '怎么办'], ['Check', 'Level', 'Demands', 'How to fix'])),
          ...group.checks.map(check =>
            row(
              pick(lang, check.title.zh, `\`${check.id}\``),
              levelNames[check.level][lang],
              // The office's manual says what to do; what is demanded and why is on the check's own page (ledger explain).
              ...pick(lang, [], [check.about.en]),
              check.remedy[lang],
            ),
          ),
        ].join('\n'),
      )
      .join('\n\n'),
  columns: lang =>
    [
      ...ledgerColumns(lang),
      pick(lang, '### 附表', '### The registers'),
      '',
      pick(
        lang,
        '用到哪张登记哪张（`ledger init --full` 带全部附表）。各表都有的三栏，下面不再重复：**问题序号**写台账里的序号（3，5-7，全部，自查自纠）；**备注**写别的说明；**问题名称**由系统按序号填上，方便核对。',
        'Use those that are needed (`ledger init --full` makes all). Three columns are in most and not repeated below: **问题序号**, the finding’s number (3, 5-7, 全部, 自查自纠); **备注**, a note; **问题名称**, filled by the program: the finding that the number points to.',
      ),
      '',
      ...Object.values(registerSheets).flatMap(spec => registerColumns(spec, lang)),
    ]
      .join('\n')
      .trimEnd(),
  facts: lang =>
    [
      ...head(pick(lang, '项目', 'Fact'), pick(lang, '填什么', 'What')),
      ...facts
        .filter(fact => fact.owner === 'office')
        .map(fact => row(lang === 'zh' ? fact.header.zh : `${fact.header.zh} · ${fact.header.en}`, fact.help[lang])),
    ].join('\n'),
  config: lang =>
    [
      ...head(pick(lang, '设置', 'Key'), pick(lang, '意思', 'Meaning'), pick(lang, '不写就是', 'Default')),
      ...configLines().map(line => row(`\`${line.key}\``, line.about[lang], line.otherwise[lang])),
    ].join('\n'),
  placeholders: lang =>
    [
      ...head(
        pick(lang, '写在模板里', 'Placeholder'),
        pick(lang, '只能写在', 'Inside'),
        pick(lang, '印出什么', 'Prints'),
      ),
      ...placeholders.map(one =>
        row(
          one.kind === 'block' ? `\`{#${one.name}}…{/${one.name}}\`` : `\`{${one.name}}\``,
          'within' in one ? one.within : '',
          one.about[lang],
        ),
      ),
    ].join('\n'),
};

/** The text with every `<!-- name -->…<!-- /name -->` block as the program has it now. */
export function withBlocks(content: string, lang: Lang): string {
  return Object.entries(blocks).reduce((text, [name, block]) => {
    const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`, 'g');
    return text.replace(pattern, (_, open: string, close: string) => `${open}\n${block(lang)}\n\n${close}`);
  }, content);
}
