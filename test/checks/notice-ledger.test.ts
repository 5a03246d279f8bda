import { describe, expect, it } from 'vitest';
import { noticeLedger, soundLedger } from '../support/notice-ledger.js';
import { examined } from '../support/workbook.js';

const { diagnostics, ledger, summary } = examined(noticeLedger);
const of = (check: string) => diagnostics.filter(one => one.check === check);

describe('the ledger of a notice that went wrong', () => {
  it('is read as 11 findings in 2 focus areas with 25 sub-findings and 34 measures', () => {
    expect(ledger.main.findings.map(finding => finding.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13]);
    expect([summary.sections, summary.subFindings, summary.measures]).toEqual([2, 25, 34]);
  });

  it('misses findings 8 and 9 and section （二）, told as one story', () => {
    const [number] = of('finding-number');
    const [section] = of('section-number');
    expect(of('finding-number')).toHaveLength(1);
    expect(of('section-number')).toHaveLength(1);
    expect(number).toMatchObject({ level: 'error', count: 2, at: { row: 27, header: '序号' } });
    expect(number?.message.zh).toBe(
      '问题序号缺8、9（共2个），聚焦方面也正好缺（二），应是同一处：可能漏列，或为不公开事项（见“聚焦方面编号不连续”）',
    );
    expect(section?.message.zh).toContain('聚焦方面缺（二），问题8、9也正好缺在这里');
    expect(section?.message.zh).toContain('或为不公开事项');
    expect(section?.at).toMatchObject({ row: 27, header: '聚焦方面' });
  });

  it('finds the measures that are older than the inspection', () => {
    expect(of('measure-before-inspection').map(one => [one.level, one.found, one.finding])).toEqual([
      ['warning', '2022-12', 3],
      ['warning', '2020-12-01', 3],
      ['warning', '2022-10-07', 3],
    ]);
    expect(of('measure-before-feedback').map(one => one.found)).toEqual(['2023-04']);
  });

  it('says once what is missing everywhere', () => {
    for (const check of ['no-leader', 'no-department', 'no-deadline', 'done-without-evidence']) {
      expect(of(check).map(one => [one.level, one.count])).toEqual([['error', 11]]);
    }
    expect(of('period-missing')).toHaveLength(1);
    expect(of('period-missing')[0]?.message.zh).toContain('3个月到2023年10月28日');
    expect(of('publicity-blank').map(one => one.count)).toEqual([11]);
  });

  it('quotes what is only promised, and what is only effort', () => {
    expect(of('promise-in-done').map(one => [one.finding, one.found])).toEqual([[13, '确保']]);
    expect(of('effort-only').map(one => [one.finding, one.count])).toEqual([
      [3, 3],
      [6, 1],
    ]);
    expect(of('done-not-delivered').map(one => one.finding)).toEqual([3]);
    expect(of('done-on-old-measures').map(one => one.finding)).toEqual([3]);
    expect(of('fewer-measures').map(one => one.finding)).toEqual([4]);
    expect(of('done-undated').map(one => one.count)).toEqual([8]);
  });

  it('says nothing of what is right', () => {
    for (const check of [
      'marker-gap',
      'no-measure',
      'unknown-reference',
      'date-order',
      'unreadable-cell',
      'internal',
    ]) {
      expect(of(check)).toEqual([]);
    }
  });
});

it('has no error and no warning for a ledger with nothing wrong', () => {
  const sound = examined(soundLedger);
  expect(sound.diagnostics.filter(one => one.level !== 'info').map(one => `${one.check}: ${one.message.zh}`)).toEqual(
    [],
  );
  expect(sound.diagnostics.map(one => one.check)).toEqual(['measure-before-feedback']);
});
