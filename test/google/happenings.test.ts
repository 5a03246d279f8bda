import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGoogle } from '../../src/stores/google/index.js';
import {
  type Book,
  OFFICE,
  Person,
  REVIEWER,
  ROBOT,
  startGoogle,
  type TestGoogle,
} from '../support/google-server/index.js';
import { type Office, office, rowId } from '../support/mirror-office.js';

/* Whatever people do with the shared sheet between two syncs: nothing is lost, it is said in words, and the next sync has nothing to do. */

let google: TestGoogle;
let book: Book;
let person: Person;
let us: Office;

const MIRROR = '整改台账';

beforeEach(async () => {
  google = await startGoogle();
  book = google.server.create(OFFICE, '巡察整改共享表');
  google.server.share(book, ROBOT, 'writer');
  google.server.share(book, REVIEWER, 'writer');
  person = new Person(book);
  us = office();
  await sync();
  google.server.reset();
});

afterEach(async () => {
  expect(google.server.unsound).toEqual([]);
  await google.stop();
});

const sync = async (options: Parameters<Office['sync']>[1] = {}) =>
  us.sync(await openGoogle(book.id, google.options), options);
const words = (outcome: Awaited<ReturnType<typeof sync>>) => outcome.diagnostics.map(one => one.message.zh);
const col = (header: string) => person.column(header, MIRROR);
const row = (id: string) => person.rowOf(id, col('行标识'), MIRROR);
const shown = (id: string, header: string) => person.at(row(id), col(header), MIRROR);

/** Every row of the ledger stands there once, with what the ledger says, and nothing is left to be written. */
async function settled(): Promise<void> {
  google.server.reset();
  const { diagnostics } = await sync();
  expect(google.server.writes).toBe(0);
  expect(diagnostics.filter(one => one.check.startsWith('mirror-') && one.check !== 'mirror-own-row')).toEqual([]);
  const ids = person
    .texts(MIRROR)
    .slice(1)
    .map(line => line[col('行标识') - 1] ?? '')
    .filter(id => id !== '');
  expect(ids.toSorted()).toEqual(us.rows.map(one => one.id).toSorted());
  for (const one of us.rows) {
    expect(shown(one.id, '反馈问题')).toBe(one.finding);
    expect(shown(one.id, '整改措施')).toBe(one.measure);
    expect(shown(one.id, '审核意见')).toBe(one.reviewNote ?? '');
  }
}

describe('merged cells', () => {
  it('over the ledger’s columns: taken apart and filled in again', async () => {
    person.type(3, col('审核意见'), '请补充', MIRROR);
    await sync();
    person.merge(2, col('整改措施'), 4, col('整改进展'), MIRROR);
    const outcome = await sync();
    expect(words(outcome)).toEqual(['共享表 D2:E4 被合并成一格，盖住了台账的内容；台账的内容以各行为准，已补齐']);
    expect(person.sheet(MIRROR).merges).toEqual([]);
    await settled();
  });

  it('together with a change of the ledger: no conflict, the change arrives', async () => {
    person.merge(2, col('整改措施'), 4, col('整改措施'), MIRROR);
    us.row(rowId(1)).measure = '改过的措施';
    expect(await sync()).toMatchObject({ state: 'done', conflicts: [] });
    await settled();
  });

  it('across to the reviewer’s columns: his words stay', async () => {
    person.type(3, col('审核状态'), '已退回', MIRROR);
    await sync();
    person.merge(3, col('已追缴金额'), 3, col('审核意见'), MIRROR);
    await sync();
    expect(us.row(rowId(1)).review).toBe('已退回');
    expect(shown(rowId(1), '审核状态')).toBe('已退回');
    await settled();
  });

  it('of the reviewer’s own, downwards: his word holds for all of these rows, and the merge stays', async () => {
    person.type(2, col('审核意见'), '一并补充清单', MIRROR);
    person.merge(2, col('审核意见'), 4, col('审核意见'), MIRROR);
    await sync();
    for (const at of [0, 1, 2]) expect(us.row(rowId(at)).reviewNote).toBe('一并补充清单');
    expect(us.row(rowId(3)).reviewNote ?? '').toBe('');
    expect(person.sheet(MIRROR).merges).toHaveLength(1);
    google.server.reset();
    await sync();
    expect(google.server.writes).toBe(0);
  });

  it('of a line that is not the ledger’s stays as it is', async () => {
    person.type(14, 1, '以上为第三轮', MIRROR);
    person.merge(14, 1, 14, 10, MIRROR);
    const outcome = await sync();
    expect(outcome.calls.write).toBe(0);
    expect(person.sheet(MIRROR).merges).toHaveLength(1);
  });
});

