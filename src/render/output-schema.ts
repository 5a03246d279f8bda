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
  column: z.int().optional().describe('1-based place in that line'),
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
      notes: z.array(z.string()).optional().describe('what happened on the sheet while it was written'),
      calls: z.object({ read: z.int(), write: z.int(), drive: z.int(), signIn: z.int() }).optional(),
    })
    .optional(),
  writes: z
    .object({
      changed: z.boolean(),
      cells: z.int(),
      sheets: z.array(z.string()),
      backup: z.string().nullable(),
      notes: z.array(z.string()).optional().describe('what happened on a Google Sheet while it was written'),
    })
    .optional(),
});

const day = z.iso.date().nullable();

/** A statement of what is to be or was done, with its figures. */
const deed = z.object({
  text: z.string(),
  dates: z.array(z.object({ value: z.string(), precision: z.string(), line: z.int() })),
  amounts: z.array(z.object({ yuan: z.string(), text: z.string(), kind: z.string().nullable(), line: z.int() })),
  counts: z.array(z.object({ n: z.int(), noun: z.string(), of: z.string(), line: z.int() })),
  policies: z.array(z.string()),
  line: z.int(),
});

/** What `import` read, with the line of each fact. */
const notice = z.object({
  kind: z.enum(['progress', 'feedback']),
  title: z.string(),
  unit: z.string(),
  inspection: z.object({ from: day, to: day, feedback: day, asOf: day }),
  sections: z.array(
    z.object({
      number: z.int().nullable(),
      title: z.string(),
      findings: z.array(
        z.object({
          number: z.int(),
          title: z.string(),
          status: z.enum(['not-started', 'in-progress', 'mostly-done', 'long-term', 'done', 'withdrawn']).nullable(),
          line: z.int(),
          subFindings: z.array(z.string()),
          measures: z.array(deed),
          progress: z.array(deed),
        }),
      ),
    }),
  ),
  claims: z.array(
    z.object({
      id: z.string(),
      of: z.string(),
      value: z.string(),
      unit: z.string(),
      kind: z.string().nullable(),
      parent: z.string().nullable(),
      line: z.int(),
    }),
  ),
  policies: z.array(
    z.object({ name: z.string(), kind: z.enum(['新建', '修订']), finding: z.int().nullable(), line: z.int() }),
  ),
  unplaced: z.array(z.object({ line: z.int(), text: z.string() })),
});

/** Document of `import`. */
export const importDocumentSchema = z.object({
  schemaVersion: z.literal(1),
  command: z.literal('import'),
  exit: z.literal(0),
  written: z.string(),
  notice,
  diagnostics: z.array(diagnostic),
});

/** Document of `lint`. */
export const lintDocumentSchema = z.object({
  schemaVersion: z.literal(1),
  command: z.literal('lint'),
  exit: z.int().min(0).max(1),
  source: z.string(),
  against: z.string().nullable(),
  levels: z.object({ error: z.int(), warning: z.int(), info: z.int() }),
  diagnostics: z.array(diagnostic),
  written: z.string().optional(),
});

const failure = z.object({
  schemaVersion: z.literal(1),
  exit: z.int().min(2).max(4),
  error: z.object({ code: z.string().optional(), message: z.string() }),
});

/** The JSON Schema that ships as `templates/ledger-output.schema.json`. */
export function outputJsonSchema(): unknown {
  return {
    title: 'ledger --json',
    ...z.toJSONSchema(z.union([ledgerDocumentSchema, importDocumentSchema, lintDocumentSchema, failure])),
  };
}
