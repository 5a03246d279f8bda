import { z } from 'zod';
import type { SettledConflict } from '../writeback/context.js';
import { longList } from './long-list.js';
import { readState } from './memory.js';

/* conflicts.json: every conflict that was ever settled, for the sheet 修改不一致; the latest first. */

const settledSchema = z.object({
  version: z.literal(1),
  conflicts: longList(
    z.object({
      finding: z.string(),
      row: z.string(),
      header: z.string(),
      base: z.string(),
      source: z.string(),
      mirror: z.string(),
      decision: z.enum(['source', 'mirror']),
      by: z.string(),
      at: z.string(),
    }),
  ),
});

export async function loadSettled(...places: readonly string[]): Promise<readonly SettledConflict[]> {
  const parsed = settledSchema.safeParse(await readState(places));
  return parsed.success ? parsed.data.conflicts : [];
}

/** As it stands in the file. */
export function settledContent(conflicts: readonly SettledConflict[]): string {
  return JSON.stringify({ version: 1, conflicts });
}
