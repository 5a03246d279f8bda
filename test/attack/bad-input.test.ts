import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeZip, NAMESPACES, sheetXml, workbookParts, type ZipPart } from '../support/excel/zips.js';
import { run } from './support/measured.js';

/*
 * What a tired clerk may hand to the program, as whole processes: one sentence in Chinese, the right exit code, soon,
 * in bounded memory, the file as it was. That every cause has its own refusal is tested at the store (test/excel/hostile).
 */

const root = mkdtempSync(join(tmpdir(), 'ledger-bad-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MIB = 400;

let folders = 0;
function folderWith(name: string, content: Buffer): string {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  writeFileSync(join(folder, name), content);
  return folder;
}

const SHEET = 'xl/worksheets/sheet1.xml';
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const stream = (name: string): Buffer =>
  Buffer.concat([OLE, Buffer.alloc(1016), Buffer.from(name, 'utf16le'), Buffer.alloc(512)]);
const good = makeZip(workbookParts());
const withPart = (name: string, content: string | undefined): Buffer => makeZip(workbookParts({ [name]: content }));
const changed = (change: (part: ZipPart) => ZipPart): Buffer =>
  makeZip(workbookParts().map(part => (part.name === SHEET ? change(part) : part)));

/** Title, the file, exit code, what the sentence must say. */
const REFUSED: readonly (readonly [string, Buffer, number, RegExp])[] = [
  ['an empty file', Buffer.alloc(0), 2, /空的/u],
  ['a text', Buffer.from('今天的会议纪要\r\n'), 2, /文本文件.*另存为/u],
  ['a CSV', Buffer.from('序号,反馈问题,整改措施\r\n1,学习不够扎实,每月学习\r\n'), 2, /文本文件.*另存为/u],
  ['a web page', Buffer.from('<html><table><tr><td>序号</td></tr></table></html>'), 2, /网页.*另存为/u],
  ['an old .xls', stream('Workbook'), 2, /97-2003.*另存为/u],
  ['an encrypted workbook', stream('EncryptedPackage'), 4, /密码.*去掉/u],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 2, /不是 Excel 工作簿/u],
  ['a file whose end is missing', good.subarray(0, good.length - 100), 4, /不完整/u],
  ['a wrong checksum', changed(part => ({ ...part, crc: 7 })), 4, /校验码不符.*备份/u],
  ['a zip bomb', makeZip(workbookParts({ 'xl/media/a.png': Buffer.alloc(64 << 20) })), 4, /大得不合常理/u],
  [
    'an XML bomb',
    withPart(
      'xl/workbook.xml',
      `<!DOCTYPE w [<!ENTITY a "x">${'<!ENTITY b "&a;&a;">'.repeat(50)}]><workbook>&b;</workbook>`,
    ),
    4,
    /实体声明/u,
  ],
  [
    'an outside entity',
    withPart(SHEET, sheetXml().replace('?><', '?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><')),
    4,
    /实体声明/u,
  ],
  ['no sheet part', withPart(SHEET, undefined), 4, /缺少必要的部件/u],
  ['no workbook part', withPart('xl/workbook.xml', undefined), 4, /缺少必要的部件/u],
  ['two parts of one name', makeZip([...workbookParts(), { name: SHEET, content: sheetXml('') }]), 4, /同名的部件/u],
  ['a name that climbs out', makeZip([...workbookParts(), { name: '../../x', content: 'x' }]), 4, /文件夹之外/u],
  [
    'a cell beyond the last column',
    withPart(SHEET, sheetXml('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')),
    4,
    /格式有错误|编号有错误/u,
  ],
  [
    'a sheet that is the workbook itself',
    withPart(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${NAMESPACES.package}/relationships"><Relationship Id="rId1" Type="${NAMESPACES.relationships}/worksheet" Target="workbook.xml"/></Relationships>`,
    ),
    4,
    /格式有错误|缺少必要的部件/u,
  ],
  [
    'a sheet that is a relationship to itself',
    makeZip(
      workbookParts({
        [SHEET]: sheetXml(undefined, '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'),
        'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships xmlns="${NAMESPACES.package}/relationships"><Relationship Id="rId1" Type="${NAMESPACES.relationships}/table" Target="sheet1.xml"/></Relationships>`,
      }),
    ),
    2,
    /不像整改台账/u,
  ],
  [
    'a workbook that is no ledger',
    withPart(SHEET, sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>通讯录</t></is></c></row>')),
    2,
    /不像整改台账/u,
  ],
];

describe('a file that is no ledger', () => {
  test.each(REFUSED)('%s', async (_title, bytes, exit, says) => {
    const folder = folderWith('台账.xlsx', bytes);
    const ended = await run(folder, 'sync', '台账.xlsx');
    expect(ended).toMatchObject({ exit, out: '' });
    expect(ended.err.trim()).toMatch(says);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
    expect(ended.err).toContain('台账.xlsx');
    expect(ended.err).not.toMatch(/^\s+at |没有料到|undefined|\[object/mu);
    expect(readFileSync(join(folder, '台账.xlsx')).equals(bytes)).toBe(true);
    expect(ended.mib).toBeLessThan(MIB);
  });

  test('a folder, and no file at all', async () => {
    const folder = folderWith('x.txt', Buffer.from('x'));
    mkdirSync(join(folder, '台账.xlsx'));
    for (const [name, exit, says] of [
      ['台账.xlsx', 2, /是一个文件夹/u],
      ['没有.xlsx', 4, /找不到/u],
    ] as const) {
      const ended = await run(folder, 'sync', name);
      expect(ended).toMatchObject({ exit, out: '' });
      expect(ended.err).toMatch(says);
      expect(ended.err.trim().split('\n')).toHaveLength(1);
    }
  });
});

const text = (ref: string, written: string): string =>
  `<c r="${ref}" t="inlineStr"><is><t xml:space="preserve">${written}</t></is></c>`;
const HEADERS = [
  '序号',
  '反馈问题',
  '整改措施',
  '责任领导',
  '整改时限',
  '整改进展',
  '整改结果',
  '应追缴金额',
  '佐证材料',
];
const letter = (index: number): string => String.fromCharCode(65 + index);
const HEADER = `<row r="1">${HEADERS.map((header, i) => text(`${letter(i)}1`, header)).join('')}</row>`;
const row = (number: number, cells: readonly string[]): string =>
  `<row r="${number}">${cells.map((cell, i) => (cell === '' ? '' : text(`${letter(i)}${number}`, cell))).join('')}</row>`;
const ordinary = row(2, ['1', '学习不深入', '每月学习一次', '张某', '10月底前', '已学习3次', '已完成', '', '见附件1']);

function ledgerWith(rows: string, after = '', before = ''): Buffer {
  // Stored: deflated, so much sameness would rightly be taken for a bomb.
  return makeZip(
    workbookParts({ [SHEET]: sheetXml(HEADER + rows, after, before) }).map(part => ({ ...part, stored: true })),
  );
}

const merges = Array.from({ length: 20_000 }, (_, i) => `<mergeCell ref="A${2 * i + 10}:A${2 * i + 11}"/>`).join('');
const manyMerges = Array.from({ length: 200_000 }, (_, i) => `<mergeCell ref="P${i + 1}:Q${i + 1}"/>`).join('');
/** 20 MB that are not all the same. */
const digits = Array.from({ length: 3_000_000 }, (_, i) => (i * 7919).toString(36)).join(',');
const links = Array.from({ length: 100_000 }, (_, i) => `<hyperlink ref="P${i + 1}" location="A1"/>`).join('');
const names = Array.from({ length: 50_000 }, (_, i) => `<definedName name="n${i}">整改台账!$A$${i + 1}</definedName>`);

/** The parts of the smallest ledger, some of them changed. */
function changedLedger(change: (name: string, content: string) => string): ZipPart[] {
  return workbookParts({ [SHEET]: sheetXml(HEADER + ordinary) }).map(part => ({
    ...part,
    content: change(part.name, Buffer.from(part.content).toString('utf8')),
    stored: true,
  }));
}

function ledgerNamed(defined: readonly string[]): Buffer {
  const list = `</sheets><definedNames>${defined.join('')}</definedNames>`;
  return makeZip(changedLedger((name, xml) => (name === 'xl/workbook.xml' ? xml.replace('</sheets>', list) : xml)));
}

function ledgerOfSheets(count: number): Buffer {
  const numbers = Array.from({ length: count - 1 }, (_, i) => i + 2);
  const more: Readonly<Record<string, readonly [string, (n: number) => string]>> = {
    'xl/workbook.xml': ['</sheets>', n => `<sheet name="表${n}" sheetId="${n}" r:id="s${n}"/>`],
    'xl/_rels/workbook.xml.rels': [
      '</Relationships>',
      n => `<Relationship Id="s${n}" Type="${NAMESPACES.relationships}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
    ],
    '[Content_Types].xml': [
      '</Types>',
      n =>
        `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
    ],
  };
  const parts = changedLedger((name, xml) => {
    const [end = '', line] = more[name] ?? [];
    return line === undefined ? xml : xml.replace(end, `${numbers.map(line).join('')}${end}`);
  });
  return makeZip([...parts, ...numbers.map(n => ({ name: `xl/worksheets/sheet${n}.xml`, content: sheetXml('') }))]);
}

const LONG = 32_000;
const long = (piece: string): string => piece.repeat(Math.floor(LONG / piece.length));

/** Absurd, but a ledger: it must be read for what it is. */
const ABSURD: readonly (readonly [string, Buffer])[] = [
  [
    'a million empty styled rows below',
    ledgerWith(
      ordinary + Array.from({ length: 1_000_000 }, (_, i) => `<row r="${i + 3}" s="0" customFormat="1"/>`).join(''),
    ),
  ],
  [
    '16,384 columns of empty cells, and a title merged across all of them',
    makeZip(
      workbookParts({
        [SHEET]: sheetXml(
          `<row r="1">${text('A1', '整改台账')}</row>` +
            (HEADER + ordinary).replaceAll(/([ "A-Z])([12])"/g, (_, before, n) => `${before}${Number(n) + 1}"`) +
            `<row r="4">${'<c/>'.repeat(16_384)}</row>`,
          '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>',
        ),
      }),
    ),
  ],
  [
    'formulas that go round in a circle, to themselves and to nowhere',
    ledgerWith(
      row(2, ['', '学习不深入', '每月学习一次', '张某', '10月底前', '已学习3次', '已完成', '', '见附件1'])
        .replace('<row r="2">', '<row r="2"><c r="A2"><f>K2</f></c>')
        .replace(
          '</row>',
          '<c r="K2"><f>A2+L2</f></c><c r="L2"><f>L2</f><v>3</v></c><c r="M2"><f t="shared" si="7"/><v>1</v></c><c r="N2"><f>XFD1048577+[9]无!A1+Sheet9!A1:B</f><v>5</v></c></row>',
        ),
    ),
  ],
  ['a dimension that lies', ledgerWith(ordinary, '', '<dimension ref="A1:XFD1048576"/>')],
  ['20,000 merged cells', ledgerWith(ordinary, `<mergeCells>${merges}</mergeCells>`)],
  ['200,000 merged cells', ledgerWith(ordinary, `<mergeCells>${manyMerges}</mergeCells>`)],
  ['50,000 defined names', ledgerNamed(names)],
  ['255 sheets', ledgerOfSheets(255)],
  [
    'an attribute of 20 MB, on the sheet and on a cell',
    ledgerWith(`${ordinary}<row r="9"><c r="A9" q="${digits}"/></row>`, '', `<sheetPr codeName="${digits}"/>`),
  ],
  ['100,000 links', ledgerWith(ordinary, `<hyperlinks>${links}</hyperlinks>`)],
  [
    'comments and instructions between everything',
    ledgerWith(
      `<!-- <row r="7"> --><?pi <row r="8"/> ?>${ordinary.replaceAll('</c><c', '</c><!-- <c r="Z9"><v>9</v></c> --><c')}`,
      '<!-- </worksheet> -->',
    ),
  ],
  [
    'a validation over the whole sheet',
    ledgerWith(ordinary, '<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>'),
  ],
  ...[
    '一',
    '一是',
    '第一，',
    '（一）',
    '①',
    '1.',
    '《',
    '，',
    '、',
    '2023年',
    '1月1日',
    '万元',
    '见问题1',
    '壹佰',
    '（',
    '　',
  ].map((piece): readonly [string, Buffer] => {
    const cells = HEADERS.map(() => long(piece));
    return [
      `cells full of “${piece}”`,
      ledgerWith(row(2, cells) + row(3, cells) + row(4, ['4', '问题', ...cells.slice(2)])),
    ];
  }),
];

test('what a terminal would obey is shown, not sent, whoever says it', async () => {
  const evil = '_x001B_[2J_x001B_]0;标题_x0007_';
  const cells = [
    '1',
    `学习${evil}不深入`,
    `每月${evil}学习`,
    '张某',
    '10月底前',
    '',
    `怪${evil}话`,
    `${evil}`,
    `${evil}.pdf`,
  ];
  const folder = folderWith('台账.xlsx', ledgerWith(row(2, cells)));
  for (const args of [['check', '--verbose'], ['sync'], ['status'], ['log'], ['map'], ['sync', '--dry-run']]) {
    const [command = '', ...flags] = args;
    const ended = await run(folder, command, '台账.xlsx', ...flags, '--as-of', '2023-10-20');
    expect([0, 1]).toContain(ended.exit);
    expect(`${ended.out}${ended.err}`).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u);
  }
  const missing = await run(folder, 'check', '没有\u001b[2J.xlsx');
  expect(missing.exit).toBe(4);
  expect(missing.err).not.toContain('\u001b');
});

describe('an absurd ledger is read for what it is, and written', () => {
  test.each(ABSURD)('%s', async (_title, bytes) => {
    const folder = folderWith('台账.xlsx', bytes);
    const ended = await run(folder, 'sync', '台账.xlsx', '--as-of', '2023-10-20');
    expect(ended.err).toBe('');
    expect([0, 1]).toContain(ended.exit);
    expect(ended.out).not.toMatch(/没有运行完|没有料到/u);
    expect(ended.mib).toBeLessThan(MIB);
  });
});

test.each([
  ['a cell in the last column', ledgerWith(`${ordinary}<row r="9">${text('XFD9', '无')}</row>`)],
  ['a merge up to the last cell', ledgerWith(ordinary, '<mergeCells><mergeCell ref="K3:XFD1048576"/></mergeCells>')],
])('%s leaves no room for our columns: read, but not written', async (_title, bytes) => {
  const folder = folderWith('台账.xlsx', bytes);
  expect([0, 1]).toContain((await run(folder, 'check', '台账.xlsx')).exit);
  const ended = await run(folder, 'sync', '台账.xlsx');
  expect(ended.exit).toBe(4);
  expect(ended.err).toMatch(/最后一列.*请删掉/u);
  expect(readFileSync(join(folder, '台账.xlsx')).equals(bytes)).toBe(true);
});
