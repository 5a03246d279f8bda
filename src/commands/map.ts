import { basename, resolve } from 'node:path';
import { columnLetters } from '../model/grid.js';
import { text } from '../model/text.js';
import type { Header } from '../read/headers.js';
import { isLedger, readLedger } from '../read/ledger.js';
import type { Mapping } from '../read/mapping.js';
import { palette } from '../render/palette.js';
import { cutTo, table } from '../render/table.js';
import type { SheetSpec } from '../sheets/column.js';
import { ledgerSheet } from '../sheets/ledger.js';
import type { RunCommand } from './command.js';
import { refuseExisting, writeOutput } from './output-file.js';
import { openSession } from './session.js';
import { notALedger } from './study.js';

type Understood = { readonly spec: SheetSpec; readonly header: Header };

/** Shows how each column was read; with -o writes it as a mapping to be corrected by hand. */
export const run: RunCommand = async (given, world) => {
  const session = openSession(given, world);
  const { lang } = session.settings;
  const output = given.text('output');
  const target = output === undefined ? undefined : resolve(world.cwd, output);
  if (target !== undefined) refuseExisting(target);
  const grid = await session.store.read();
  const read = readLedger(grid, {
    mappings: session.mappings,
    facts: session.settings.facts,
    asOf: session.settings.asOf,
  });
  if (!isLedger(read)) throw notALedger(read, session.source);
  const tables = Object.values(read.registers).flatMap(one =>
    one.header === undefined ? [] : [{ spec: one.spec, header: one.header }],
  );
  const understood: Understood[] = [{ spec: ledgerSheet, header: read.main.header }, ...tables];
  const mapping = mappingOf(basename(session.source), understood);
  if (target !== undefined) await writeOutput(target, `${JSON.stringify(mapping, null, 2)}\n`);
  if (given.on('json')) {
    world.json({ schemaVersion: 1, command: 'map', exit: 0, mapping, sheets: understood.map(described) });
    return 0;
  }
  const colors = palette(world.color);
  for (const { spec, header } of understood) {
    world.say(
      colors.bold(
        text(
          `工作表“${header.sheet.name}” → ${spec.name.zh}（表头在第${header.row}行${header.rows === 2 ? '起的两行' : ''}）`,
          `sheet “${header.sheet.name}” → ${spec.name.en} (header in row ${header.row}${header.rows === 2 ? ' and the next' : ''})`,
        )[lang],
      ),
    );
    const rows = [...header.columns]
      .sort(([, a], [, b]) => a.col - b.col)
      .map(([key, bound]) => {
        const column = spec.columns.find(one => one.key === key);
        return [
          columnLetters(bound.col),
          cutTo(bound.header.replace(/\s+/g, ' '), 24),
          '→',
          column?.header[lang] ?? key,
          colors.dim(bound.unit === undefined ? key : `${key}（${bound.unit}）`),
        ];
      });
    for (const line of table(rows, ['left', 'left', 'left', 'left', 'left'])) world.say(`  ${line}`);
    for (const tie of header.ties)
      world.say(
        colors.red(
          text(
            `  ${tie.cols.map(columnLetters).join('、')} 两栏都像“${tie.key}”，请在映射里写明用哪一栏`,
            `  columns ${tie.cols.map(columnLetters).join(', ')} both look like “${tie.key}”; say in the mapping which one`,
          )[lang],
        ),
      );
    if (header.unknown.length > 0)
      world.say(
        colors.dim(
          text(
            `  没有用到的栏：${header.unknown.map(one => `${columnLetters(one.col)} ${one.header}`).join('、')}（原样保留）`,
            `  not used: ${header.unknown.map(one => `${columnLetters(one.col)} ${one.header}`).join(', ')} (kept as they are)`,
          )[lang],
        ),
      );
    world.say('');
  }
  world.say(
    text(
      `读出问题 ${read.main.findings.length} 个、措施 ${read.main.rows.length} 行`,
      `${read.main.findings.length} findings in ${read.main.rows.length} rows`,
    )[lang],
  );
  if (target !== undefined)
    world.say(
      text(
        `映射已写到 ${target}；改好后用 --mapping ${output} 读取`,
        `The mapping is in ${target}; correct it and read with --mapping ${output}`,
      )[lang],
    );
  else
    world.say(
      colors.dim(
        text(
          '读得不对时：ledger map 台账 -o 映射.json，改好后加 --mapping 映射.json',
          'If something is wrong: ledger map LEDGER -o mapping.json, correct it, then add --mapping mapping.json',
        )[lang],
      ),
    );
  return 0;
};

function mappingOf(name: string, understood: readonly Understood[]): Mapping {
  return {
    name,
    sheets: Object.fromEntries(
      understood.map(({ spec, header }) => [
        spec.key,
        {
          sheet: header.sheet.name,
          headerRow: header.row,
          columns: Object.fromEntries(
            [...header.columns]
              .filter(([key]) => spec.columns.find(column => column.key === key)?.owner !== 'program')
              .map(([key, bound]) => [key, bound.header]),
          ),
        },
      ]),
    ),
  };
}

function described({ spec, header }: Understood): object {
  return {
    sheet: header.sheet.name,
    readAs: spec.key,
    headerRow: header.row,
    headerRows: header.rows,
    columns: [...header.columns].map(([key, bound]) => ({
      key,
      column: columnLetters(bound.col),
      header: bound.header,
    })),
    unused: header.unknown.map(one => ({ column: columnLetters(one.col), header: one.header })),
    ties: header.ties.map(tie => ({ key: tie.key, columns: tie.cols.map(columnLetters) })),
  };
}
