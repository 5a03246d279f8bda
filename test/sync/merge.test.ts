import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Agreed,
  type Merged,
  type MergeInput,
  type MirrorRow,
  merge,
  needsDecision,
} from '../../src/sync/merge.js';
import { BLANK, type Cells, canonical, type Value } from '../../src/sync/value.js';

const columns = [
  { key: 'finding', owner: 'office' },
  { key: 'measure', owner: 'office' },
  { key: 'status', owner: 'program' },
  { key: 'review', owner: 'reviewer' },
  { key: 'opinion', owner: 'reviewer' },
] as const;
type Row = Partial<Record<(typeof columns)[number]['key'], string>>;

const text = (value: string): Value => (value === '' ? BLANK : { kind: 'text', text: value });
const cellsOf = (row: Row): Cells => new Map(Object.entries(row).map(([key, value]) => [key, text(value)]));

const agreedOf = (rows: Record<string, Row>): Agreed =>
  new Map(Object.entries(rows).map(([id, row]) => [id, new Map(columns.map(({ key }) => [key, row[key] ?? '']))]));

function input(parts: {
  base?: Record<string, Row>;
  elsewhere?: Record<string, Row>;
  source: Record<string, Row>;
  mirror: readonly (Row & { id?: string; at?: number })[];
  decide?: MergeInput['onConflict'];
  accept?: boolean;
  isNew?: boolean;
}): MergeInput {
  return {
    columns,
    base: parts.base && agreedOf(parts.base),
    elsewhere: parts.elsewhere && agreedOf(parts.elsewhere),
    source: new Map(Object.entries(parts.source).map(([id, row]) => [id, cellsOf(row)])),
    mirror: parts.mirror.map(({ id = '', at, ...row }, index) => ({ at: at ?? index + 2, id, cells: cellsOf(row) })),
    mirrorIsNew: parts.isNew ?? false,
    onConflict: parts.decide ?? 'stop',
    acceptMassChange: parts.accept ?? false,
    withdrawnNote: { column: 'finding', text: '（本行已移出共享范围）' },
  };
}

const old: Row = { finding: '问题甲', measure: '措施', status: '整改中', review: '', opinion: '' };

describe('one cell', () => {
  const meet = (source: Row, mirror: Row, decide?: MergeInput['onConflict']) =>
    merge(
      input({
        base: { a: old },
        source: { a: { ...old, ...source } },
        mirror: [{ id: 'a', ...old, ...mirror }],
        ...(decide === undefined ? {} : { decide }),
      }),
    );
  const nothing = { toMirror: [], toSource: [], ownedCellEdits: [], conflicts: [] };

  it('unchanged, or changed alike on both sides: nothing to do', () => {
    expect(meet({}, {})).toMatchObject(nothing);
    expect(meet({ measure: '新' }, { measure: ' 新\r\n' })).toMatchObject(nothing);
  });
  it('changed by its writer: travels', () => {
    expect(meet({ measure: '新' }, {}).toMirror).toMatchObject([
      { column: 'measure', why: 'changed', after: text('新') },
    ]);
    expect(meet({}, { review: '已销号' }).toSource).toMatchObject([
      { column: 'review', why: 'reviewed', after: text('已销号') },
    ]);
  });
  it('changed by somebody else: put back, the value found is named', () => {
    const onMirror = meet({}, { measure: '改了' });
    expect(onMirror.toMirror).toMatchObject([
      { column: 'measure', why: 'restored', before: text('改了'), after: text('措施') },
    ]);
    expect(onMirror.ownedCellEdits).toMatchObject([{ side: 'mirror', found: text('改了'), kept: text('措施') }]);
    const onSource = meet({ review: '已销号' }, {});
    expect(onSource.toSource).toMatchObject([
      { column: 'review', why: 'restored', before: text('已销号'), after: BLANK },
    ]);
    expect(onSource.ownedCellEdits).toMatchObject([{ side: 'source', found: text('已销号') }]);
  });
  it('the program’s own cells are never a conflict', () => {
    const both = meet({ status: '已完成' }, { status: '改了' });
    expect(both.conflicts).toEqual([]);
    expect(both.toMirror).toMatchObject([{ column: 'status', why: 'restored', after: text('已完成') }]);
  });
  it('changed on both sides: a conflict, and nothing moves until somebody decides', () => {
    const merged = meet({ measure: '我方' }, { measure: '对方' });
    expect(needsDecision(merged)).toBe(true);
    expect(merged).toMatchObject({ toMirror: [], toSource: [] });
    expect(merged.conflicts).toEqual([
      { row: 'a', column: 'measure', agreed: '措施', source: text('我方'), mirror: text('对方'), decision: undefined },
    ]);
  });
  it('a decided conflict goes one way', () => {
    expect(meet({ review: '已退回' }, { review: '已销号' }, 'mirror').toSource).toMatchObject([
      { after: text('已销号') },
    ]);
    expect(meet({ review: '已退回' }, { review: '已销号' }, 'source').toMirror).toMatchObject([
      { after: text('已退回') },
    ]);
    expect(meet({ measure: '我方' }, { measure: '对方' }, 'mirror').toSourceByDecision).toMatchObject([
      { after: text('对方') },
    ]);
  });
});

