import { z } from 'zod';

/*
 * The form of --json. Additive changes keep `schemaVersion`; a key that changes its meaning raises it. Money is decimal text in
 * 元 with at least two places; null is "not computed", never zero.
 */

const figure = z
  .string()
  .regex(/^-?\d+\.\d{2,}$/)
  .nullable();
const level = z.enum(['error', 'warning', 'info']);

const money = { due: figure, recovered: figure, reduced: figure, outstanding: figure };

const diagnostic = z.object({
  check: z.string(),
  level,
  id: z.string().describe('提示编号, stable from run to run'),
  message: z.string(),
  remedy: z.string(),
  sheet: z.string().optional(),
  cell: z.string().optional(),
  line: z.int().optional().describe('line of a notice, in place of a cell'),
  header: z.string().optional(),
  found: z.string().optional(),
  expected: z.string().optional(),
  row: z.string().optional().describe('row id'),
  finding: z.int().optional(),
  also: z.array(z.string()),
  count: z.int(),
  waived: z.boolean(),
});

const edit = z.object({
  store: z.enum(['source', 'mirror']),
  sheet: z.string(),
  cell: z.string(),
  header: z.string(),
  row: z.string(),
  before: z.string(),
  after: z.string(),
  why: z.string(),
});

/** Documents of `check`, `status` and `sync`. */
export const ledgerDocumentSchema = z.looseObject({
  schemaVersion: z.literal(1),
  command: z.string(),
  exit: z.int().min(0).max(4),
  ledger: z.object({ source: z.string(), unit: z.string().nullable(), asOf: z.iso.date(), revision: z.string() }),
  counts: z.object({
    sections: z.int(),
    findings: z.int(),
    subFindings: z.int(),
    measures: z.int(),
    byStatus: z.record(z.string(), z.int()),
    completionRate: z.string().nullable(),
    closingRate: z.string().nullable(),
  }),
  money: z.object({
    unit: z.literal('CNY'),
    ...money,
    byCategory: z.array(z.object({ category: z.string(), ...money })),
  }),
  levels: z.object({ error: z.int(), warning: z.int(), info: z.int() }),
  reconciliations: z.array(
    z.object({
      claim: z.string(),
      level: z.enum(['finding', 'category', 'claim']),
      subject: z.string(),
      stated: z.string(),
      computed: z.string().nullable(),
      difference: z.string().nullable(),
      unit: z.string(),
      ok: z.boolean().nullable(),
      cells: z.array(z.string()),
    }),
  ),
  diagnostics: z.array(diagnostic),
  plan: z
    .object({
      edits: z.array(edit),
      columns: z.array(z.object({ sheet: z.string(), cell: z.string(), header: z.string() })),
      sheets: z.array(z.string()),
    })
    .optional(),
  mirror: z
    .object({
      state: z.enum(['done', 'decision', 'held', 'preview', 'behind']),
      error: z.string().optional(),
      url: z.string().optional(),
      pulled: z.int().optional().describe('review cells taken into the ledger'),
      pushed: z.int().optional().describe('cells written on the mirror'),
      newRows: z.int().optional(),
      conflicts: z
        .array(
          z.object({
            row: z.string(),
            header: z.string(),
            agreed: z.string(),
            source: z.string(),
            mirror: z.string(),
            decision: z.enum(['source', 'mirror']).nullable(),
          }),
        )
        .optional(),
      restored: z.int().optional().describe('cells edited by who is not their writer, put back'),
      calls: z.object({ read: z.int(), write: z.int(), drive: z.int() }).optional(),
    })
    .optional(),
  writes: z
    .object({ changed: z.boolean(), cells: z.int(), sheets: z.array(z.string()), backup: z.string().nullable() })
    .optional(),
});

const failure = z.object({
  schemaVersion: z.literal(1),
  exit: z.int().min(2).max(4),
  error: z.object({ code: z.string().optional(), message: z.string() }),
});

/** The JSON Schema that ships as `templates/ledger-output.schema.json`. */
export function outputJsonSchema(): unknown {
  return { title: 'ledger --json', ...z.toJSONSchema(z.union([ledgerDocumentSchema, failure])) };
}
