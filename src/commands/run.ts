import { createInterface } from 'node:readline/promises';
import { Command, CommanderError, type HelpConfiguration, Option } from 'commander';
import widthOf from 'fast-string-width';
import { version } from '../assets.js';
import type { Lang, Text } from '../model/text.js';
import { text } from '../model/text.js';
import { printable } from '../render/printable.js';
import type { CommandSpec, Exit, Flag, Given, World } from './command.js';
import { UseError } from './command.js';
import { commands, commonFlags } from './index.js';
import { writeJsonList } from './json-list.js';
import { runWhileOpen } from './open-elsewhere.js';

/** Runs one command line and gives its exit code. Nothing a user can do ends in a stack trace. */
export async function runLedger(argv: readonly string[]): Promise<Exit> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  const lang = languageOf(argv, process.env);
  const json = argv.includes('--json');
  let exit: Exit = 0;
  const program = programFor(lang, async (spec, given) => {
    const world = worldFor(lang, given);
    const { run } = await spec.load();
    exit = await runWhileOpen(() => run(given, world), world);
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      return fail(useSentence(error, argv, lang), 2, lang, json);
    }
    return failWith(error, lang, json);
  }
}

/** `ledger log … | head`: whoever reads may stop reading; the work goes on to its end. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** zh unless --lang or an en_* locale says otherwise; the config's `lang` is applied by the commands. */
function languageOf(argv: readonly string[], env: NodeJS.ProcessEnv): Lang {
  const inline = argv.find(word => word.startsWith('--lang='))?.slice('--lang='.length);
  const at = argv.indexOf('--lang');
  const given = inline ?? (at === -1 ? undefined : argv[at + 1]);
  if (given === 'en' || given === 'zh') return given;
  const locale = env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '';
  return /^en[_-]/iu.test(locale) ? 'en' : 'zh';
}

type Action = (spec: CommandSpec, given: Given) => Promise<void>;

function programFor(lang: Lang, action: Action): Command {
  const say = (words: Text) => words[lang];
  const program = new Command('ledger');
  program
    .description(
      say(
        text(
          '巡察整改台账：校验每一行，金额核对到分，写回状态与汇总。',
          'The rectification ledger: every row checked, money reconciled to the fen, status and roll-up written back.',
        ),
      ),
    )
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .configureHelp(helpLooks(lang))
    .helpOption('-h, --help', say(text('显示说明', 'show help')))
    .helpCommand(say(text('help [命令]', 'help [COMMAND]')), say(text('显示某个命令的说明', 'help on a command')))
    .version(version(), '-V, --version', say(text('显示版本', 'show the version')))
    .addHelpText(
      'after',
      say(
        text(
          '\n常用：\n  ledger init              新建台账\n  ledger sync 台账.xlsx    校验并写回\n  ledger explain 合计不符   看懂一条提示\n\n退出码：0 没有错误 · 1 台账有错误（照常写回） · 2 用法不对或不是台账 · 3 需要人来决定 · 4 文件或服务读写不了',
          '\nOften used:\n  ledger init              a new ledger\n  ledger sync LEDGER.xlsx  check and write back\n  ledger explain ID        what a diagnostic means\n\nExit codes: 0 no error · 1 errors in the ledger (written back all the same) · 2 wrong use or not a ledger · 3 a decision is needed · 4 a file or service cannot be read or written',
        ),
      ),
    );
  for (const spec of commands) {
    const one = program
      .command(spec.name)
      .description(say(spec.about))
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    one.configureHelp(helpLooks(lang)).helpOption('-h, --help', say(text('显示说明', 'show help')));
    for (const argument of spec.args)
      one.argument(argument.required ? `<${say(argument.name)}>` : `[${say(argument.name)}]`, say(argument.about));
    for (const flag of [...spec.flags, ...commonFlags]) one.addOption(optionFor(flag, lang));
    one.action(async (...received: unknown[]) => {
      const args = received.slice(0, spec.args.length).filter(value => typeof value === 'string');
      await action(spec, givenFrom(args, one.opts()));
    });
  }
  return program;
}

