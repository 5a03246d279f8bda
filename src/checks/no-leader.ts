import { text } from '../model/text.js';
import { type Check, hasColumn } from './check.js';
import { missingResponsibility } from './missing-responsibility.js';

export const noLeader: Check = {
  id: 'no-leader',
  level: 'error',
  title: text('没有责任领导', 'No leader'),
  about: text('每个问题都写明责任领导。', 'Every finding names a leader.'),
  why: text('没有人负责的问题没有人整改；检查时首先看责任是否到人。', 'What nobody answers for does not get done.'),
  remedy: text(
    '在“责任领导”栏写上姓名，写在问题第一行即可',
    'write the name in the column 责任领导, on the finding’s first row',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 责任领导 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 张某 | 整改中 |
    | 2 | 制度不健全 | 修订三项制度 | «» | 整改中 |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 责任领导 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 张某 | 整改中 |
    | | | 每季检查一次 | | 整改中 |`,
  run: examining => {
    // Audit ledgers and registers of other offices name one person and have no column for a leader.
    const onePerson = !hasColumn(examining.ledger, 'leader') && hasColumn(examining.ledger, 'person');
    return missingResponsibility(
      examining,
      'leader',
      text('责任领导', 'leader'),
      row => onePerson && row.data.person !== undefined,
    );
  },
};
