import type { Place } from '../model/diagnostic.js';
import { type Text, text } from '../model/text.js';
import type { LedgerRow } from '../read/main.js';
import { findPrivate, maskedPart, mayHoldPrivate, type PrivateKind } from '../read/typed/private.js';
import { placeIn } from '../reconcile/place.js';
import { type Check, cellPlace, type Examining, type Found } from './check.js';

export const privateData: Check = {
  id: 'private-data',
  level: 'error',
  title: text('将公开的内容里有个人信息', 'Personal data in what is shared'),
  about: text(
    '要公开或共享的内容里没有手机号、身份证号、银行卡号、私人邮箱；票据号、文号、信用代码不算。',
    'What is published or shared holds no mobile, ID or card number and no private mailbox; numbers of papers and bodies are fine.',
  ),
  why: text('个人信息一旦公开就收不回来，还要追责。', 'Personal data cannot be called back once it is out.'),
  remedy: text(
    '删去或改写（如“相关同志”）；联系方式写单位电话和单位邮箱',
    'take it out; give the office’s telephone and mailbox as contact',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 公开范围 |
    | 1 | 学习不深入 | «每月学习一次，联系张某13000000000» | 整改中 | 社会公开 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 公开范围 | 备注 |
    | 1 | 学习不深入 | 每月学习一次，票据号13000000000 | 整改中 | 社会公开 | |
    | 2 | 制度不健全 | 修订三项制度 | 整改中 | 不公开 | 联系张某13000000000 |`,
  run: personal,
};

/** What a notice prints of a row. */
const published = [
  'focus',
  'finding',
  'subFinding',
  'measure',
  'progress',
  'reasonOpen',
  'department',
  'leader',
] as const;
/** What may travel to a mirror besides. */
const travelling = [...published, 'person', 'support', 'note', 'reviewNote', 'reviewer'] as const;

const kindNames: { readonly [K in PrivateKind]: Text } = {
  mobile: text('手机号', 'mobile number'),
  'id-number': text('身份证号', 'ID number'),
  'bank-card': text('银行卡号', 'bank card number'),
  mailbox: text('私人邮箱', 'private mailbox'),
};

type Hit = {
  readonly kind: PrivateKind;
  readonly shown: string;
  readonly place: Place;
  readonly row: LedgerRow | undefined;
};

function* personal(examining: Examining): Iterable<Found> {
  const groups = new Map<PrivateKind, Hit[]>();
  for (const hit of hits(examining)) {
    const list = groups.get(hit.kind);
    if (list === undefined) groups.set(hit.kind, [hit]);
    else list.push(hit);
  }
  for (const [kind, list] of groups) {
    const [first, ...rest] = list;
    if (first === undefined) continue;
    const name = kindNames[kind];
    yield {
      message: text(
        `将公开或共享的内容里有${list.length}处${name.zh}（如${first.shown}）`,
        `${list.length} × ${name.en} in what is published or shared (such as ${first.shown})`,
      ),
      at: first.place,
      also: rest.slice(0, 50).map(hit => hit.place),
      count: list.length,
      found: first.shown,
      rows: list.flatMap(hit => (hit.row === undefined ? [] : [hit.row])),
      object: kind,
    };
  }
}

function hits(examining: Examining): Hit[] {
  const { ledger } = examining;
  const found: Hit[] = [];
  for (const row of ledger.main.rows) {
    keysOf(row, examining).forEach(key => {
      const words = row.data[key];
      // Filled-down text is the cell above, and has been looked at there.
      if (words === undefined || !row.own.has(key) || !mayHoldPrivate(words)) return;
      for (const one of findPrivate(words))
        found.push({ kind: one.kind, shown: maskedPart(one), place: cellPlace(ledger, row, key), row });
    });
  }
  const { claims } = ledger.registers;
  for (const row of claims.rows) {
    for (const one of findPrivate(row.data.subject ?? '')) {
      const place = placeIn(claims.header, row.number, 'subject');
      found.push({ kind: one.kind, shown: maskedPart(one), place, row: undefined });
    }
  }
  return found;
}

function keysOf(row: LedgerRow, { mirrored, shared }: Examining): readonly (typeof travelling)[number][] {
  const isPublished = row.data.publicity === 'public' || row.data.publicity === 'party';
  const travels = mirrored && (shared === undefined || shared.rows === 'all' || row.data.publicity === 'public');
  if (!travels) return isPublished ? published : [];
  const carried = travelling.filter(key => shared === undefined || shared.columns.has(key));
  return isPublished ? [...new Set([...published, ...carried])] : carried;
}
