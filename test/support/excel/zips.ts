import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip made by hand; what is not given is right. */
export type ZipPart = {
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly stored?: boolean;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  /** The size that the headers promise. */
  readonly size?: number;
};

/** A zip file, wrong in whatever way it is asked to be. */
export function makeZip(parts: readonly ZipPart[]): Buffer {
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content);
    const data = part.stored === true ? content : deflateRawSync(content);
    const name = Buffer.from(part.name, 'utf8');
    const common = Buffer.alloc(22);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(part.flags ?? 0x0800, 2);
    common.writeUInt16LE(part.method ?? (part.stored === true ? 0 : 8), 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE((part.crc ?? crc32(content)) >>> 0, 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(part.size ?? content.length, 18);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(name.length, 0);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, lengths, name]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, lengths, rest.subarray(0, 14), name]),
    );
    chunks.push(local, data);
    offset += local.length + data.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...chunks, entries, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The rows of the smallest ledger. */
export const ROWS =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>序号</t></is></c><c r="B1" t="inlineStr"><is><t>反馈问题</t></is></c></row>' +
  '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>学习不够扎实</t></is></c></row>';

/** A sheet part around these rows. */
export function sheetXml(rows: string = ROWS, after = '', before = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}" xmlns:r="${RELS}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;
}

/** The parts of the smallest workbook, by name; override or remove (undefined) what a test is about. */
export function workbookParts(changes: Readonly<Record<string, string | Buffer | undefined>> = {}): ZipPart[] {
  const parts: Record<string, string | Buffer | undefined> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets><sheet name="整改台账" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheetXml(),
    ...changes,
  };
  return Object.entries(parts).flatMap(([name, content]) => (content === undefined ? [] : [{ name, content }]));
}

/** The relationships part of the workbook with one more line. */
export function workbookRelationships(extra: string): string {
  return `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/>${extra}</Relationships>`;
}

export const NAMESPACES = { main: MAIN, relationships: RELS, package: PACKAGE } as const;
