import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findingIdMaker,
  findingOf,
  isFindingId,
  isLedgerId,
  newLedgerId,
  readRowId,
  rowIdMaker,
} from '../../src/sync/ids.js';
import { fingerprint, type Known, type Pairing, pairRows } from '../../src/sync/row-identity.js';

/** A row of the office's sheet. `finding` blank: filled down from above. */
type Row = { id: string; finding: string; measure: string; progress: string };

function row(finding: string, measure: string, progress = '', id = ''): Row {
  return { id, finding, measure, progress };
}

/** Fills the finding down, as the reader does: a row that names the same finding as the row above continues it. */
function present(rows: readonly Row[]) {
  const findings: { title: string }[] = [];
  const index = new Map<string, number>();
  let current = -1;
  const presentRows = rows.map(({ id, finding, measure, progress }) => {
    if (current === -1 || (finding !== '' && finding !== findings[current]?.title)) {
      current = index.get(finding) ?? findings.push({ title: finding }) - 1;
      index.set(finding, current);
    }
    return { id, measure, progress, finding: current, named: finding !== '' };
  });
  return {
    findings,
    rows: presentRows.map(({ id, measure, progress, finding, named }) => ({
      idCell: id,
      fingerprint: fingerprint([measure], [progress]),
      finding,
      named,
    })),
  };
}

function pair(known: Known, rows: readonly Row[]): Pairing {
  const { findings, rows: presentRows } = present(rows);
  return pairRows(known, findings, presentRows);
}

const nothingKnown: Known = { findings: [], rows: [] };

/** A sync: ids written into the rows, and what the program then remembers. */
function sync(rows: readonly Row[], known: Known = nothingKnown): { rows: Row[]; known: Known; pairing: Pairing } {
  const now = present(rows);
  const pairing = pairRows(known, now.findings, now.rows);
  return {
    pairing,
    rows: rows.map((one, at) => ({ ...one, id: pairing.rows[at]?.id ?? '' })),
    known: {
      findings: now.findings.map(({ title }, at) => ({ id: pairing.findings[at] ?? '', title })),
      rows: now.rows.map(({ fingerprint: print }, at) => ({ id: pairing.rows[at]?.id ?? '', fingerprint: print })),
    },
  };
}

const how = (pairing: Pairing) => pairing.rows.map(one => one.how);
const ids = (pairing: Pairing) => pairing.rows.map(one => one.id);

const ledger = [
  row('学习不够深入', '制定学习计划', '已学习3次'),
  row('', '开展专题研讨', '整改中'),
  row('资金管理不严', '追缴违规资金', '已追缴'),
  row('', '修订财务制度', '已印发'),
  row('', '开展培训', ''),
];

describe('ids', () => {
  it('are short, carry the finding, and are the same for the same ledger', () => {
    const { pairing } = sync(ledger);
    expect(how(pairing)).toEqual(['new', 'new', 'new', 'new', 'new']);
    for (const id of ids(pairing)) expect(id).toMatch(/^[b-z][2-9b-z]{3}-[2-9b-z]{3}$/);
    expect(ids(pairing).map(findingOf)).toEqual([0, 0, 1, 1, 1].map(at => pairing.findings[at]));
    expect(sync(ledger).pairing).toEqual(pairing);
  });

  it('are read as people leave them: capitals, blanks, full-width', () => {
    expect(readRowId(' Ｆ3K9－2p7 ')).toBe('f3k9-2p7');
    expect(['', 'f3k9', '2023-10', '第3行', 'f3k9-2p7-2'].map(readRowId)).toEqual(Array(5).fill(undefined));
  });

  it('never collide, however many rows are alike', () => {
    const makeFinding = findingIdMaker(new Set());
    const findings = new Set(Array.from({ length: 50_000 }, () => makeFinding('同一标题')));
    expect(findings.size).toBe(50_000);
    expect([...findings].every(isFindingId)).toBe(true);
    const make = rowIdMaker(new Set());
    const made = new Set(Array.from({ length: 50_000 }, () => make('f3k9', '.')));
    expect(made.size).toBe(50_000);
    expect([...made].every(id => readRowId(id) === id)).toBe(true);
  });

  it('of ledgers are random', () => {
    const made = new Set(Array.from({ length: 1000 }, newLedgerId));
    expect(made.size).toBe(1000);
    expect([...made].every(isLedgerId)).toBe(true);
  });
});

