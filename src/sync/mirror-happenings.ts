import type { Diagnostic } from '../model/diagnostic.js';
import { areaText } from '../model/grid.js';
import { text } from '../model/text.js';
import { headerKey } from '../read/headers.js';
import { diagnostic } from './mirror-diagnostic.js';
import type { Writes } from './mirror-diagnostics.js';
import { type Meeting, NO_LONGER } from './mirror-meeting.js';
import { type MirrorContent, ROW_ID } from './mirror-shape.js';

/** Rows named in one sentence; the rest is counted. */
const NAMED = 10;

/**
 * What people did with the sheet itself, in words: what was put right (rows and columns taken out, headers, merges), and
 * what is theirs to do and stays (another name, another order, columns of their own).
 */
export function happenings(
  meeting: Meeting,
  content: MirrorContent,
  who: (row: string) => string,
  writes: Writes,
): Diagnostic[] {
  if (meeting.sheet === undefined) return [];
  return [...(writes === 'both' ? putRight(meeting, content, who) : []), ...left(meeting)];
}

function putRight(meeting: Meeting, content: MirrorContent, who: (row: string) => string): Diagnostic[] {
  const out: Diagnostic[] = [];
  const { putBack } = meeting.merged;
  const say = (object: string, zh: string, en: string, count = 1): void => {
    out.push(
      diagnostic('mirror-restored', 'warning', object, {
        at: {},
        count,
        message: text(zh, en),
        remedy: text('需要删改的，请整改办改台账后同步', 'what is to go or to change is changed in the ledger'),
      }),
    );
  };
  if (putBack.length > 0) {
    const named = putBack.slice(0, NAMED).map(who).join('、');
    const more = putBack.length > NAMED ? `等 ${putBack.length} 行` : '';
    say(
      'rows',
      `共享表里少了${named}${more}，已补在最后，审核方填过的内容一并补回`,
      `${putBack.length} row(s) were gone from the mirror and were put back at its end, reviews included`,
      putBack.length,
    );
  }
  const name = (key: string): string => content.columns.find(column => column.key === key)?.header.zh ?? key;
  for (const key of meeting.gone) {
    const review = content.columns.find(column => column.key === key)?.owner === 'reviewer';
    say(
      `column|${key}`,
      `共享表里找不到“${name(key)}”栏（被删除或表头被改），已在最右边补上一栏${review ? '；审核方请填在补上的栏里' : ''}`,
      `column ${name(key)} is gone from the mirror; it was added again at the right`,
    );
  }
  const header = meeting.sheet?.rows.find(row => row.number === meeting.headerRow);
  for (const [key, col] of meeting.at) {
    const shown = (header?.cells[col - 1]?.text ?? '').trim();
    if (shown === NO_LONGER || headerKey(shown) === headerKey(name(key)) || key === ROW_ID) continue;
    say(
      `header|${key}`,
      `共享表“${name(key)}”栏的表头${shown === '' ? '被清空' : `被改成“${shown}”`}，已恢复`,
      `the header of ${name(key)} read "${shown}" on the mirror and was put back`,
    );
  }
  for (const area of meeting.covered.areas) {
    say(
      `merge|${areaText(area)}`,
      `共享表 ${areaText(area)} 被合并成一格，盖住了台账的内容；台账的内容以各行为准，已补齐`,
      `cells ${areaText(area)} of the mirror were merged over what the ledger says; it was filled in again`,
    );
  }
  return out;
}

function left({ events, merged }: Meeting): Diagnostic[] {
  if (events === undefined) return [];
  const out: Diagnostic[] = [];
  const say = (object: string, zh: string, en: string): void => {
    out.push(
      diagnostic('mirror-changed', 'info', object, {
        at: {},
        message: text(zh, en),
        remedy: text('不用处理', 'nothing to do'),
      }),
    );
  };
  const { renamed, columns, rows, copies } = events;
  if (renamed !== undefined) {
    say(
      'renamed',
      `共享表的工作表由“${renamed.from}”改名为“${renamed.to}”，照常同步`,
      `the mirror's sheet "${renamed.from}" is now called "${renamed.to}"; it is synced as before`,
    );
  }
  if (columns.length > 0) {
    const list = columns.map(column => `“${column}”`).join('、');
    say(
      'columns',
      `共享表里新加了${list}栏，原样保留，不带回台账`,
      `column(s) ${list} were added on the mirror and stay`,
    );
  }
  if (rows === 'sorted') {
    say('rows', '共享表的行排过序，已按行标识对应', 'the rows of the mirror were sorted; they were told by their ids');
  }
  // Rows that were taken out are told of already; they moved the others.
  if (rows === 'moved' && merged.putBack.length === 0) {
    say(
      'rows',
      '共享表里插入或删除过行，已按行标识对应',
      'rows were inserted or deleted on the mirror; they were told by their ids',
    );
  }
  for (const copy of copies) {
    say(
      `copy|${copy}`,
      `“${copy}”是共享表的复制品，不会同步；请在原来的工作表里填`,
      `"${copy}" is a copy of the mirror's sheet and is not synced`,
    );
  }
  return out;
}
