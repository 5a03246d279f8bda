import type { YearContext } from './figures.js';
import { amountsIn, measureFrom } from './figures.js';
import { fold, sentences, withoutEndMark } from './fold.js';
import { splitItems } from './items.js';
import { leadingMarker, markerNumber } from './markers.js';
import { pairedUp, weakest } from './pairing.js';
import type { Located, NoticeFinding, NoticeSection } from './parsed.js';
import type { SourceLine } from './source.js';
import { isShort, type StatusReading, type StatusTable, statusOf } from './status-words.js';
import { looksLikeGroup, stanceOf } from './words.js';

type Field = 'number' | 'section' | 'finding' | 'sub' | 'measure' | 'progress' | 'result' | 'next' | 'other';

const headers: readonly (readonly [Field, RegExp])[] = [
  ['number', /^(?:序号|编号|问题序号|问题编号|no\.?)$/i],
  ['section', /^(?:聚焦(?:方面|领域)?|问题(?:类别|类型|大类)|(?:所属)?方面|类别|反馈方面)$/],
  ['sub', /^(?:具体问题|问题表现|具体表现|问题描述|主要表现)$/],
  [
    'finding',
    /^(?:反馈(?:的)?(?:主要|具体)?(?:问题|意见)(?:内容)?|(?:突出|主要|存在(?:的)?|巡察|巡视|审计)?(?:反馈)?问题(?:内容|清单)?|反馈事项|整改事项|问题及表现)$/,
  ],
  ['measure', /^(?:整改|主要|具体)?(?:措施|举措)$/],
  [
    'progress',
    /^(?:整改)?(?:工作)?(?:进展|落实|推进|具体)?(?:情况|进展)$|^(?:整改|落实|进展|完成)+(?:情况|成效)$|^整改成效$/,
  ],
  ['result', /^(?:整改)?(?:结果|状态|进度)$|^是否完成$|^完成(?:情况|状态|与否)$|^销号情况$|^整改完成情况$/],
  ['next', /^下一?步(?:打算|计划|措施|工作)?$/],
  [
    'other',
    /^(?:责任(?:领导|部门|单位|人|科室)|牵头(?:领导|部门|单位)|(?:整改|完成)(?:时限|时间|期限)|备注|配合(?:部门|单位)|公开(?:范围|方式|属性))$/,
  ],
];

export type TableFindings = {
  /** Lines that belong to tables of findings. */
  readonly lines: ReadonlySet<number>;
  /** Builds each section when the years are known. */
  readonly sections: readonly ((years: YearContext, statuses: StatusTable) => NoticeSection)[];
};

type Row = {
  readonly line: number;
  readonly values: ReadonlyMap<number, string>;
  readonly continues: ReadonlySet<number>;
};
type Draft = {
  number: string;
  title: string;
  line: number;
  subs: Located[];
  measures: Located[];
  progress: Located[];
  results: Located[];
  next: Located[];
  other: { label: string; text: string; line: number }[];
};

/** Tables whose header names a finding and what was done about it are read as findings, row by row. */
export function findingsOfTables(lines: readonly SourceLine[], statuses: StatusTable): TableFindings {
  const tables = new Map<number, SourceLine[]>();
  for (const line of lines) {
    if (line.cells === undefined || line.table === undefined) continue;
    const rows = tables.get(line.table);
    if (rows === undefined) tables.set(line.table, [line]);
    else rows.push(line);
  }
  const used = new Set<number>();
  const sections: TableFindings['sections'][number][] = [];
  for (const rows of tables.values()) {
    const named = rows.findIndex(row => fieldsOf(row) !== undefined);
    const at = Math.max(0, named);
    const header = rows[at];
    const fields = named < 0 ? fieldsByContent(rows, statuses) : header === undefined ? undefined : fieldsOf(header);
    if (header === undefined || fields === undefined) continue;
    for (const row of rows) used.add(row.number);
    sections.push(...readTable(rows.slice(at + 1), fields, header));
  }
  return { lines: used, sections };
}