describe('who is who', () => {
  const { rows, known } = sync(ledger);
  const [a, b, c, d, e] = rows;
  if (!a || !b || !c || !d || !e) throw new Error('five rows');

  it('nothing happened', () => {
    expect(sync(rows, known).pairing).toMatchObject({ gone: [], rows: rows.map(({ id }) => ({ id, how: 'kept' })) });
  });

  it('work went on in every row, a measure was reworded', () => {
    const edited = rows.map(one => ({ ...one, progress: `${one.progress}，已完成` }));
    edited[1] = { ...b, measure: '开展专题研讨和交流', progress: '已完成' };
    expect(ids(pair(known, edited))).toEqual(rows.map(({ id }) => id));
    expect(how(pair(known, edited))).toEqual(rows.map(() => 'kept'));
  });

  it('a finding was reworded: its rows have not moved', () => {
    const edited = [a, b, { ...c, finding: '资金管理不够严格' }, d, e];
    const pairing = pair(known, edited);
    expect(ids(pairing)).toEqual(rows.map(({ id }) => id));
    expect(pairing.rows.every(one => one.moved === undefined)).toBe(true);
  });

  it('rows inserted and deleted', () => {
    const pairing = pair(known, [a, row('', '新的措施'), c, e]);
    expect(how(pairing)).toEqual(['kept', 'new', 'kept', 'kept']);
    expect(findingOf(pairing.rows[1]?.id ?? '')).toBe(findingOf(a.id));
    expect(pairing.gone).toEqual([b.id, d.id]);
  });

  it('a row copied below itself, and copied and then edited: the copy gets a new id', () => {
    expect(ids(pair(known, [a, b, c, d, d, e])).slice(0, 4)).toEqual([a, b, c, d].map(({ id }) => id));
    for (const copy of [d, { ...d, measure: '修订采购制度' }]) {
      const pairing = pair(known, [a, b, c, copy === d ? d : copy, d, e]);
      expect(new Set(ids(pairing)).size).toBe(6);
      const original = copy === d ? [3, 4] : [4];
      expect(original.map(at => pairing.rows[at]?.id)).toContain(d.id);
      expect(how(pairing)).toContain('copied');
    }
  });

  it('a row copied into another finding: the original keeps its id even below the copy', () => {
    const pairing = pair(known, [a, e, b, c, d, e]);
    expect(how(pairing)).toEqual(['kept', 'copied', 'kept', 'kept', 'kept', 'kept']);
    expect(findingOf(pairing.rows[1]?.id ?? '')).toBe(findingOf(a.id));
  });

  it('a whole finding copied and renamed', () => {
    const pairing = pair(known, [a, b, c, d, e, { ...c, finding: '另一问题' }, d, e]);
    expect(how(pairing).slice(0, 5)).toEqual(rows.map(() => 'kept'));
    expect(how(pairing).slice(5)).toEqual(['copied', 'copied', 'copied']);
    expect(pairing.rows.every(one => one.moved === undefined)).toBe(true);
  });

  it('the id column left out of a sort: each row is recognised by its content', () => {
    const content = [d, b, e, a, c].map(one => ({
      ...one,
      finding: findingOf(one.id) === findingOf(a.id) ? a.finding : c.finding,
    }));
    const shuffled = content.map((one, at) => ({ ...one, id: rows[at]?.id ?? '' }));
    const pairing = pair(known, shuffled);
    expect(ids(pairing)).toEqual([d, b, e, a, c].map(({ id }) => id));
    expect(how(pairing)).toEqual(['identity-lost', 'kept', 'identity-lost', 'identity-lost', 'identity-lost']);
    expect(pairing.rows[0]).toMatchObject({ id: d.id, was: a.id });
  });

  it('the whole content of one row pasted over another, whose own row went on: no mix-up', () => {
    const pairing = pair(known, [a, b, { ...d, id: c.id, finding: c.finding }, { ...d, progress: '已修订' }, e]);
    expect(ids(pairing)).toEqual(rows.map(({ id }) => id));
  });

  it('ids blanked out: found again by content; a blanked and rewritten row is new', () => {
    const blank = rows.map(one => ({ ...one, id: '' }));
    expect(how(pair(known, blank))).toEqual(rows.map(() => 'restored'));
    expect(ids(pair(known, blank))).toEqual(rows.map(({ id }) => id));
    blank[4] = { ...e, id: '', measure: '全文重写' };
    blank[3] = { ...d, id: '我的备注', progress: '已修订' };
    const pairing = pair(known, blank);
    expect(how(pairing).slice(3)).toEqual(['restored', 'new']);
    expect(pairing.rows[3]).toMatchObject({ id: d.id, was: '我的备注' });
  });

  it('a sort by a column that only first rows fill: rows that come under another finding have moved', () => {
    const pairing = pair(known, [c, b, d, a, e]);
    expect(ids(pairing)).toEqual([c, b, d, a, e].map(({ id }) => id));
    expect(pairing.rows.map(one => one.moved?.fromTitle)).toEqual([
      undefined,
      a.finding,
      undefined,
      undefined,
      c.finding,
    ]);
    // It stays said until somebody settles it, also when the state is lost.
    const again = sync([c, b, d, a, e], known);
    expect(pair(again.known, again.rows).rows[1]?.moved).toEqual({ from: findingOf(b.id), fromTitle: a.finding });
    expect(pair(nothingKnown, again.rows).rows[1]?.moved).toEqual({ from: findingOf(b.id) });
  });

  it('a first row deleted: its other rows fall under the finding above, and that is said', () => {
    const pairing = pair(known, [a, b, d, e]);
    expect(pairing.rows.map(one => one.moved !== undefined)).toEqual([false, false, true, true]);
  });

  it('a row that names its new finding itself was moved on purpose', () => {
    const pairing = pair(known, [a, b, c, d, { ...e, finding: '学习不够深入' }]);
    expect(pairing.rows[4]).toMatchObject({ how: 'refiled', was: e.id });
    expect(findingOf(pairing.rows[4]?.id ?? '')).toBe(findingOf(a.id));
  });

  it('the state was lost: the cells are trusted, a copy gets a new id', () => {
    const pairing = pair(nothingKnown, [a, b, c, d, { ...d, measure: '另一措施' }, e]);
    expect(how(pairing)).toEqual(['kept', 'kept', 'kept', 'kept', 'copied', 'kept']);
    expect(pairing.findings).toEqual(sync(ledger).pairing.findings);
  });

  it('rows that another computer added keep the ids it gave', () => {
    const there = sync([...rows, row('', '另一台电脑加的')], known);
    expect(ids(pair(known, there.rows))).toEqual(there.rows.map(({ id }) => id));
  });
});

