import { randomBytes } from 'node:crypto';
import type { MirrorSettings } from '../../src/config/settings.js';
import { type Examined, examine } from '../../src/examine.js';
import { type Cell, cellAt, type Grid } from '../../src/model/grid.js';
import type { Agreed } from '../../src/sync/merge.js';
import { type MirrorOutcome, type MirrorRun, type MirrorStore, syncMirror } from '../../src/sync/mirror.js';
import type { MirrorLayout } from '../../src/sync/mirror-layout.js';
import { type MirrorContent, mirrorContent } from '../../src/sync/mirror-shape.js';
import { bringIn } from '../../src/sync/reviews.js';
import { planWrites } from '../../src/writeback/index.js';
import { ledgerOf, onDay, workbook } from './workbook.js';

export type OfficeRow = {
  id: string;
  focus?: string;
  finding: string;
  measure: string;
  progress?: string;
  result: string;
  due?: string;
  recovered?: string;
  publicity?: string;
  review?: string;
  reviewNote?: string;
  closedDate?: string;
};

const HEADERS = [
  '序号',
  '聚焦方面',
  '反馈问题',
  '整改措施',
  '整改进展',
  '整改结果',
  '应追缴金额',
  '已追缴金额',
  '公开范围',
  '佐证材料',
  '责任人',
  '审核状态',
  '审核意见',
  '销号日期',
];

/** The columns that the office of these tests has allowed out. */
export const LISTED = [
  '序号',
  '聚焦方面',
  '反馈问题',
  '整改措施',
  '整改进展',
  '整改结果',
  '应追缴金额',
  '已追缴金额',
  '问题状态',
];

/**
 * An office with its ledger in memory: the rows are read, examined and planned by the real code; only the workbook is
 * not a file. What the mirror brings is taken in by the real route and kept in the rows.
 */
export class Office {
  agreed: Agreed | undefined;
  coming: Agreed | undefined;
  elsewhere: Agreed | undefined;
  layout: MirrorLayout | undefined;
  runs: string[] | undefined;
  settings: Pick<MirrorSettings, 'columns' | 'rows' | 'mask' | 'reviewers' | 'readers'> = {
    columns: LISTED,
    rows: 'all',
    mask: ['mobile', 'id-number', 'bank-card', 'mailbox'],
    reviewers: ['reviewer@example.org'],
    readers: [],
  };

  constructor(
    readonly rows: OfficeRow[],
    readonly ledgerId = 'bcdf23456',
  ) {}

  /** A test may end the run here: the ledger is written, the mirror is not. */
  afterTakingIn: () => void = () => undefined;

  row(id: string): OfficeRow {
    const found = this.rows.find(row => row.id === id);
    if (found === undefined) throw new Error(`no row ${id}`);
    return found;
  }

  private grid(): Grid {
    const lines = this.rows.map((row, index) => {
      const cells = [
        String(index + 1),
        row.focus ?? '（一）聚焦主责主业方面',
        row.finding,
        row.measure,
        row.progress ?? '',
        row.result,
        row.due ?? '',
        row.recovered ?? '',
        row.publicity ?? '',
        `内部目录/佐证${index + 1}.pdf`,
        `张某${index + 1}`,
        row.review ?? '',
        row.reviewNote ?? '',
        row.closedDate ?? '',
      ];
      return `| ${cells.map(cell => cell.replaceAll('\n', '\\n')).join(' | ')} |`;
    });
    return workbook(['## 整改台账', `| ${HEADERS.join(' | ')} |`, ...lines].join('\n')).grid;
  }

  private examined(grid: Grid): Examined {
    return examine(ledgerOf(grid), { asOf: onDay('2023-10-30'), levels: {}, mirrored: true });
  }

  private ids(): ReadonlyMap<number, string> {
    return new Map(this.rows.map((row, index) => [index + 2, row.id]));
  }

  content(examined = this.examined(this.grid())): MirrorContent {
    const plan = planWrites(examined, this.ids(), { ledgerId: this.ledgerId, findingIds: [] });
    return mirrorContent(examined, this.ids(), plan, this.settings);
  }

  /** One whole sync; the agreed state is kept as the command keeps it. */
  async sync(store: MirrorStore, options: Partial<MirrorRun> = {}): Promise<MirrorOutcome> {
    const runId = randomBytes(6).toString('hex');
    const outcome = await syncMirror({
      store,
      ledgerId: this.ledgerId,
      agreed: this.agreed,
      coming: this.coming,
      elsewhere: this.elsewhere,
      layout: this.layout,
      runs: this.runs,
      runId,
      intend: async coming => {
        this.coming = coming;
        this.runs = [store.lastRun ?? '', runId];
      },
      content: this.content(),
      reviewers: this.settings.reviewers,
      readers: this.settings.readers,
      onConflict: 'stop',
      acceptMassChange: false,
      publish: () => true,
      takeIn: async ({ reviews, decided }) => {
        const before = this.examined(this.grid());
        const { grid, edits } = bringIn(before, this.ids(), reviews, decided);
        const sheet = grid.sheets[0];
        for (const edit of edits) {
          const row = this.row(edit.row);
          const cell: Cell | undefined = sheet && cellAt(sheet, edit.at.row, edit.at.col);
          const text = cell?.text ?? '';
          if (edit.column === 'review') row.review = text;
          else if (edit.column === 'reviewNote') row.reviewNote = text;
          else if (edit.column === 'closedDate') row.closedDate = text;
          else if (edit.column === 'measure') row.measure = text;
          else if (edit.column === 'progress') row.progress = text;
          else throw new Error(`a column came in that nobody sent: ${edit.column}`);
        }
        this.afterTakingIn();
        return this.content(this.examined(grid));
      },
      ...options,
    });
    if (outcome.agreed !== undefined) {
      this.agreed = outcome.agreed;
      this.coming = undefined;
      this.elsewhere = undefined;
      this.layout = outcome.layout;
      this.runs = store.lastRun === undefined ? undefined : [store.lastRun];
    }
    return outcome;
  }
}

/** Eleven findings in two groups, as in an ordinary county office. */
export function office(count = 11): Office {
  return new Office(
    Array.from({ length: count }, (_, index) => ({
      id: rowId(index),
      focus: index < count / 2 ? '（一）聚焦主责主业方面' : '（二）聚焦群众身边腐败方面',
      finding: `问题${index + 1}：制度执行不到位`,
      measure: `措施${index + 1}`,
      progress: `进展${index + 1}`,
      result: index % 2 === 0 ? '已完成' : '整改中',
      publicity: index % 3 === 0 ? '不公开' : '社会公开',
      ...(index === 2 ? { due: '1000.5', recovered: '900' } : {}),
    })),
  );
}

const SIGNS = 'bcdfghjkmn';

/** A row id of the program's own form. */
export function rowId(index: number): string {
  const digits = String(index).padStart(5, '0');
  const spelled = [...digits].map(digit => SIGNS[Number(digit)] ?? 'b').join('');
  return `b${spelled.slice(0, 3)}-${spelled}`;
}
