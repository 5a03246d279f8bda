import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** LibreOffice keeps cached values by default; 0 lets it calculate every formula anew when it opens a file. */
const ALWAYS_RECALCULATE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`;

/**
 * Opens workbooks in LibreOffice, calculates them anew and saves them as `filter` (`xlsx`, `pdf` …) under their names in
 * `outputFolder`. One process for all files; its profile is thrown away.
 */
export async function saveWithLibreOffice(
  files: readonly string[],
  outputFolder: string,
  filter = 'xlsx',
): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'ledger-soffice-'));
  try {
    await mkdir(join(profile, 'user'), { recursive: true });
    await writeFile(join(profile, 'user', 'registrymodifications.xcu'), ALWAYS_RECALCULATE);
    const options = [
      '--headless',
      `-env:UserInstallation=file://${profile}`,
      '--convert-to',
      filter,
      '--outdir',
      outputFolder,
    ];
    await run('soffice', [...options, ...files], { timeout: 200_000 });
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}