/** Aligned by East Asian width, in one language: commander itself adds English words and counts a Han character as one. */
function helpLooks(lang: Lang): HelpConfiguration {
  const args = (command: Command) =>
    command.registeredArguments.map(one => (one.required ? `<${one.name()}>` : `[${one.name()}]`));
  return {
    displayWidth: written => widthOf(written),
    styleTitle: title => headings[title]?.[lang] ?? title,
    subcommandTerm: command => [command.name(), ...args(command)].join(' '),
    commandUsage: command =>
      command.parent === null
        ? `ledger ${text('命令 [文件] [选项]', 'COMMAND [FILE] [options]')[lang]}`
        : ['ledger', command.name(), ...args(command), text('[选项]', '[options]')[lang]].join(' '),
    optionDescription: option => option.description,
  };
}

/** Commander's headings in both languages. */
const headings: Readonly<Partial<Record<string, Text>>> = {
  'Usage:': text('用法：', 'Usage:'),
  'Commands:': text('命令：', 'Commands:'),
  'Options:': text('选项：', 'Options:'),
  'Arguments:': text('参数：', 'Arguments:'),
};

function optionFor(flag: Flag, lang: Lang): Option {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  const value = flag.value === undefined ? '' : ` <${flag.value[lang]}>`;
  const option = new Option(`${short}--${flag.name}${value}`, flag.about[lang]);
  if (flag.choices !== undefined) option.choices(flag.choices);
  if (flag.developer) option.helpGroup(text('开发者选项：', 'For developers:')[lang]);
  if (flag.many) option.argParser((next: string, before: string[] | undefined) => [...(before ?? []), next]);
  return option;
}

function givenFrom(args: readonly string[], options: Readonly<Record<string, unknown>>): Given {
  const read = (flag: string) => options[flag.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase())];
  return {
    args,
    text: flag => {
      const value = read(flag);
      return typeof value === 'string' ? value : undefined;
    },
    list: flag => {
      const value = read(flag);
      return Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];
    },
    on: flag => read(flag) === true,
  };
}

function worldFor(lang: Lang, given: Given): World {
  const json = given.on('json');
  const quiet = given.on('quiet');
  const terminal = process.stdout.isTTY === true && !json;
  const color = terminal && process.env.NO_COLOR === undefined && !process.argv.includes('--no-color');
  const out = (line: string) => {
    const shown = printable(line, color);
    if (json) process.stderr.write(`${shown}\n`);
    else process.stdout.write(`${shown}\n`);
  };
  return {
    cwd: process.cwd(),
    env: process.env,
    lang,
    terminal,
    // Some terminals (of a container, of a script) say 0.
    columns: process.stdout.columns || 100,
    color,
    say: line => {
      if (!quiet) out(line);
    },
    warn: line => process.stderr.write(`${printable(line, color)}\n`),
    json: (document, last) => {
      if (last !== undefined) return writeJsonList(process.stdout, document, last);
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
      return undefined;
    },
    ask: async question => {
      if (!terminal || process.stdin.isTTY !== true) return undefined;
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      try {
        return (await lines.question(question)).trim();
      } catch {
        // Ctrl+C or Ctrl+D at a question.
        throw new UseError(text('已停下', 'Stopped'));
      } finally {
        lines.close();
      }
    },
  };
}

