import { basename } from 'node:path';
import { countLevels, type Examined } from '../examine.js';
import { isGoogleAddress } from '../model/address.js';
import { text } from '../model/text.js';
import { diagnosticLines } from '../render/diagnostics.js';
import { ledgerDocument } from '../render/document.js';
import { palette } from '../render/palette.js';
import { headLines, reconciliationLines, verdictLine } from '../render/summary.js';
import type { Exit, Given, World } from './command.js';
import type { Session } from './session.js';

/** 1 when an error stands that nobody has verified, else 0: warnings alone are no reason to fail. */
export function exitFor(examined: Examined): 0 | 1 {
  return countLevels(examined.diagnostics).error > 0 ? 1 : 0;
}

/** The file's name as people know it; a Google address as it is. */
export function shortName(source: string): string {
  return isGoogleAddress(source) ? source : basename(source);
}

/** What check and sync print: head, diagnostics, verdict; with --verbose what agrees, too. */
export function sayExamined(examined: Examined, session: Session, given: Given, world: World): void {
  const lang = session.settings.lang;
  const colors = palette(world.color);
  const width = Math.min(world.columns, 110);
  for (const line of headLines(examined, shortName(session.source), lang, colors)) world.say(line);
  world.say('');
  const lines = diagnosticLines(examined.diagnostics, { lang, colors, width, verbose: given.on('verbose') });
  for (const line of lines) world.say(line);
  if (lines.length > 0) world.say('');
  if (given.on('verbose')) {
    const holding = reconciliationLines(examined, lang, colors, false);
    if (holding.length > 0) {
      world.say(colors.bold(text('核对情况', 'Reconciliations')[lang]));
      for (const line of holding) world.say(line);
      world.say('');
    }
  }
  world.say(verdictLine(examined, lang, colors));
}

/** The JSON document of a command about one ledger, with what the command adds. */
export function sayDocument(
  command: string,
  exit: Exit,
  examined: Examined,
  revision: string,
  session: Session,
  world: World,
  more: object = {},
): void {
  world.json({
    ...ledgerDocument(examined, { command, exit, lang: session.settings.lang, source: session.source, revision }),
    ...more,
  });
}