describe('after a sync that was cut off', () => {
  const meet = (parts: { base: Row; coming: Row; source: Row; mirror: Row }) => {
    const before = input({
      base: { a: parts.base },
      source: { a: parts.source },
      mirror: [{ id: 'a', ...parts.mirror }],
    });
    return merge({ ...before, coming: input({ base: { a: parts.coming }, source: {}, mirror: [] }).base });
  };
  it('what we wrote ourselves is nobody’s change, whichever side it reached', () => {
    const reviewed = { ...old, review: '已退回' };
    const again = meet({ base: old, coming: reviewed, source: reviewed, mirror: { ...old, review: '已销号' } });
    expect(again.conflicts).toEqual([]);
    expect(again.toSource).toMatchObject([{ before: text('已退回'), after: text('已销号') }]);
    const pushed = { ...old, measure: '新' };
    const further = meet({ base: old, coming: pushed, source: { ...old, measure: '更新' }, mirror: pushed });
    expect(further).toMatchObject({ conflicts: [], ownedCellEdits: [] });
    expect(further.toMirror).toMatchObject([{ before: text('新'), after: text('更新'), why: 'changed' }]);
  });
  it('what did not arrive is simply done again', () => {
    const reviewed = { ...old, review: '已退回' };
    const again = meet({ base: old, coming: reviewed, source: old, mirror: reviewed });
    expect(again.ownedCellEdits).toEqual([]);
    expect(again.toSource).toMatchObject([{ column: 'review', why: 'reviewed' }]);
  });
});

