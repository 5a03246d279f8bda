/** A paragraph of a document as a reader sees it, whatever the format. */
export type SourceLine = {
  /** 1-based; see ParsedNotice. */
  readonly number: number;
  readonly text: string;
  /** Level of a heading that the format itself marks (Markdown #, HTML h1–h6, Word heading styles). */
  readonly heading?: number;
  /** Characters at its head that are set apart from running text (bold, or in the type of headings). */
  readonly strong?: number;
  /** Cells of a table row; `text` then holds them joined. */
  readonly cells?: readonly SourceCell[];
  /** Which table of the document the row is in. */
  readonly table?: number;
};

export type SourceCell = {
  readonly text: string;
  /** Columns it spans. */
  readonly span: number;
  /** Continues the cell above (vertical merge). */
  readonly continues: boolean;
};

export type SourceFormat = 'txt' | 'md' | 'html' | 'docx';

export type Source = { readonly format: SourceFormat; readonly lines: readonly SourceLine[] };

/** The rows of each table, by the table's number. */
export function rowsOfTables(lines: readonly SourceLine[]): ReadonlyMap<number, readonly SourceLine[]> {
  const tables = new Map<number, SourceLine[]>();
  for (const line of lines) {
    if (line.cells === undefined || line.table === undefined) continue;
    const rows = tables.get(line.table);
    if (rows === undefined) tables.set(line.table, [line]);
    else rows.push(line);
  }
  return tables;
}
