import { text } from '../model/text.js';
import type { Check } from './check.js';
import { missingResponsibility } from './missing-responsibility.js';

export const noDeadline: Check = {
  id: 'no-deadline',
  level: 'error',
  title: text('没有整改时限', 'No deadline'),
  about: text(
    '每个问题都有整改时限：日期、“10月底前”“立行立改”“长期坚持”都可以；整改类型写了立行立改或长期坚持的不必再写。',
    'Every finding has a deadline: a date, 10月底前, 立行立改 or 长期坚持; a kind of 立行立改 or 长期坚持 is enough.',
  ),
  why: text('没有时限就看不出是否逾期。', 'Without a deadline nothing can be overdue.'),
  remedy: text('在“整改时限”栏写上最后期限，或写“长期坚持”', 'write the deadline, or 长期坚持, in the column 整改时限'),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改时限 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 10月底前 | 整改中 |
    | 2 | 制度不健全 | 修订三项制度 | «» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改类型 | 整改措施 | 整改时限 | 整改结果 |
    | 1 | 学习不深入 | 限期整改 | 每月学习一次 | 长期坚持 | 整改中 |
    | 2 | 制度不健全 | 立行立改 | 修订三项制度 | | 整改中 |`,
  run: examining =>
    missingResponsibility(
      examining,
      'deadline',
      text('整改时限', 'deadline'),
      row => row.data.kind === 'immediate' || row.data.kind === 'long-term',
    ),
};
