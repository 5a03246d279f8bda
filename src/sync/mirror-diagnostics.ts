import type { Diagnostic, Place } from '../model/diagnostic.js';
import { a1 } from '../model/grid.js';
import { type Text, text } from '../model/text.js';
import type { Owner } from '../sheets/column.js';
import type { MassChange, Merged } from './merge.js';
import { diagnostic } from './mirror-diagnostic.js';
import { happenings } from './mirror-happenings.js';
import type { Meeting } from './mirror-meeting.js';
import { type MirrorContent, ROW_ID } from './mirror-shape.js';
import { shown } from './reviews.js';
import { canonical } from './value.js';

/** Where this sync writes: nowhere while a decision is needed, the ledger alone while the mirror is held. */
export type Writes = 'nowhere' | 'ledger' | 'both';

/**
 * What the meeting of ledger and mirror has to say, in the form of all diagnostics. Places are those of the ledger. Nothing
 * is said to be put back where nothing is written.
 */
export function mirrorDiagnostics(meeting: Meeting, content: MirrorContent, writes: Writes): Diagnostic[] {
  const { merged } = meeting;
  const name = (key: string): string => content.columns.find(column => column.key === key)?.header.zh ?? key;
  const owner = (key: string) => content.columns.find(column => column.key === key)?.owner;
  const place = (row: string, key: string): Place => {
    const at = content.places.get(row);
    return at === undefined ? {} : { sheet: at.sheet, row: at.row, header: name(key) };
  };
  const who = (row: string): string => {
    const at = content.places.get(row);
    return at === undefined ? `行 ${row}` : `问题${at.finding}（第${at.row}行）`;
  };
  const toDecide = [
    ...conflicts(merged, name, place, who),
    ...merged.massChanges.map(change =>
      massChange(change, name, 'column' in change && owner(change.column) === 'reviewer'),
    ),
  ];
  if (writes === 'nowhere') return toDecide;
  return [
    ...toDecide,
    ...ownedEdits(merged, name, place, who, writes, owner),
    ...(writes === 'both' ? identities(meeting, who) : []),
    ...rowNotes(meeting, content, who),
    ...happenings(meeting, content, who, writes),
  ];
}

type Naming = (key: string) => string;
type Placing = (row: string, key: string) => Place;

function conflicts(merged: Merged, name: Naming, place: Placing, who: Naming): Diagnostic[] {
  return merged.conflicts.map(one => {
    const decided =
      one.decision === undefined ? '' : one.decision === 'source' ? '；已按决定以台账为准' : '；已按决定以共享表为准';
    return diagnostic('conflict', one.decision === undefined ? 'error' : 'info', `${one.row}|${one.column}`, {
      at: place(one.row, one.column),
      row: one.row,
      found: canonical(one.mirror),
      expected: canonical(one.source),
      message: text(
        `${who(one.row)}“${name(one.column)}”两边都改了：上次同步时为“${one.agreed || '空'}”，台账改为“${shown(one.source)}”，共享表改为“${shown(one.mirror)}”${decided}`,
        `"${name(one.column)}" of row ${one.row} was changed on both sides: "${one.agreed}" became "${canonical(one.source)}" in the ledger and "${canonical(one.mirror)}" on the mirror${one.decision === undefined ? '' : `; decided for the ${one.decision === 'source' ? 'ledger' : 'mirror'}`}`,
      ),
      remedy:
        one.decision === undefined
          ? text(
              '与对方核对后重新运行：以台账为准加 --on-conflict source，以共享表为准加 --on-conflict mirror；未采用的内容会保留在“修改不一致”中',
              'agree with the other side, then run with --on-conflict source or --on-conflict mirror; the value not taken is kept in 修改不一致',
            )
          : text(
              '不用处理；没有采用的内容保留在“修改不一致”表里，定错了可以照着改回',
              'nothing to do; the value not taken is kept in 修改不一致, in case the decision was wrong',
            ),
    });
  });
}

function massChange(change: MassChange, name: Naming, reviewers: boolean): Diagnostic {
  const side = change.side === 'source' ? text('台账', 'the ledger') : text('共享表', 'the mirror');
  const what: Text =
    change.kind === 'side-empty'
      ? text(
          `${side.zh}现在${change.side === 'source' ? '一行可共享的' : '一行'}也没有，上次同步时有 ${change.rows} 行`,
          `${side.en} is empty; there were ${change.rows} rows`,
        )
      : change.kind === 'rows-gone'
        ? text(
            `${side.zh}${change.side === 'source' ? '里可共享的行' : ''}少了 ${change.rows} 行（上次同步时 ${change.of} 行）`,
            `${change.rows} of ${change.of} rows ${change.side === 'source' ? 'that may be shared ' : ''}are gone from ${side.en}`,
          )
        : text(
            `${side.zh}“${name(change.column)}”整栏 ${change.rows} 格都变了`,
            `all ${change.rows} cells of "${name(change.column)}" changed in ${side.en}`,
          );
  return diagnostic(
    'mass-change',
    'error',
    `${change.kind}|${change.side}|${'column' in change ? change.column : ''}`,
    {
      at: {},
      message: text(`${what.zh}，为防误删没有写入`, `${what.en}; nothing was written`),
      remedy: massRemedy(change, reviewers),
    },
  );
}

