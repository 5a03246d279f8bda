/** A ledger in which every status, money in two categories, claims that hold and that do not, and an overdue finding occur. */
export const busyLedger = `
## 基本信息
| 被巡察党组织 | 甲市乙局党组 |
| 巡察开始 | 2023-03-15 |
| 巡察结束 | 2023-06-15 |
| 反馈日期 | 2023-07-28 |
| 集中整改期（月） | 3 |

## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 具体问题 | 整改措施 | 责任领导 | 责任部门 | 整改时限 | 整改结果 | 应追缴金额 | 已追缴金额 | 佐证材料 | 审核状态 |
| 1 | （一）聚焦政治建设方面 | 理论学习不深入 | 一是学习计划没有落实 | 制定年度学习计划 | 张某 | 办公室 | 2023-09-30 | 已完成 | | | 第1盒 | 已销号 |
| 2 | | 意识形态责任制不到位 | | 每季度研究一次 | 张某 | 办公室 | 2023-09-30 | 基本完成 | | | | |
| 3 | （二）聚焦群众身边问题方面 | 违规发放补贴 | | 清退补贴 | 李某 | 计财股 | 2023-09-30 | 整改中 | 1200.50 | 200.25 | | |
| 4 | | 公车管理不规范 | | 修订公车管理制度 | 李某 | 计财股 | 2023-12-31 | 未启动 | 300 | 300 | | |
| 5 | （三）聚焦组织建设方面 | 党费收缴不及时 | | 按月公示 | 王某 | 机关党委 | 长期坚持 | 长期坚持 | | | | |
| 6 | | 旧问题移交 | | 移交上级 | 王某 | 机关党委 | 2023-12-31 | 不再纳入 | | | | |
| 7 | | 会议记录不全 | | 补齐记录 | 王某 | 机关党委 | 2023-12-31 | 已完成 | | | 第2盒 | |

## 追缴资金
| 问题序号 | 类别 | 项目 | 应追缴 | 已追缴 |
| 3 | 追缴违规资金 | 违规补贴 | 1200.50 | 200.25 |
| 4 | 个人承担 | 公车费用 | 300 | 300 |

## 通报数据
| 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 | 说明 |
| 1 | 反馈问题总数 | 7 | 个 | 问题 | | |
| 2 | 整改到位数 | 5 | 个 | 问题 | | |
`;

/** What somebody could type into a cell to have it run in the reader's browser. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '</style><script>alert(2)</script>',
  '</title><img src=x onerror=alert(3)>',
  '甲" onmouseover="alert(4)" x="乙',
  "甲' autofocus onfocus='alert(5)",
  '</script><svg onload=alert(6)>',
  '&lt;script&gt;alert(7)&lt;/script&gt;',
  '甲`+alert(8)+`',
] as const;

/** Each hostile text as finding, focus area, department, sub-finding, measure and result. */
export const hostileLedger = `
## 基本信息
| 被巡察党组织 | ${hostileTexts[2]} |

## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 具体问题 | 整改措施 | 责任部门 | 整改结果 | 应追缴金额 |
${hostileTexts
  .map(
    (words, index) =>
      `| ${index + 1} | ${words}${index} | ${words} | ${words} | ${words} | ${words} | ${words} | ${words} |`,
  )
  .join('\n')}

## 追缴资金
| 问题序号 | 类别 | 应追缴 | 已追缴 |
${hostileTexts.map((words, index) => `| ${index + 1} | ${words} | 10 | 5 |`).join('\n')}

## 通报数据
| 编号 | 事项 | 数值 | 单位 |
${hostileTexts.map((words, index) => `| ${index + 1} | ${words} | 3 | ${words} |`).join('\n')}
`;

/** A ledger as `init` makes it, before anything is listed. */
export const emptyLedger = `
## 基本信息
| 被巡察党组织 | 甲市乙局党组 |

## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 具体问题 | 整改措施 | 责任领导 | 责任部门 | 整改时限 | 整改结果 |
`;

const unbroken = 'A7f9'.repeat(30);

/** Words, dates and sums that no line can break, wherever they may stand. */
export const longLedger = `
## 基本信息
| 被巡察党组织 | ${unbroken} |
| 反馈日期 | 2023-07-28 |

## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 具体问题 | 整改措施 | 责任部门 | 整改时限 | 整改结果 | 应追缴金额 | 已追缴金额 |
| 1 | （一）${unbroken} | ${unbroken} | ${unbroken} | ${unbroken} | ${unbroken} | 2023年09月30日前（含节假日顺延至2023年10月08日） | 整改中 | 999999999999.99 | 123456789012.34 |
| 2 | （二）${'很长的聚焦方面'.repeat(20)} | ${'很长的问题'.repeat(40)} | | 整改 | ${'部门'.repeat(30)} | 2023-09-30 | ${unbroken} | | |

## 追缴资金
| 问题序号 | 类别 | 项目 | 应追缴 | 已追缴 |
| 1 | ${unbroken} | ${unbroken} | 999999999999.99 | 123456789012.34 |

## 通报数据
| 编号 | 事项 | 数值 | 单位 | 口径 |
| 1 | ${unbroken} | 999999999999.99 | 元 | 已追缴 |
| 2 | 追缴资金 | 999999999999.99 | 元 | 已追缴 |
`;

/** As many findings, claims and categories as asked for: tables that begin at any height of a printed page. */
export function longTable(rows: number): string {
  const of = (row: (n: number) => string) => Array.from({ length: rows }, (_, at) => row(at + 1)).join('\n');
  return `
## 整改台账
| 序号 | 聚焦方面 | 反馈问题 | 整改措施 | 责任部门 | 整改时限 | 整改结果 | 应追缴金额 | 已追缴金额 |
${of(n => `| ${n} | （一）聚焦方面${n % 3} | 第${n}个问题的名称 | 措施${n} | 科室${n} | 2023-09-30 | 整改中 | 100 | 50 |`)}

## 追缴资金
| 问题序号 | 类别 | 项目 | 应追缴 | 已追缴 |
${of(n => `| ${n} | 类别${n} | 项目${n} | 100 | 50 |`)}

## 通报数据
| 编号 | 事项 | 数值 | 单位 |
${of(n => `| ${n} | 事项${n} | ${n} | 个 |`)}
`;
}
