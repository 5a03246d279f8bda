import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Plan } from '../model/plan.js';
import { text } from '../model/text.js';
import { StoreError } from '../stores/store.js';

/*
 * A saved plan (--plan-out) is what a person looked at and agreed to, not a set of instructions: --plan makes the plan anew and
 * carries it out only when it is the very same. So a plan file that was edited, or a ledger that moved on, changes nothing.
 */

const planFileSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('ledger-plan'),
  source: z.string(),
  basedOn: z.string(),
  ledgerId: z.string(),
  asOf: z.iso.date(),
  digest: z.string(),
});

export type PlanFile = z.output<typeof planFileSchema>;

/** The text of a plan file; `document` is the readable list of edits. */
export function writePlanFile(plan: Plan, asOf: string, document: object): string {
  const head: PlanFile = {
    schemaVersion: 1,
    kind: 'ledger-plan',
    source: plan.target,
    basedOn: plan.basedOn,
    ledgerId: plan.ledgerId,
    asOf,
    digest: planDigest(plan),
  };
  return `${JSON.stringify({ ...head, plan: document }, null, 2)}\n`;
}

/** @throws StoreError (exit 2) when the text is no plan file. */
export function readPlanFile(content: string, name: string): PlanFile {
  const parsed = planFileSchema.safeParse(parseJson(content));
  if (parsed.success) return parsed.data;
  throw new StoreError(
    2,
    'plan-file',
    text(
      `${name} 不是 ledger sync --plan-out 写出的计划文件`,
      `${name} is not a plan file written by ledger sync --plan-out`,
    ),
  );
}

/** Same plan, same digest. */
export function planDigest(plan: Plan): string {
  return hash(
    'sha256',
    JSON.stringify([plan.basedOn, plan.ledgerId, plan.expects, plan.columns, plan.widen, plan.edits, plan.images]),
  );
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