describe('rows', () => {
  it('a new row travels whole, but a verdict of the office’s own does not', () => {
    const merged = merge(input({ source: { a: { ...old, review: '已销号' } }, mirror: [], isNew: true }));
    expect(merged.newRows[0]?.cells.get('finding')).toEqual(text('问题甲'));
    expect(merged.newRows[0]?.cells.get('review')).toEqual(BLANK);
    expect(merged.ownedCellEdits).toMatchObject([{ side: 'source', column: 'review', agreed: undefined }]);
    expect(merged.toSource).toEqual([]);
  });
  it('a verdict that came from an earlier mirror goes on to a new one', () => {
    const reviewed = { ...old, review: '已销号' };
    const merged = merge(input({ base: { a: reviewed }, source: { a: reviewed }, mirror: [], isNew: true }));
    expect(merged.newRows[0]?.cells.get('review')).toEqual(text('已销号'));
    expect(merged.putBack).toEqual([]);
  });
  it('a row deleted from the mirror is put back with its review', () => {
    const reviewed = { ...old, review: '已退回' };
    const merged = merge(
      input({ base: { a: reviewed, b: old }, source: { a: reviewed, b: old }, mirror: [{ id: 'b', ...old }] }),
    );
    expect(merged.putBack).toEqual(['a']);
    expect(merged.newRows[0]?.cells.get('review')).toEqual(text('已退回'));
  });
  it('a row that no longer travels is emptied; the review stays; the second time nothing is left to do', () => {
    const mirror = [
      { id: 'a', ...old, review: '已退回' },
      { id: 'b', ...old, finding: '乙' },
    ];
    const merged = merge(input({ base: { a: old, b: old }, source: { b: { ...old, finding: '乙' } }, mirror }));
    expect(merged.withdrawn).toEqual(['a']);
    expect(merged.toMirror.map(change => [change.column, canonical(change.after)])).toEqual([
      ['finding', '（本行已移出共享范围）'],
      ['measure', ''],
      ['status', ''],
    ]);
    const again = [{ id: 'a', finding: '（本行已移出共享范围）', review: '已退回' }, mirror[1] ?? {}];
    expect(
      merge(input({ base: { b: old }, source: { b: { ...old, finding: '乙' } }, mirror: again })).toMirror,
    ).toEqual([]);
  });
  it('a reviewer’s own row without id is left alone and reported', () => {
    const merged = merge(
      input({
        base: { a: old },
        source: { a: old },
        mirror: [
          { id: 'a', ...old },
          { opinion: '请补充附件', at: 9 },
        ],
      }),
    );
    expect(merged.ownRows).toEqual([9]);
    expect(merged.toMirror).toEqual([]);
  });
  it('rows sorted without their hidden ids are told by their content', () => {
    const [a, b] = [
      { ...old, finding: '甲' },
      { ...old, finding: '乙' },
    ];
    const merged = merge(
      input({
        base: { a, b },
        source: { a, b },
        mirror: [
          { id: 'a', ...b, review: '已销号' },
          { id: 'b', ...a },
        ],
      }),
    );
    expect(merged.rePaired).toEqual([
      { at: 2, from: 'a', to: 'b' },
      { at: 3, from: 'b', to: 'a' },
    ]);
    expect(merged.toSource).toMatchObject([{ row: 'b', column: 'review', after: text('已销号') }]);
    expect(merged.toMirror).toEqual([]);
  });
  it('an id that was deleted is found again; a copied row loses the copied id', () => {
    const gone = merge(input({ base: { a: old }, source: { a: old }, mirror: [{ id: '', ...old }] }));
    expect(gone.rePaired).toEqual([{ at: 2, from: '', to: 'a' }]);
    const copy = merge(
      input({
        base: { a: old },
        source: { a: old },
        mirror: [
          { id: 'a', ...old },
          { id: 'a', ...old },
        ],
      }),
    );
    expect(copy.copies).toEqual([{ at: 3, id: 'a' }]);
    expect(copy.toMirror).toEqual([]);
  });
  it('an error value in a reviewer’s column does not travel', () => {
    const parts = input({ base: { a: old }, source: { a: old }, mirror: [{ id: 'a', ...old }] });
    const row: MirrorRow = {
      at: 2,
      id: 'a',
      cells: new Map([...cellsOf(old), ['review', { kind: 'unreadable', text: '#REF!' }]]),
    };
    const merged = merge({ ...parts, mirror: [row] });
    expect(merged.unreadable).toEqual([{ row: 'a', at: 2, column: 'review', text: '#REF!' }]);
    expect(merged.toSource).toEqual([]);
  });
});