/** A sentence for wrong use, from commander's error codes. */
function useSentence(error: CommanderError, argv: readonly string[], lang: Lang): string {
  const quoted = /'([^']+)'/u.exec(error.message)?.[1] ?? '';
  const wanted = /\(Did you mean ([^?]+)\?\)/u.exec(error.message)?.[1];
  const hint = wanted === undefined ? text('', '') : text(`。是不是想写 ${wanted}？`, ` Did you mean ${wanted}?`);
  const [first] = argv;
  const sentences: Readonly<Partial<Record<string, Text>>> = {
    'commander.unknownCommand': text(
      `没有“${quoted}”这个命令${hint.zh || '。运行 ledger --help 看有哪些命令'}`,
      `There is no command “${quoted}”.${hint.en || ' Run ledger --help for the list.'}`,
    ),
    'commander.unknownOption': text(
      `没有“${quoted}”这个选项${hint.zh || `。运行 ledger ${first ?? ''} --help 看有哪些选项`}`,
      `There is no option “${quoted}”.${hint.en || ` Run ledger ${first ?? ''} --help for the list.`}`,
    ),
    'commander.missingArgument': text(
      `还缺一项：${quoted}。写法见 ledger ${first ?? ''} --help`,
      `${quoted} is missing; see ledger ${first ?? ''} --help`,
    ),
    'commander.optionMissingArgument': text(
      `选项“${quoted}”后面要跟一个值。写法见 ledger ${first ?? ''} --help`,
      `${quoted} needs a value; see ledger ${first ?? ''} --help`,
    ),
    'commander.excessArguments': text(
      '写多了参数：一次只处理一个文件。文件名里有空格时请用引号括起来',
      'Too many arguments: one file at a time. Put a file name with blanks into quotes',
    ),
    'commander.invalidArgument':
      invalidChoice(error.message) ??
      text(`选项的值不对：${error.message.replace(/^error: /u, '')}`, error.message.replace(/^error: /u, '')),
    'commander.help': text('请写一个命令，运行 ledger --help 看有哪些命令', 'Name a command; ledger --help lists them'),
  };
  return sentences[error.code]?.[lang] ?? error.message.replace(/^error: /u, '');
}

/** “--lang 只能写 zh、en”, from commander's sentence about allowed choices. */
function invalidChoice(message: string): Text | undefined {
  const found = /option '.*?(--[\w-]+)[^']*' argument '([^']*)' is invalid\. Allowed choices are ([^.]+)\./u.exec(
    message,
  );
  if (found === null) return undefined;
  const [, flag = '', given = '', allowed = ''] = found;
  return text(
    `${flag} 只能写 ${allowed.replaceAll(', ', '、')}，写的是“${given}”`,
    `${flag} takes ${allowed}; found “${given}”`,
  );
}

type Spoken = { readonly text: Text; readonly exit?: Exit; readonly code?: string };

function failWith(error: unknown, lang: Lang, json: boolean): Exit {
  if (error instanceof UseError) return fail(error.text[lang], 2, lang, json);
  if (isSpoken(error)) return fail(error.text[lang], error.exit ?? 4, lang, json, error.code);
  const reason = error instanceof Error ? error.message : String(error);
  if (process.env.LEDGER_DEBUG !== undefined && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return fail(
    text(
      `程序遇到没有料到的情况，没有写任何东西（${reason}）。请把这句话发给程序维护人员`,
      `Something unexpected happened; nothing was written (${reason}). Please report this sentence`,
    )[lang],
    4,
    lang,
    json,
    'internal',
  );
}

/** StoreError and its like carry a sentence and an exit code; recognised by shape so that stores stay unloaded here. */
function isSpoken(error: unknown): error is Spoken {
  return (
    typeof error === 'object' &&
    error !== null &&
    'text' in error &&
    typeof error.text === 'object' &&
    error.text !== null &&
    'zh' in error.text &&
    'en' in error.text
  );
}

function fail(sentence: string, exit: Exit, _lang: Lang, json: boolean, code?: string): Exit {
  process.stderr.write(`${printable(sentence, false)}\n`);
  if (json)
    process.stdout.write(
      `${JSON.stringify({ schemaVersion: 1, exit, error: { ...(code === undefined ? {} : { code }), message: sentence } }, null, 2)}\n`,
    );
  return exit;
}
