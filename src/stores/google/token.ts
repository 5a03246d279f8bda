import { createHash } from 'node:crypto';
import type { sheets_v4 } from '@googleapis/sheets';
import { KEY, type Token } from './spreadsheet.js';

/**
 * Compare-and-swap with a service that has none: each write creates a developer metadata whose id follows from the
 * ledger and the generation that was read. Ids are unique in a file, so of two writes that start from one state the
 * second fails whole, and a write that is sent twice is applied once.
 */

/** Generations kept: long enough that a late repetition still collides, short enough to cost nothing. */
const KEPT = 20;
/** Ids of one ledger repeat after this many generations. */
const CYCLE = 256;

export function nextToken(tokens: readonly Token[], ledgerId: string, run: string): Token {
  const last = tokens.findLast(token => token.ledgerId === ledgerId)?.generation ?? 0;
  const generation = last + 1;
  return { metadataId: base(ledgerId) + (generation % CYCLE), generation, run, ledgerId };
}

/** A 31-bit number whose low byte is free for the generation. */
function base(ledgerId: string): number {
  return (createHash('sha256').update(`token ${ledgerId}`).digest().readUInt32BE() >>> 9) * CYCLE;
}

/** The requests that carry a token into a batch and clear away those of long ago. */
export function tokenRequests(token: Token, tokens: readonly Token[]): sheets_v4.Schema$Request[] {
  const old = tokens.filter(one => one.ledgerId === token.ledgerId && one.generation <= token.generation - KEPT);
  return [
    {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataId: token.metadataId,
          metadataKey: KEY.sync,
          metadataValue: `${token.generation} ${token.run} ${token.ledgerId}`,
          visibility: 'DOCUMENT',
          location: { spreadsheet: true },
        },
      },
    },
    ...old.map(one => ({
      deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataId: one.metadataId } } },
    })),
  ];
}

/** A stable positive 31-bit id for an object of ours (a sheet, a chart), so that making it twice fails. */
export function stableId(...parts: string[]): number {
  return createHash('sha256').update(parts.join('\n')).digest().readUInt32BE() >>> 1 || 1;
}
