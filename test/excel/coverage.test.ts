import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rawEntries, WORKBOOKS } from '../support/excel/packages.js';

/*
 * What the test set covers, row by row: each feature of office workbooks and each property of real packages, with a workbook that
 * has it and where it stands there. Every workbook of the set goes through lossless.test.ts (part by part, cell by cell), through
 * both oracles and through the fuzzers. What is refused instead has its test by name.
 */

type Covered = readonly [row: string, file: string, part: RegExp, content?: RegExp | undefined];

const FEATURES: readonly Covered[] = [
  ['cell values', 'hand-everything.xlsx', /worksheets\/sheet/, /<(x:)?v>/],
  ['normal formulas', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<f>[^<]/],
  ['shared formulas', 'hand-values.xlsx', /worksheets\/sheet/, /<f t="shared"/],
  ['array formulas', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<f t="array"/],
  ['dynamic-array formulas (cm)', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<c [^>]*cm="/],
  ['dynamic-array metadata', 'xlsxwriter-everything.xlsx', /xl\/metadata\.xml/, /XLDAPR/],
  ['cached formula values', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<\/f><v>/],
  ['inline strings', 'hand-everything.xlsx', /worksheets\/sheet/, /t="inlineStr"/],
  ['rich text runs', 'xlsxwriter-everything.xlsx', /sharedStrings|worksheets\/sheet/, /<r><(?:rPr|t)/],
  ['phonetic rPh runs', 'hand-values.xlsx', /sharedStrings|worksheets\/sheet/, /<rPh/],
  ['quotePrefix', 'hand-rare.xlsx', /styles/, /quotePrefix="(?:1|true)"/],
  ['1904 date system', 'xlsxwriter-1904.xlsx', /workbook\.xml/, /date1904="(?:1|true)"/],
  ['what-if data tables', 'hand-rare.xlsx', /worksheets\/sheet/, /<f t="dataTable"/],
  ['cell style: font', 'xlsxwriter-everything.xlsx', /styles/, /<fonts count="([2-9]|\d\d)/],
  ['cell style: fill', 'xlsxwriter-everything.xlsx', /styles/, /<fills count="([3-9]|\d\d)/],
  ['cell style: border', 'xlsxwriter-everything.xlsx', /styles/, /<borders count="([2-9]|\d\d)/],
  ['cell style: number format', 'hand-everything.xlsx', /styles/, /<numFmt /],
  ['cell style: alignment', 'xlsxwriter-everything.xlsx', /styles/, /<alignment/],
  ['cell style: protection', 'xlsxwriter-everything.xlsx', /styles/, /<protection/],
  ['cell style: named-style link', 'xlsxwriter-everything.xlsx', /styles/, /<xf [^>]*xfId="[1-9]/],
  ['named cell styles', 'xlsxwriter-everything.xlsx', /styles/, /<cellStyles count="([2-9])/],
  ['font names in styles', 'hand-everything.xlsx', /styles/, /<name val=/],
  ['custom number formats', 'hand-everything.xlsx', /styles/, /<numFmt /],
  ['dxfs', 'xlsxwriter-everything.xlsx', /styles/, /<dxfs count="[1-9]/],
  ['custom table styles', 'hand-rare.xlsx', /styles/, /<tableStyle /],
  ['custom palette/MRU colors', 'openpyxl-rich.xlsx', /styles/, /<colors>/],
  ['theme', 'xlsxwriter-everything.xlsx', /theme\//, /<a:theme/],
  ['row-level styles', 'hand-rare.xlsx', /worksheets\/sheet/, /<row [^>]*customFormat="(?:1|true)"/],
  ['column-level styles', 'libreoffice-everything.xlsx', /worksheets\/sheet/, /<col [^>]*style="/],
  ['column widths', 'hand-everything.xlsx', /worksheets\/sheet/, /<col [^>]*width="/],
  ['row heights', 'openpyxl-merged.xlsx', /worksheets\/sheet/, /<row [^>]*ht="/],
  ['merged cells', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<mergeCell /],
  ['hidden rows', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<row [^>]*hidden="/],
  ['hidden columns', 'hand-rare.xlsx', /worksheets\/sheet/, /<col [^>]*hidden="(1|true)/],
  ['grouped rows', 'openpyxl-rich.xlsx', /worksheets\/sheet/, /<row [^>]*outlineLevel="[1-9]/],
  ['grouped columns', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<col [^>]*outlineLevel="[1-9]/],
  ['freeze/split panes', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<pane /],
  [
    'sheet views (zoom, gridlines, selection)',
    'libreoffice-everything.xlsx',
    /worksheets\/sheet/,
    /<sheetView [^>]*(zoomScale|showGridLines)/,
  ],
  ['custom sheet views', 'hand-rare.xlsx', /worksheets\/sheet/, /<customSheetView /],
  ['sheetPr (tab color, outlinePr, fitToPage, codeName)', 'hand-everything.xlsx', /worksheets\/sheet/, /<sheetPr/],
  ['sheetFormatPr', 'hand-everything.xlsx', /worksheets\/sheet/, /<sheetFormatPr/],
  ['hidden sheets', 'hand-everything.xlsx', /workbook\.xml/, /<sheet [^>]*state="hidden/],
  ['sheet order+names', 'hand-everything.xlsx', /workbook\.xml/, /<sheet .*<sheet /],
  ['sheetIds', 'hand-everything.xlsx', /workbook\.xml/, /sheetId="2"/],
  ['data validations', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<dataValidation /],
  ['x14 data validation ext', 'hand-everything.xlsx', /worksheets\/sheet/, /x14:dataValidation /],
  ['conditional formatting', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<conditionalFormatting /],
  ['x14 conditional formatting ext', 'hand-everything.xlsx', /worksheets\/sheet/, /x14:conditionalFormatting/],
  ['autofilter (range only)', 'hand-everything.xlsx', /worksheets\/sheet/, /<autoFilter ref="[^"]*"\/>/],
  ['autofilter with criteria/sort', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<filterColumn/],
  ['sort state', 'hand-rare.xlsx', /worksheets\/sheet/, /<sortState/],
  ['hyperlinks', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<hyperlink /],
  ['defined names', 'hand-everything.xlsx', /workbook\.xml/, /<definedName name="[^_]/],
  ['defined names (builtin _xlnm)', 'hand-everything.xlsx', /workbook\.xml/, /<definedName name="_xlnm/],
  ['external links', 'hand-everything.xlsx', /externalLinks\//, /<externalBook/],
  ['ignored errors', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<ignoredError/],
  ['dataConsolidate', 'hand-rare.xlsx', /worksheets\/sheet/, /<dataConsolidate/],
  ['scenarios', 'hand-rare.xlsx', /worksheets\/sheet/, /<scenario /],
  ['sheet protection', 'hand-everything.xlsx', /worksheets\/sheet/, /<sheetProtection/],
  ['protected ranges', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<protectedRange/],
  ['workbook protection', 'openpyxl-rich.xlsx', /workbook\.xml/, /<workbookProtection/],
  ['fileSharing', 'hand-rare.xlsx', /workbook\.xml/, /<fileSharing/],
  ['print options', 'libreoffice-everything.xlsx', /worksheets\/sheet/, /<printOptions/],
  ['page margins', 'hand-everything.xlsx', /worksheets\/sheet/, /<pageMargins/],
  ['page setup', 'hand-everything.xlsx', /worksheets\/sheet/, /<pageSetup/],
  ['header/footer text', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<headerFooter/],
  ['header/footer images (VML)', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<legacyDrawingHF/],
  ['page breaks', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /<(row|col)Breaks/],
  ['printer settings', 'hand-everything.xlsx', /printerSettings/],
  ['charts', 'xlsxwriter-everything.xlsx', /charts\/chart/, /<c:chart/],
  ['chart style/colors parts', 'hand-rare.xlsx', /charts\/(style|colors)/],
  ['chartsheets', 'xlsxwriter-everything.xlsx', /chartsheets\//, /<chartsheet/],
  ['drawing: chart/graphic frame', 'xlsxwriter-everything.xlsx', /drawings\/drawing/, /<xdr:graphicFrame/],
  ['drawing: picture', 'xlsxwriter-everything.xlsx', /drawings\/drawing/, /<xdr:pic>/],
  ['media files', 'xlsxwriter-everything.xlsx', /media\//],
  ['drawing: shape/textbox', 'xlsxwriter-everything.xlsx', /drawings\/drawing/, /<xdr:sp /],
  ['drawing: group', 'hand-rare.xlsx', /drawings\/drawing/, /<xdr:grpSp/],
  ['SmartArt diagrams', 'hand-rare.xlsx', /diagrams\//],
  ['sheet background picture', 'hand-rare.xlsx', /worksheets\/sheet/, /<picture r:id/],
  ['form controls (ctrlProps)', 'libreoffice-everything.xlsx', /ctrlProps\//],
  ['VML form/legacy controls', 'xlsxwriter-everything.xlsx', /vmlDrawing/, /ObjectType="(Button|Drop|Check)/],
  ['controls element', 'hand-rare.xlsx', /worksheets\/sheet/, /<controls>/],
  ['ActiveX', 'hand-rare.xlsx', /activeX\//],
  ['OLE embeddings', 'hand-rare.xlsx', /embeddings\//],
  ['sparklines ext', 'xlsxwriter-everything.xlsx', /worksheets\/sheet/, /x14:sparkline/],
  ['tables (ListObjects)', 'openpyxl-table.xlsx', /tables\/table/, /<table /],
  ['pivot tables', 'hand-everything.xlsx', /pivotTables\//],
  ['pivot cache def+records', 'hand-everything.xlsx', /pivotCacheRecords/],
  ['slicers', 'hand-everything.xlsx', /slicers\//],
  ['slicer caches', 'hand-everything.xlsx', /slicerCaches\//],
  ['query tables/connections', 'hand-rare.xlsx', /connections\.xml/],
  ['data model', 'hand-rare.xlsx', /model\/item/],
  ['richData', 'hand-rare.xlsx', /richData\//],
  ['volatile deps', 'hand-rare.xlsx', /volatileDependencies/],
  ['legacy comments (text+author)', 'hand-everything.xlsx', /comments\d*\.xml/, /<author>/],
  ['legacy comment rich runs', 'xlsxwriter-everything.xlsx', /comments\d*\.xml/, /<r><rPr>/],
  ['VML comment shapes (size/pos/format)', 'hand-everything.xlsx', /vmlDrawing/, /ObjectType="Note/],
  ['threaded comments', 'hand-everything.xlsx', /threadedComment/],
  ['persons', 'hand-everything.xlsx', /persons\//],
  ['VBA project', 'xlsxwriter-macros.xlsm', /vbaProject/],
  ['custom XML parts', 'hand-everything.xlsx', /customXml\/item/],
  ['custom doc properties', 'hand-everything.xlsx', /docProps\/custom/],
  ['core/app doc properties', 'hand-everything.xlsx', /docProps\/(core|app)/],
  ['workbookPr attrs', 'xlsxwriter-everything.xlsx', /workbook\.xml/, /<workbookPr [a-z]/],
  ['calcPr', 'hand-everything.xlsx', /workbook\.xml/, /<calcPr/],
  ['workbook views', 'xlsxwriter-everything.xlsx', /workbook\.xml/, /<workbookView/],
  ['workbook extLst', 'hand-everything.xlsx', /workbook\.xml/, /<extLst/],
  ['styles extLst', 'hand-rare.xlsx', /styles/, /<extLst/],
  [
    'other sheet extLst',
    'xlsxwriter-everything.xlsx',
    /worksheets\/sheet/,
    /uri="\{(?!A8765BA9|CCE6A557|78C0D931|05C60535)/,
  ],
  ['calcChain', 'hand-values.xlsx', /calcChain/],
  ['web extensions', 'hand-rare.xlsx', /webextensions\//],
  ['WPS cellimages', 'hand-everything.xlsx', /cellimages/],
  ['WPS customStorage', 'hand-rare.xlsx', /customStorage/],
  ['unknown (future) parts', 'hand-everything.xlsx', /未来\//],
];

/** Features that are refused with a sentence, and the test that says so. */
const REFUSED: readonly (readonly [row: string, file: string, title: string])[] = [
  ['digital signature', 'hostile.test.ts', 'a digital signature'],
  ['revision logs', 'hostile.test.ts', 'a shared workbook'],
];

const PROPERTIES: readonly Covered[] = [
  ['no shared-strings part', 'xlsxwriter-inline.xlsx', /^(?!.*sharedStrings)/],
  ['mc:Ignorable', 'hand-everything.xlsx', /worksheets\/sheet/, /mc:Ignorable=/],
  ['xr:uid', 'hand-everything.xlsx', /worksheets\/sheet/, /xr:uid=/],
  ['empty <sheetData/>', 'hand-alternate-content.xlsx', /worksheets\/sheet/, /<sheetData\/>/],
  ['mc:AlternateContent in workbook.xml', 'hand-alternate-content.xlsx', /workbook\.xml/, /mc:AlternateContent/],
  ['calcChain', 'hand-values.xlsx', /calcChain/],
  ['UTF-8 BOM in sheet XML', 'hand-oddities.xlsx', /worksheets\/sheet/, /^\ufeff/],
  ['rows without spans', 'openpyxl-table.xlsx', /worksheets\/sheet/, /<row r="2">/],
  ['prefixed root (x:worksheet)', 'hand-prefixed.xlsx', /worksheets\/sheet/, /<x:worksheet/],
  ['absolute relationship targets', 'openpyxl-rich.xlsx', /workbook\.xml\.rels/, /Target="\/xl\//],
  ['dimension that lies', 'hand-zip64.xlsx', /worksheets\/sheet/, /<dimension ref="A1:XFD1048576"/],
  ['cells without r', 'hand-bare.xlsx', /worksheets\/sheet/, /<c(?: [^r>]*)?>/],
  ['r: declared on <sheet>', 'hand-alternate-content.xlsx', /workbook\.xml/, /<sheet xmlns:/],
];

/** Properties of which a file has none. */
const ABSENT: readonly Covered[] = [
  ['no docProps/app.xml', 'hand-bare.xlsx', /docProps\/app\.xml/],
  ['no styles part', 'hand-bare.xlsx', /styles\.xml/],
  ['no dimension', 'hand-bare.xlsx', /worksheets\/sheet/, /<dimension/],
];

/** The table of hostile files: each is refused, or read for what it is, in the test of this title. */
const HOSTILE: readonly (readonly [row: string, file: string, title: string])[] = [
  ['DTD entity bomb in shared strings', 'hostile.test.ts', 'an entity bomb in the shared strings'],
  ['external entity (XXE)', 'hostile.test.ts', 'an outside entity in a sheet'],
  ['600 MB of spaces in sheet XML (0.6 MB zip)', 'hostile.test.ts', 'spaces without end in a sheet'],
  ['2 GB media entry (1.9 MB zip)', 'hostile.test.ts', 'a zip bomb'],
  ['one flipped byte in the sheet', 'hostile.test.ts', 'one flipped byte in the sheet'],
  ['entry flagged encrypted', 'hostile.test.ts', 'an entry encrypted by a zip program'],
  ['overlapping zip entries', 'hostile.test.ts', 'overlapping entries'],
  ['cut-off end of file', 'hostile.test.ts', 'a file whose end is missing'],
  ['duplicate part name', 'hostile.test.ts', 'two parts of one name'],
  ['merge F1:XFD1048576', 'hostile.test.ts', 'a lying dimension, a merge and a validation over everything'],
  ['50,000 merges (POI)', 'hostile.test.ts', '50,000 merges'],
  ['validation over the whole sheet', '../attack/bad-input.test.ts', 'a validation over the whole sheet'],
  ['20,000 sheet entries', 'hostile.test.ts', 'too many sheets'],
  ['one cell at XFD1048576', 'hostile.test.ts', '16,384 columns and a cell in the last corner'],
  ['UTF-16 sheet', 'hostile.test.ts', 'a UTF-16 sheet'],
  ['GBK csv renamed .xlsx', 'hostile.test.ts', 'a CSV in GBK'],
  ['HTML renamed .xlsx', 'hostile.test.ts', 'a web page renamed to .xlsx'],
  ['password-encrypted', 'hostile.test.ts', 'a workbook with a password'],
  ['POI shared-strings bomb', 'hostile.test.ts', 'shared strings whose counts lie'],
];
/** Hostile to some, and read. */
const HOSTILE_READ: readonly Covered[] = [
  ['uncompressed entries', 'hand-stored.xlsx', /./],
  ['Zip64 local headers', 'hand-zip64.xlsx', /./],
];

const contents = new Map<string, ReadonlyMap<string, string>>();
async function partsOf(file: string): Promise<ReadonlyMap<string, string>> {
  const known = contents.get(file);
  if (known !== undefined) return known;
  const entries = await rawEntries(readFileSync(new URL(file, WORKBOOKS)));
  const parts = new Map([...entries].map(([name, { content }]) => [name, content.toString('utf8')]));
  contents.set(file, parts);
  return parts;
}

async function has([, file, part, content]: Covered): Promise<boolean> {
  const parts = await partsOf(file);
  // A pattern that denies is meant for all names together.
  if (part.source.startsWith('^(?!')) return part.test([...parts.keys()].join(' '));
  return [...parts].some(([name, text]) => part.test(name) && (content?.test(text) ?? true));
}

const titled = (rows: readonly Covered[]) => rows.map(row => ({ row, title: `${row[0]}: ${row[1]}` }));

test.each(titled([...FEATURES, ...PROPERTIES, ...HOSTILE_READ]))('$title has it', async ({ row }) => {
  expect(await has(row)).toBe(true);
});

test.each(titled(ABSENT))('$title has none', async ({ row }) => {
  expect(await has(row)).toBe(false);
});

test.each([...REFUSED, ...HOSTILE])('%s: %s tests it', (_row, file, title) => {
  expect(readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8')).toContain(`'${title}'`);
});

const LOCAL_HEADER = 0x04034b50;

/** Local headers of a zip file, by what the bytes say. */
function localHeaders(
  file: string,
): readonly { readonly name: string; readonly flags: number; readonly method: number; readonly extra: Buffer }[] {
  const bytes = readFileSync(new URL(file, WORKBOOKS));
  const found: { name: string; flags: number; method: number; extra: Buffer }[] = [];
  for (let at = 0; at + 30 < bytes.length; at += 1) {
    if (bytes.readUInt32LE(at) !== LOCAL_HEADER) continue;
    const length = bytes.readUInt16LE(at + 26);
    const extra = bytes.subarray(at + 30 + length, at + 30 + length + bytes.readUInt16LE(at + 28));
    const name = bytes.toString('utf8', at + 30, at + 30 + length);
    found.push({ name, flags: bytes.readUInt16LE(at + 6), method: bytes.readUInt16LE(at + 8), extra });
  }
  return found;
}

test('how the zip itself is written: stored entries, folders as entries, data descriptors, backslashes, Zip64', () => {
  expect(localHeaders('hand-backslashes.xlsx').some(({ name }) => name.includes('\\'))).toBe(true);
  expect(localHeaders('hand-stored.xlsx').some(({ method }) => method === 0)).toBe(true);
  expect(localHeaders('hand-zip64.xlsx').some(({ name }) => name.endsWith('/'))).toBe(true);
  expect(localHeaders('hand-data-descriptors.xlsx').some(({ flags }) => (flags & 8) !== 0)).toBe(true);
  expect(localHeaders('hand-zip64.xlsx').some(({ extra }) => extra.length > 1 && extra.readUInt16LE(0) === 1)).toBe(
    true,
  );
});

/** The tables from which this one was made, where they lie beside the project. */
const lab = new URL('../../../shared/research/xlsx-lab.md', import.meta.url);

test.runIf(existsSync(lab))('no row of the research is missing', () => {
  const text = readFileSync(lab, 'utf8');
  const section = (from: string, to: string): string => text.slice(text.indexOf(from), text.indexOf(to));
  const rows = (part: string): string[] =>
    [...part.matchAll(/^\| ([^|]+?) \|/gmu)]
      .map(found => found[1] ?? '')
      .filter(row => !['feature', 'case', 'property'].includes(row));
  const covered = new Set([...FEATURES, ...REFUSED, ...HOSTILE, ...HOSTILE_READ].map(([row]) => row));
  const named = [...rows(section('### 1.2', '### 1.3')), ...rows(section('### 4.2', '### 4.3'))];
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(row => !covered.has(row))).toEqual([]);
});