describe('columns and headers', () => {
  it('a header that was renamed or emptied is put back', async () => {
    person.type(1, col('整改措施'), '措施（十月）', MIRROR);
    person.type(1, col('审核意见'), undefined, MIRROR);
    person.type(2, person.texts(MIRROR)[0]?.indexOf('审核状态') ?? 0, undefined, MIRROR);
    const outcome = await sync();
    expect(words(outcome)).toEqual(
      expect.arrayContaining([
        '共享表“整改措施”栏的表头被改成“措施（十月）”，已恢复',
        '共享表“审核意见”栏的表头被清空，已恢复',
      ]),
    );
    await settled();
  });

  it('columns that were moved are found again', async () => {
    person.type(3, col('审核意见'), '请补充', MIRROR);
    person.moveColumn(col('审核意见'), 1, MIRROR);
    person.moveColumn(col('行标识'), 3, MIRROR);
    const outcome = await sync();
    expect(us.row(rowId(1)).reviewNote).toBe('请补充');
    expect(outcome.pushed).toEqual([]);
    await settled();
  });

  it('the id column deleted: rows are told by what stands in them, and it is added again', async () => {
    person.type(3, col('审核意见'), '请补充', MIRROR);
    await sync();
    person.deleteColumn(col('行标识'), MIRROR);
    person.type(4, col('审核意见'), '同意', MIRROR);
    const outcome = await sync();
    expect(us.row(rowId(2)).reviewNote).toBe('同意');
    expect(words(outcome).join()).toContain('找不到“行标识”栏');
    await settled();
  });

  it('the id column deleted and a header renamed at once, rows alike among them', async () => {
    us.rows.splice(3, 0, { ...us.row(rowId(2)), id: rowId(50) }, { ...us.row(rowId(2)), id: rowId(51) });
    for (const at of [2, 50, 51]) delete us.row(rowId(at)).due;
    us.settings = { ...us.settings, columns: ['反馈问题', '整改措施', '整改结果'] };
    await sync({ acceptMassChange: true });
    const last = row(rowId(51));
    person.type(last, col('审核意见'), '最后一行的意见', MIRROR);
    person.type(1, col('整改措施'), '措施情况', MIRROR);
    person.deleteColumn(col('行标识'), MIRROR);
    const outcome = await sync();
    expect(outcome.notes).toEqual([]);
    expect(us.row(rowId(51)).reviewNote).toBe('最后一行的意见');
    expect(person.at(1, col('整改措施'), MIRROR)).toBe('整改措施');
    await settled();
  });

  it('a reviewer’s column deleted: what he wrote comes back, and where to write is said', async () => {
    person.type(3, col('审核意见'), '请补充', MIRROR);
    await sync();
    person.deleteColumn(col('审核意见'), MIRROR);
    const outcome = await sync();
    expect(words(outcome)).toEqual([
      '共享表里找不到“审核意见”栏（被删除或表头被改），已在最右边补上一栏；审核方请填在补上的栏里',
    ]);
    await settled();
  });
});

describe('rows', () => {
  it('taken out are named and put back with their reviews', async () => {
    person.type(5, col('审核意见'), '请补充', MIRROR);
    await sync();
    person.deleteRows(row(rowId(3)), 1, MIRROR);
    person.deleteRows(row(rowId(7)), 1, MIRROR);
    expect(words(await sync())).toEqual([
      '共享表里少了问题4（第5行）、问题8（第9行），已补在最后，审核方填过的内容一并补回',
    ]);
    await settled();
  });

  it('pasted over one another, hidden and filtered', async () => {
    person.copyRow(4, MIRROR);
    person.copyRow(5, MIRROR);
    person.hideRow(6, MIRROR);
    const outcome = await sync();
    expect(words(outcome)).toEqual(['共享表第 13、14 行是复制出来的行，不算台账的行，原样保留']);
    await settled();
  });

  it('inserted are said once, and stay', async () => {
    person.insertRows(4, 2, MIRROR);
    expect(words(await sync())).toEqual(['共享表里插入或删除过行，已按行标识对应']);
    await settled();
  });
});

