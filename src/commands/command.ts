import type { Lang, Text } from '../model/text.js';

/** A flag of a command. `value` names what follows it; without it the flag is a switch. */
export type Flag = {
  readonly name: string;
  readonly short?: string;
  readonly value?: Text;
  readonly about: Text;
  /** Allowed words, when there are only these. */
  readonly choices?: readonly string[];
  /** May be given several times. */
  readonly many?: boolean;
  /** For developers: not on the first help page, not in the office's manual. */
  readonly developer?: boolean;
};

export type Argument = { readonly name: Text; readonly about: Text; readonly required: boolean };

/** What the command line needs to know of a command before it is loaded. */
export type CommandSpec = {
  readonly name: string;
  readonly about: Text;
  readonly args: readonly Argument[];
  readonly flags: readonly Flag[];
  /** Subcommand words shown in help after the name, if any. */
  load(): Promise<{ readonly run: RunCommand }>;
};

/** What was given on the command line, by flag name without dashes. */
export type Given = {
  readonly args: readonly string[];
  text(flag: string): string | undefined;
  list(flag: string): readonly string[];
  on(flag: string): boolean;
};

/** The last member of a document, when it is a list that may be longer than the memory. */
export type LongList = { readonly name: string; readonly items: Iterable<unknown> };

/** Everything a command may touch of the world outside files: passed in, so that tests can watch it. */
export type World = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lang: Lang;
  /** Standard output is a terminal (colours, questions, progress). */
  readonly terminal: boolean;
  readonly columns: number;
  readonly color: boolean;
  /** A line for people; suppressed by --quiet, and on stderr under --json. */
  say(line: string): void;
  /** A warning or an error for people, on stderr. */
  warn(line: string): void;
  /** The one JSON document. */
  json(document: unknown, last?: LongList): void | Promise<void>;
  /** Asks on the terminal; undefined when there is none. */
  ask(question: string): Promise<string | undefined>;
};

/** 0 no error · 1 errors in the ledger · 2 wrong use or not a ledger · 3 a decision is needed · 4 cannot be read or written. */
export type Exit = 0 | 1 | 2 | 3 | 4;
export type RunCommand = (given: Given, world: World) => Promise<Exit>;

/** Wrong use: one sentence, exit code 2. */
export class UseError extends Error {
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.name = 'UseError';
    this.text = text;
  }
}
