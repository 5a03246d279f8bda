import PizZip from 'pizzip';
import {
  margins as documentMargins,
  type FontName,
  fonts,
  footerDistance,
  grid,
  onLines,
  page,
  size,
  tighter,
} from './gb-layout.js';

/** A Word file from XML text. What the notice's template and the sign-off sheet share: styles, page, page numbers. */

/** Files made from the same text are the same bytes, whatever the clock says. */
const epoch = new Date(Date.UTC(2020, 0, 1));

export const wordNamespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const namespaces = `xmlns:w="${wordNamespace}" xmlns:r="${relationships}"`;

export function xmlText(written: string): string {
  return written
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Surrogate}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Type in a font for Chinese and Latin alike; figures keep the width of the font. */
export function runProperties(font: FontName, halfPoints: number, more = ''): string {
  return `<w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}" w:cs="${font}" w:hint="eastAsia"/>${more}<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/></w:rPr>`;
}

export function run(written: string, properties = ''): string {
  return `<w:r>${properties}<w:t xml:space="preserve">${xmlText(written)}</w:t></w:r>`;
}

export function paragraph(style: string, content: string, properties = ''): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${properties}</w:pPr>${content}</w:p>`;
}

export type DocxOptions = {
  readonly title: string;
  /** XML of the paragraphs and tables. */
  readonly body: string;
  /** Page numbers — 1 —, odd right, even left. */
  readonly pageNumbers: boolean;
  /** In twips; those of an official document when not given. */
  readonly margins?: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
};

/** The parts of a Word file laid out after GB/T 9704-2012. */
export function docxOf({ title, body, pageNumbers, margins = documentMargins }: DocxOptions): PizZip {
  const zip = new PizZip();
  const add = (name: string, xml: string) => zip.file(name, declaration + xml, { date: epoch });
  const footers = pageNumbers
    ? '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
    : '';
  add('[Content_Types].xml', contentTypes(pageNumbers));
  add(
    '_rels/.rels',
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
  );
  add(
    'docProps/core.xml',
    `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(title)}</dc:title></cp:coreProperties>`,
  );
  add(
    'word/_rels/document.xml.rels',
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${relationships}/settings" Target="settings.xml"/><Relationship Id="rId3" Type="${relationships}/fontTable" Target="fontTable.xml"/>${
      pageNumbers
        ? `<Relationship Id="rId4" Type="${relationships}/footer" Target="footer1.xml"/><Relationship Id="rId5" Type="${relationships}/footer" Target="footer2.xml"/>`
        : ''
    }</Relationships>`,
  );
  add(
    'word/document.xml',
    `<w:document ${namespaces}><w:body>${body}<w:sectPr>${footers}<w:pgSz w:w="${page.width}" w:h="${page.height}"/><w:pgMar w:top="${margins.top}" w:right="${margins.right}" w:bottom="${margins.bottom}" w:left="${margins.left}" w:header="851" w:footer="${footerDistance}" w:gutter="0"/><w:docGrid w:type="linesAndChars" w:linePitch="${grid.linePitch}" w:charSpace="${grid.charSpace}"/></w:sectPr></w:body></w:document>`,
  );
  add('word/styles.xml', styles);
  add(
    'word/settings.xml',
    `<w:settings ${namespaces}>${pageNumbers ? '<w:evenAndOddHeaders/>' : ''}<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`,
  );
  add('word/fontTable.xml', fontTable);
  if (pageNumbers) {
    add('word/footer1.xml', footer('right'));
    add('word/footer2.xml', footer('left'));
  }
  return zip;
}

/** The bytes of a package; the same package gives the same bytes. */
export function packed(zip: PizZip): Buffer {
  for (const file of Object.values(zip.files)) file.date = epoch;
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE', platform: 'DOS' });
}

