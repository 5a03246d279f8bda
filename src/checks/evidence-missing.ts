import { text } from '../model/text.js';
import type { Check, Examining, Found } from './check.js';
import { type NamedEvidence, namedEvidence } from './evidence-named.js';

export const evidenceMissing: Check = {
  id: 'evidence-missing',
  level: 'error',
  title: text('佐证文件找不到', 'Evidence file not found'),
  about: text(
    '台账写的佐证文件都在佐证材料文件夹里，文件名一字不差。纸质材料不查。',
    'Every evidence file that the ledger names lies in the evidence folder. Paper is not looked for.',
  ),
  why: text('审核时打不开的佐证等于没有佐证。', 'Evidence that cannot be opened is none.'),
  remedy: text(
    '把文件放进佐证材料文件夹，或改正文件名；放在别处的，在 ledger.config.json 的 evidenceRoot 里写明是哪个文件夹',
    'put the file into the evidence folder or correct its name; another folder is given as evidenceRoot in the config',
  ),
  example: `
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 佐证材料 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | 学习记录.pdf |
    | 2 | 制度不健全 | 修订三项制度 | 已完成 | «制度汇编.pdf» |
    --- 正常
    ## 整改台账
    | 序号 | 反馈问题 | 整改措施 | 整改结果 | 佐证材料 |
    | 1 | 学习不深入 | 每月学习一次 | 已完成 | 学习记录.pdf |
    | 2 | 制度不健全 | 修订三项制度 | 已完成 | 第3盒P12，已装订 |
    --- 文件夹
    | 学习记录.pdf | 3f1c |`,
  run: missing,
};

/** Up to so many each file has a line of its own; more have one cause. */
const mostSingle = 10;

function* missing(examining: Examining): Iterable<Found> {
  const { evidence } = examining;
  if (evidence === undefined) return;
  const named = [...namedEvidence(examining).values()].filter(one => evidence.files.get(one.name)?.exists === false);
  const [first] = named;
  if (first === undefined) return;
  const places = named.flatMap(one => one.places);
  const together = {
    at: places[0] ?? {},
    also: places.slice(1, 51),
    count: places.length,
    rows: named.flatMap(one => one.rows),
  };
  if (!evidence.rootReachable) {
    yield {
      ...together,
      message: text(
        `佐证材料文件夹打不开：${evidence.root}，${named.length}个文件无法核对`,
        `the evidence folder ${evidence.root} cannot be reached; ${named.length} files were not looked for`,
      ),
      remedy: text('接好存放佐证的硬盘或共享文件夹后再运行', 'connect the drive or share and run again'),
      found: evidence.root,
      object: 'root',
    };
    return;
  }
  if (named.length > mostSingle) {
    yield {
      ...together,
      message: text(
        `${named.length}个佐证文件找不到：${named
          .slice(0, 6)
          .map(one => one.name)
          .join('、')}等`,
        `${named.length} evidence files were not found: ${named
          .slice(0, 6)
          .map(one => one.name)
          .join(', ')} …`,
      ),
      found: first.name,
      object: 'many',
    };
    return;
  }
  for (const one of named) yield single(one);
}

function single(one: NamedEvidence): Found {
  const [at = {}, ...also] = one.places;
  const [finding, ...others] = one.findings;
  return {
    message: text(`佐证文件“${one.name}”找不到`, `evidence file “${one.name}” was not found`),
    at,
    also,
    found: one.name,
    ...(finding !== undefined && others.length === 0 ? { finding } : {}),
    rows: one.rows,
    object: one.name,
  };
}