/*
 * What people do between two syncs, at random. `origin` remembers which row of the last sync a row really is (-1: none, -2: a
 * copy); the pairing does not see it.
 */
type Traced = Row & { origin: number };
type Deed = { kind: number; at: number; to: number };

const measures = ['加强学习', '修订制度', '追缴资金', '开展培训', '约谈提醒'];

const ledgers = fc
  .array(
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(measures.length - 1), { minLength: 4, maxLength: 4 })),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map(findings =>
    findings.flatMap(([count, picks], finding) =>
      picks
        .slice(0, count)
        .map((pick, at) => row(`问题${finding}`, measures[pick] ?? '', at % 2 === 0 ? '整改中' : '')),
    ),
  );

const deeds = fc.array(fc.record({ kind: fc.nat(6), at: fc.nat(1000), to: fc.nat(1000) }), { maxLength: 12 });

function apply(rows: readonly Traced[], { kind, at, to }: Deed): Traced[] {
  const list = [...rows];
  const index = list.length === 0 ? 0 : at % list.length;
  const one = list[index];
  const target = to % (list.length + 1);
  if (one === undefined) return list;
  switch (kind) {
    case 0:
      return list.toSorted((x, y) => ((at % 2) * 2 - 1) * (x.measure < y.measure ? -1 : x.measure > y.measure ? 1 : 0));
    case 1:
      return list.toSpliced(target, 0, { ...row(one.finding, `新措施${at}`), origin: -1 });
    case 2:
      return list.toSpliced(index, 1);
    case 3:
      return list.toSpliced(target, 0, { ...one, origin: -2 });
    case 4:
      return list.with(index, { ...one, progress: `${one.progress}进展${at}` });
    case 5:
      return list.with(index, { ...one, id: '' });
    default:
      return list.with(index, { ...one, measure: `${one.measure}（改${at}）` });
  }
}