describe('too much at once', () => {
  const rows = (count: number, row: (n: number) => Row = n => ({ ...old, finding: `问题${n}` })) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`r${n}`, row(n)]));
  const mirrorOf = (source: Record<string, Row>) => Object.entries(source).map(([id, row]) => ({ id, ...row }));
  const kinds = (merged: Merged) => merged.massChanges.map(change => `${change.kind} ${change.side}`);

  it('a fifth of the rows and at least five gone asks for a decision', () => {
    const base = rows(20);
    const mirror = mirrorOf(base);
    expect(kinds(merge(input({ base, source: base, mirror: mirror.slice(4) })))).toEqual([]);
    expect(kinds(merge(input({ base, source: base, mirror: mirror.slice(5) })))).toEqual(['rows-gone mirror']);
    const fewer = Object.fromEntries(Object.entries(base).slice(5));
    expect(kinds(merge(input({ base, source: fewer, mirror })))).toEqual(['rows-gone source']);
    expect(kinds(merge(input({ base, source: fewer, mirror, accept: true })))).toEqual([]);
  });
  it('an empty side does; a new mirror does not', () => {
    const base = rows(3);
    expect(kinds(merge(input({ base, source: base, mirror: [] })))).toEqual(['side-empty mirror']);
    expect(kinds(merge(input({ base, source: base, mirror: [], isNew: true })))).toEqual([]);
    expect(kinds(merge(input({ base, source: {}, mirror: mirrorOf(base) })))).toEqual(['side-empty source']);
  });
  it('a whole column changed does; all rows reviewed in one day do not, all verdicts gone do', () => {
    const base = rows(6);
    const other = rows(6, n => ({ ...old, finding: `问题${n}`, measure: `另${n}` }));
    expect(kinds(merge(input({ base, source: base, mirror: mirrorOf(other) })))).toEqual(['column-changed mirror']);
    const closed = rows(6, n => ({ ...old, finding: `问题${n}`, review: '已销号' }));
    expect(kinds(merge(input({ base, source: base, mirror: mirrorOf(closed) })))).toEqual([]);
    expect(kinds(merge(input({ base: closed, source: closed, mirror: mirrorOf(base) })))).toEqual([
      'column-changed mirror',
    ]);
  });
});

describe('rows whose ids are gone', () => {
  const rows = { a: old, b: old, c: { ...old, finding: '问题乙' } };
  const lastAt = new Map([
    ['b', 2],
    ['a', 3],
    ['c', 4],
  ]);
  const bare = [
    { ...old, opinion: '先' },
    { ...old, opinion: '后' },
    { ...old, finding: '问题乙' },
  ];

  it('are told by what stands in them, those alike by the order in which they stood', () => {
    const merged = merge({ ...input({ base: rows, source: rows, mirror: bare }), lastAt });
    expect(merged.rePaired.map(({ at, to }) => [at, to])).toEqual([
      [2, 'b'],
      [3, 'a'],
      [4, 'c'],
    ]);
    expect(merged.toSource.map(({ row, after }) => [row, after])).toEqual([
      ['a', text('后')],
      ['b', text('先')],
    ]);
    expect(merged).toMatchObject({ newRows: [], ownRows: [], putBack: [] });
  });

  it('stay people’s own when there are more or fewer of them than the ledger has', () => {
    const fewer = merge({ ...input({ base: rows, source: rows, mirror: bare.slice(1), accept: true }), lastAt });
    expect(fewer.ownRows).toEqual([2]);
    const more = merge({ ...input({ base: rows, source: rows, mirror: [...bare, old] }), lastAt });
    expect(more.ownRows).toEqual([2, 3, 5]);
  });
});

describe('a sync that was cut off', () => {
  it('had taken a review in; then its row was taken off the mirror: the review is the reviewer’s word all the same', () => {
    const closed: Row = { ...old, review: '已销号' };
    const merged = merge({
      ...input({ base: { a: old, b: old }, source: { a: closed, b: old }, mirror: [{ id: 'b', ...old }] }),
      coming: agreedOf({ a: closed, b: old }),
    });
    expect(merged.newRows[0]?.cells.get('review')).toEqual(text('已销号'));
    expect(merged).toMatchObject({ toSource: [], ownedCellEdits: [], putBack: ['a'] });
  });
});

