import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { assetPath } from '../assets.js';
import { ofNotices } from '../checks/elsewhere.js';
import { checks } from '../checks/index.js';
import { findConfig } from '../config/find.js';
import { mergeSettings, type Settings } from '../config/settings.js';
import type { Config } from '../config.js';
import { checkConfig, readConfig } from '../config.js';
import { type NamedKind, readNamedFile } from '../files/named-file.js';
import { isGoogleAddress } from '../model/address.js';
import { type Day, isDay } from '../model/day.js';
import { text } from '../model/text.js';
import { wallClock } from '../model/wall-clock.js';
import { type Mapping, mappingSchema } from '../read/mapping.js';
import { openStore, type Surroundings } from '../stores/index.js';
import { type Store, StoreError } from '../stores/store.js';
import { stateHome } from '../sync/state-folder.js';
import { type Given, UseError, type World } from './command.js';

/** What a command works with: where the ledger is, how it is read, by which settings. */
export type Session = {
  readonly settings: Settings;
  readonly source: string;
  /** The config in force, if any. */
  readonly config: string | undefined;
  /** Folder beside which the state lies. */
  readonly home: string;
  readonly mappings: readonly Mapping[];
  /** Files whose content bears on the reading, beside workbook and config. */
  readonly mappingFile: string | undefined;
  readonly store: Store;
  /** Where a Google ledger is copied to before each write; set when its id is known. */
  readonly backupTo: { folder: string | undefined };
  /** What a service says while it is waited for, and what it warns of: that but once, though two sheets be opened. */
  readonly heard: Pick<Surroundings, 'onWait' | 'onWarning'>;
};

/**
 * Puts flags, config and defaults together and opens the ledger's store (nothing is read yet).
 * @throws UseError when no ledger is named; StoreError (exit 2) for a config or mapping with mistakes.
 */
export function openSession(given: Given, world: World, file: string | undefined = given.args[0]): Session {
  const { settings, config } = settingsFor(given, world, file);
  const { source } = settings;
  if (source === undefined) throw new UseError(noLedgerNamed(world.cwd));
  for (const note of settings.notes) world.say(note[settings.lang]);
  const backupTo: Session['backupTo'] = { folder: undefined };
  const said = new Set<string>();
  const heard: Session['heard'] = {
    onWait: words => world.warn(words[settings.lang]),
    onWarning: words => {
      if (!said.has(words.zh)) world.warn(words[settings.lang]);
      said.add(words.zh);
    },
  };
  const mappingFile = settings.mapping === undefined ? undefined : shippedOrOwn(settings.mapping);
  return {
    settings,
    source,
    config,
    home: stateHome(source, config, world.cwd),
    mappings: [standardMapping(), ...(mappingFile === undefined ? [] : [readMapping(mappingFile)])],
    mappingFile,
    store: openStore(source, settings, { backupTo, ...heard }),
    backupTo,
    heard,
  };
}

/** The settings alone, for commands that need no ledger. */
export function settingsFor(
  given: Given,
  world: World,
  file: string | undefined,
): { readonly settings: Settings; readonly config: string | undefined } {
  const local = file !== undefined && !isGoogleAddress(file) ? file : undefined;
  const config = findConfig(given.text('config'), local, world.cwd);
  const ids = [...checks, ...ofNotices].map(check => check.id);
  const content = config === undefined ? undefined : readConfig(config, ids);
  const asOf = given.text('as-of');
  if (asOf !== undefined && !isDay(asOf)) {
    throw new UseError(
      text(
        `--as-of 要写成 2023-10-30 这样的日期，写的是“${asOf}”`,
        `--as-of takes a date such as 2023-10-30, found “${asOf}”`,
      ),
    );
  }
  const to = given.text('mirror');
  const keyFile = given.text('key-file');
  const flags: Config = checkConfig(
    {
      ...(file === undefined ? {} : { source: file }),
      ...(given.text('mapping') === undefined ? {} : { mapping: given.text('mapping') }),
      ...(asOf === undefined ? {} : { asOf }),
      ...(to === undefined ? {} : { mirror: { to } }),
      ...(keyFile === undefined ? {} : { google: { keyFile } }),
      ...(given.text('lang') === undefined ? {} : { lang: given.text('lang') }),
    },
    text('命令行', 'the command line')[world.lang],
    ids,
  );
  const merged = mergeSettings(
    flags,
    content === undefined || config === undefined
      ? undefined
      : { content, path: config, named: given.text('config') !== undefined },
    { workingFolder: world.cwd, today: today(), env: world.env },
  );
  return { settings: merged, config };
}

/** Today by the computer's own clock and zone: what the wall calendar in the office says. */
export function today(): Day {
  const { day: written } = wallClock(new Date());
  if (!isDay(written)) throw new Error(`the clock shows ${written}`);
  return written;
}

function noLedgerNamed(cwd: string) {
  const books = readdirSync(cwd).filter(name => /\.xls[xm]$/iu.test(name) && !name.startsWith('~$'));
  const listed = books.slice(0, 5).join('、');
  return books.length === 0
    ? text(
        '没有写台账文件。例如：ledger sync 整改台账.xlsx；还没有台账就先运行 ledger init',
        'No ledger is named. For example: ledger sync LEDGER.xlsx; or make one with ledger init',
      )
    : text(
        `没有写台账文件。这个文件夹里有：${listed}。例如：ledger sync ${books[0]}`,
        `No ledger is named. This folder has: ${listed}. For example: ledger sync ${books[0]}`,
      );
}

/** The table of words that holds for every layout. */
export function standardMapping(): Mapping {
  return readMapping(assetPath('mappings/standard.json'));
}

/** A mapping may be named by its shipped name: `--mapping audit`. */
function shippedOrOwn(path: string): string {
  if (existsSync(path)) return path;
  const shipped = assetPath(join('mappings', `${basename(path, '.json')}.json`));
  if (existsSync(shipped)) return shipped;
  const names = readdirSync(dirname(shipped))
    .filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .map(name => basename(name, '.json'));
  throw new UseError(
    text(
      `找不到映射“${path}”。随附的映射有：${names.join('、')}`,
      `There is no mapping ${path}. Shipped ones: ${names.join(', ')}`,
    ),
  );
}

const mappingFileKind: NamedKind = { code: 'mapping', name: text('映射文件', 'mapping'), most: 16 };

function readMapping(path: string): Mapping {
  const bytes = readNamedFile(path, mappingFileKind);
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/u, ''));
  } catch (cause) {
    throw new StoreError(
      2,
      'mapping',
      text(
        `映射文件 ${path} 不是有效的 JSON，请检查逗号和引号`,
        `The mapping ${path} is not valid JSON; check commas and quotes`,
      ),
      { cause },
    );
  }
  const parsed = mappingSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new StoreError(
    2,
    'mapping',
    text(
      `映射文件 ${basename(path)} 里“${where}”写得不对：${issue?.message ?? ''}`,
      `The mapping ${basename(path)} is wrong at “${where}”: ${issue?.message ?? ''}`,
    ),
  );
}
