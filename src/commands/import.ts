import { basename, dirname, extname, join, resolve } from 'node:path';
import { formatDayZh } from '../model/day.js';
import { type Lang, type Text, text } from '../model/text.js';
import { importDiagnostics } from '../notice/import-diagnostics.js';
import { noticeJson } from '../notice/notice-json.js';
import type { NoticeStatus, ParsedNotice } from '../notice/parsed.js';
import { statusNames, toLedger } from '../notice/to-ledger.js';
import { diagnosticDocument, schemaVersion } from '../render/document.js';
import { cutTo } from '../render/table.js';
import type { RunCommand } from './command.js';
import { readNoticeFile } from './notice-file.js';
import { refuseExisting, requireExtension, writeOutput } from './output-file.js';
import { standardMapping } from './session.js';

/** Lines that belong to nothing and are shown with their words; the rest are only counted. */
const shownLines = 20;

/** A notice or a feedback document as a new standard workbook; says what was read and what could not be placed. */
export const run: RunCommand = async (given, world) => {
  const [written = ''] = given.args;
  const target = resolve(world.cwd, given.text('output') ?? beside(written));
  requireExtension(target, '.xlsx', 'ledger import 通报.docx -o 台账.xlsx');
  refuseExisting(target);
  const { parsed, name } = await readNoticeFile(world.cwd, written, [standardMapping()]);
  const { authorWorkbook } = await import('../stores/excel/author.js');
  await writeOutput(target, await authorWorkbook(toLedger(parsed)));
  const { lang } = world;
  const diagnostics = importDiagnostics(parsed);
  if (given.on('json')) {
    world.json({
      schemaVersion,
      command: 'import',
      exit: 0,
      written: target,
      notice: noticeJson(parsed),
      diagnostics: diagnostics.map(one => diagnosticDocument(one, lang)),
    });
    return 0;
  }
  for (const line of readLines(parsed, name)) world.say(line[lang]);
  for (const line of unplacedLines(parsed, lang, world.columns)) world.say(line);
  world.say(
    text(
      `已写成台账：${target}（“来源行”一栏是各条在原文的行号）`,
      `The workbook is ${target} (the column 来源行 gives each item’s line in the text)`,
    )[lang],
  );
  world.say(
    text(
      `下一步：对照原文看一遍，补上责任领导、时限、佐证材料，然后运行 ledger sync ${basename(target)}`,
      `Next: compare it with the text, add leaders, deadlines and evidence, then run ledger sync ${basename(target)}`,
    )[lang],
  );
  return 0;
};

/** `通报.docx` → `通报-台账.xlsx` in the same folder. */
function beside(notice: string): string {
  return join(dirname(notice), `${basename(notice, extname(notice))}-台账.xlsx`);
}

function readLines(parsed: ParsedNotice, name: string): Text[] {
  const findings = parsed.sections.flatMap(section => section.findings);
  const count = (of: (finding: (typeof findings)[number]) => number) =>
    findings.reduce((sum, finding) => sum + of(finding), 0);
  const subs = count(finding => finding.subFindings.length);
  const measures = count(finding => finding.measures.length);
  const statuses = new Map<NoticeStatus, number>();
  for (const { status } of findings) if (status !== undefined) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const told = [...statuses].map(([status, n]) => ({ status, n }));
  const { from, to, feedback, asOf } = parsed.inspection;
  const days: Text[] = [
    ...(from === undefined || to === undefined
      ? []
      : [text(`巡察${formatDayZh(from)}至${formatDayZh(to)}`, `inspection ${from} to ${to}`)]),
    ...(feedback === undefined ? [] : [text(`反馈${formatDayZh(feedback)}`, `feedback ${feedback}`)]),
    ...(asOf === undefined ? [] : [text(`截至${formatDayZh(asOf)}`, `as of ${asOf}`)]),
  ];
  const heads = parsed.sections.filter(section => section.title !== '').length;
  return [
    text(
      `${name}：读出${heads === 0 ? '' : `${heads}个方面、`}${findings.length}个问题、${subs}个具体问题、${measures}条措施`,
      `${name}: ${heads} focus areas, ${findings.length} findings, ${subs} sub-findings, ${measures} measures`,
    ),
    ...(told.length === 0
      ? []
      : [
          text(
            `  整改结果：${told.map(({ status, n }) => `${statusNames[status]}${n}个`).join('、')}`,
            `  results: ${told.map(({ status, n }) => `${status} ${n}`).join(', ')}`,
          ),
        ]),
    ...(days.length === 0
      ? []
      : [text(`  日期：${days.map(day => day.zh).join('，')}`, `  dates: ${days.map(day => day.en).join('; ')}`)]),
    text(
      `  通报数据${parsed.claims.length}项，制度${parsed.policies.length}项`,
      `  ${parsed.claims.length} stated figures, ${parsed.policies.length} rule documents`,
    ),
    ...(parsed.contacts.length === 0
      ? []
      : [
          text(
            `  联系方式属于个人信息，没有写进台账（第${parsed.contacts.map(one => one.line).join('、')}行）`,
            `  contact details are personal data and stay out of the workbook (line ${parsed.contacts.map(one => one.line).join(', ')})`,
          ),
        ]),
  ];
}

function unplacedLines(parsed: ParsedNotice, lang: Lang, columns: number): string[] {
  const { unplaced } = parsed;
  if (unplaced.length === 0) return [];
  const rest = unplaced.length - shownLines;
  return [
    text(
      `  有${unplaced.length}行没能归到任何问题，没有写进台账，请人工看一下：`,
      `  ${unplaced.length} lines belong to no finding and are not in the workbook; please look at them:`,
    )[lang],
    ...unplaced
      .slice(0, shownLines)
      .map(({ line, text: words }) =>
        cutTo(
          text(`    第${line}行：${words.trim()}`, `    line ${line}: ${words.trim()}`)[lang],
          Math.min(columns, 100),
        ),
      ),
    ...(rest > 0 ? [text(`    ……还有${rest}行（--json 可列全）`, `    … ${rest} more (all with --json)`)[lang]] : []),
  ];
}
