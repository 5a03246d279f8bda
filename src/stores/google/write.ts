import type { sheets_v4 } from '@googleapis/sheets';
import { StoreError } from '../store.js';
import type { Answer } from './after-write.js';
import type { Client } from './client.js';
import { storeError } from './explanations.js';
import type { Failure } from './failures.js';
import type { Block } from './requests.js';
import { READ_FIELDS, type Spreadsheet, spreadsheetOf, type Token, WRITE_FIELDS } from './spreadsheet.js';
import { nextToken, tokenRequests } from './token.js';

/** Google advises no more than 2 MB a request; some room for what is around the blocks. */
export const PART_BYTES = 1_900_000;

/** The whole spreadsheet in one masked read. */
export async function readSpreadsheet(client: Client): Promise<Spreadsheet> {
  const answer = await client.caller.ask('read', () =>
    client.sheets.spreadsheets.get({ spreadsheetId: client.id, fields: READ_FIELDS }),
  );
  return spreadsheetOf(`google:${client.id}`, answer);
}

/** Blocks in as few parts as fit below the size limit; a part is one atomic batch. */
export function partsOf(blocks: readonly Block[]): Block[] {
  const parts: Block[] = [];
  let room = 0;
  for (const block of blocks) {
    const size = Buffer.byteLength(JSON.stringify(block));
    const last = parts.at(-1);
    if (last === undefined || size > room) {
      parts.push([...block]);
      room = PART_BYTES - size;
    } else {
      last.push(...block);
      room -= size;
    }
  }
  return parts;
}

/** What is known after a write: what was asked back, or the whole spreadsheet where it had to be read anyway. */
export type AfterWrite =
  | { readonly kind: 'whole' | 'part'; readonly book: Spreadsheet }
  | { readonly kind: 'none'; readonly book?: undefined };

/**
 * Writes blocks as one atomic batch, or as several when they are too large, each with its own token.
 * @param answer what the last part is to give back
 * @throws StoreError `stale` when another run wrote first (nothing of this part was applied), or what the service
 * refuses with.
 */
export async function writeBlocks(
  client: Client,
  blocks: readonly Block[],
  before: Spreadsheet,
  ledgerId: string,
  run: string,
  answer: Answer,
): Promise<AfterWrite> {
  const parts = partsOf(blocks);
  let tokens = [...before.tokens];
  let after: AfterWrite = { kind: 'none' };
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const token = nextToken(tokens, ledgerId, run);
    const requests = [...tokenRequests(token, tokens), ...part];
    after = await sendPart(client, requests, token, before, last ? answer : { kind: 'none' });
    tokens = [...tokens, token];
  }
  return after;
}

/**
 * One part. An answer that never came is never simply sent for again: the spreadsheet is read first, and the token
 * says whether the part arrived. Only when it did not is the same body sent again, and even then a belated first
 * copy makes the second fail, because both carry one metadata id.
 */
async function sendPart(
  client: Client,
  requests: sheets_v4.Schema$Request[],
  token: Token,
  before: Spreadsheet,
  answer: Answer,
): Promise<AfterWrite> {
  const patience = client.caller.patience();
  let wanted = answer;
  let known = before;
  for (;;) {
    const back = wanted.kind === 'none' ? {} : { includeSpreadsheetInResponse: true };
    const ranges = wanted.kind === 'ranges' ? { responseRanges: [...wanted.ranges(known)] } : {};
    const fields = wanted.kind === 'none' ? 'spreadsheetId' : WRITE_FIELDS[placesOnly(wanted) ? 'places' : 'whole'];
    const outcome = await client.caller.write(
      () =>
        client.sheets.spreadsheets.batchUpdate({
          spreadsheetId: client.id,
          requestBody: { requests, ...back, ...ranges },
          fields,
        }),
      patience,
    );
    if (outcome.kind === 'answered') {
      if (wanted.kind === 'none') return { kind: 'none' };
      const updated = outcome.data.updatedSpreadsheet;
      if (!updated) return { kind: 'whole', book: await readSpreadsheet(client) };
      return { kind: wanted.kind === 'whole' ? 'whole' : 'part', book: spreadsheetOf(`google:${client.id}`, updated) };
    }
    if (outcome.kind === 'unknown') await patience.wait(outcome.failure, outcome.cause);
    else if (outcome.failure.status !== 400) throw storeError(outcome.failure, client.caller.asker, outcome.cause);
    const now = await readSpreadsheet(client);
    const there = now.tokens.find(one => one.metadataId === token.metadataId);
    if (there?.run === token.run && there.generation === token.generation) return { kind: 'whole', book: now };
    if (there !== undefined && there.generation >= token.generation) throw staleError();
    if (outcome.kind !== 'refused') continue;
    // Somebody renamed a sheet that was asked for by its name. Nothing was written, and it can be asked for anew, once.
    const renamed = wanted.kind === 'ranges' && wanted.ranges(known).join() !== wanted.ranges(now).join();
    if (!renamed) throw refusal(outcome.failure, client, outcome.cause);
    wanted = { kind: 'whole' };
    known = now;
  }
}

function placesOnly(answer: Answer): boolean {
  return answer.kind === 'ranges' && !answer.formulas;
}

/** A 400 with no token of anybody's: the sheet changed under the plan, or the plan is one that Google does not take. */
function refusal(failure: Failure, client: Client, cause: unknown): StoreError {
  if (
    /exceeds grid limits|No grid with id|must be less than|Cannot insert at index|already exists/i.test(failure.message)
  ) {
    return staleError(cause);
  }
  return storeError(failure, client.caller.asker, cause);
}

export function staleError(cause?: unknown): StoreError {
  return new StoreError(
    3,
    'stale',
    {
      zh: '读取之后，另有程序或人员改动了这张 Google 表格，本次没有写入。请重新运行，系统会按最新内容处理。',
      en: 'Another program or person changed this Google Sheet after it was read; nothing was written. Run again on the present content.',
    },
    cause === undefined ? undefined : { cause },
  );
}
