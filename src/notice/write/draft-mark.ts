import type PizZip from 'pizzip';
import { paragraph, run, runProperties, styleIds, wordNamespace } from './docx-package.js';
import { fonts, size } from './gb-layout.js';

const part = 'word/ledger-draft.xml';
const id = 'rIdLedgerDraft';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/**
 * Marks every page of a Word file as a draft: a line above the text and 草稿 across the page. Headers of the file's own give
 * way, so that no page of any section escapes, whatever the template has.
 */
export function markDraft(zip: PizZip): void {
  const text = (name: string) => zip.file(name)?.asText() ?? '';
  zip.file(part, header);
  zip.file(
    '[Content_Types].xml',
    text('[Content_Types].xml').replace(
      '</Types>',
      `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>`,
    ),
  );
  const rels = 'word/_rels/document.xml.rels';
  zip.file(
    rels,
    text(rels).replace(
      '</Relationships>',
      `<Relationship Id="${id}" Type="${relationships}/header" Target="ledger-draft.xml"/></Relationships>`,
    ),
  );
  const references = ['default', 'even', 'first']
    .map(type => `<w:headerReference w:type="${type}" r:id="${id}"/>`)
    .join('');
  const document = text('word/document.xml')
    // What a section was before a tracked change has no headers.
    .replace(/<w:sectPrChange\b[\s\S]*?<\/w:sectPrChange>/gu, '');
  zip.file(
    'word/document.xml',
    // Without a section of its own a document is one section.
    (document.includes('<w:sectPr') ? document : document.replace('</w:body>', '<w:sectPr/></w:body>'))
      .replace(/<w:headerReference\b[^>]*?(?:\/>|>\s*<\/w:headerReference>)/gu, '')
      .replace(/<w:sectPr\b[^>]*?(\/?)>/gu, (tag, closed: string) =>
        closed === '/' ? `${tag.slice(0, -2)}>${references}</w:sectPr>` : `${tag}${references}`,
      ),
  );
}

/** The same shape as Word's own watermark: text along a path, behind the page, turned. */
const watermark =
  '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype><v:shape id="LedgerDraft" o:spid="_x0000_s2049" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:170pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="草稿"/></v:shape></w:pict></w:r>';

const header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="${wordNamespace}" xmlns:r="${relationships}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">${paragraph(
  styleIds.sheetText,
  `${run('草稿　未经核对，不得公开', runProperties(fonts.first.name, size.four, '<w:color w:val="C00000"/>'))}${watermark}`,
  '<w:jc w:val="center"/>',
)}</w:hdr>`;