/** What accepting would do, and how to get back what was lost by mistake. */
function massRemedy(change: MassChange, reviewers: boolean): Text {
  const inLedger = change.side === 'source';
  const accepted = inLedger
    ? change.kind === 'column-changed'
      ? reviewers
        ? text('审核栏会按共享表恢复', 'the review column is put back from the mirror')
        : text('新内容会更新到共享表', 'the new content goes to the mirror')
      : text(
          '这些行会从共享表撤下，审核方填过的内容保留',
          'these rows leave the mirror; what the reviewers wrote stays there',
        )
    : change.kind === 'column-changed'
      ? reviewers
        ? text('台账里的审核内容会跟着清空', 'the reviews in the ledger are cleared, too')
        : text('共享表会按台账恢复', 'the mirror is put back from the ledger')
      : text(
          '缺的行会按台账补回，审核方填过、同步过的内容一并补回',
          'the missing rows are put back from the ledger, with the reviews that were synced',
        );
  const back = inLedger
    ? text(
        '不是有意的，先恢复台账（ledger restore）或改回“公开范围”和 mirror.rows，再同步',
        'if not, restore the ledger (ledger restore), or 公开范围 and mirror.rows, first',
      )
    : text(
        '不是有意的，先恢复共享表再同步（Google 表格：文件→版本记录；.xlsx：台账旁 .ledger 里的 mirror-backups）',
        'if not, restore the mirror first (Google: File → Version history; .xlsx: mirror-backups in .ledger)',
      );
  return text(
    `确认是有意的，加 --accept-mass-change 重新运行：${accepted.zh}；${back.zh}`,
    `if it is meant, run with --accept-mass-change: ${accepted.en}; ${back.en}`,
  );
}

function ownedEdits(
  merged: Merged,
  name: Naming,
  place: Placing,
  who: Naming,
  writes: Writes,
  ownerOf: (key: string) => Owner | undefined,
): Diagnostic[] {
  const edits = merged.ownedCellEdits.filter(edit => writes === 'both' || edit.side === 'source');
  return edits.map(edit => {
    const inLedger = edit.side === 'source';
    const closing = inLedger && edit.column === 'review' && canonical(edit.found).includes('销号');
    const restored = canonical(edit.kept) !== canonical(edit.found);
    const byProgram = !inLedger && ownerOf(edit.column) === 'program';
    const owner = inLedger
      ? text('审核方', 'reviewer')
      : byProgram
        ? text('系统', 'program')
        : text('整改办', 'office');
    return diagnostic(
      closing ? 'closed-by-office' : 'owned-cell-edited',
      closing ? 'error' : 'warning',
      `${edit.row}|${edit.column}|${edit.side}`,
      {
        at: place(edit.row, edit.column),
        row: edit.row,
        found: canonical(edit.found),
        expected: canonical(edit.kept),
        message: text(
          `${who(edit.row)}“${name(edit.column)}”由${owner.zh}填写，${inLedger ? '台账' : '共享表'}中被改为“${shown(edit.found)}”${restored ? `，已恢复为“${shown(edit.kept)}”，改动记入同步记录` : '，不作为审核结果'}`,
          `"${name(edit.column)}" of row ${edit.row} belongs to the ${owner.en}; ${inLedger ? 'the ledger' : 'the mirror'} says "${canonical(edit.found)}"${restored ? `; put back to "${canonical(edit.kept)}", the edit is in the journal` : '; it does not count as a review'}`,
        ),
        remedy: inLedger
          ? text('请审核方在共享表中填写；台账中的审核栏不要手工填', 'let the reviewer write it on the mirror')
          : byProgram
            ? text(
                '由台账算出来的，要改请改台账里的依据，再同步',
                'it is computed; change what it follows from in the ledger and sync',
              )
            : text('需要修改请改台账，再同步', 'change the ledger and sync'),
      },
    );
  });
}

/** Rows whose ids were put right by what stands in them. When the whole column was gone, that is said by itself. */
function identities({ merged, gone }: Meeting, who: Naming): Diagnostic[] {
  if (gone.includes(ROW_ID)) return [];
  return merged.rePaired.map(({ at, from, to }) =>
    diagnostic('identity-lost', 'warning', to, {
      at: {},
      row: to,
      message:
        from === ''
          ? text(
              `共享表第 ${at} 行没有行标识，已按内容认作${who(to)}并补上标识`,
              `row ${at} of the mirror had no id; by its content it is row ${to}, and the id was filled in`,
            )
          : text(
              `共享表第 ${at} 行的行标识与内容不符，已按内容认作${who(to)}并改回标识`,
              `row ${at} of the mirror carried another row's id; by its content it is row ${to}, and the id was put right`,
            ),
      remedy: text(
        '排序时请选中整张表（含隐藏栏），或使用筛选按钮排序',
        'sort the whole table, hidden columns included, or use the filter',
      ),
    }),
  );
}

