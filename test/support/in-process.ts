import { commands } from '../../src/commands/index.js';
import { StoreError } from '../../src/stores/store.js';

export type Told = {
  readonly exit: number;
  /** What people would read, line by line. */
  readonly lines: readonly string[];
  readonly warnings: readonly string[];
  readonly document: unknown;
};

/**
 * Runs a command in this process, as the command line would: for walks over many workbooks, where a process for each
 * step would take minutes. A refusal is its exit code and its sentence.
 */
export async function inProcess(
  folder: string,
  name: string,
  args: readonly string[],
  flags: Readonly<Record<string, string | true>> = {},
): Promise<Told> {
  const lines: string[] = [];
  const warnings: string[] = [];
  let document: unknown;
  const spec = commands.find(one => one.name === name);
  if (spec === undefined) throw new Error(`no command ${name}`);
  const { run } = await spec.load();
  try {
    const exit = await run(
      {
        args,
        text: flag => {
          const value = flags[flag];
          return value === true ? undefined : value;
        },
        list: () => [],
        on: flag => flags[flag] === true,
      },
      {
        cwd: folder,
        env: { HOME: folder, LEDGER_USER: '测试' },
        lang: 'zh',
        terminal: false,
        columns: 100,
        color: false,
        say: line => void lines.push(line),
        warn: line => void warnings.push(line),
        json: (one, last) => {
          document = last === undefined ? one : { ...Object(one), [last.name]: [...last.items] };
        },
        ask: async () => undefined,
      },
    );
    return { exit, lines, warnings, document };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { exit: error.exit, lines, warnings: [...warnings, error.text.zh], document };
  }
}
