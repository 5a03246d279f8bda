import { html, type Markup } from './markup.js';

export type ColumnHead = { readonly name: string; readonly number?: boolean };
export type TableCell = Markup | string | number;
export type TableRow = {
  readonly cells: readonly TableCell[];
  /** `data-…` attributes, for the search. */
  readonly data?: Readonly<Record<string, string>>;
};

/**
 * A table that becomes a list of cards on a phone. The roles are written out because `display: block` would take them away
 * from screen readers; the first cell names its row.
 */
export function dataTable(
  caption: string,
  columns: readonly ColumnHead[],
  rows: readonly TableRow[],
  searched = false,
): Markup {
  // A column in which nothing stands only takes the others' room.
  const filled = columns.flatMap((_, index) =>
    index === 0 || rows.length === 0 || rows.some(row => row.cells[index] !== '') ? [index] : [],
  );
  const attributes = (data: Readonly<Record<string, string>> = {}) =>
    Object.entries(data).map(([name, value]) => html` data-${name}="${value}"`);
  const cell = (column: ColumnHead | undefined, value: TableCell, index: number) => {
    const side = column?.number === true ? 'n' : '';
    if (index === 0) return html`<th scope="row" role="rowheader">${value}</th>`;
    const empty = value === '' ? ' empty' : '';
    return html`<td role="cell" class="${side}${empty}" data-label="${column?.name ?? ''}">${value}</td>`;
  };
  return html`<table role="table"${searched ? html` data-findings` : undefined}>
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${filled
    .flatMap(index => columns[index] ?? [])
    .map(
      column =>
        html`<th scope="col" role="columnheader"${column.number === true ? html` class="n"` : undefined}>${column.name}</th>`,
    )}</tr></thead>
<tbody role="rowgroup">
${rows.map(
  row =>
    html`<tr role="row"${attributes(row.data)}>${filled.map(index => cell(columns[index], row.cells[index] ?? '', index))}</tr>
`,
)}</tbody>
</table>`;
}