function fieldsOf(row: SourceLine): ReadonlyMap<number, Field> | undefined {
  const fields = new Map<number, Field>();
  for (const [column, value] of valuesOf(row).values) {
    const name = fold(value).replace(/\s|\([^)]*\)/g, '');
    const field = headers.find(([, pattern]) => pattern.test(name))?.[0];
    if (field !== undefined) fields.set(column, field);
  }
  const kinds = new Set(fields.values());
  if (!kinds.has('finding') && kinds.has('sub')) {
    for (const [column, field] of fields) if (field === 'sub') fields.set(column, 'finding');
    kinds.add('finding');
  }
  return kinds.has('finding') && (kinds.has('measure') || kinds.has('progress') || kinds.has('result'))
    ? fields
    : undefined;
}

/**
 * A table with headers of its own words: its columns are told by what stands in them. Only where one column tells what
 * is wrong and another what was done about it, or how far it is.
 */
function fieldsByContent(rows: readonly SourceLine[], statuses: StatusTable): ReadonlyMap<number, Field> | undefined {
  const [header, ...body] = rows.map(valuesOf);
  if (header === undefined || body.length < 3) return undefined;
  const fields = new Map<number, Field>();
  for (const [column, name] of header.values) {
    const cells = body.map(row => row.values.get(column) ?? '').filter(cell => cell !== '');
    fields.set(column, kindOfColumn(fold(name), cells, statuses));
  }
  const columns = (field: Field) => [...fields].filter(([, kind]) => kind === field).map(([column]) => column);
  // What is to be done stands before what was.
  const [planned, ...reported] = columns('progress');
  if (planned !== undefined && reported.length > 0) fields.set(planned, 'measure');
  const answered = reported.length > 0 || planned !== undefined || columns('result').length > 0;
  return columns('finding').length === 1 && answered ? fields : undefined;
}

function kindOfColumn(name: string, cells: readonly string[], statuses: StatusTable): Field {
  const most = (test: (cell: string) => boolean) =>
    cells.length > 0 && cells.filter(test).length * 3 >= cells.length * 2;
  const first = (cell: string) => textAfterMarker(sentences(cell)[0]?.text ?? cell);
  if (most(cell => /^\d{1,3}$/.test(fold(cell).trim()))) return 'number';
  if (/责任|牵头|配合|部[门室]|科室|时限|期限|领导|备注/.test(name)) return 'other';
  if (most(cell => statusOf(cell, statuses) !== undefined)) return 'result';
  if (cells.length >= 4 && new Set(cells).size * 2 <= cells.length) return 'section';
  if (most(cell => stanceOf(first(cell)) === 'problem')) return 'finding';
  return most(cell => stanceOf(first(cell)) === 'action') ? 'progress' : 'other';
}

function valuesOf(row: SourceLine): Row {
  const values = new Map<number, string>();
  const continues = new Set<number>();
  let column = 0;
  for (const cell of row.cells ?? []) {
    values.set(column, cell.text.trim());
    if (cell.continues) continues.add(column);
    column += cell.span;
  }
  return { line: row.number, values, continues };
}

