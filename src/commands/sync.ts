import { dirname, resolve } from 'node:path';
import { version } from '../assets.js';
import { findConfig, peekSource } from '../config/find.js';
import { isGoogleAddress } from '../model/address.js';
import { isDay } from '../model/day.js';
import { wallClock } from '../model/wall-clock.js';
import { findRun, type RunQuestion } from '../sync/run-cache.js';
import { stateHome } from '../sync/state-folder.js';
import type { Given, RunCommand, World } from './command.js';
import type { KeptAnswer } from './kept-answer.js';

/**
 * The main job. When nothing changed since the last run its answer is given again, before anything heavy is loaded;
 * the work itself is in sync-run.ts.
 */
export const run: RunCommand = async (given, world) => {
  const question = questionOf(given, world);
  if (question !== undefined) {
    const kept = findRun(stateHome(question.workbook, question.config, world.cwd), question);
    const answer = kept === undefined ? undefined : parseAnswer(kept);
    if (answer !== undefined) {
      if (given.on('json')) world.json(answer.document);
      else for (const line of answer.lines) world.say(line);
      return answer.exit;
    }
  }
  const { runSync } = await import('./sync-run.js');
  return runSync(given, world, question);
};

/** Flags that decide something or write elsewhere: never answered from memory. */
const lively = ['dry-run', 'plan', 'plan-out', 'mirror', 'on-conflict', 'accept-mass-change'] as const;

/** What is asked for; undefined when it cannot be answered from memory. */
function questionOf(given: Given, world: World): RunQuestion | undefined {
  if (lively.some(flag => given.on(flag) || given.text(flag) !== undefined)) return undefined;
  const [file] = given.args;
  const config = findConfig(given.text('config'), file, world.cwd);
  const peeked = config === undefined ? undefined : peekSource(config);
  const named = file ?? peeked;
  if (named === undefined || isGoogleAddress(named)) return undefined;
  // A path in the config is relative to the config, one on the command line to the working folder.
  const workbook = resolve(file === undefined && config !== undefined ? dirname(config) : world.cwd, named);
  const asOf = given.text('as-of') ?? wallClock(new Date()).day;
  if (!isDay(asOf)) return undefined;
  const job = [
    'sync',
    world.lang,
    given.text('mapping') ?? '',
    given.on('verbose') ? 'v' : '',
    world.color ? 'c' : '',
    String(Math.min(world.columns, 110)),
  ].join('|');
  return { job, asOf, program: version(), workbook, ...(config === undefined ? {} : { config }) };
}

function parseAnswer(kept: string): KeptAnswer | undefined {
  const parsed: unknown = JSON.parse(kept);
  if (
    typeof parsed !== 'object' ||
    parsed === null ||
    !('exit' in parsed) ||
    !('lines' in parsed) ||
    !('document' in parsed)
  )
    return undefined;
  const { exit, lines, document } = parsed;
  if ((exit !== 0 && exit !== 1) || !Array.isArray(lines)) return undefined;
  return { exit, lines: lines.filter(line => typeof line === 'string'), document };
}
