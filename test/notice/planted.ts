import type { Level } from '../../src/model/diagnostic.js';

/** Errors as offices make them, planted into notices of the corpus: what is changed, and all that is to be objected to then. */
export const planted: readonly {
  readonly notice: string;
  readonly changes: readonly (readonly [string, string])[];
  readonly objections: readonly (readonly [Level, string, number])[];
}[] = [
  {
    notice: '58-water-bureau.txt',
    changes: [
      ['\n11.党员', '\n12.党员'],
      ['\n10.党内', '\n11.党内'],
      ['\n9.干部', '\n10.干部'],
      ['\n8.公务', '\n9.公务'],
      ['\n7.工程', '\n8.工程'],
      ['（1）2024年8月开展', '（1）2023年10月开展'],
      ['已完成整改9个，正在推进2个，完成率81.82%', '已完成整改10个，正在推进2个，完成率83.33%'],
      ['3个方面11个问题，制定整改措施24条', '3个方面12个问题，制定整改措施26条'],
    ],
    objections: [
      ['error', 'claim-mismatch', 7],
      ['warning', 'measure-before-inspection', 27],
      ['error', 'finding-number', 38],
    ],
  },
  {
    notice: '60-third-hospital.txt',
    changes: [
      ['2024年11月20日取得', '2024年5月20日取得'],
      ['486213.60', '486214.60'],
      ['2024年7月17日', '2024717日'],
    ],
    objections: [
      ['warning', 'assumed-date', 3],
      ['error', 'total-mismatch', 15],
      ['warning', 'measure-before-inspection', 111],
    ],
  },
  {
    notice: '62-bus-group.txt',
    changes: [
      ['二是轮换票款清点人员12名。', '二是轮换票款清点人员12名。\n整改结果：正在推进。'],
      ['事项（10项）', '事项（11项）'],
      ['已完成整改10项，正在推进3项，完成率76.92%', '已完成整改11项，正在推进3项，完成率87.57%'],
      ['3个方面13项问题', '3个方面14项问题'],
    ],
    objections: [
      ['error', 'rate-mismatch', 6],
      ['error', 'claim-mismatch', 7],
      ['error', 'status-conflict', 26],
    ],
  },
  {
    notice: '63-education-bureau.md',
    changes: [
      [
        '已完成整改9个，基本完成1个，正在推进3个；追缴清退资金19.464万元',
        '已完成整改10个，基本完成1个，正在推进2个；追缴清退资金19.364万元',
      ],
    ],
    objections: [
      ['error', 'claim-mismatch', 11],
      ['error', 'total-mismatch', 11],
    ],
  },
  {
    notice: '64-health-special.html',
    changes: [
      ['电话：0000-3691470', '手机：13000000000'],
      ['18.6万元。', '18.6万元，尚有7.4万元未追缴。'],
      ['2024年11月12日印发', '2024年10月12日印发'],
    ],
    objections: [
      ['error', 'date-order', 4],
      ['error', 'unreported-outstanding', 5],
      ['error', 'done-money-outstanding', 13],
      ['error', 'private-data', 22],
    ],
  },
  {
    notice: '65-xinqu-subdistrict.txt',
    changes: [
      ['对尚未完成的1个问题', '对尚未完成的2个问题'],
      ['影像留痕；二是抽查入户记录120份。', '影像留痕；二是组织街道干部认真学习有关文件精神，进一步提高思想认识。'],
      ['一户一档；二是整改火灾隐患213处。', '一户一档；二是组织街道干部认真学习有关文件精神，进一步提高思想认识。'],
      ['二是成立业主委员会', '三是成立业主委员会'],
    ],
    objections: [
      ['warning', 'marker-gap', 22],
      ['warning', 'copied-measure', 27],
      ['error', 'claim-mismatch', 54],
    ],
  },
  {
    notice: '67-audit-transport.txt',
    changes: [
      ['，8月30日组织', '，9月30日组织'],
      ['工作经费9.23万元', '工作经费9.32万元'],
      ['追缴资金86.33万元', '追缴资金86.42万元'],
    ],
    objections: [
      ['error', 'total-mismatch', 7],
      ['warning', 'after-as-of', 23],
    ],
  },
  {
    notice: '68-housing-fund.md',
    changes: [
      ['- 考核走过场\n\n**整改进展：**\n\n- 补签劳动合同11份\n\n**整改结果', '- 考核走过场\n\n**整改结果'],
      ['- 补齐报销附件46份', '- 将进一步规范报销程序，确保今后不再发生类似问题'],
      ['77.78%', '88.89%'],
    ],
    objections: [
      ['warning', 'rate-mismatch', 9],
      ['warning', 'promise-in-done', 95],
      ['error', 'no-measure', 110],
    ],
  },
  {
    notice: '71-university.txt',
    changes: [
      ['二是完成图书馆二期项目结算，结算周期压缩20天。', '二是图书馆二期项目结算将尽快完成，进一步压缩结算周期。'],
      ['2024年11月印发', '2023年11月印发'],
      ['73.7%', '84.2%'],
    ],
    objections: [
      ['error', 'rate-mismatch', 9],
      ['warning', 'measure-before-inspection', 23],
      ['warning', 'promise-in-done', 28],
    ],
  },
  {
    notice: '72-hospital-labels.txt',
    changes: [
      ['0000-2580369', '13000000000'],
      ['长期坚持', '2024年10月10日前并长期坚持'],
      [
        '财务科、医保办\n整改时限：2024年12月31日前\n整改结果：基本完成',
        '财务科、医保办\n整改时限：2024年9月30日前\n整改结果：已完成',
      ],
      ['已完成整改6个，基本完成2个；追缴清退资金100.45万元', '已完成整改7个，基本完成1个；追缴清退资金101.45万元'],
    ],
    objections: [
      ['error', 'total-mismatch', 7],
      ['error', 'unreported-outstanding', 7],
      ['error', 'done-money-outstanding', 45],
      ['warning', 'overdue', 66],
      ['error', 'private-data', 104],
    ],
  },
  {
    notice: '73-rural-bank.txt',
    changes: [
      ['0000-3692581', '13000000000'],
      ['\n8.上轮', '\n9.上轮'],
      ['\n7.选人用人', '\n8.选人用人'],
      ['\n6.违规发放薪酬', '\n7.违规发放薪酬'],
      ['85.42万元', '86.42万元'],
    ],
    objections: [
      ['error', 'total-mismatch', 5],
      ['error', 'finding-number', 20],
      ['error', 'private-data', 29],
    ],
  },
  {
    notice: '75-county-committee.md',
    changes: [
      ['长期坚持1个；追缴', '长期坚持2个；追缴'],
      ['2023年12月20日，省委', '2023年10月20日，省委'],
    ],
    objections: [
      ['error', 'date-order', 3],
      ['error', 'claim-mismatch', 11],
    ],
  },
  {
    notice: '77-village.txt',
    changes: [
      ['（2）把财务收支', '（3）把财务收支'],
      ['清退冒领补贴3260元', '清退冒领补贴3260元，退款人某某某，手机13000000001'],
      ['17585.5', '17595.5'],
    ],
    objections: [
      ['error', 'total-mismatch', 6],
      ['error', 'private-data', 9],
      ['warning', 'marker-gap', 12],
    ],
  },
  {
    notice: '79-construction-group.txt',
    changes: [
      ['0000-1472583', '13000000000'],
      ['③逐月核对预付款台账。', '③尚有60万元未收回，对方已进入破产重整程序。'],
      ['应收回工程预付款260万元；', '应收回工程预付款320万元；'],
      ['③2024年3月1日起', '③2023年7月1日起'],
    ],
    objections: [
      ['error', 'unreported-outstanding', 9],
      ['warning', 'measure-before-inspection', 19],
      ['error', 'done-money-outstanding', 23],
      ['error', 'private-data', 47],
    ],
  },
  {
    notice: '80-college-branch.txt',
    changes: [
      ['\n7.青年', '\n6.青年'],
      ['\n6.党支部', '\n5.党支部'],
      ['\n5.办学场地', '\n4.办学场地'],
      ['2024年9月12日组织', '2024年4月12日组织'],
    ],
    objections: [
      ['warning', 'measure-before-feedback', 33],
      ['error', 'finding-number', 37],
    ],
  },
  {
    notice: '81-water-bureau.md',
    changes: [
      ['2024年11月20日通过', '2024年12月20日通过'],
      [
        '年压采地下水310万立方米。\n2. 对超采区取水户安装计量设施95套。',
        '年压采地下水310万立方米。\n2. 加强日常巡查，建立问题台账，发现一起处置一起。',
      ],
      [
        '补发河湖管理范围公告28份。\n3. 组织河湖长巡河1260人次。',
        '补发河湖管理范围公告28份。\n3. 加强日常巡查，建立问题台账，发现一起处置一起。',
      ],
    ],
    objections: [
      ['warning', 'copied-measure', 23],
      ['warning', 'after-as-of', 89],
    ],
  },
];
