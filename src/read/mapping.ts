import { z } from 'zod';
import { measureKinds, publicities, reviews, statuses, type WordTables, wordKey } from '../sheets/cells.js';
import { facts } from '../sheets/facts.js';
import { sheets } from '../sheets/index.js';

const sheetKeys = Object.keys(sheets);
const factKeys = facts.map(fact => fact.key);

const sheetMapping = z
  .strictObject({
    sheet: z.string().optional().describe('工作表名称 · name of the sheet'),
    headerRow: z.int().positive().optional().describe('表头所在行（从 1 起） · 1-based row of the header'),
    columns: z
      .record(z.string(), z.union([z.string(), z.array(z.string())]))
      .optional()
      .describe('字段 → 表头文字，或 "列:C" 指定列 · field → header text, or "col:C"'),
    ignore: z.array(z.string()).optional().describe('不读取的表头 · headers to leave alone'),
    unit: z.enum(['元', '千元', '万元', '百万元', '亿元']).optional().describe('金额单位 · unit of its amounts'),
  })
  .describe('一张工作表怎么读 · how one sheet is read');

const wordList = z.array(z.string());

/** The form of `mappings/*.json`: how somebody else's workbook is read. */
export const mappingSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().describe('名称 · name'),
    about: z.strictObject({ zh: z.string(), en: z.string() }).optional().describe('适用于什么台账 · what it is for'),
    sheets: z.partialRecord(z.enum(sheetKeys), sheetMapping).optional(),
    values: z
      .strictObject({
        result: z.partialRecord(z.enum([...statuses, 'done-long-term', 'closed']), wordList).optional(),
        review: z.partialRecord(z.enum(reviews), wordList).optional(),
        publicity: z.partialRecord(z.enum(publicities), wordList).optional(),
        measureKind: z.partialRecord(z.enum(measureKinds), wordList).optional(),
      })
      .optional()
      .describe('表里的写法 → 标准值 · written words → canonical values'),
    facts: z
      .partialRecord(z.enum(factKeys), z.string())
      .optional()
      .describe('没有基本信息表时由这里给出 · facts for a workbook without 基本信息'),
  })
  .describe('台账读取映射 · mapping of a ledger layout');

export type Mapping = z.output<typeof mappingSchema>;
export type SheetMapping = z.output<typeof sheetMapping>;

/** Word tables of several mappings; later ones win. */
export function wordTables(mappings: readonly Mapping[]): WordTables {
  const table = (field: 'result' | 'review' | 'publicity' | 'measureKind') => {
    const words = new Map<string, string>();
    for (const mapping of mappings) {
      for (const [canonical, written] of Object.entries(mapping.values?.[field] ?? {})) {
        words.set(canonical, canonical);
        for (const word of written ?? []) words.set(wordKey(word), canonical);
      }
    }
    return words;
  };
  return {
    result: table('result'),
    review: table('review'),
    publicity: table('publicity'),
    measureKind: table('measureKind'),
  };
}

/** The JSON Schema that ships as `mappings/mapping.schema.json`. */
export function mappingJsonSchema(): unknown {
  return { title: 'mapping', ...z.toJSONSchema(mappingSchema, { io: 'input' }) };
}
