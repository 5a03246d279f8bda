import { describe, expect, it } from 'vitest';
import { type Day, isDay } from '../../src/model/day.js';
import type { Cell } from '../../src/model/grid.js';
import { type DeadlineContext, parseDeadline } from '../../src/read/typed/deadline.js';

function on(text: string): Day {
  if (!isDay(text)) throw new Error(`no such day: ${text}`);
  return text;
}

/** Feedback on 28 July 2023, three months to put things right. */
const KNOWN: DeadlineContext = { feedback: on('2023-07-28'), periodMonths: 3, year: 2023 };

function read(text: string | Cell, context: DeadlineContext = KNOWN): string {
  const parsed = parseDeadline(typeof text === 'string' ? { kind: 'text', text } : text, context);
  if (parsed.kind !== 'value') return parsed.kind;
  const found = parsed.value;
  if (found.kind === 'long-term') return found.kind;
  return `${found.kind} ${found.last ?? '?'}${found.longTerm ? ' +long-term' : ''}`;
}

describe('a deadline that is a date', () => {
  it.each([
    ['2023年10月31日', 'date 2023-10-31'],
    ['2023-10-31', 'date 2023-10-31'],
    ['2023.10.31前', 'date 2023-10-31'],
    ['2023年10月', 'date 2023-10-31'],
    ['2023.10', 'date 2023-10-31'],
    ['2023年10月底前', 'date 2023-10-31'],
    ['10月底前', 'date 2023-10-31'],
    ['１０月底前', 'date 2023-10-31'],
    ['10月底前完成整改', 'date 2023-10-31'],
    ['十月底前', 'date 2023-10-31'],
    ['10月15日前', 'date 2023-10-15'],
    ['10.15前', 'date 2023-10-15'],
    ['10月上旬', 'date 2023-10-10'],
    ['10月中旬前', 'date 2023-10-20'],
    ['2023年10月下旬', 'date 2023-10-31'],
    ['第四季度', 'date 2023-12-31'],
    ['三季度末', 'date 2023-09-30'],
    ['2024年一季度', 'date 2024-03-31'],
    ['2024年上半年', 'date 2024-06-30'],
    ['下半年', 'date 2023-12-31'],
    ['年底前', 'date 2023-12-31'],
    ['年内', 'date 2023-12-31'],
    ['今年年底前', 'date 2023-12-31'],
    ['本年度内', 'date 2023-12-31'],
    ['2023年底', 'date 2023-12-31'],
    ['2023年内', 'date 2023-12-31'],
    ['2023年', 'date 2023-12-31'],
    ['明年3月底前', 'date 2024-03-31'],
    ['3月底前', 'date 2024-03-31'],
    ['上半年', 'date 2024-06-30'],
    ['2023年8月至10月', 'date 2023-10-31'],
    ['2023年10-12月', 'date 2023-12-31'],
    ['11月至1月', 'date 2024-01-31'],
    ['2023.8-2023.10', 'date 2023-10-31'],
    ['10月15-20日', 'date 2023-10-20'],
    ['立行立改，2023年8月底前完成', 'date 2023-08-31'],
    ['2023年10月底前并长期坚持', 'date 2023-10-31 +long-term'],
    ['2023年10月底前完成，\n长期坚持', 'date 2023-10-31 +long-term'],
    ['集中整改期内（2023年10月28日前）', 'date 2023-10-28'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    [{ kind: 'date', text: '2023-10-31' }, 'date 2023-10-31'],
    [{ kind: 'date', text: '2023-10' }, 'date 2023-10-31'],
    [{ kind: 'number', text: '45230' }, 'date 2023-10-31'],
    [{ kind: 'number', text: '3' }, 'bad'],
    [{ kind: 'boolean', text: 'TRUE' }, 'bad'],
    [{ kind: 'error', text: '#REF!' }, 'bad'],
  ] as const)('held as %o', (cell, expected) => {
    expect(read(cell)).toBe(expected);
  });
});

describe('a deadline that is a period', () => {
  it.each([
    ['集中整改期内', 'period 2023-10-28'],
    ['集中整改期限内完成', 'period 2023-10-28'],
    ['规定时间内', 'period 2023-10-28'],
    ['限期整改', 'period 2023-10-28'],
    ['3个月内', 'period 2023-10-28'],
    ['三个月', 'period 2023-10-28'],
    ['反馈后两个月内', 'period 2023-09-28'],
    ['一个半月内', 'period 2023-09-12'],
    ['半年内', 'period 2024-01-28'],
    ['一年内', 'period 2024-07-28'],
    ['60天内', 'period 2023-09-26'],
    ['两周内', 'period 2023-08-11'],
    ['15个工作日内', 'period ?'],
    ['方案印发后1个月内', 'period ?'],
    ['集中整改期内完成并长期坚持', 'period 2023-10-28 +long-term'],
    ['立行立改，集中整改期内完成', 'period 2023-10-28'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('has no end while the feedback or the period is unknown', () => {
    expect(read('集中整改期内', { year: 2023 })).toBe('period ?');
    expect(read('3个月内', {})).toBe('period ?');
    expect(read('立行立改', { feedback: on('2023-07-28') })).toBe('immediate ?');
  });
});

describe('a deadline that is no date', () => {
  it.each([
    ['立即整改', 'immediate 2023-10-28'],
    ['立行立改', 'immediate 2023-10-28'],
    ['即知即改', 'immediate 2023-10-28'],
    ['立即', 'immediate 2023-10-28'],
    ['边查边改', 'immediate 2023-10-28'],
    ['立行立改，长期坚持', 'immediate 2023-10-28 +long-term'],
    ['长期坚持', 'long-term'],
    ['长期', 'long-term'],
    ['持续推进', 'long-term'],
    ['常态化', 'long-term'],
    ['2023年8月起长期坚持', 'long-term'],
    ['2023年8月至长期', 'long-term'],
    ['每季度末', 'long-term'],
    ['每年12月底前', 'long-term'],
    ['无', 'blank'],
    ['—', 'blank'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('what is no deadline', () => {
  it.each([
    '已完成',
    '待定',
    '3月内',
    '2023年13月底前',
    '2023年2月30日前',
    '10月32日前',
    '第3次会议前',
    '张某',
    '尽快',
    '2023年10月底前3',
  ])('%s', text => {
    expect(read(text)).toBe('bad');
  });

  it('needs a year from somewhere', () => {
    expect(read('10月底前', {})).toBe('bad');
    expect(read('10月底前', { year: 2024 })).toBe('date 2024-10-31');
  });
});
