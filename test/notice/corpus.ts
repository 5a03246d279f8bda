import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { decodeNotice } from '../../src/notice/decode.js';
import type { ParsedNotice } from '../../src/notice/parsed.js';
import { readNotice } from '../../src/notice/read-notice.js';
import type { Source } from '../../src/notice/source.js';
import { wordTables } from '../../src/read/mapping.js';
import { standardMapping } from '../support/workbook.js';
import { makeDocx } from './make-docx.js';

const folder = new URL('./corpus/', import.meta.url);
/** A folder of other notices in the same form to be measured, as \`NOTICES=folder npm run bench:notices\` names it. */
const measured = process.env.NOTICES;
const day = z.string().nullable();

/** What a careful reader finds in a notice of the corpus. */
const expectation = z.strictObject({
  /** What is particular about the notice. */
  manner: z.string(),
  kind: z.enum(['progress', 'feedback']),
  unit: z.string(),
  inspection: z.strictObject({ from: day, to: day, feedback: day, asOf: day }),
  sections: z.array(
    z.strictObject({
      number: z.number().nullable(),
      title: z.string(),
      /** Number, beginning of the title, status, sub-findings, measures. */
      findings: z.array(z.tuple([z.number(), z.string(), z.string().nullable(), z.number(), z.number()])),
    }),
  ),
  /** What, value, unit, index of the total it is a part of. */
  claims: z.array(z.tuple([z.string(), z.string(), z.string(), z.number().nullable()])),
  /** Dates of the measures and their progress in reading order. */
  dates: z.array(z.string()),
  /** Amounts of findings, measures and their progress: 元, meaning. */
  amounts: z.array(z.tuple([z.string(), z.string().nullable()])),
  policies: z.array(z.string()),
  contacts: z.number(),
  /** Lines that belong to nothing. */
  unplaced: z.number(),
  /**
   * What a careful reader objects to: level, check, line. Absent for a notice with nothing wrong. Several notices tell
   * only some of the findings that their headline counts, as shortened ones do.
   */
  lint: z.array(z.tuple([z.enum(['error', 'warning']), z.string(), z.number()])).optional(),
});
export type Expectation = z.infer<typeof expectation>;
export type CorpusNotice = {
  readonly name: string;
  readonly expected: Expectation;
  readonly text: () => string;
  readonly decode: () => Promise<Source>;
  readonly read: () => Promise<ParsedNotice>;
};

/** Every notice of the corpus with the facts that stand beside it. */
export function corpus(): readonly CorpusNotice[] {
  return noticesIn(folder);
}

/** The notices of the folder that `NOTICES` names; those of the corpus without it. */
export function measuredNotices(): readonly CorpusNotice[] {
  return measured === undefined ? corpus() : noticesIn(pathToFileURL(`${resolve(measured)}/`));
}

function noticesIn(at: URL): readonly CorpusNotice[] {
  const beside = '.expected.json';
  return readdirSync(at)
    .filter(file => file.endsWith(beside))
    .map(file => file.slice(0, -beside.length))
    .sort()
    .map(file => ({
      name: file,
      expected: expectation.parse(JSON.parse(readFileSync(new URL(`${file}${beside}`, at), 'utf8'))),
      text: () => readFileSync(new URL(file, at), 'utf8'),
      decode: () => decode(file, at),
      read: async () => readNotice(await decode(file, at), wordTables([standardMapping]).result),
    }));
}

async function decode(file: string, at: URL): Promise<Source> {
  const bytes = readFileSync(new URL(file, at));
  const isWord = file.endsWith('.docx.json');
  const document = isWord ? makeDocx(JSON.parse(bytes.toString('utf8'))) : bytes;
  return decodeNotice(document, isWord ? file.slice(0, -5) : file);
}