function contentTypes(pageNumbers: boolean): string {
  const part = (name: string, kind: string) =>
    `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`;
  return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${part('document', 'document.main')}${part('styles', 'styles')}${part('settings', 'settings')}${part('fontTable', 'fontTable')}${
    pageNumbers ? part('footer1', 'footer') + part('footer2', 'footer') : ''
  }</Types>`;
}

/** — 1 — in 4号 宋体, one character in from the edge: at the right on odd pages, at the left on even ones. */
function footer(side: 'right' | 'left'): string {
  const type = runProperties(fonts.number.name, size.four);
  const field = (kind: string) => `<w:r>${type}<w:fldChar w:fldCharType="${kind}"/></w:r>`;
  const number = `${field('begin')}<w:r>${type}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>${field('separate')}${run('1', type)}${field('end')}`;
  const indent = `<w:ind w:${side}="${size.four * 10}" w:${side}Chars="100"/>`;
  return `<w:ftr ${namespaces}>${paragraph('a8', `${run('— ', type)}${number}${run(' —', type)}`, `${indent}<w:jc w:val="${side}"/>`)}</w:ftr>`;
}

const fontTable = `<w:fonts ${namespaces}>${Object.values(fonts)
  .map(
    ({ name, instead }) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  )
  .join('')}</w:fonts>`;

type StyleSpec = {
  readonly id: string;
  readonly name: string;
  readonly font: FontName;
  readonly size: number;
  readonly paragraph: string;
};

const signatureStyle = 'a5';

/**
 * The day ends four characters before the right edge and the name is centred over it: a day is seven characters wide, half
 * of one more or less.
 */
const characterWidth = (page.width - documentMargins.left - documentMargins.right) / 28;
const signatureAxis = Math.round(characterWidth * (28 - 4 - 3.5));
const axisOfStyle = new RegExp(
  `(<w:style [^>]*w:styleId="${signatureStyle}"(?:(?!</w:style>).)*?<w:tab [^>]*w:pos=")\\d+`,
  'su',
);

/** A name of more than fifteen letters would cross the right edge: then the axis of name and day stands further left. */
export function makeRoomForSignature(zip: PizZip, name: string): void {
  const part = 'word/styles.xml';
  const half = (characterWidth * [...name].length) / 2;
  const axis = Math.round(Math.max(half, Math.min(signatureAxis, characterWidth * 28 - half)));
  const styles = zip.file(part)?.asText();
  if (styles !== undefined) zip.file(part, styles.replace(axisOfStyle, `$1${axis}`));
}

/** Two characters in, as every paragraph of body text. */
const indented = `${onLines}<w:ind w:firstLine="640" w:firstLineChars="200"/>`;

const styleSpecs: readonly StyleSpec[] = [
  {
    id: 'a1',
    name: '通报标题',
    font: fonts.title.name,
    size: size.two,
    paragraph: `${onLines}<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>`,
  },
  { id: 'a2', name: '通报正文', font: fonts.body.name, size: size.three, paragraph: indented },
  { id: 'a3', name: '通报一级标题', font: fonts.first.name, size: size.three, paragraph: `<w:keepNext/>${indented}` },
  { id: 'a4', name: '通报二级标题', font: fonts.second.name, size: size.three, paragraph: `<w:keepNext/>${indented}` },
  {
    id: signatureStyle,
    name: '通报落款',
    font: fonts.body.name,
    size: size.three,
    paragraph: `<w:tabs><w:tab w:val="center" w:pos="${signatureAxis}"/></w:tabs>${onLines}<w:jc w:val="left"/>`,
  },
  {
    id: 'a6',
    name: '核对表标题',
    font: fonts.title.name,
    size: size.two,
    paragraph: '<w:snapToGrid w:val="0"/><w:spacing w:after="120"/><w:jc w:val="center"/>',
  },
  {
    id: 'a7',
    name: '核对表文字',
    font: fonts.body.name,
    size: size.five,
    paragraph: '<w:snapToGrid w:val="0"/><w:spacing w:line="280" w:lineRule="exact"/><w:jc w:val="left"/>',
  },
  { id: 'a8', name: '页码', font: fonts.number.name, size: size.four, paragraph: '<w:snapToGrid w:val="0"/>' },
];

/** Word and WPS measure the character grid by the type of the style Normal: it has to say it itself. */
const bodyType = runProperties(fonts.body.name, size.three);

/** The style's own parts in the order that the schema asks for: keepNext, snapToGrid, spacing, ind, jc. */
const styles = `<w:styles ${namespaces}><w:docDefaults><w:rPrDefault>${bodyType.replace('</w:rPr>', '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>')}</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>${bodyType}</w:style>${styleSpecs
  .map(
    spec =>
      `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${spec.id}"><w:name w:val="${spec.name}"/><w:basedOn w:val="a"/><w:qFormat/><w:pPr>${spec.paragraph}</w:pPr>${runProperties(spec.font, spec.size, spec.size === size.three ? tighter : '')}</w:style>`,
  )
  .join('')}</w:styles>`;

/** Ids of the styles above by what they are for. */
export const styleIds = {
  title: 'a1',
  body: 'a2',
  first: 'a3',
  second: 'a4',
  signature: signatureStyle,
  sheetTitle: 'a6',
  sheetText: 'a7',
} as const;

/** The second-level heading that runs into its paragraph. */
export const secondRun = runProperties(fonts.second.name, size.three, tighter);
