import type { Place } from '../model/diagnostic.js';
import { text } from '../model/text.js';
import { findingsByNumber, parseFindingMark, registerTitle } from '../read/finding-mark.js';
import type { Finding } from '../read/main.js';
import type { References } from '../read/typed/references.js';
import { type Check, type Examining, type Found, shorten } from './check.js';

export const referenceMoved: Check = {
  id: 'reference-moved',
  level: 'error',
  title: text('重排序号后附表指错了问题', 'Reference moved by renumbering'),
  about: text(
    '台账重排序号以后，附表的问题序号要跟着改；系统记得每一行原来指的是哪个问题。',
    'After renumbering, 问题序号 in the registers follows; the program remembers which finding each row meant.',
  ),
  why: text('序号变了附表没变，钱和制度就挂到了别的问题名下。', 'Money and policies would go to other findings.'),
  remedy: text(
    '把附表的问题序号改成现在的序号；系统不替您改',
    'correct 问题序号 in the register; nothing is reassigned',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 行标识 |
    | 1 | 制度不健全 | 修订三项制度 | 整改中 | g4m2-3q8 |
    | 2 | 学习不深入 | 每月学习一次 | 整改中 | f3k9-2p7 |
    ## 制度清单
    | 问题序号 | 制度名称 | 印发日期 | 问题标识 |
    | «1» | 学习制度 | 2023-09-20 | f3k9 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 行标识 |
    | 1 | 制度不健全 | 修订三项制度 | 整改中 | g4m2-3q8 |
    | 2 | 学习不深入 | 每月学习一次 | 整改中 | f3k9-2p7 |
    ## 制度清单
    | 问题序号 | 制度名称 | 印发日期 | 问题标识 |
    | 2 | 学习制度 | 2023-09-20 | f3k9 |
    --- 上次
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 行标识 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 | f3k9-2p7 |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 | g4m2-3q8 |
    ## 制度清单
    | 问题序号 | 制度名称 | 印发日期 | 问题标识 |
    | 1 | 学习制度 | 2023-09-20 | f3k9 |`,
  run: moved,
};

type Pointing = {
  readonly number: number;
  readonly data: {
    readonly reference?: References | undefined;
    readonly findingId?: string | undefined;
    readonly findingTitle?: string | undefined;
  };
};

function* moved({ ledger, previous }: Examining): Iterable<Found> {
  const byNumber = findingsByNumber(ledger.main.findings);
  const byId = new Map<string, Finding>();
  for (const finding of ledger.main.findings) {
    const id = findingIdOf(finding);
    if (id !== undefined) byId.set(id, finding);
  }
  const { recoveries, policies, actions, meetings, evidence } = ledger.registers;
  for (const table of [recoveries, policies, actions, meetings, evidence]) {
    const bound = table.header?.columns.get('reference');
    if (table.header === undefined || bound === undefined) continue;
    const sheet = table.header.sheet.name;
    const places: Place[] = [];
    let told: { readonly number: number; readonly was: string; readonly is: Finding; readonly now: string } | undefined;
    const rows: readonly Pointing[] = table.rows;
    for (const { number: row, data } of rows) {
      const { reference, findingId } = data;
      const number =
        reference?.kind === 'findings' && reference.numbers.length === 1 ? reference.numbers[0] : undefined;
      const is = number === undefined ? undefined : byNumber.get(number);
      const id = is === undefined ? undefined : findingIdOf(is);
      if (number === undefined || is === undefined || id === undefined || findingId === undefined) continue;
      const meant = parseFindingMark(findingId);
      if (meant.id === id) continue;
      const before = previous?.findings.get(meant.id);
      const numberThen = meant.number ?? before?.label;
      // A number that differs from the one the mark was made for was retyped by the office: then that holds.
      if (numberThen !== String(number)) continue;
      const was = data.findingTitle ?? before?.title ?? '';
      // The same finding under a new id (the state was lost, say): nothing moved.
      if (was === '' || registerTitle(was) === registerTitle(is.title)) continue;
      told ??= { number, was, is, now: byId.get(meant.id)?.label ?? '' };
      places.push({ sheet, row, col: bound.col, header: bound.header });
    }
    const [at, ...also] = places;
    if (at === undefined || told === undefined) continue;
    const now = told.now === '' ? '' : `（现在是问题${told.now}）`;
    yield {
      message: text(
        `“${sheet}”有${places.length}行的问题序号没有跟着重排：写着${told.number}的那行原来指“${shorten(told.was, 16)}”${now}，现在${told.number}号是“${shorten(told.is.title, 16)}”`,
        `${places.length} rows of “${sheet}” did not follow the renumbering: ${told.number} meant “${shorten(told.was, 16)}”${told.now === '' ? '' : ` (now ${told.now})`}, and is now “${shorten(told.is.title, 16)}”`,
      ),
      at,
      also,
      found: String(told.number),
      ...(told.now === '' ? {} : { expected: told.now }),
      rows: [],
      object: table.spec.key,
    };
  }
}

/** A row id begins with its finding’s id. */
function findingIdOf(finding: Finding): string | undefined {
  const named = finding.rows.find(row => row.own.has('finding') && row.idText.includes('-')) ?? finding.first;
  const [id] = named.idText.split('-');
  return id === undefined || id === '' ? undefined : id;
}
