import type { Day } from '../model/day.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Ledger } from '../read/ledger.js';

/** Marks what 核实说明 covers: still shown, no longer counted. */
export function waive(diagnostics: readonly Diagnostic[], _ledger: Ledger, _asOf: Day): Diagnostic[] {
  return [...diagnostics];
}
