import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { freshFolder } from '../support/cli.js';
import { inProcess } from '../support/in-process.js';

type Value = string | number | Date | null;

async function workbook(rows: readonly (readonly Value[])[], merges: readonly string[] = []): Promise<string> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Sheet1');
  for (const row of rows) sheet.addRow([...row]);
  for (const area of merges) sheet.mergeCells(area);
  const folder = freshFolder();
  writeFileSync(join(folder, '台账.xlsx'), Buffer.from(await book.xlsx.writeBuffer()));
  return folder;
}

type Read = {
  readonly counts: Readonly<Record<string, unknown>>;
  readonly money: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly { readonly check: string; readonly level: string }[];
};

function isRead(document: unknown): document is Read {
  return typeof document === 'object' && document !== null && 'counts' in document && 'diagnostics' in document;
}

async function readWith(folder: string, mapping: string | undefined): Promise<Read> {
  const flags = { json: true as const, 'as-of': '2024-10-20', ...(mapping === undefined ? {} : { mapping }) };
  const { document, warnings } = await inProcess(folder, 'check', ['台账.xlsx'], flags);
  if (!isRead(document)) throw new Error(warnings.join('\n'));
  return document;
}

/** Columns by field, as `ledger map` shows them. */
async function bound(folder: string, mapping: string): Promise<Readonly<Record<string, string>>> {
  const { document } = await inProcess(folder, 'map', ['台账.xlsx'], { json: true, mapping });
  const { sheets } = JSON.parse(JSON.stringify(document));
  return Object.fromEntries(
    sheets[0].columns.map((one: { key: string; column: string }) => [one.column, one.key] as const),
  );
}

/** Reading mistakes; what is wrong with the ledger itself is another matter. */
const misread = (read: Read) =>
  read.diagnostics
    .map(one => one.check)
    .filter(check => /unreadable|unknown-status|missing-column|duplicate-column|not-a-ledger|internal/.test(check));

