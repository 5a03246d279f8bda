import { type Text, text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';

export const factsMissing: Check = {
  id: 'facts-missing',
  level: 'info',
  title: text('有些校验没有做', 'Checks that were not made'),
  about: text(
    '有的校验要知道巡察开始、反馈日期、集中整改期；台账、映射、配置里都没有的，不做这些校验，只在这里说一次。',
    'Some checks need the inspection’s first day, the feedback or the period; where these are known nowhere they are not made, and it is said once.',
  ),
  why: text(
    '没有提示不等于没有问题，要知道哪些没有查。',
    'No diagnostic does not mean that all is well: know what was not checked.',
  ),
  remedy: text('在基本信息里填上这些日期', 'fill these dates in 基本信息'),
  example: `
    ## 基本信息
    | 项目 | 内容 |
    | 巡察开始 | 2023-03-15 |
    | 反馈日期 | «» |
    | 集中整改期（月） | 3 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |
    --- 正常
    ## 基本信息
    | 项目 | 内容 |
    | 进驻日期 | 2023年3月15日 |
    | 反馈时间 | 2023年7月28日 |
    | 集中整改期（月） | 3 |
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 |
    | 1 | 学习不深入 | 每月学习一次 | 整改中 |`,
  run: missing,
};

const noFactsSheet = text(
  '运行 ledger init --from 台账.xlsx，会另存一份加了“基本信息”表的台账，在那张表里填上这些日期；您的单元格一格不动',
  'ledger init --from LEDGER.xlsx saves a copy with a sheet 基本信息 and changes nothing else: fill these in there',
);

type Needed = {
  readonly key: 'inspectionFrom' | 'feedback' | 'periodMonths';
  readonly name: Text;
  readonly silenced: readonly string[];
};

/** Which checks are silent without a fact. */
const needed: readonly Needed[] = [
  {
    key: 'inspectionFrom',
    name: text('巡察开始', 'the inspection’s first day'),
    silenced: ['measure-before-inspection'],
  },
  {
    key: 'feedback',
    name: text('反馈日期', 'the feedback'),
    silenced: [
      'measure-before-feedback',
      'recovery-before-feedback',
      'done-on-old-measures',
      'done-undated',
      'outside-period',
    ],
  },
  { key: 'periodMonths', name: text('集中整改期', 'the rectification period'), silenced: ['outside-period'] },
];

function* missing({ ledger }: Examining): Iterable<Found> {
  const { facts, issues, main } = ledger;
  const unread = new Set(
    issues.flatMap(issue => (issue.kind === 'unreadable' && issue.sheet === facts.sheet ? [issue.key] : [])),
  );
  const gone = needed.filter(
    ({ key }) =>
      facts.values[key] === undefined &&
      !unread.has(key) &&
      // With 基本信息 there a missing period is an error of its own.
      !(key === 'periodMonths' && facts.present),
  );
  if (gone.length === 0) return;
  const count = new Set(gone.flatMap(one => one.silenced)).size;
  const [place, ...others] = gone.flatMap(({ key, name }) => {
    const at = facts.at.get(key);
    return at === undefined ? [] : [{ ...at, header: name.zh }];
  });
  yield {
    message: text(
      `没有写${gone.map(one => one.name.zh).join('、')}，${count}项与日期有关的校验没有做`,
      `${gone.map(one => one.name.en).join(', ')} is known nowhere; ${count} checks that go by it were not made`,
    ),
    ...(facts.present ? {} : { remedy: noFactsSheet }),
    at: place ?? { sheet: facts.sheet ?? main.header.sheet.name },
    also: others,
    count,
    rows: [],
    object: gone.map(one => one.key).join(),
  };
}
