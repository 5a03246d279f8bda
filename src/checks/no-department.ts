import { text } from '../model/text.js';
import type { Check } from './check.js';
import { missingResponsibility } from './missing-responsibility.js';

export const noDepartment: Check = {
  id: 'no-department',
  level: 'error',
  title: text('没有责任部门', 'No department'),
  about: text(
    '每个问题都写明责任部门；几个部门写在一格里也可以。',
    'Every finding names a department; several in one cell are fine.',
  ),
  why: text(
    '汇总按部门统计，没有部门的问题没有人认领。',
    'The roll-up counts by department; without one nobody owns the finding.',
  ),
  remedy: text(
    '在“责任部门”栏写上部门，牵头的写在最前面',
    'write the department in the column 责任部门, the leading one first',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 责任部门 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 办公室 | 整改中 |
    | 2 | 制度不健全 | 修订三项制度 | «» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 责任部门 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 办公室（牵头）、政工股、计财股 | 整改中 |
    | | | 每季检查一次 | | 整改中 |`,
  run: examining => missingResponsibility(examining, 'department', text('责任部门', 'department')),
};
