import PizZip from 'pizzip';
import { z } from 'zod';

/** A Word document written down: paragraphs, automatic lists, tables. */
const paragraph = z.strictObject({
  text: z.string(),
  list: z.number().optional(),
  level: z.number().optional(),
  style: z.string().optional(),
  /** The type it is set in; without one it is bold. */
  font: z.string().optional(),
});
/** `['text']`, `['text', columns]`, `['text', 'v']` begins a merge downwards, `['', 'c']` continues it. */
const cell = z.union([z.tuple([z.string()]), z.tuple([z.string(), z.union([z.number(), z.enum(['v', 'c'])])])]);
const spec = z.strictObject({
  /** numId → levels as [number format, text]. */
  lists: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
  body: z.array(z.union([paragraph, z.strictObject({ table: z.array(z.array(cell)) })])),
});
export type WordSpec = z.infer<typeof spec>;

const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** The bytes of a .docx with this content, as Word lays its parts out. */
export function makeDocx(written: unknown): Uint8Array {
  const { lists, body } = spec.parse(written);
  const zip = new PizZip();
  zip.file('[Content_Types].xml', types);
  zip.file('_rels/.rels', relations);
  zip.file(
    'word/document.xml',
    `${head}<w:document ${space}><w:body>${body.map(blockXml).join('')}<w:sectPr/></w:body></w:document>`,
  );
  zip.file('word/numbering.xml', numberingXml(lists));
  zip.file(
    'word/styles.xml',
    `${head}<w:styles ${space}><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>`,
  );
  return zip.generate({ type: 'uint8array' });
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const types = `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const relations = `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`;

function blockXml(block: WordSpec['body'][number]): string {
  if ('table' in block) {
    const rows = block.table.map(row => `<w:tr>${row.map(cellXml).join('')}</w:tr>`);
    return `<w:tbl><w:tblPr/>${rows.join('')}</w:tbl><w:p/>`;
  }
  const list =
    block.list === undefined
      ? ''
      : `<w:numPr><w:ilvl w:val="${block.level ?? 0}"/><w:numId w:val="${block.list}"/></w:numPr>`;
  const style = block.style === undefined ? '' : `<w:pStyle w:val="${block.style}"/>`;
  return paragraphXml(block.text, `<w:pPr>${style}${list}</w:pPr>`, block.font);
}

/** Cut into two runs: Word does so wherever somebody edited. */
function paragraphXml(text: string, properties = '', font?: string): string {
  const middle = Math.ceil(text.length / 2);
  const set = font === undefined ? '<w:b/>' : `<w:rFonts w:eastAsia="${font}"/>`;
  const run = (part: string) => `<w:r><w:rPr>${set}</w:rPr><w:t xml:space="preserve">${escaped(part)}</w:t></w:r>`;
  return `<w:p>${properties}${run(text.slice(0, middle))}<w:del w:id="1"><w:r><w:delText>删去的字</w:delText></w:r></w:del>${run(text.slice(middle))}</w:p>`;
}

function cellXml([text, extra]: z.infer<typeof cell>): string {
  const span = typeof extra === 'number' ? `<w:gridSpan w:val="${extra}"/>` : '';
  const merge = extra === 'v' ? '<w:vMerge w:val="restart"/>' : extra === 'c' ? '<w:vMerge/>' : '';
  return `<w:tc><w:tcPr>${span}${merge}</w:tcPr>${text
    .split('\n')
    .map(line => paragraphXml(line))
    .join('')}</w:tc>`;
}

function numberingXml(lists: WordSpec['lists']): string {
  const abstract = Object.entries(lists).map(([id, levels]) => {
    const made = levels.map(
      ([format, text], level) =>
        `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`,
    );
    return `<w:abstractNum w:abstractNumId="${id}">${made.join('')}</w:abstractNum>`;
  });
  const nums = Object.keys(lists).map(id => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`);
  return `${head}<w:numbering ${space}>${abstract.join('')}${nums.join('')}</w:numbering>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