describe('two mirrors in turn', () => {
  const closed: Row = { ...old, review: '已销号' };
  const meet = (parts: { base?: Row; elsewhere: Row; source: Row; mirror: Row; decide?: MergeInput['onConflict'] }) =>
    merge(
      input({
        ...(parts.base === undefined ? {} : { base: { a: parts.base } }),
        elsewhere: { a: parts.elsewhere },
        source: { a: parts.source },
        mirror: [{ id: 'a', ...parts.mirror }],
        ...(parts.decide === undefined ? {} : { decide: parts.decide }),
      }),
    );

  it('a review from the other one travels, and is no closing of the office’s', () => {
    for (const base of [old, undefined]) {
      const merged = meet({ ...(base && { base }), elsewhere: closed, source: closed, mirror: old });
      expect(merged.toMirror).toMatchObject([{ column: 'review', after: text('已销号'), why: 'changed' }]);
      expect(merged).toMatchObject({ toSource: [], ownedCellEdits: [], conflicts: [] });
    }
    const fresh = merge(input({ elsewhere: { a: closed }, source: { a: closed }, mirror: [], isNew: true }));
    expect(fresh.newRows[0]?.cells.get('review')).toEqual(text('已销号'));
    expect(fresh).toMatchObject({ toSource: [], ownedCellEdits: [] });
  });

  it('what the office writes into a review column counts on neither', () => {
    const merged = meet({ base: old, elsewhere: { ...old, review: '已退回' }, source: closed, mirror: old });
    expect(merged.toSource).toMatchObject([{ before: text('已销号'), after: text('已退回'), why: 'restored' }]);
    expect(merged.toMirror).toMatchObject([{ column: 'review', after: text('已退回') }]);
  });

  it('both mirrors reviewed differently is a conflict; here only, it comes in', () => {
    const returned: Row = { ...old, review: '已退回' };
    const both = { base: old, elsewhere: closed, source: closed, mirror: returned };
    expect(needsDecision(meet(both))).toBe(true);
    expect(meet({ ...both, decide: 'mirror' }).toSource).toMatchObject([{ after: text('已退回') }]);
    expect(meet({ ...both, decide: 'source' }).toMirror).toMatchObject([{ after: text('已销号') }]);
    expect(meet({ ...both, elsewhere: old, source: old }).toSource).toMatchObject([{ after: text('已退回') }]);
  });

  it('rows and columns that changed while the other one was synced with are no mass change', () => {
    const base = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`r${n}`, { ...old, finding: `问题${n}` }]));
    const mirror = Object.entries(base).map(([id, row]) => ({ id, ...row }));
    const fewer = Object.fromEntries(
      Object.entries(base)
        .slice(8)
        .map(([id, row]) => [id, { ...row, measure: `新${id}` }]),
    );
    expect(merge(input({ base, elsewhere: fewer, source: fewer, mirror })).massChanges).toEqual([]);
    expect(merge(input({ base, source: fewer, mirror })).massChanges).toHaveLength(2);
    expect(merge(input({ base, elsewhere: fewer, source: fewer, mirror: mirror.slice(10) })).massChanges).toMatchObject(
      [{ kind: 'rows-gone', side: 'mirror' }],
    );
  });
});

