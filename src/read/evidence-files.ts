import type { Ledger } from './ledger.js';

/** Extensions of files that offices keep as evidence. */
const extensions =
  'docx?|xlsx?|xlsm|pptx?|pdf|ofd|wps|et|dps|jpe?g|png|bmp|tiff?|gif|mp3|mp4|wav|avi|mov|zip|rar|7z|txt|csv|html?|eml';
const fileName = new RegExp(`^[^<>|"?*\\n]{1,200}\\.(?:${extensions})$`, 'iu');

/** The parts of an evidence cell: 、，；and line breaks stand between them. */
export function evidenceParts(written: string): string[] {
  return written
    .split(/[、,，;；\n]+/u)
    .map(part => part.trim().replace(/^[《“"]|[》”"]$/gu, ''))
    .filter(part => part !== '');
}

/** A file that must be found: it has a known extension. “第3盒P12”, “见附件3”, “Z3-1” are not files. */
export function namesFile(part: string): boolean {
  return fileName.test(part);
}

/** Every file that the ledger and its evidence register name, once each. */
export function evidenceFiles(ledger: Ledger): ReadonlySet<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const take = (written: string | undefined) => {
    if (written === undefined || seen.has(written)) return;
    seen.add(written);
    for (const part of evidenceParts(written)) if (namesFile(part)) files.add(part);
  };
  for (const row of ledger.main.rows) take(row.data.evidence);
  for (const row of ledger.registers.evidence.rows) if (row.data.carrier !== '纸质') take(row.data.file);
  return files;
}