function readTable(
  rows: readonly SourceLine[],
  fields: ReadonlyMap<number, Field>,
  header: SourceLine,
): TableFindings['sections'] {
  const labels = valuesOf(header).values;
  const groups: { title: string; line: number; findings: Draft[] }[] = [];
  let section = '';
  for (const source of rows) {
    const row = valuesOf(source);
    const filled = [...row.values.values()].filter(value => value !== '');
    const [banner] = filled;
    if (
      filled.length === 1 &&
      banner !== undefined &&
      (source.cells?.length === 1 || looksLikeGroup(textAfterMarker(banner)))
    ) {
      section = banner;
      groups.push({ title: banner, line: row.line, findings: [] });
      continue;
    }
    const value = (field: Field): Located[] =>
      [...fields]
        .filter(([, name]) => name === field)
        .flatMap(([column]) => cellLines(row.values.get(column) ?? '', row.line));
    const named = value('section')
      .map(part => part.text)
      .join('');
    if (named !== '' && named !== section) {
      section = named;
      groups.push({ title: named, line: row.line, findings: [] });
    }
    if (groups.length === 0) groups.push({ title: '', line: row.line, findings: [] });
    const group = groups.at(-1);
    const title = value('finding')
      .map(part => part.text)
      .join('\n');
    const column = [...fields].find(([, name]) => name === 'finding')?.[0] ?? 0;
    const last = group?.findings.at(-1);
    const goesOn = last !== undefined && (title === '' || row.continues.has(column));
    const draft: Draft = goesOn
      ? last
      : {
          number: value('number')
            .map(part => part.text)
            .join(''),
          title,
          line: row.line,
          subs: [],
          measures: [],
          progress: [],
          results: [],
          next: [],
          other: [],
        };
    if (!goesOn) {
      if (title === '') continue;
      group?.findings.push(draft);
    }
    draft.subs.push(...value('sub'));
    draft.measures.push(...value('measure'));
    draft.progress.push(...value('progress'));
    draft.results.push(...value('result'));
    draft.next.push(...value('next'));
    for (const [at, name] of fields) {
      const text = row.values.get(at) ?? '';
      if (name === 'other' && text !== '') draft.other.push({ label: labels.get(at) ?? '', text, line: row.line });
    }
  }
  let ordinal = 0;
  return groups.map(group => (years: YearContext, statuses: StatusTable) => {
    const marker = leadingMarker(group.title);
    return {
      number: marker?.number,
      title: withoutEndMark(group.title.slice(marker?.length ?? 0)),
      line: group.line,
      findings: group.findings.map(draft => {
        ordinal += 1;
        return findingOf(draft, years, ordinal, statuses);
      }),
    };
  });
}

function cellLines(text: string, line: number): Located[] {
  return text
    .split('\n')
    .map(part => ({ text: part.trim(), line }))
    .filter(part => part.text !== '');
}

function textAfterMarker(text: string): string {
  return text.slice(leadingMarker(text)?.length ?? 0);
}

function findingOf(draft: Draft, years: YearContext, ordinal: number, statuses: StatusTable): NoticeFinding {
  const marker = leadingMarker(draft.title);
  const text = draft.title.slice(marker?.length ?? 0);
  const narrative: Located[] = [];
  const stated: (StatusReading & { readonly line: number })[] = [];
  for (const part of [...draft.progress, ...draft.results]) {
    const reading = statusOf(part.text, statuses);
    if (reading !== undefined) stated.push({ ...reading, line: part.line });
    else narrative.push(part);
  }
  const status = weakest(stated);
  const [own, beside] = draft.measures.length > 0 ? [draft.measures, narrative] : [narrative, []];
  const head = text.split('\n');
  const listed = splitItems(draft.subs.length > 0 ? draft.subs : cellLines(head.slice(1).join('\n'), draft.line));
  return {
    number: markerNumber(fold(draft.number).replace(/[^\d一二三四五六七八九十]/g, '')) ?? marker?.number ?? ordinal,
    title: withoutEndMark(head[0] ?? ''),
    detail: listed.lead.map(part => part.text).join('\n'),
    line: draft.line,
    status: status?.status,
    statusText: status?.text,
    statusLine: status?.line,
    heading: undefined,
    unreadStatus: draft.results.filter(part => statusOf(part.text, statuses) === undefined && isShort(part.text)),
    statusFrom: status === undefined ? undefined : 'own',
    longTerm: status?.longTerm === true,
    ...pairedUp(
      listed.items.map(item => ({ text: item.text, line: item.line })),
      splitItems(own).items.map(item => measureFrom(item, years)),
      stated,
    ),
    progress: beside,
    reports: splitItems(beside).items.map(item => measureFrom(item, years)),
    next: draft.next,
    labelled: draft.other,
    amounts: amountsIn([{ text: draft.title, line: draft.line }, ...draft.subs]),
  };
}