function rowNotes(meeting: Meeting, content: MirrorContent, who: Naming): Diagnostic[] {
  const { merged, sheet } = meeting;
  const out: Diagnostic[] = [];
  if (merged.copies.length > 0) {
    const rows = merged.copies.map(one => one.at).join('、');
    out.push(
      diagnostic('mirror-own-row', 'info', 'copies', {
        at: {},
        count: merged.copies.length,
        message: text(
          `共享表第 ${rows} 行是复制出来的行，不算台账的行，原样保留`,
          `row(s) ${rows} of the mirror are copies; they are left alone and do not count`,
        ),
        remedy: text('不需要时请审核方删除', 'let the reviewer delete them when they are not needed'),
      }),
    );
  }
  if (merged.ownRows.length > 0) {
    const rows = merged.ownRows.slice(0, 50).join('、');
    out.push(
      diagnostic('mirror-own-row', 'info', 'own', {
        at: {},
        count: merged.ownRows.length,
        message: text(
          `共享表第 ${rows} 行是审核方自己加的行，没有带回台账，原样保留`,
          `row(s) ${rows} of the mirror were added there; they are left alone and do not travel`,
        ),
        remedy: text('需要纳入台账的，请在台账中补一行', 'add a row to the ledger where it should count'),
      }),
    );
  }
  for (const { row, at, column, text: error } of merged.unreadable) {
    const col = meeting.at.get(column);
    out.push(
      diagnostic('unreadable-cell', 'warning', `mirror|${row}|${column}`, {
        at: {},
        row,
        found: error,
        message: text(
          `共享表 ${col === undefined ? `第 ${at} 行` : a1(at, col)} 是公式错误 ${error}，没有带回台账`,
          `cell ${col === undefined ? at : a1(at, col)} of the mirror is ${error} and did not travel`,
        ),
        remedy: text('请审核方直接填写内容', 'let the reviewer type the value'),
      }),
    );
  }
  for (const { row, at, column, length } of merged.tooLong) {
    const col = meeting.at.get(column);
    const cell = col === undefined ? `第 ${at} 行` : a1(at, col);
    out.push(
      diagnostic('unreadable-cell', 'warning', `mirror|${row}|${column}`, {
        at: {},
        row,
        message: text(
          `共享表 ${cell} 有 ${length} 个字，台账的单元格放不下，没有带回台账`,
          `cell ${cell} of the mirror has ${length} characters, more than a cell of the ledger holds, and did not travel`,
        ),
        remedy: text('请审核方缩短，或另附文件', 'let the reviewer shorten it, or attach a file'),
      }),
    );
  }
  for (const { row, column, length, holds } of content.cut) {
    const name = content.columns.find(one => one.key === column)?.header.zh ?? column;
    const at = content.places.get(row);
    out.push(
      diagnostic('mirror-text-cut', 'warning', `${row}|${column}`, {
        at: at === undefined ? {} : { sheet: at.sheet, row: at.row, header: name },
        row,
        message: text(
          `${who(row)}“${name}”有 ${length} 个字，共享表的一格最多放 ${holds} 个字，只共享了前面的部分；全文在台账里，没有改动`,
          `"${name}" of row ${row} has ${length} characters; a cell of the mirror holds ${holds}, so only its beginning travelled. The ledger keeps all of it`,
        ),
        remedy: text('请缩短，或另附文件', 'shorten it, or attach a file'),
      }),
    );
  }
  if (content.secret.length > 0) {
    const rows = content.secret.map(one => one.row).join('、');
    out.push(
      diagnostic('not-allowed-out', 'info', 'secret', {
        at: { sheet: content.secret[0]?.sheet ?? '' },
        count: content.secret.length,
        message: text(
          `第 ${rows} 行标有密级或涉密，没有进入共享表`,
          `row(s) ${rows} are marked secret and stay out of the mirror`,
        ),
        remedy: text(
          '涉密内容不要写进台账；确属误标的请改“公开范围”或去掉密级标志',
          'keep secret matter out of the ledger; correct the mark if it is wrong',
        ),
      }),
    );
  }
  if (meeting.stateLost && sheet !== undefined) {
    out.push(
      diagnostic('mirror-state-lost', 'info', 'state', {
        at: {},
        message: text(
          '没有找到上次同步的记录，本次各栏以各自的填写方为准',
          'nothing is known of the last sync; each column is taken from the side that writes it',
        ),
        remedy: text(
          '换电脑或换文件夹时，请把 .ledger 文件夹一起带走',
          'take the folder .ledger along when the ledger moves',
        ),
      }),
    );
  }
  return out;
}
