import type { YearContext } from './figures.js';
import { amountsIn, measureFrom } from './figures.js';
import { fold, sentences, withoutEndMark } from './fold.js';
import { splitItems } from './items.js';
import { leadingMarker, markerNumber } from './markers.js';
import { pairedUp, weakest } from './pairing.js';
import type { Located, NoticeFinding, NoticeSection } from './parsed.js';
import { rowsOfTables, type SourceLine } from './source.js';
import { isShort, type StatusReading, type StatusTable, statusOf } from './status-words.js';
import { looksLikeGroup, stanceOf } from './words.js';

type Field = 'number' | 'section' | 'finding' | 'sub' | 'measure' | 'progress' | 'result' | 'next' | 'other';

/** What a header ends in tells its column; which comes first settles 问题类别, 具体问题, 完成情况. */
const headers: readonly (readonly [Field, RegExp])[] = [
  ['number', /^(?:序号|编号|问题序号|问题编号|no\.?)$/i],
  ['section', /^(?:聚焦|反馈|所属)?(?:方面|领域|类别)$|^问题(?:类别|类型|大类)$/],
  [
    'other',
    /^(?:责任|牵头|配合|协办|分管|主责|包抓|联系)|(?:时限|时间|期限|备注|领导|部门|部室|科室|单位)$|^公开(?:范围|方式|属性)$/,
  ],
  ['sub', /^(?:具体|主要|问题)*表现$|^具体(?:问题|事项)$|^问题(?:描述|表述)$/],
  ['finding', /(?:问题|意见)(?:内容|清单|及表现)?$|^(?:反馈|整改)事项$/],
  ['result', /(?:结果|状态|进度)$|^是否|^(?:整改)?完成(?:情况|与否|程度|度)$|^(?:销号|办结)(?:情况)?$/],
  ['next', /^下一?步|^后续/],
  ['measure', /(?:措施|举措|做法)$/],
  ['progress', /(?:情况|进展|成效|成果|效果)(?:说明|简述|描述)?$/],
];

export type TableFindings = {
  /** Lines that belong to tables of findings. */
  readonly lines: ReadonlySet<number>;
  /** Whether they tell what was done, or how far it is. */
  readonly answered: boolean;
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
  const used = new Set<number>();
  const sections: TableFindings['sections'][number][] = [];
  let answered = false;
  for (const rows of rowsOfTables(lines).values()) {
    const named = rows.findIndex((row, index) => fieldsOf(row, rows.slice(index + 1)) !== undefined);
    const at = Math.max(0, named);
    const header = rows[at];
    const fields =
      named < 0
        ? fieldsByContent(rows, statuses)
        : header === undefined
          ? undefined
          : fieldsOf(header, rows.slice(at + 1));
    if (header === undefined || fields === undefined) continue;
    for (const row of rows) used.add(row.number);
    answered ||= [...fields.values()].some(field => answers.has(field));
    sections.push(...readTable(rows.slice(at + 1), fields, header));
  }
  return { lines: used, sections, answered };
}

const answers: ReadonlySet<Field> = new Set(['measure', 'progress', 'result']);

/** A table of faults alone names them in a column and counts or sorts them in another. */
function fieldsOf(row: SourceLine, body: readonly SourceLine[]): ReadonlyMap<number, Field> | undefined {
  const fields = new Map<number, Field>();
  for (const [column, value] of valuesOf(row).values) {
    const name = fold(value).replace(/\s|\([^)]*\)/g, '');
    const field = headers.find(([, pattern]) => pattern.test(name))?.[0];
    // What no list knows is told beside the finding all the same.
    fields.set(column, field ?? 'other');
  }
  const kinds = new Set(fields.values());
  if (!kinds.has('finding') && kinds.has('sub')) {
    for (const [column, field] of fields) if (field === 'sub') fields.set(column, 'finding');
    kinds.add('finding');
  }
  if (!kinds.has('finding')) return undefined;
  if ([...kinds].some(kind => answers.has(kind))) return fields;
  const column = [...fields].find(([, kind]) => kind === 'finding')?.[0] ?? 0;
  const cells = body.map(other => valuesOf(other).values.get(column) ?? '').filter(cell => cell !== '');
  const faults = cells.filter(cell => stanceOf(textAfterMarker(cell)) === 'problem').length;
  return kinds.has('number') && cells.length >= 2 && faults * 2 > cells.length ? fields : undefined;
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

/** Each row answers for itself: 一是…二是… in one says nothing of how the next one is told. */
function itemsByRow(parts: readonly Located[]): readonly Located[] {
  const rows = new Map<number, Located[]>();
  for (const part of parts) {
    const row = rows.get(part.line);
    if (row === undefined) rows.set(part.line, [part]);
    else row.push(part);
  }
  return [...rows.values()].flatMap(row => splitItems(row).items);
}

function findingOf(draft: Draft, years: YearContext, ordinal: number, statuses: StatusTable): NoticeFinding {
  const marker = leadingMarker(draft.title);
  const text = draft.title.slice(marker?.length ?? 0);
  const narrative: Located[] = [];
  const stated: (StatusReading & { readonly line: number })[] = [];
  const withoutResult = (part: Located): readonly Located[] => {
    const reading = statusOf(part.text, statuses);
    if (reading !== undefined) {
      stated.push({ ...reading, line: part.line });
      return [];
    }
    // 退还伙食费8.93万元。（已完成）
    const match = /[（(【[〔]([^（()）【】[\]〔〕]{2,12})[)）】\]〕][。；;]?\s*$/u.exec(part.text);
    const behind = match === null ? undefined : statusOf(match[1] ?? '', statuses);
    if (match === null || behind === undefined) return [part];
    stated.push({ ...behind, line: part.line });
    return [{ ...part, text: part.text.slice(0, match.index) }];
  };
  for (const part of [...draft.progress, ...draft.results]) narrative.push(...withoutResult(part));
  const planned = draft.measures.flatMap(withoutResult);
  const status = weakest(stated);
  const [own, beside] = planned.length > 0 ? [planned, narrative] : [narrative, []];
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
      itemsByRow(own).map(item => measureFrom(item, years)),
      stated,
    ),
    progress: beside,
    reports: itemsByRow(beside).map(item => measureFrom(item, years)),
    next: draft.next,
    labelled: draft.other,
    amounts: amountsIn([
      { text: draft.title, line: draft.line },
      ...draft.subs,
      ...draft.other.filter(part => /金额|资金/.test(part.label)),
    ]),
  };
}
