import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExcel, type RefusalCode, refusals } from '../../src/stores/excel/index.js';
import { StoreError } from '../../src/stores/store.js';
import { WORKBOOKS } from '../support/excel/packages.js';
import { samplePlan } from '../support/excel/plans.js';
import {
  makeZip,
  NAMESPACES,
  ROWS,
  sheetXml,
  workbookParts,
  workbookRelationships,
  type ZipPart,
} from '../support/excel/zips.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-hostile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const stream = (name: string): Buffer =>
  Buffer.concat([OLE, Buffer.alloc(1016), Buffer.from(name, 'utf16le'), Buffer.alloc(512)]);
const sheet = (rows: string, after = '', before = ''): Buffer =>
  makeZip(workbookParts({ 'xl/worksheets/sheet1.xml': sheetXml(rows, after, before) }));
const withPart = (name: string, content: string | Buffer): Buffer => makeZip(workbookParts({ [name]: content }));
const replaced = (name: string, change: (part: ZipPart) => ZipPart): Buffer =>
  makeZip(workbookParts().map(part => (part.name === name ? change(part) : part)));
const SHEET = 'xl/worksheets/sheet1.xml';
const good = makeZip(workbookParts());
const STRINGS = `<sst xmlns="${NAMESPACES.main}"><si><t>甲</t></si></sst>`;
const sharedString = (rows: string, strings: string): Buffer =>
  makeZip(
    workbookParts({
      [SHEET]: sheetXml(rows),
      'xl/sharedStrings.xml': strings,
      'xl/_rels/workbook.xml.rels': workbookRelationships(
        `<Relationship Id="rId2" Type="${NAMESPACES.relationships}/sharedStrings" Target="sharedStrings.xml"/>`,
      ),
    }),
  );

const STYLES = `<styleSheet xmlns="${NAMESPACES.main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`;
const styled = (rows: string, styles = STYLES): Buffer =>
  makeZip(
    workbookParts({
      [SHEET]: sheetXml(rows),
      'xl/styles.xml': styles,
      'xl/_rels/workbook.xml.rels': workbookRelationships(
        `<Relationship Id="rId2" Type="${NAMESPACES.relationships}/styles" Target="styles.xml"/>`,
      ),
    }),
  );

/** A million spaces between two rows: small in the file, large unpacked. */
const SPACES = Buffer.alloc(12 * 1024 * 1024, 0x20);

