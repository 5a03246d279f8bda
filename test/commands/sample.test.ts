import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ledgerDocumentSchema } from '../../src/render/output-schema.js';
import { freshFolder, ledger, type Ran } from '../support/cli.js';

const folder = freshFolder();
const file = join(folder, '示例.xlsx');
const asOf = ['--as-of', '2023-10-30'];
const sha = () => createHash('sha256').update(readFileSync(file)).digest('hex');

type Said = {
  readonly check: string;
  readonly level: string;
  readonly message: string;
  readonly count: number;
  readonly finding?: number;
  readonly found?: string;
  readonly expected?: string;
  readonly cell?: string;
};

describe('the sample ledger: a published notice that does not add up', () => {
  let first: Ran;
  let said: readonly Said[];
  const of = (check: string) => said.filter(one => one.check === check);

  beforeAll(async () => {
    expect((await ledger(folder, ['init', '示例.xlsx', '--sample'])).exit).toBe(0);
    first = await ledger(folder, ['sync', '示例.xlsx', '--json', ...asOf]);
    said = JSON.parse(first.out).diagnostics;
  });

  it('ends with 1, as a ledger with errors does, and its JSON has the published form', () => {
    expect(first.exit).toBe(1);
    const parsed = ledgerDocumentSchema.safeParse(JSON.parse(first.out));
    expect(parsed.error?.issues ?? []).toEqual([]);
  });

  it('counts what a careful reader counts', () => {
    const { counts, money } = JSON.parse(first.out);
    expect(counts).toMatchObject({
      sections: 2,
      findings: 11,
      subFindings: 25,
      measures: 34,
      byStatus: { done: 11 },
      completionRate: '100.00',
    });
    expect(money).toMatchObject({ due: '11733000.00', recovered: '6700000.00', outstanding: '5033000.00' });
  });

  it('finds the yuan that is missing', () => {
    const [total] = of('total-mismatch');
    expect(total?.message).toMatch(/521993\.50|521,993\.50/);
    expect(total?.message).toMatch(/521992\.50|521,992\.50/);
    expect(total?.message).toContain('+1.00');
  });

  it('tells the gap in the numbers as one story', () => {
    expect(of('finding-number')).toHaveLength(1);
    expect(of('finding-number')[0]?.message).toMatch(/8、9/);
    expect(of('section-number')).toHaveLength(1);
    expect(of('section-number')[0]?.message).toContain('（二）');
  });

  it('compares 13 stated with 11 listed', () => {
    expect(of('claim-mismatch').map(one => [one.found, one.expected])).toContainEqual([
      expect.stringContaining('13'),
      expect.stringContaining('11'),
    ]);
  });

  it('sees money outstanding under a finding that is called done', () => {
    const [owed] = of('done-money-outstanding');
    expect(owed?.finding).toBe(13);
    expect(owed?.message).toMatch(/5,?033,?000\.00/);
  });

  it.each([
    ['due-counted-as-recovered', /335,?030\.62/],
    ['untraced-money', /521,?992\.50/],
    ['unreported-outstanding', /5,?033,?000\.00/],
    ['claim-untraceable', /19/],
    ['promise-in-done', /确保/],
    ['period-missing', /集中整改期/],
  ])('%s', (check, words) => {
    expect(of(check).length).toBeGreaterThan(0);
    expect(
      of(check)
        .map(one => one.message)
        .join('\n'),
    ).toMatch(words);
  });

  it('finds measures older than the inspection', () => {
    const all = of('measure-before-inspection')
      .map(one => one.message)
      .join('\n');
    for (const written of [/2020-12-01|2020年12月1日/, /2022-10-07|2022年10月7日/, /2022-12|2022年12月/])
      expect(all).toMatch(written);
  });

  it.each(['no-leader', 'no-department', 'no-deadline', 'done-without-evidence'])(
    '%s is one diagnostic with a count',
    check => {
      expect(of(check).map(one => one.count)).toEqual([11]);
    },
  );

  it('says nothing about what is right: 8 policies, 1173.3 − 670 = 503.3', () => {
    const claims = ['total-mismatch', 'claim-mismatch', 'claim-untraceable'].flatMap(of).map(one => one.message);
    expect(claims.filter(message => /制度/.test(message))).toEqual([]);
    expect(of('recovered-exceeds-due')).toEqual([]);
    expect(of('internal')).toEqual([]);
  });

  it('a second sync changes no byte and no file time', async () => {
    const before = [sha(), statSync(file).mtimeMs];
    const second = await ledger(folder, ['sync', '示例.xlsx', ...asOf]);
    expect(second.exit).toBe(1);
    expect(second.out).toContain('已经是最新的');
    expect([sha(), statSync(file).mtimeMs]).toEqual(before);
  });

  it('even when nothing is remembered, the workbook is not written again', async () => {
    const before = sha();
    const again = await ledger(folder, ['sync', '示例.xlsx', '--json', '--verbose', ...asOf]);
    expect(JSON.parse(again.out).writes).toMatchObject({ changed: false, cells: 0 });
    expect(sha()).toBe(before);
  });
});
