import { createHash, hash } from 'node:crypto';
import { closeSync, readdirSync, readSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openOrdinarySync, readOrdinarySync } from '../files/ordinary.js';
import { errorCode, LARGEST_STATE, type StatePaths, stateRoot, writeStateFile } from './state-folder.js';

/*
 * The fast path. When workbook, config, mapping, evidence, as-of date and program are those of the last run, its result is
 * shown again; nothing is read or computed. `run-cache.json` holds the questions, `run-<key>.json` one answer each.
 * A cache may always be missing, old or damaged: then the run is done in full. Nothing heavy is imported here (no zod): the
 * whole process has to be over in a third of a second, most of it Node's start and one pass over the file.
 */

/** What is asked for. Same question and same files: same answer. */
export type RunQuestion = {
  /** Command and every flag that bears on the result, in one canonical text. */
  readonly job: string;
  /** `YYYY-MM-DD`, whatever it comes from. */
  readonly asOf: string;
  /** Version of the program. */
  readonly program: string;
  readonly workbook: string;
  /** Absent when there is none; one that appears later is another question. */
  readonly config?: string;
};

/** What the run read beside workbook and config. */
export type RunInputs = {
  /** Compared by content: mapping, an `.xlsx` mirror. */
  readonly files: readonly string[];
  /** Compared by size and time: evidence. A file that was not there counts, too. */
  readonly evidence: readonly string[];
};

type Stamp = readonly [path: string, size: number, mtimeMs: number];
type Entry = {
  readonly key: string;
  /** Path and SHA-256; null for a file that was not there. */
  readonly files: readonly (readonly [path: string, sha256: string | null])[];
  readonly evidence: readonly Stamp[];
  /** SHA-256 of the answer. */
  readonly answer: string;
};

/** The answers to the last few questions (sync, check, with and without flags) are kept. */
const KEPT = 6;

/**
 * The kept answer, if everything is as it was. Looks into every ledger's state beside the workbook, so a renamed workbook
 * still has its own.
 * @param home see `stateHome`
 */
export function findRun(home: string, question: RunQuestion): string | undefined {
  const root = stateRoot(home);
  const folders = quietly(() => readdirSync(root, { withFileTypes: true })) ?? [];
  const indexes = folders.flatMap(folder => {
    const path = join(root, folder.name);
    return folder.isDirectory() ? readIndex(join(path, 'run-cache.json')).map(entry => ({ path, entry })) : [];
  });
  if (indexes.length === 0) return undefined;
  const key = questionKey(question);
  for (const { path, entry } of indexes) {
    if (entry.key !== key || !entry.files.every(([file, sha]) => sha256(file) === sha)) continue;
    if (!entry.evidence.every(stamp => sameStamp(stamp))) continue;
    const answer = quietly(() => readText(answerPath(path, key)));
    if (answer !== undefined && hash('sha256', answer) === entry.answer) return answer;
  }
  return undefined;
}

/**
 * Keeps an answer. Call it last, when the workbook is as it will be found by the next run.
 * @throws StoreError (exit 4) when the folder cannot be written.
 */
export async function keepRun(
  paths: StatePaths,
  question: RunQuestion,
  inputs: RunInputs,
  answer: string,
): Promise<void> {
  const key = questionKey(question);
  const entry: Entry = {
    key,
    files: inputs.files.map(file => [resolve(file), sha256(file)]),
    evidence: inputs.evidence.map(file => stampOf(resolve(file))),
    answer: hash('sha256', answer),
  };
  const others = readIndex(paths.runCache).filter(other => other.key !== key);
  const kept = [entry, ...others].slice(0, KEPT);
  await writeStateFile(answerPath(dirname(paths.runCache), key), answer);
  await writeStateFile(paths.runCache, JSON.stringify({ version: 1, entries: kept }));
  for (const old of others.slice(KEPT - 1)) quietly(() => unlinkSync(answerPath(paths.folder, old.key)));
}

/** SHA-256 of a file, as hex digits; null when it is not there or cannot be read. Reads it in pieces of 1 MB. */
export function sha256(path: string): string | null {
  return (
    quietly(() => {
      const file = openOrdinarySync(path);
      try {
        const digest = createHash('sha256');
        const chunk = Buffer.allocUnsafe(1 << 20);
        for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
          digest.update(length === chunk.length ? chunk : chunk.subarray(0, length));
        }
        return digest.digest('hex');
      } finally {
        closeSync(file);
      }
    }) ?? null
  );
}

function questionKey({ job, asOf, program, workbook, config }: RunQuestion): string {
  const configHash = config === undefined ? null : sha256(config);
  return hash('sha256', JSON.stringify([job, asOf, program, sha256(workbook), configHash]));
}

function answerPath(folder: string, key: string): string {
  return join(folder, `run-${key.slice(0, 16)}.json`);
}

function stampOf(path: string): Stamp {
  const found = quietly(() => statSync(path));
  return found === undefined ? [path, -1, 0] : [path, found.size, found.mtimeMs];
}

function sameStamp([path, size, mtimeMs]: Stamp): boolean {
  const now = stampOf(path);
  return now[1] === size && now[2] === mtimeMs;
}

function readIndex(path: string): Entry[] {
  const parsed = quietly((): unknown => JSON.parse(readText(path)));
  const { version, entries } = isObject(parsed) ? parsed : {};
  return version === 1 && Array.isArray(entries) ? entries.filter(isEntry) : [];
}

function isEntry(value: unknown): value is Entry {
  if (!isObject(value)) return false;
  const { key, files, evidence, answer } = value;
  return (
    typeof key === 'string' &&
    /^[0-9a-f]{64}$/.test(key) &&
    typeof answer === 'string' &&
    Array.isArray(files) &&
    files.every(isFileHash) &&
    Array.isArray(evidence) &&
    evidence.every(isStamp)
  );
}

function isFileHash(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'string' && (value[1] === null || typeof value[1] === 'string');
}

function isStamp(value: unknown): boolean {
  return (
    Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number' && typeof value[2] === 'number'
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readText(path: string): string {
  return readOrdinarySync(path, LARGEST_STATE).toString('utf8');
}

/** A cache that cannot be read is no cache; every other error is a bug and passes. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (errorCode(error) !== undefined || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
