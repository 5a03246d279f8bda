import type { Place } from '../model/diagnostic.js';
import { evidenceParts, namesFile } from '../read/evidence-files.js';
import type { Finding, LedgerRow } from '../read/main.js';
import { placeIn } from '../reconcile/place.js';
import { cellPlace, type Examining } from './check.js';
import { once } from './once.js';

/** One piece of evidence as the ledger names it, with every place that does. */
export type NamedEvidence = {
  /** As written; a number of the register 佐证材料 stands for the file listed there. */
  readonly name: string;
  readonly isFile: boolean;
  readonly places: Place[];
  readonly rows: LedgerRow[];
  readonly findings: Set<Finding>;
  /** 全部 in the register: meant for every finding. */
  forAll: boolean;
  /** SHA-256 that the register keeps. */
  sha256: string | undefined;
};

/** Everything that the main sheet and the register 佐证材料 name as evidence, in the order of reading. */
export const namedEvidence = once(collected);

function collected({ ledger }: Examining): ReadonlyMap<string, NamedEvidence> {
  const named = new Map<string, NamedEvidence>();
  const take = (name: string): NamedEvidence => {
    let one = named.get(name);
    if (one === undefined) {
      one = {
        name,
        isFile: namesFile(name),
        places: [],
        rows: [],
        findings: new Set(),
        forAll: false,
        sha256: undefined,
      };
      named.set(name, one);
    }
    return one;
  };
  const { evidence } = ledger.registers;
  const fileOfCode = new Map<string, string>();
  const byNumber = new Map(ledger.main.findings.map(finding => [finding.number ?? finding.index + 1, finding]));
  for (const row of evidence.rows) {
    const { code, file, carrier, reference, sha256 } = row.data;
    if (file === undefined) continue;
    if (code !== undefined) fileOfCode.set(code, file);
    if (carrier === '纸质') continue;
    const one = take(file);
    one.places.push(placeIn(evidence.header, row.number, 'file'));
    one.sha256 ??= sha256;
    if (reference?.kind === 'all') one.forAll = true;
    if (reference?.kind === 'findings') {
      for (const number of reference.numbers) {
        const finding = byNumber.get(number);
        if (finding !== undefined) one.findings.add(finding);
      }
    }
  }
  const parts = new Map<string, readonly string[]>();
  for (const row of ledger.main.rows) {
    const written = row.data.evidence;
    const finding = ledger.main.findings[row.finding];
    if (written === undefined || finding === undefined || !row.own.has('evidence')) continue;
    let names = parts.get(written);
    if (names === undefined) {
      names = evidenceParts(written);
      parts.set(written, names);
    }
    for (const part of names) {
      const one = take(fileOfCode.get(part) ?? part);
      one.places.push(cellPlace(ledger, row, 'evidence'));
      one.rows.push(row);
      one.findings.add(finding);
    }
  }
  return named;
}