const CASES: readonly (readonly [title: string, code: RefusalCode, bytes: Buffer])[] = [
  ['an empty file', 'empty-file', Buffer.alloc(0)],
  ['a CSV renamed to .xlsx', 'text-file', Buffer.from('序号,反馈问题\r\n1,学习不够扎实\r\n')],
  [
    'a CSV in GBK',
    'text-file',
    Buffer.from([0xd0, 0xf2, 0xba, 0xc5, 0x2c, 0xce, 0xca, 0xcc, 0xe2, 0x0d, 0x0a, 0x31, 0x2c, 0xb2]),
  ],
  [
    'a web page renamed to .xlsx',
    'html-page',
    Buffer.from('\ufeff<html><body><table><tr><td>序号</td></tr></table></body></html>'),
  ],
  [
    'XML Spreadsheet 2003',
    'xml-2003',
    Buffer.from(
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    ),
  ],
  ['an old .xls', 'old-xls', stream('Workbook')],
  ['a workbook with a password', 'encrypted', stream('EncryptedPackage')],
  [
    'a workbook under rights management',
    'irm',
    Buffer.concat([stream('EncryptedPackage'), Buffer.from('DRMEncryptedDataSpace', 'utf16le')]),
  ],
  ['a picture', 'not-a-workbook', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
  ['a file of zeros', 'truncated', Buffer.alloc(4096)],
  ['a zip of something else', 'not-a-workbook', makeZip([{ name: 'readme.txt', content: 'hello' }])],
  [
    'an OpenDocument spreadsheet',
    'ods',
    makeZip([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', stored: true }]),
  ],
  [
    'a Word document',
    'other-office',
    makeZip(
      workbookParts({
        '_rels/.rels': `<Relationships xmlns="${NAMESPACES.package}/relationships"><Relationship Id="rId1" Type="${NAMESPACES.relationships}/officeDocument" Target="word/document.xml"/></Relationships>`,
        'word/document.xml': '<document/>',
      }),
    ),
  ],
  ['a file whose end is missing', 'truncated', good.subarray(0, good.length - 200)],
  ['a file cut in the middle', 'truncated', good.subarray(0, good.length >> 1)],
  ['one flipped byte in the sheet', 'wrong-crc', flipped(good)],
  ['a wrong checksum', 'wrong-crc', replaced(SHEET, part => ({ ...part, crc: 1 }))],
  ['a zip bomb', 'zip-bomb', withPart('xl/media/image1.png', Buffer.alloc(40 * 1024 * 1024))],
  ['spaces without end in a sheet', 'zip-bomb', sheet(SPACES.toString('latin1') + ROWS)],
  ['a part larger than promised', 'zip-bomb', replaced(SHEET, part => ({ ...part, size: 10 }))],
  ['a part smaller than promised', 'wrong-crc', replaced(SHEET, part => ({ ...part, size: 100_000 }))],
  ['an entry encrypted by a zip program', 'encrypted-zip', replaced(SHEET, part => ({ ...part, flags: 0x0801 }))],
  ['a rare compression', 'unknown-compression', replaced(SHEET, part => ({ ...part, method: 12 }))],
  ['two parts of one name', 'duplicate-entry', makeZip([...workbookParts(), { name: SHEET, content: sheetXml('') }])],
  [
    'two parts that differ by case',
    'duplicate-entry',
    makeZip([...workbookParts(), { name: SHEET.toUpperCase(), content: sheetXml('') }]),
  ],
  ['overlapping entries', 'overlapping-entry', overlapping()],
  ['a name that climbs out', 'path-entry', makeZip([...workbookParts(), { name: '../../etc/passwd', content: 'x' }])],
  ['an absolute name', 'path-entry', makeZip([...workbookParts(), { name: '/etc/passwd', content: 'x' }])],
  ['entities in the workbook', 'doctype', withPart('xl/workbook.xml', '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>')],
  ['entities in the content types', 'doctype', withPart('[Content_Types].xml', '<!DOCTYPE x><Types/>')],
  [
    'an outside entity in a sheet',
    'doctype',
    withPart(SHEET, sheetXml().replace('?><', '?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><')),
  ],
  ['a document type inside the rows', 'doctype', sheet(`<!DOCTYPE x>${ROWS}`)],
  ['an entity bomb in the shared strings', 'doctype', sharedString(ROWS, `<!DOCTYPE s [<!ENTITY a "x">]>${STRINGS}`)],
  ['an undeclared entity', 'broken-xml', sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>')],
  ...['&#xD800;', '&#xD83D;&#xDE00;', '&#0;', '&#7;', '&#xFFFE;', '&#x110000;'].map(
    (reference): (typeof CASES)[number] => [
      `a reference to no character (${reference})`,
      'broken-xml',
      sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>学${reference}习</t></is></c></row>`),
    ],
  ),
  ['a UTF-16 sheet', 'encoding', withPart(SHEET, Buffer.from(`\ufeff${sheetXml()}`, 'utf16le'))],
  ['a sheet in GBK', 'encoding', withPart(SHEET, sheetXml().replace('UTF-8', 'GBK'))],
  [
    'bytes that are no UTF-8',
    'encoding',
    withPart(SHEET, Buffer.concat([Buffer.from(sheetXml('', '<!--')), Buffer.from([0xff, 0xfe, 0xb2])])),
  ],
  ['no content types', 'missing-part', makeZip(workbookParts({ '[Content_Types].xml': undefined }))],
  ['no package relationships', 'missing-part', makeZip(workbookParts({ '_rels/.rels': undefined }))],
  ['no workbook part', 'missing-part', makeZip(workbookParts({ 'xl/workbook.xml': undefined }))],
  ['no sheet part', 'missing-part', makeZip(workbookParts({ [SHEET]: undefined }))],
  [
    'a workbook without sheets',
    'missing-part',
    withPart('xl/workbook.xml', `<workbook xmlns="${NAMESPACES.main}"><sheets/></workbook>`),
  ],
  ['a workbook of another kind', 'not-a-workbook', withPart('xl/workbook.xml', '<html/>')],
  [
    'two sheets in one part',
    'broken-sheet',
    withPart(
      'xl/workbook.xml',
      `<workbook xmlns="${NAMESPACES.main}" xmlns:r="${NAMESPACES.relationships}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/><sheet name="b" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    ),
  ],
  [
    'too many sheets',
    'too-many-sheets',
    withPart(
      'xl/workbook.xml',
      `<workbook xmlns="${NAMESPACES.main}" xmlns:r="${NAMESPACES.relationships}"><sheets>${'<sheet name="a" sheetId="1" r:id="rId1"/>'.repeat(1001)}</sheets></workbook>`,
    ),
  ],
  [
    'a digital signature',
    'signed',
    withPart(
      '_rels/.rels',
      `<Relationships xmlns="${NAMESPACES.package}/relationships"><Relationship Id="rId1" Type="${NAMESPACES.relationships}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>`,
    ),
  ],
  [
    'a shared workbook',
    'shared-workbook',
    makeZip(
      workbookParts({
        'xl/revisions/revisionHeaders.xml': '<headers/>',
        'xl/_rels/workbook.xml.rels': workbookRelationships(
          `<Relationship Id="rId2" Type="${NAMESPACES.relationships}/revisionHeaders" Target="revisions/revisionHeaders.xml"/>`,
        ),
      }),
    ),
  ],
  [
    'a shared string that is not there',
    'broken-sheet',
    sharedString('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', STRINGS),
  ],
  [
    'shared strings without end',
    'broken-xml',
    sharedString('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', STRINGS.replace('</si>', '')),
  ],
  [
    'a shared string that is not closed',
    'broken-xml',
    sharedString('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', STRINGS.replace('</t>', '')),
  ],
  ['a row that stands twice', 'broken-xml', sheet(ROWS + ROWS)],
  ['a cell that stands twice', 'broken-xml', sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')],
  ['a cell of another row', 'broken-xml', sheet('<row r="1"><c r="A7"><v>1</v></c></row>')],
  ['a column beyond the last', 'broken-xml', sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>')],
  ['a row beyond the last', 'broken-xml', sheet('<row r="1048577"><c><v>1</v></c></row>')],
  ['a row number with digits without end', 'broken-xml', sheet(`<row r="${'9'.repeat(400)}"/>`)],
  ...['AAAA1', 'A0', 'A99999999', 'A-1', '1A', 'a1', '$A$1', 'A1:B1', 'Ａ1', 'A1 '].map(
    (ref): (typeof CASES)[number] => [
      `a cell called “${ref}”`,
      'broken-xml',
      sheet(`<row r="1"><c r="${ref}"><v>1</v></c></row>`),
    ],
  ),
  [
    'rows out of order',
    'broken-xml',
    sheet('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>'),
  ],
  ['cells out of order', 'broken-xml', sheet('<row r="1"><c r="C1"><v>1</v></c><c r="A1"><v>2</v></c></row>')],
  ...['-1', 'abc', '4294967296', '1.5'].map((style): (typeof CASES)[number] => [
    `a style called “${style}”`,
    'broken-xml',
    sheet(`<row r="1"><c r="A1" s="${style}"><v>1</v></c></row>`),
  ]),
  ...[9, 14, 93, 99].map((method): (typeof CASES)[number] => [
    `compression ${method} (deflate64, LZMA, Zstandard, AES)`,
    'unknown-compression',
    replaced(SHEET, part => ({ ...part, method })),
  ]),
  ['an entry under strong encryption', 'encrypted-zip', replaced(SHEET, part => ({ ...part, flags: 0x0841 }))],
  ['elements 300 deep', 'broken-xml', sheet(ROWS, `<extLst>${'<a>'.repeat(300)}${'</a>'.repeat(300)}</extLst>`)],
  ['an unknown kind of cell', 'broken-xml', sheet('<row r="1"><c r="A1" t="z"><v>1</v></c></row>')],
  [
    'a text in a cell of truth values',
    'broken-xml',
    sheet('<row r="1"><c r="A1" t="b"><is><t>整改措施</t></is></c></row>'),
  ],
  ['a value in a cell of inline text', 'broken-xml', sheet('<row r="1"><c r="A1" t="inlineStr"><v>7</v></c></row>')],
  [
    'two relationships of one id',
    'broken-xml',
    withPart(
      'xl/_rels/workbook.xml.rels',
      workbookRelationships(`<Relationship Id="rId1" Type="${NAMESPACES.relationships}/styles" Target="styles.xml"/>`),
    ),
  ],
  [
    'styles to which nothing leads',
    'missing-part',
    makeZip(
      workbookParts({
        'xl/styles.xml': STYLES,
        '[Content_Types].xml': `<Types xmlns="${NAMESPACES.package}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
      }),
    ),
  ],
  ['styles that are another part', 'broken-xml', styled('<row r="1"><c r="A1" s="1"><v>45135</v></c></row>', '<x/>')],
  ['a row that is not closed', 'broken-xml', sheet('<row r="1"><c r="A1"><v>1</v></c>')],
  ['a cell outside of a row', 'broken-xml', sheet('<c r="A1"><v>1</v></c>')],
  ['text between the cells', 'broken-xml', sheet('<row r="1">x<c r="A1"><v>1</v></c></row>')],
  ['rows under another prefix', 'broken-xml', sheet(ROWS.replaceAll('<row', '<y:row').replaceAll('</row', '</y:row'))],
  ['a sheet that ends early', 'broken-xml', withPart(SHEET, sheetXml().slice(0, -20))],
  [
    'rows inside a comment only',
    'broken-xml',
    withPart(SHEET, `<worksheet xmlns="${NAMESPACES.main}"><!-- <sheetData>${ROWS}</sheetData> --></worksheet>`),
  ],
];

describe('a file that is refused', () => {
  test.each(CASES)('%s → %s', async (title, code, bytes) => {
    const path = join(folder, `${title.replaceAll('/', ' ')}.xlsx`);
    await writeFile(path, bytes);
    const error = await openExcel(path)
      .read()
      .then(
        () => undefined,
        (e: unknown) => e,
      );
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code, exit: refusals[code].exit });
    expect(await readFile(path)).toEqual(bytes);
  });

  test('a folder, a file that is not there', async () => {
    const path = join(folder, 'folder.xlsx');
    await mkdir(path);
    await expect(openExcel(path).read()).rejects.toMatchObject({ code: 'folder', exit: 2 });
    await expect(openExcel(join(folder, 'nowhere.xlsx')).read()).rejects.toMatchObject({ code: 'not-found', exit: 4 });
  });

  test('every refusal is one sentence in both languages that says what to do', () => {
    for (const { zh, en } of Object.values(refusals)) {
      expect(zh).toMatch(/请|未改动|不会/);
      expect(zh.endsWith('。')).toBe(true);
      expect(en.endsWith('.')).toBe(true);
    }
    const sentences = Object.values(refusals).map(refusal => refusal.zh);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  test('a sheet is not added to a workbook whose structure is locked', async () => {
    const path = join(folder, 'locked.xlsx');
    await writeFile(path, await readFile(new URL('openpyxl-locked-structure.xlsx', WORKBOOKS)));
    const store = openExcel(path);
    await expect(store.apply(samplePlan(await store.read()))).rejects.toMatchObject({
      code: 'structure-locked',
      exit: 4,
    });
    expect((await readdir(folder)).filter(name => name.startsWith('.ledger'))).toEqual([]);
  });
});

describe('absurd, but read for what it is', () => {
  const read = async (name: string, bytes: Buffer) => {
    const path = join(folder, `${name}.xlsx`);
    await writeFile(path, bytes);
    return (await openExcel(path).read()).sheets[0];
  };

  test('a million empty styled rows', async () => {
    const rows = Array.from({ length: 1_000_000 }, (_, i) => `<row r="${i + 3}" s="0" customFormat="1"/>`).join('');
    // Stored: deflated, so much sameness would rightly be taken for a bomb.
    const parts = workbookParts({ [SHEET]: sheetXml(ROWS + rows) }).map(part => ({ ...part, stored: true }));
    const found = await read('empty rows', makeZip(parts));
    expect(found?.rows).toHaveLength(2);
  });

  test('16,384 columns and a cell in the last corner', async () => {
    const wide = `<row r="1">${'<c><v>1</v></c>'.repeat(16_384)}</row><row r="1048576"><c r="XFD1048576"><v>7</v></c></row>`;
    const found = await read('wide', sheet(wide));
    expect(found?.rows[0]?.cells).toHaveLength(16_384);
    expect(found?.rows[1]?.cells[16_383]).toEqual({ kind: 'number', text: '7' });
  });

  test('a lying dimension, a merge and a validation over everything', async () => {
    const after =
      '<mergeCells count="9"><mergeCell ref="F1:XFD1048576"/><mergeCell ref="nonsense"/></mergeCells><dataValidations count="1"><dataValidation sqref="A1:XFD1048576"/></dataValidations>';
    const found = await read('lies', sheet(ROWS, after, '<dimension ref="A1:XFD1048576"/>'));
    expect(found?.rows).toHaveLength(2);
    expect(found?.merges).toEqual([{ top: 1, left: 6, bottom: 1_048_576, right: 16_384 }]);
  });

  test('50,000 merges', async () => {
    const merges = Array.from({ length: 50_000 }, (_, i) => `<mergeCell ref="A${2 * i + 10}:A${2 * i + 11}"/>`).join(
      '',
    );
    const found = await read('merges', sheet(ROWS, `<mergeCells>${merges}</mergeCells>`));
    expect(found?.merges).toHaveLength(50_000);
  });

  test('a day whose number is written with references, a comment, CDATA', async () => {
    const written = ['4513&#53;', '<!--x-->45135', '<![CDATA[45135]]>', ' 45135 '];
    const cells = written.map((value, index) => `<c r="${'ABCD'[index]}1" s="1"><v>${value}</v></c>`).join('');
    const found = await read('days', styled(`<row r="1">${cells}</row>`));
    expect(found?.rows[0]?.cells).toEqual(written.map(() => ({ kind: 'date', text: '2023-07-28' })));
  });

  test('digits that are none for a spreadsheet stay the characters they are', async () => {
    const written = ['１２', '0x10', '壹佰', '1,000'];
    const cells = written.map((value, index) => `<c r="${'ABCD'[index]}1"><v>${value}</v></c>`).join('');
    const found = await read('digits', sheet(`<row r="1">${cells}</row>`));
    expect(found?.rows[0]?.cells).toEqual(written.map(text => ({ kind: 'text', text })));
  });

  test('numbers in every form that XML allows', async () => {
    const written = ['.5', '-.5', '1.', '+5', '1.e3', '.25E-1', '-0', '1e400'];
    const cells = written.map((value, index) => `<c r="${'ABCDEFGH'[index]}1"><v>${value}</v></c>`).join('');
    const found = await read('numbers', sheet(`<row r="1">${cells}</row>`));
    expect(found?.rows[0]?.cells.map(cell => `${cell?.kind} ${cell?.text}`)).toEqual(
      ['0.5', '-0.5', '1', '+5', '1e3', '0.25E-1', '-0', '1e400'].map(text => `number ${text}`),
    );
  });

  test('what is neither true nor false stays what it is', async () => {
    const written = ['1', '0', 'TRUE', 'false', '15', '是'];
    const cells = written.map((value, index) => `<c r="${'ABCDEF'[index]}1" t="b"><v>${value}</v></c>`).join('');
    const found = await read('truth', sheet(`<row r="1">${cells}</row>`));
    expect(found?.rows[0]?.cells.map(cell => `${cell?.kind} ${cell?.text}`)).toEqual([
      'boolean TRUE',
      'boolean FALSE',
      'boolean TRUE',
      'boolean FALSE',
      'text 15',
      'text 是',
    ]);
  });

  test('shared strings whose counts lie', async () => {
    const found = await read(
      'counts',
      sharedString(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        STRINGS.replace('<sst', '<sst count="0" uniqueCount="99999999"'),
      ),
    );
    expect(found?.rows[0]?.cells[0]).toEqual({ kind: 'text', text: '甲' });
  });
});

/** One bit of the compressed sheet turned over. */
function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(SHEET) + SHEET.length + 40;
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}

/** Two directory entries that share the same bytes. */
function overlapping(): Buffer {
  const bytes = makeZip([...workbookParts(), { name: 'xl/worksheets/sheet9.xml', content: sheetXml() }]);
  const directory = bytes.lastIndexOf('xl/worksheets/sheet9.xml') - 46;
  const other = bytes.indexOf(SHEET, bytes.indexOf('PK\u0001\u0002', 0, 'latin1')) - 46;
  bytes.copy(bytes, directory + 42, other + 42, other + 46);
  return bytes;
}
