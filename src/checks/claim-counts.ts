import type { CountLedger } from '../reconcile/compare.js';

/**
 * Whether a wrong count is a matter of tracing: it is listed in a register, and the register lists less. Policies are
 * listed one by one as documents, so a shortfall there is a wrong count unless none is listed at all.
 */
export function isShortfall(one: CountLedger): boolean {
  const register = one.readings?.register;
  if (one.ok !== false || register === undefined || one.alternative !== undefined) return false;
  if (one.computed === undefined || one.stated <= one.computed) return false;
  return register.key !== 'policies' || register.rows === 0;
}

/** A count that stands in no register of the ledger: 走访群众300户. */
export function isUnlisted(one: CountLedger): boolean {
  return one.readings === undefined;
}