describe('whatever people do', () => {
  it('no row ever gets the id of a different row', () => {
    fc.assert(
      fc.property(ledgers, deeds, (start, todo) => {
        const last = sync(start);
        const prints = new Map(last.known.rows.map(({ id, fingerprint: print }) => [id, print]));
        const traced = last.rows.map((one, origin): Traced => ({ ...one, origin }));
        const now = todo.reduce<Traced[]>(apply, traced);
        const pairing = pair(last.known, now);
        expect(new Set(ids(pairing)).size).toBe(now.length);
        now.forEach((one, at) => {
          const id = ids(pairing)[at] ?? '';
          if (!prints.has(id)) return;
          const own = last.rows[one.origin]?.id === id;
          // A copy may stand in for a row whose content it has, or that is gone or was edited after it was copied.
          const alike = prints.get(id)?.split('.')[0] === fingerprint([one.measure], []).split('.')[0];
          const carried = one.id === id;
          expect(own || alike || carried).toBe(true);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('without copies: each row keeps its own id, unless the cell was blanked and the content changed', () => {
    fc.assert(
      fc.property(ledgers, deeds, (start, todo) => {
        const last = sync(start);
        const traced = last.rows.map((one, origin): Traced => ({ ...one, origin }));
        const now = todo.filter(({ kind }) => kind !== 3).reduce<Traced[]>(apply, traced);
        const pairing = pair(last.known, now);
        now.forEach((one, at) => {
          if (one.id !== '') expect(pairing.rows[at]).toEqual({ id: last.rows[one.origin]?.id, how: 'kept' });
        });
        // Who is blank may be recognised only as a row with the very same measure in the same finding.
        now.forEach((one, at) => {
          const paired = pairing.rows[at];
          if (one.id !== '' || paired?.how !== 'restored') return;
          const taken = last.rows.find(({ id }) => id === paired.id);
          expect([taken?.finding, taken?.measure]).toEqual([one.finding, one.measure]);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('the next sync has nothing to say', () => {
    fc.assert(
      fc.property(ledgers, deeds, (start, todo) => {
        const last = sync(start);
        const now = todo.reduce<Traced[]>(
          apply,
          last.rows.map((one, origin): Traced => ({ ...one, origin })),
        );
        const next = sync(now, last.known);
        const after = sync(next.rows, next.known).pairing;
        expect(how(after)).toEqual(next.rows.map(() => 'kept'));
        expect(ids(after)).toEqual(next.rows.map(({ id }) => id));
      }),
      { numRuns: 300 },
    );
  });

  it('the id column left out of any sort, with contents that differ: everybody is found', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.infiniteStream(fc.nat(1_000_000)), (count, keys) => {
        const last = sync(Array.from({ length: count }, (_, at) => row(`问题${at % 4}`, `措施${at}`, '整改中')));
        const order = last.rows.map(one => ({ one, key: keys.next().value ?? 0 })).sort((x, y) => x.key - y.key);
        const shuffled = order.map(({ one }, at) => ({ ...one, id: last.rows[at]?.id ?? '' }));
        expect(ids(pair(last.known, shuffled))).toEqual(order.map(({ one }) => one.id));
      }),
      { numRuns: 200 },
    );
  });

  it('100,000 rows in a moment, also when all are alike or all ids are gone', () => {
    const many = Array.from({ length: 100_000 }, (_, at) =>
      row(`问题${Math.floor(at / 3)}`, `措施${at % 7}`, '整改中'),
    );
    const started = performance.now();
    const first = sync(many);
    sync(first.rows, first.known);
    sync(
      first.rows.map(one => ({ ...one, id: '' })),
      first.known,
    );
    sync(Array.from({ length: 100_000 }, () => row('', '同上', '')));
    // About 3 s for all four; anything quadratic would take minutes.
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