describe('while nothing is written', () => {
  it('on the mirror, nothing there is said to be put back; with the next push it is', async () => {
    person.deleteRows(row(rowId(3)), 1, MIRROR);
    person.type(row(rowId(5)), col('整改措施'), '别人改的', MIRROR);
    const held = await sync({ publish: () => false });
    expect(held).toMatchObject({ state: 'held', calls: { write: 0 } });
    expect(words(held)).toEqual([]);
    expect((await sync()).diagnostics.map(one => one.check)).toEqual(['owned-cell-edited', 'mirror-restored']);
    await settled();
  });

  it('on either side, only what is to be decided is said', async () => {
    person.deleteRows(row(rowId(3)), 1, MIRROR);
    person.type(row(rowId(5)), col('整改措施'), '别人改的', MIRROR);
    us.row(rowId(5)).measure = '台账改的';
    person.type(row(rowId(6)), col('整改进展'), '别人改的', MIRROR);
    const waiting = await sync();
    expect(waiting.diagnostics.map(one => one.check)).toEqual(['conflict']);
  });
});

describe('tabs', () => {
  it('a duplicated tab is a copy, whatever hangs on it: the first one goes on being the mirror', async () => {
    const copy = person.duplicate(MIRROR);
    person.type(3, person.column('审核意见', copy), '写错了地方', copy);
    person.type(3, col('审核意见'), '写在原处', MIRROR);
    us.row(rowId(4)).measure = '改过的措施';
    const before = person.texts(copy);
    const outcome = await sync();
    expect(us.row(rowId(1)).reviewNote).toBe('写在原处');
    expect(words(outcome)).toEqual([`“${copy}”是共享表的复制品，不会同步；请在原来的工作表里填`]);
    expect(person.texts(copy)).toEqual(before);
    await settled();
  });

  it('the tab deleted: asked about first; made anew with the reviews when it was meant', async () => {
    person.type(3, col('审核意见'), '请补充', MIRROR);
    await sync();
    book.sheets.push({ ...structuredClone(person.sheet('汇总')), id: 7, title: '其他', metadata: [] });
    person.deleteTab(MIRROR);
    const stopped = await sync();
    expect(stopped.state).toBe('decision');
    expect(words(stopped)).toEqual(['共享表现在一行也没有，上次同步时有 11 行，为防误删没有写入']);
    await sync({ acceptMassChange: true });
    expect(us.row(rowId(1)).reviewNote).toBe('请补充');
    await settled();
  });
});

describe('what is the program’s own', () => {
  const rollup = () => person.sheet('汇总');

  it('figures of the roll-up typed over are put back, told, and kept for the journal', async () => {
    const kept: unknown[] = [];
    const cell = person.at(5, 2, '汇总');
    person.type(5, 2, 99, '汇总');
    person.type(5, 1, undefined, '汇总');
    const name = us.row(rowId(0)).focus;
    const { diagnostics, state } = await sync({
      leave: (pushed, work) => {
        kept.push(...pushed.map(one => [one.at.sheet, one.at.row, one.at.col, one.before, one.after]));
        return work(async () => {});
      },
    });
    expect(state).toBe('done');
    expect(diagnostics.map(one => one.check)).toEqual(['owned-cell-edited']);
    expect(diagnostics[0]?.message.zh).toBe(
      `共享表的“汇总”由系统生成，有 2 格被改过，已恢复，改动记入同步记录：A5“空”改回“${name}”、B5“99”改回“${cell}”`,
    );
    expect(kept).toEqual([
      ['汇总', 5, 1, '', { kind: 'text', text: name }],
      ['汇总', 5, 2, '99', { kind: 'number', text: cell }],
    ]);
    expect([person.at(5, 1, '汇总'), person.at(5, 2, '汇总')]).toEqual([name, cell]);
    await settled();
  });

  it('what the program itself wrote there is nobody’s typing, whichever of two runs did', async () => {
    us.row(rowId(1)).result = '已完成';
    expect((await sync()).diagnostics).toEqual([]);
    // Cut off after the mirror was written and before that was remembered.
    const remembered = { agreed: us.agreed, layout: us.layout };
    us.row(rowId(3)).result = '已完成';
    let unsettled = us.layout;
    await sync({
      intend: async (coming, texts) => {
        us.coming = coming;
        const [settled = []] = us.layout?.rollup ?? [];
        if (us.layout !== undefined && texts !== undefined) unsettled = { ...us.layout, rollup: [settled, texts] };
      },
    });
    Object.assign(us, { agreed: remembered.agreed, layout: unsettled });
    us.row(rowId(5)).result = '已完成';
    expect((await sync()).diagnostics.map(one => one.message.zh)).toEqual([]);
    await settled();
  });

  it('the roll-up’s tab deleted, its chart deleted: made anew, and said', async () => {
    person.deleteTab('汇总');
    expect(words(await sync())).toEqual(['共享表的“汇总”工作表被删除，已重新生成']);
    expect(rollup().charts).toHaveLength(1);
    rollup().charts = [];
    expect(words(await sync())).toEqual(['共享表的图表不见了，已重新画上']);
    expect(rollup().charts).toHaveLength(1);
    await settled();
  });

  it('a chart that was moved to another tab is there, and stays', async () => {
    const [chart] = rollup().charts;
    if (chart === undefined) throw new Error('no chart');
    book.sheets.push({ ...structuredClone(rollup()), id: 7, title: '图', metadata: [], rows: [], charts: [chart] });
    rollup().charts = [];
    us.row(rowId(1)).result = '已完成';
    expect((await sync()).diagnostics).toEqual([]);
    expect(rollup().charts).toEqual([]);
    expect(person.sheet('图').charts).toHaveLength(1);
  });

  it('a drop-down that was pasted over comes back; a list of the reviewers’ own stays', async () => {
    for (const id of [rowId(1), rowId(2), rowId(7)]) person.dropDown(row(id), col('审核状态'), undefined, MIRROR);
    person.dropDown(row(rowId(4)), col('审核状态'), ['阅'], MIRROR);
    expect(words(await sync())).toEqual(['共享表“审核状态”栏有 3 格没有下拉选项（多半是粘贴时盖掉的），已补上']);
    for (const id of [rowId(1), rowId(2), rowId(7)]) {
      expect(person.choices(row(id), col('审核状态'), MIRROR)).toContain('已销号');
    }
    expect(person.choices(row(rowId(4)), col('审核状态'), MIRROR)).toEqual(['阅']);
    await settled();
  });

  it('protection that is missing while nothing is written is not said to be put back', async () => {
    person.removeProtection(MIRROR);
    const held = await sync({ publish: () => false });
    const [missing] = held.diagnostics;
    expect(missing?.check).toBe('protection-missing');
    expect(missing?.remedy.zh).toContain('还没有补上');
    expect((await sync()).diagnostics[0]?.remedy.zh).toContain('本次同步已补上');
    await settled();
  });
});