describe('shipped mappings', () => {
  const kinds: Readonly<Record<string, () => Promise<void>>> = {
    async standard() {
      const folder = freshFolder();
      await inProcess(folder, 'init', ['台账.xlsx'], { sample: true });
      const read = await readWith(folder, 'standard');
      expect(misread(read)).toEqual([]);
      expect(read.counts).toMatchObject({ sections: 2, findings: 11, subFindings: 25, measures: 34 });
      expect(await readWith(folder, undefined)).toEqual(read);
    },

    async 'inspection-merged'() {
      const folder = await workbook(
        [
          ['某县教育局党组巡察整改台账'],
          [
            '填报单位：某县教育局党组',
            null,
            null,
            null,
            null,
            '反馈时间：2024年6月18日',
            null,
            null,
            null,
            '单位：万元',
          ],
          [
            '序号',
            '反馈问题',
            null,
            '整改目标',
            '整改举措',
            '责任清单',
            null,
            '时限要求',
            '整改落实情况',
            '完成情况',
            '资金',
            null,
          ],
          [null, '主要问题', '具体表现', null, null, '牵头领导', '责任科室', null, null, null, '应退金额', '已退金额'],
          ['（一）聚焦群众身边不正之风方面'],
          [
            1,
            '课后服务管理松',
            '一是收费不规范',
            '规范收费',
            '清退多收费用',
            '张某',
            '财务科',
            '9月底前',
            '9月20日清退完毕',
            '已完成',
            12.36,
            12.36,
          ],
          [
            null,
            null,
            '二是安排不合理',
            null,
            '重排课表，8月30日公布',
            null,
            '教务科',
            '8月底前',
            '8月30日公布',
            '整改到位',
            null,
            null,
          ],
          ['（二）聚焦财经纪律方面'],
          [
            2,
            '违规报销差旅费',
            null,
            '追回',
            '追回违规报销',
            '李某',
            '财务科',
            '12月底前',
            '已追回一半',
            '正在推进',
            1.2,
            0.6,
          ],
          ['合计', null, null, null, null, null, null, null, null, null, 13.56, 12.96],
        ],
        [
          'A1:L1',
          'B3:C3',
          'F3:G3',
          'K3:L3',
          'A3:A4',
          'D3:D4',
          'E3:E4',
          'H3:H4',
          'I3:I4',
          'J3:J4',
          'A5:L5',
          'A6:A7',
          'B6:B7',
          'F6:F7',
        ],
      );
      const read = await readWith(folder, 'inspection-merged');
      expect(misread(read)).toEqual([]);
      expect(read.counts).toMatchObject({
        sections: 2,
        findings: 2,
        subFindings: 2,
        measures: 3,
        byStatus: { done: 1, 'in-progress': 1 },
      });
      expect(read.money).toMatchObject({ due: '135600.00', recovered: '129600.00', outstanding: '6000.00' });
      expect(read.diagnostics.filter(one => one.level === 'error' && one.check !== 'done-without-evidence')).toEqual(
        [],
      );
      expect(await bound(folder, 'inspection-merged')).toMatchObject({
        B: 'finding',
        C: 'subFinding',
        E: 'measure',
        F: 'leader',
        G: 'department',
        H: 'deadline',
        I: 'progress',
        J: 'result',
        K: 'due',
        L: 'recovered',
      });
    },

    async audit() {
      const folder = await workbook([
        ['某市水利局预算执行审计查出问题整改台账'],
        [
          '序号',
          '问题类别',
          '审计查出问题',
          '问题金额（元）',
          '整改措施',
          '整改责任单位',
          '整改责任人',
          '整改期限',
          '整改情况',
          '整改状态',
          '已整改金额（元）',
        ],
        [
          1,
          '预算管理',
          '项目支出进度缓慢',
          5200000,
          '建立月调度制度',
          '财务科',
          '刘某',
          '2024-07-19',
          '已支出',
          '已整改',
          5200000,
        ],
        [
          2,
          '财务管理',
          '往来款长期挂账',
          '1,284,500.36',
          '逐笔核对清理',
          '财务科',
          '刘某',
          '2024年12月31日',
          '已清理80万元',
          '部分整改',
          800000,
        ],
        [
          3,
          '资产管理',
          '出租房产未公开招租',
          '—',
          '重新公开招租',
          '办公室',
          '王某',
          '2024年9月底前',
          '8月30日挂网',
          '持续整改',
          null,
        ],
        ['合计', null, null, 6484500.36, null, null, null, null, null, null, 6000000],
      ]);
      const read = await readWith(folder, 'audit');
      expect(misread(read)).toEqual([]);
      expect(read.counts).toMatchObject({
        findings: 3,
        measures: 3,
        byStatus: { done: 1, 'in-progress': 1, 'long-term': 1 },
      });
      expect(read.money).toMatchObject({ due: '6484500.36', recovered: '6000000.00', outstanding: '484500.36' });
      // Audit ledgers name a person, no leader.
      expect(read.diagnostics.map(one => one.check)).not.toContain('no-leader');
    },

    async 'corrective-action-en'() {
      const day = (written: string) => new Date(`${written}T00:00:00Z`);
      const folder = await workbook([
        ['Corrective Action Register'],
        [],
        [
          'Ref',
          'Area',
          'Finding',
          'Corrective action',
          'Department',
          'Owner',
          'Due date',
          'Status',
          'Status update',
          'Questioned costs',
          'Amount recovered',
          'Evidence',
          'Comments',
        ],
        [
          1,
          'Governance',
          'Minutes are incomplete',
          'Revise the template',
          'Secretariat',
          'A. N.',
          day('2024-09-30'),
          'Implemented',
          'In use since 5 August',
          null,
          null,
          'Binder 3, p. 12',
          null,
        ],
        [
          2,
          'Finance',
          'Travel overpaid',
          'Recover overpayments',
          'Finance',
          'B. O.',
          day('2024-10-31'),
          'Partially implemented',
          '3 of 5 repaid',
          12500,
          7300,
          null,
          null,
        ],
        [
          3,
          'Finance',
          'Petty cash not reconciled',
          'Reconcile monthly',
          'Finance',
          'B. O.',
          day('2024-12-31'),
          'Open',
          null,
          null,
          null,
          null,
          'starts in November',
        ],
        [
          4,
          'IT',
          'Old accounts open',
          'Close accounts',
          'IT',
          'C. P.',
          day('2024-12-31'),
          'Risk accepted',
          null,
          null,
          null,
          null,
          null,
        ],
      ]);
      const read = await readWith(folder, 'corrective-action-en');
      expect(misread(read)).toEqual([]);
      expect(read.counts).toMatchObject({
        sections: 3,
        findings: 4,
        byStatus: { done: 1, 'in-progress': 1, 'not-started': 1, withdrawn: 1 },
        completionRate: '33.33',
      });
      expect(read.money).toMatchObject({ due: '12500.00', recovered: '7300.00', outstanding: '5200.00' });
      expect(read.diagnostics.filter(one => one.level === 'error')).toEqual([]);
    },
  };

  const shipped = readdirSync(new URL('../../mappings/', import.meta.url))
    .filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .map(name => name.replace(/\.json$/, ''));

  it.each(shipped)('%s reads a workbook of its kind', async name => {
    const tried = kinds[name];
    expect(tried, `a workbook for ${name}`).toBeDefined();
    await tried?.();
  });
});

describe('a layout that nobody knows', () => {
  it('is read once a mapping says where what stands', async () => {
    const folder = await workbook([
      ['甲', '乙', '丙', '丁'],
      ['学习不深入', '每月学习一次', '办完了', '5'],
      ['调研不够', '每季调研一次', '还在办', '3'],
    ]);
    const refused = await inProcess(folder, 'check', ['台账.xlsx']);
    expect(refused.exit).toBe(2);
    expect(refused.warnings.join('')).toMatch(/--mapping/);
    writeFileSync(
      join(folder, '映射.json'),
      JSON.stringify({
        name: '本单位',
        sheets: {
          ledger: {
            sheet: 'Sheet1',
            headerRow: 1,
            columns: { finding: '甲', measure: '乙', result: '列:C', due: '丁' },
            unit: '万元',
          },
        },
        values: { result: { done: ['办完了'], 'in-progress': ['还在办'] } },
      }),
    );
    const read = await readWith(folder, '映射.json');
    expect(misread(read)).toEqual([]);
    expect(read.counts).toMatchObject({ findings: 2, byStatus: { done: 1, 'in-progress': 1 } });
    expect(read.money).toMatchObject({ due: '80000.00' });
  });
});
