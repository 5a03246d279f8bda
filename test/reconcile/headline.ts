/** A ledger of eleven finished findings, numbered as printed: 8 and 9 are missing, 13 is about the previous round. */
export const elevenFindings = `
## 整改台账
| 序号 | 反馈问题 | 整改措施 | 整改结果 | 应追缴金额 | 已追缴金额 | 金额单位 |
${[1, 2, 3, 4, 5, 6, 7, 10, 11, 12].map(n => `| ${n} | 问题之${n} | 已于2023年9月办结第${n}项 | 已完成 | | | |`).join('\n')}
| 13 | 巡察整改不到位。上轮巡察时反馈截留工资1173.3万元，2022年3月退缴670万元，仍有503.3万元没有退回 | 建立专门台账 | 已完成 | 1173.3 | 670 | 万元 |`;

/** The eight rule documents of the headline. */
export const eightPolicies = `
## 制度清单
| 问题序号 | 制度名称 | 方式 | 状态 |
| 1 | 中心组学习制度 | 修订 | 已印发 |
| 2 | 意识形态分析研判制度 | 新建 | 已印发 |
| 4 | 考勤请假管理制度 | 修订 | 已印发 |
| 4 | 目标管理考核办法 | 新建 | 已印发 |
| 5 | 乡镇机构管理制度 | 新建 | 已印发 |
| 5 | 运维人员管理制度 | 新建 | 已印发 |
| 7 | 保密工作制度 | 完善 | 已印发 |
| 10 | 集体决策制度 | 修订 | 已印发 |`;

/** The headline of the progress notice: 13 in order, 521,993.50 yuan recovered, 8 rules, 19 talks. */
export const headlineClaims = `
## 通报数据
| 编号 | 事项 | 数值 | 单位 | 口径 | 所属合计编号 | 说明 |
| 1 | 整改到位数 | 13 | 个 | | | |
| 2 | 追缴违规资金 | 521993.5 | 元 | 已追缴 | | |
| 3 | 代缴养老保险 | 285358.5 | 元 | 应追缴 | 2 | |
| 4 | 代缴医疗保险 | 49672.12 | 元 | 应追缴 | 2 | |
| 5 | 关心下一代工作经费 | 18000 | 元 | | 2 | |
| 6 | 职工大病互助 | 154000 | 元 | | 2 | |
| 7 | 加油卡 | 14961.88 | 元 | | 2 | |
| 8 | 制度 | 8 | 项 | | | |
| 9 | 谈话 | 19 | 人次 | 提醒谈话 | | |`;

export const progressNotice = elevenFindings + eightPolicies + headlineClaims;