describe('between our read and our write', () => {
  const acts: Record<string, () => void> = {
    'a row inserted': () => person.insertRows(3, 1, MIRROR),
    'a row deleted': () => person.deleteRows(6, 1, MIRROR),
    'rows sorted': () => person.sort(2, col('反馈问题'), true, MIRROR),
    'a column added': () => person.insertColumn(2, '批注', MIRROR),
    'a column deleted': () => person.deleteColumn(col('整改进展'), MIRROR),
    'the sheet renamed': () => person.rename('第三轮', MIRROR),
    'a cell edited in vain': () => person.type(row(rowId(8)), col('整改进展'), '别人改的', MIRROR),
    'a review written': () => person.type(row(rowId(8)), col('审核意见'), '请补充', MIRROR),
    'the rows of the change itself merged': () => person.merge(3, col('整改措施'), 4, col('整改措施'), MIRROR),
  };
  for (const [name, act] of Object.entries(acts)) {
    it(`${name}: no value lands on a wrong row, it is said now or by the next sync, and that one ends it`, async () => {
      for (const at of [1, 5, 9]) us.row(rowId(at)).measure = `新措施${at}`;
      let once = true;
      google.server.beforeCall = call => {
        if (call.write && once) {
          once = false;
          act();
        }
        return undefined;
      };
      const first = await sync();
      google.server.beforeCall = () => undefined;
      const title = book.sheets.find(sheet => sheet.title === '第三轮')?.title ?? MIRROR;
      const [header = [], ...lines] = person.texts(title);
      const known = new Map(us.rows.map(one => [one.id, one]));
      for (const line of lines) {
        const one = known.get(line[header.indexOf('行标识')] ?? '');
        if (one === undefined || name.includes('merged')) continue;
        expect(line[header.indexOf('反馈问题')], name).toBe(one.finding);
        expect(line[header.indexOf('整改措施')], name).toBe(one.measure);
      }
      const second = await sync();
      const said = [...first.notes.map(note => note.zh), ...words(first), ...words(second)].join('\n');
      if (!name.includes('review')) expect(said, name).not.toBe('');
      if (title !== MIRROR) person.rename(MIRROR, title);
      if (name.includes('review')) expect(us.row(rowId(8)).reviewNote).toBe('请补充');
      await sync();
      await settled();
    });
  }
});
