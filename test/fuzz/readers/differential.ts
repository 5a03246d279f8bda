import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Grid } from '../../../src/model/grid.js';
import { openExcel } from '../../../src/stores/excel/index.js';
import { StoreError } from '../../../src/stores/store.js';
import { mutateXml, seeded } from '../../support/excel/mutate.js';
import { rawEntries, WORKBOOKS } from '../../support/excel/packages.js';
import { type Mutant, mutateMeaning, mutateParts, mutateZip } from '../mutate-structure.js';
import { type Disagreement, disagreements } from './compare.js';
import type { Answer, Reader } from './reader.js';

type Sheets = Exclude<Answer, { fails: string }>['sheets'];

/** A way in which an independent reader is known to read something else than the file says. */
export type Explained = {
  readonly why: string;
  readonly applies: (one: Disagreement, mutant: { readonly xml: string; readonly theirs: Sheets }) => boolean;
};

/** What exceljs and openpyxl have in common. */
export const OF_BOTH: readonly Explained[] = [
  {
    why: 'they take every number in a cell of truth values for true or false; here what is neither 0 nor 1 stays what it is',
    applies: ({ ours, theirs }) => ours?.kind === 'text' && typeof theirs?.value === 'boolean',
  },
  {
    why: 'they count days before 1900, which no spreadsheet shows; here such a number stays one',
    applies: ({ ours, theirs }) =>
      ours?.kind === 'number' && Number(ours.text) < 1 && typeof theirs?.value === 'object' && 'date' in theirs.value,
  },
];

export type Comparison = {
  /** Differences that nothing explains, in words. */
  readonly unexplained: readonly string[];
  /** Mutants that both read. */
  readonly compared: number;
};

const RUNS = Number(process.env.LEDGER_FUZZ_RUNS ?? 10);
const SEED = Number(process.env.LEDGER_FUZZ_SEED ?? 20231030);

/** Mutants of a workbook, read by the store and by an independent reader: where both read one, they say the same. */
export async function compareMutants(
  name: string,
  reader: Reader,
  explained: readonly Explained[],
): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-differential-'));
  const path = join(folder, name);
  const original = readFileSync(new URL(name, WORKBOOKS));
  const entries = await rawEntries(original);
  const random = seeded(SEED + 3);

  const differences = async ({ bytes, part }: Mutant): Promise<readonly Disagreement[] | undefined> => {
    writeFileSync(path, bytes);
    const grid = await ourReading(path);
    if (grid === undefined) return undefined;
    const answer = await reader.read(path);
    if ('fails' in answer) return undefined;
    const xml =
      part === undefined
        ? ''
        : ((await rawEntries(bytes).catch(() => entries)).get(part)?.content.toString('utf8') ?? '');
    return disagreements(grid, answer).filter(
      one => !explained.some(({ applies }) => applies(one, { xml, theirs: answer.sheets })),
    );
  };

  try {
    // What differs in the workbook as it is has its reason in the oracles' tests.
    const known = new Set((await differences({ what: 'the original', bytes: original }))?.map(({ at }) => at));
    const unexplained: string[] = [];
    let compared = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const { bytes, part } = mutateXml(entries, random);
      const mutants: readonly Mutant[] = [
        mutateMeaning(entries, random),
        { what: `${part} spoiled`, bytes, part },
        mutateParts(entries, random),
        mutateZip(original, random),
      ];
      for (const mutant of mutants) {
        const found = await differences(mutant);
        if (found === undefined) continue;
        compared += 1;
        for (const { at, ours, theirs } of found.filter(one => !known.has(one.at)).slice(0, 3))
          unexplained.push(`run ${run}, ${mutant.what}: ${at} ${JSON.stringify(ours)} / ${JSON.stringify(theirs)}`);
      }
    }
    return { unexplained, compared };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ourReading(path: string): Promise<Grid | undefined> {
  try {
    return await openExcel(path).read();
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}