/* Random states: a base, and each side some random edits, deletions and additions away from it. */
const word = fc.constantFrom('', '甲', '乙', '丙', '=1+1', '已销号');
const row = fc.record({ finding: word, measure: word, status: word, review: word, opinion: word });
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const side = fc.dictionary(fc.constantFrom(...ids), row, { maxKeys: 6 });
const state = fc.record({
  base: fc.option(side, { nil: undefined }),
  elsewhere: fc.option(side, { nil: undefined }),
  source: side,
  mirror: side,
  own: fc.array(row, { maxLength: 2 }),
  decide: fc.constantFrom<MergeInput['onConflict']>('source', 'mirror'),
  isNew: fc.constant(false),
});
type State = {
  base: Record<string, Row> | undefined;
  elsewhere: Record<string, Row> | undefined;
  source: Record<string, Row>;
  mirror: Record<string, Row>;
  own: Row[];
  decide: MergeInput['onConflict'];
};
const inputOf = ({ base, elsewhere, source, mirror, own, decide }: State): MergeInput =>
  input({
    ...(base === undefined ? {} : { base }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
    source,
    mirror: [...Object.entries(mirror).map(([id, cells]) => ({ id, ...cells })), ...own],
    decide,
    accept: true,
  });

/** Does what the result says, and gives the two sides as they then are. */
function carryOut(before: MergeInput, merged: Merged): MergeInput {
  const source = new Map([...before.source].map(([id, cells]) => [id, new Map(cells)]));
  for (const edit of [...merged.toSource, ...merged.toSourceByDecision])
    source.get(edit.row)?.set(edit.column, edit.after);
  const mirror = new Map(before.mirror.map(one => [one.at, { ...one, cells: new Map(one.cells) }]));
  for (const change of merged.toMirror) mirror.get(change.at)?.cells.set(change.column, change.after);
  for (const { at, to } of merged.rePaired) mirror.set(at, { ...(mirror.get(at) ?? { cells: new Map() }), at, id: to });
  for (const { at } of merged.copies) mirror.set(at, { ...(mirror.get(at) ?? { cells: new Map() }), at, id: '' });
  let next = before.mirror.reduce((most, one) => Math.max(most, one.at), 1);
  for (const { id, cells } of merged.newRows) mirror.set(++next, { at: next, id, cells: new Map(cells) });
  return { ...before, base: merged.agreed, elsewhere: undefined, source, mirror: [...mirror.values()] };
}

describe('for any two sides', () => {
  it('a second merge finds nothing to do', () => {
    fc.assert(
      fc.property(state, one => {
        const first = inputOf(one);
        const second = merge(carryOut(first, merge(first)));
        expect(second).toMatchObject({
          toMirror: [],
          toSource: [],
          newRows: [],
          conflicts: [],
          rePaired: [],
          copies: [],
        });
      }),
      { numRuns: 500 },
    );
  });

  it('afterwards both sides show the same rows, but for a verdict that no reviewer gave', () => {
    fc.assert(
      fc.property(state, one => {
        const first = inputOf(one);
        const merged = merge(first);
        const after = carryOut(first, merged);
        const byId = new Map(after.mirror.filter(({ id }) => id !== '').map(({ id, cells }) => [id, cells]));
        const unproven = new Set(
          merged.ownedCellEdits.filter(edit => edit.agreed === undefined).map(edit => `${edit.row} ${edit.column}`),
        );
        for (const [id, cells] of after.source) {
          for (const { key } of columns) {
            if (unproven.has(`${id} ${key}`)) continue;
            expect(canonical(byId.get(id)?.get(key))).toBe(canonical(cells.get(key)));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('nothing is lost: every value that disappears is named in the result', () => {
    fc.assert(
      fc.property(state, one => {
        const first = inputOf(one);
        const merged = merge(first);
        const after = carryOut(first, merged);
        for (const { at, cells } of first.mirror) {
          const now = after.mirror.find(row => row.at === at)?.cells;
          for (const { key } of columns) {
            const was = canonical(cells.get(key));
            if (was === '' || was === canonical(now?.get(key))) continue;
            expect(
              merged.toMirror.some(
                change => change.at === at && change.column === key && canonical(change.before) === was,
              ),
            ).toBe(true);
          }
        }
        for (const [id, cells] of first.source) {
          for (const { key } of columns) {
            const was = canonical(cells.get(key));
            if (was === '' || was === canonical(after.source.get(id)?.get(key))) continue;
            const edits = [...merged.toSource, ...merged.toSourceByDecision];
            expect(edits.some(edit => edit.row === id && edit.column === key && canonical(edit.before) === was)).toBe(
              true,
            );
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('only reviewers’ columns travel into the source, unless a person decided', () => {
    fc.assert(
      fc.property(state, one => {
        const merged = merge(inputOf(one));
        expect(merged.toSource.every(edit => edit.column === 'review' || edit.column === 'opinion')).toBe(true);
        expect(merged.toSourceByDecision.length === 0 || one.decide === 'mirror').toBe(true);
      }),
    );
  });

  it('the order of rows on either side makes no difference', () => {
    const sorted = (merged: Merged) => ({
      toMirror: merged.toMirror.map(({ at: _at, ...change }) => JSON.stringify(change)).toSorted(),
      toSource: merged.toSource.map(edit => JSON.stringify(edit)).toSorted(),
      newRows: merged.newRows.map(({ id }) => id).toSorted(),
      conflicts: merged.conflicts.map(one => JSON.stringify(one)).toSorted(),
      agreed: [...merged.agreed].map(([id, cells]) => `${id} ${JSON.stringify([...cells])}`).toSorted(),
    });
    fc.assert(
      fc.property(state, fc.boolean(), (one, reverse) => {
        const first = inputOf(one);
        const source = new Map(reverse ? [...first.source].toReversed() : [...first.source].toSorted());
        const mirror = first.mirror.toReversed();
        expect(sorted(merge({ ...first, source, mirror }))).toEqual(sorted(merge(first)));
      }),
      { numRuns: 500 },
    );
  });
});
