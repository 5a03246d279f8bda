import { dirname, resolve } from 'node:path';
import { type Config, isAllowedApiRoot, type MaskKind, maskKinds } from '../config.js';
import { isGoogleAddress, oneAddress } from '../model/address.js';
import { type Day, isDay } from '../model/day.js';
import type { Level } from '../model/diagnostic.js';
import { type Lang, type Text, text } from '../model/text.js';
import { StoreError } from '../stores/store.js';

/** What a run goes by. Paths are absolute. */
export type Settings = {
  /** Path or Google address; undefined when neither a flag nor the config names one. */
  readonly source: string | undefined;
  readonly mapping: string | undefined;
  readonly facts: NonNullable<Config['facts']>;
  /** Undefined when no mirror is wanted. */
  readonly mirror: MirrorSettings | undefined;
  readonly checks: Readonly<Record<string, Level | 'off'>>;
  /** Undefined only for a Google ledger without config: then there is no folder to begin with. */
  readonly evidenceRoot: string | undefined;
  readonly asOf: Day;
  readonly asOfFrom: 'flag' | 'config' | 'today';
  readonly google: {
    readonly auth: 'service-account' | 'oauth';
    readonly keyFile: string | undefined;
    readonly apiRoot: string | undefined;
  };
  readonly backups: number;
  readonly lang: Lang;
  /** What a person should know about how these settings came about. */
  readonly notes: readonly Text[];
};

export type MirrorSettings = {
  readonly to: string;
  /** Undefined: nobody has said which; the mirror must refuse. Never a default. */
  readonly columns: readonly string[] | undefined;
  /** As above. */
  readonly rows: 'public' | 'all' | undefined;
  readonly mask: readonly MaskKind[];
  /** Accounts that may write the review columns, and those that may only look; nobody else should get in. */
  readonly reviewers: readonly string[];
  readonly readers: readonly string[];
  readonly publish: 'always' | 'when-clean';
  readonly approvedBy: string | undefined;
  readonly approvedOn: string | undefined;
};

export type Surroundings = {
  readonly workingFolder: string;
  readonly today: Day;
  /** `LEDGER_GOOGLE_API_ROOT`, `GOOGLE_APPLICATION_CREDENTIALS`, `LC_ALL`, `LC_MESSAGES`, `LANG`. */
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * Flags before config before default. Pure.
 * @param flags settings given on the command line, in the form of a config; paths relative to the working folder
 * @param config the config and its path; paths in it are relative to its folder. `named`: given with --config. One that merely
 * lies beside the workbook but names another ledger as its source is left aside, or its mirror would be overwritten with the
 * wrong ledger.
 * @throws StoreError (exit 2) when LEDGER_GOOGLE_API_ROOT is not allowed.
 */
export function mergeSettings(
  flags: Config,
  config: { readonly content: Config; readonly path: string; readonly named: boolean } | undefined,
  { workingFolder, today, env }: Surroundings,
): Settings {
  const flagPath = (value: string | undefined) => absolute(workingFolder, value);
  const source = flagPath(flags.source);
  const configHome = config === undefined ? workingFolder : dirname(resolve(workingFolder, config.path));
  const configSource = absolute(configHome, config?.content.source);
  const forAnother =
    config !== undefined &&
    !config.named &&
    source !== undefined &&
    configSource !== undefined &&
    source !== configSource;
  const written: Config = config === undefined || forAnother ? {} : config.content;
  const configPath = (value: string | undefined) => absolute(configHome, value);

  const settledSource = source ?? configPath(written.source);
  const asOf = flags.asOf ?? written.asOf;
  return {
    source: settledSource,
    mapping: flagPath(flags.mapping) ?? configPath(written.mapping),
    facts: { ...written.facts, ...flags.facts },
    mirror: mirrorOf(
      { ...written.mirror, ...flags.mirror },
      flagPath(flags.mirror?.to) ?? configPath(written.mirror?.to),
    ),
    checks: { ...written.checks, ...flags.checks },
    evidenceRoot:
      flagPath(flags.evidenceRoot) ??
      configPath(written.evidenceRoot) ??
      folderOf(settledSource) ??
      (config === undefined ? undefined : configHome),
    asOf: asOf === undefined ? today : certainDay(asOf),
    asOfFrom: flags.asOf !== undefined ? 'flag' : written.asOf !== undefined ? 'config' : 'today',
    google: {
      auth: flags.google?.auth ?? written.google?.auth ?? 'service-account',
      keyFile:
        flagPath(flags.google?.keyFile) ??
        configPath(written.google?.keyFile) ??
        flagPath(env.GOOGLE_APPLICATION_CREDENTIALS || undefined),
      apiRoot: flags.google?.apiRoot ?? apiRootFrom(env) ?? written.google?.apiRoot,
    },
    backups: flags.backups ?? written.backups ?? 20,
    lang: flags.lang ?? written.lang ?? localeLanguage(env),
    notes: forAnother ? [otherLedgerText(config.path, configSource)] : [],
  };
}

function mirrorOf(mirror: NonNullable<Config['mirror']>, to: string | undefined): MirrorSettings | undefined {
  if (to === undefined) return undefined;
  const {
    columns,
    rows,
    mask = 'all',
    reviewers = [],
    readers = [],
    publish = 'always',
    approvedBy,
    approvedOn,
  } = mirror;
  const masked = mask === 'all' ? maskKinds : mask === 'none' ? [] : mask;
  return { to, columns, rows, mask: masked, reviewers, readers, publish, approvedBy, approvedOn };
}

function absolute(folder: string, address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  return isGoogleAddress(address) ? oneAddress(address) : resolve(folder, address);
}

function folderOf(source: string | undefined): string | undefined {
  return source === undefined || isGoogleAddress(source) ? undefined : dirname(source);
}

function certainDay(value: string): Day {
  if (!isDay(value)) throw new Error(`asOf was not checked: ${value}`);
  return value;
}

function apiRootFrom(env: Surroundings['env']): string | undefined {
  const value = env.LEDGER_GOOGLE_API_ROOT || undefined;
  if (value === undefined || isAllowedApiRoot(value)) return value;
  throw new StoreError(
    2,
    'config',
    text(
      `环境变量 LEDGER_GOOGLE_API_ROOT 应为 https 网址（http 仅限本机 127.0.0.1），现为“${value}”。`,
      `LEDGER_GOOGLE_API_ROOT should be an https address (http on 127.0.0.1 only), found "${value}".`,
    ),
  );
}

/** English only where the machine says so; the offices this is for run all kinds of locales. */
function localeLanguage(env: Surroundings['env']): Lang {
  return /^en(?:[_-]|$)/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'en' : 'zh';
}

function otherLedgerText(config: string, source: string): Text {
  return text(
    `${config} 是另一本台账（${source}）的设置，这次没有采用。如要采用，请加 --config。`,
    `${config} holds the settings of another ledger (${source}) and was left aside. To use it, add --config.`,
  );
}
