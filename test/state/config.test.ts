import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIG_NAME, findConfig, peekSource } from '../../src/config/find.js';
import { findJsonError } from '../../src/config/json-error.js';
import { mergeSettings, type Surroundings } from '../../src/config/settings.js';
import { type Config, configJsonSchema, isAllowedApiRoot, parseConfig, readConfig } from '../../src/config.js';
import { isDay } from '../../src/model/day.js';
import { nearest } from '../../src/model/nearest.js';
import { StoreError } from '../../src/stores/store.js';
import { freshFolders } from './support/folder.js';

const freshFolder = freshFolders();
const checkIds = ['overdue', 'total-mismatch', 'no-leader'];

/** What a person is told about a config. */
function told(content: unknown): string[] {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  try {
    parseConfig(text, CONFIG_NAME, checkIds);
  } catch (error) {
    if (error instanceof StoreError && error.exit === 2) return error.text.zh.split('\n');
    throw error;
  }
  return [];
}

const full = {
  $schema: './ledger.config.schema.json',
  source: '台账.xlsx',
  mapping: 'mapping.json',
  facts: { feedback: '2023-07-28', unit: '某镇党委' },
  mirror: {
    to: 'google:abc',
    columns: ['反馈问题', 'result'],
    rows: 'public',
    mask: ['mobile', 'bank-card'],
    reviewers: ['reviewer@example.org'],
    publish: 'when-clean',
    approvedBy: '张某',
    approvedOn: '2023-10-01',
  },
  checks: { overdue: 'off', 'total-mismatch': 'error' },
  evidenceRoot: '附件',
  asOf: '2023-10-30',
  google: { auth: 'oauth', keyFile: 'key.json', apiRoot: 'http://127.0.0.1:8080/' },
  backups: 5,
  lang: 'zh',
} satisfies Config;

describe('a config', () => {
  it('may say everything, or nothing', () => {
    expect(parseConfig(JSON.stringify(full), CONFIG_NAME, checkIds)).toEqual(full);
    expect(parseConfig('\uFEFF{}', CONFIG_NAME, checkIds)).toEqual({});
  });

  it.each<[unknown, string]>([
    [{ sorce: 'x' }, '“sorce”不是可用的设置，您是否想写“source”？'],
    [{ mirror: { colums: [] } }, '“mirror.colums”不是可用的设置，您是否想写“columns”？'],
    [{ zzzzzz: 1 }, '“zzzzzz”不是可用的设置。可用的有：$schema、source、mapping'],
    [{ checks: { overdu: 'off' } }, '“checks.overdu”不是可用的设置，您是否想写“overdue”？'],
    [
      { checks: { overdue: 'of' } },
      '“checks.overdue”应为 error、warning、info、off 之一，写的是 "of"。您是否想写“off”？',
    ],
    [{ facts: { feedbak: '2023' } }, '“facts.feedbak”不是可用的设置，您是否想写“feedback”？'],
    [{ mirror: { rows: 'publik' } }, '“mirror.rows”应为 public、all 之一，写的是 "publik"。您是否想写“public”？'],
    [
      { mirror: { mask: ['mobil'] } },
      '“mirror.mask”应为 all、none、mobile、id-number、bank-card、mailbox 之一，或其中几个的列表',
    ],
    [{ mirror: { columns: '反馈问题' } }, '“mirror.columns”应为列表 […]，写的是 "反馈问题"'],
    [{ mirror: { columns: [] } }, '“mirror.columns”应为不留空的内容'],
    [{ mirror: { reviewers: ['a@b.org', '李某'] } }, '“mirror.reviewers[2]”应为邮箱地址，写的是 "李某"'],
    [{ mirror: { approvedOn: '10月1日' } }, '“mirror.approvedOn”应为日期，如 2023-10-30'],
    [{ asOf: '2023-02-30' }, '“asOf”应为日期，如 2023-10-30，写的是 "2023-02-30"'],
    [{ google: { apiRoot: 'http://example.org' } }, '“google.apiRoot”应为 https 网址（http 仅限本机 127.0.0.1）'],
    [{ backups: 0 }, '“backups”应为 1 到 1000 的整数，写的是 0'],
    [{ backups: '20' }, '“backups”应为 1 到 1000 的整数，写的是 "20"'],
    [{ source: 3 }, '“source”应为用双引号括起的文字，写的是 3'],
    [{ mirror: 'google:abc' }, '“mirror”应为一组设置 {…}'],
    [[], '整个文件应为一组设置 {…}，写的是 []'],
  ])('%j is answered in one sentence', (content, sentence) => {
    const sentences = told(content);
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(`${CONFIG_NAME} 里的${sentence}`);
  });

  it('with several mistakes is answered once, with all of them', () => {
    expect(told({ sorce: 1, lang: 'cn', asOf: 'x' })).toHaveLength(3);
  });

  it.each([
    ['{\n  "source": "台账.xlsx"，\n  "lang": "zh"\n}', '第 2 行第 22 个字符处有误：“，”是中文标点，请改成英文标点'],
    ['{ “source”: "x" }', '第 1 行第 3 个字符处有误：““”是中文标点'],
    ['{ "source"："x" }', '第 1 行第 11 个字符处有误：“：”是中文标点'],
    ['{ "source": "C:\\台账\\a.xlsx" }', '路径中的“\\”请写成“/”或“\\\\”'],
    ['{\n  "lang": "zh",\n}', '第 2 行第 15 个字符处有误：最后一项后面多了一个逗号'],
    ['{ "lang": "zh" "asOf": "x" }', '这里应为“,”或“}”，而不是“"”'],
    ["{ 'lang': 'zh' }", '请把单引号改成英文双引号'],
    ['{ // 语言\n "lang": "zh" }', '配置文件里不能写注释'],
    ['{ "lang": "zh', '双引号没有结束'],
    ['{ "lang": "zh"', '文件到此中断'],
    ['', '第 1 行第 1 个字符处有误：文件到此中断'],
    ['{} x', '文件在这里本应结束'],
    ['{ "lang": "zh", "lang": "en" }', '第 1 行第 17 个字符处有误："lang" 写了两次'],
    ['{ "backups": 020 }', '这里应为一个值'],
  ])('that is not JSON (%j) is answered with line and column', (content, sentence) => {
    expect(told(content)).toEqual([expect.stringContaining(sentence)]);
    expect(told(content)[0]).toMatch(/第 \d+ 行第 \d+ 个字符/);
  });

  it('in another encoding, or missing, is answered in a sentence', () => {
    const path = join(freshFolder(), CONFIG_NAME);
    expect(() => readConfig(path, checkIds)).toThrow(/The config .* is not there; check its name and place/);
    writeFileSync(path, Buffer.from([0x7b, 0x22, 0xcc, 0xa8, 0xd5, 0xcb, 0x22, 0x7d]));
    expect(() => readConfig(path, checkIds)).toThrow(/not in UTF-8/);
  });
});

describe('the search for a JSON mistake', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(findJsonError(JSON.stringify(value, null, 2))).toBeUndefined();
      }),
    );
    const broken = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', '"', '{', ']', '\\', '0', '：', '\n', '-', 'e'),
    );
    fc.assert(
      fc.property(broken, ([json, at, put]) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + put + json.slice(place + 1);
        const fault = findJsonError(text);
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        // A key written twice is the one thing that we refuse and JSON.parse does not.
        if (fault === undefined || !fault.problem.zh.endsWith('写了两次')) expect(fault === undefined).toBe(parses);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the nearest word', () => {
  it('is the likeliest slip, or none', () => {
    const words = ['source', 'mapping', 'mirror', 'checks'];
    expect(nearest('mappign', words)).toBe('mapping');
    expect(nearest('MIRROR', words)).toBe('mirror');
    expect(nearest('check', words)).toBe('checks');
    expect(nearest('xyz', words)).toBeUndefined();
    expect(nearest('已完', ['已完成', '整改中'])).toBe('已完成');
    expect(nearest('', words)).toBeUndefined();
  });
});

describe('the published schema', () => {
  const path = resolve(import.meta.dirname, '../../templates/ledger.config.schema.json');

  /** JSON as the formatter of this project leaves it: short lists on one line. */
  function formatted(value: unknown): string {
    const oneLine = (list: string) => list.replace(/\s*\n\s*/g, ' ').replace(/\[ | \]/g, bracket => bracket.trim());
    const lists = /.*\[\n[^[\]{}]*\]/g;
    const text = JSON.stringify(value, null, 2);
    return `${text.replace(lists, list => (oneLine(list.trimStart()).length < 100 ? indentOf(list) + oneLine(list.trimStart()) : list))}\n`;
  }

  function indentOf(line: string): string {
    return /^ */.exec(line)?.[0] ?? '';
  }

  it('is that of the program (to renew it: npx vitest run test/state/config -u)', async () => {
    await expect(formatted(configJsonSchema())).toMatchFileSnapshot(path);
  });

  it('accepts and refuses what the program does', () => {
    const validate = new Ajv2020({ validateFormats: false }).compile(JSON.parse(readFileSync(path, 'utf8')));
    expect([validate(full), validate({})]).toEqual([true, true]);
    for (const wrong of [
      { sorce: '' },
      { mirror: { rows: 'x' } },
      { backups: 0 },
      { asOf: '2023-02-30' },
      { facts: { x: '' } },
    ]) {
      expect([wrong, validate(wrong)]).toEqual([wrong, false]);
    }
  });
});

describe('flags before config before default', () => {
  const [today, other] = ['2023-11-01', '2023-10-30'];
  if (!isDay(today) || !isDay(other)) throw new Error('days');
  const office: Surroundings = { workingFolder: resolve('/office'), today, env: {} };
  const config = (content: Config, named = false) => ({ content, path: resolve('/shared/ledger.config.json'), named });

  it('has a default for everything but what is shared', () => {
    expect(mergeSettings({ source: '台账.xlsx' }, undefined, office)).toEqual({
      source: resolve('/office/台账.xlsx'),
      mapping: undefined,
      facts: {},
      mirror: undefined,
      checks: {},
      evidenceRoot: resolve('/office'),
      asOf: '2023-11-01',
      asOfFrom: 'today',
      google: { auth: 'service-account', keyFile: undefined, apiRoot: undefined },
      backups: 20,
      lang: 'zh',
      notes: [],
    });
    const { mirror } = mergeSettings({ mirror: { to: 'google:abc' } }, undefined, office);
    expect(mirror).toEqual({
      to: 'google:abc',
      columns: undefined,
      rows: undefined,
      mask: ['mobile', 'id-number', 'bank-card', 'mailbox'],
      reviewers: [],
      readers: [],
      publish: 'always',
      approvedBy: undefined,
      approvedOn: undefined,
    });
  });

  it('takes paths relative to where they were written', () => {
    const settings = mergeSettings(
      { mapping: 'm.json' },
      config({ ...full, mirror: { to: '共享/镜像.xlsx' } }),
      office,
    );
    expect(settings).toMatchObject({
      source: resolve('/shared/台账.xlsx'),
      mapping: resolve('/office/m.json'),
      mirror: { to: resolve('/shared/共享/镜像.xlsx') },
      evidenceRoot: resolve('/shared/附件'),
      google: { keyFile: resolve('/shared/key.json') },
    });
  });

  it('lets single settings of a group be overruled', () => {
    const flags: Config = {
      asOf: other,
      mirror: { rows: 'all' },
      checks: { overdue: 'info' },
      facts: { unit: '某街道' },
      lang: 'en',
    };
    const settings = mergeSettings(flags, config(full), office);
    expect(settings).toMatchObject({
      asOf: other,
      asOfFrom: 'flag',
      mirror: { to: 'google:abc', rows: 'all', columns: full.mirror.columns, mask: ['mobile', 'bank-card'] },
      checks: { overdue: 'info', 'total-mismatch': 'error' },
      facts: { unit: '某街道', feedback: '2023-07-28' },
      lang: 'en',
    });
    expect(mergeSettings({}, config(full), office).asOfFrom).toBe('config');
  });

  it('leaves the config of another ledger aside, or its mirror would get the wrong one', () => {
    const flags: Config = { source: '/shared/另一本.xlsx' };
    const aside = mergeSettings(flags, config(full), office);
    expect([aside.mirror, aside.backups, aside.notes.length]).toEqual([undefined, 20, 1]);
    expect(mergeSettings(flags, config(full, true), office).mirror?.to).toBe('google:abc');
    expect(mergeSettings({ source: '/shared/台账.xlsx' }, config(full), office).mirror?.to).toBe('google:abc');
  });

  it('reads the surroundings: locale, key file, another host', () => {
    const lang = (env: Surroundings['env']) => mergeSettings({}, undefined, { ...office, env }).lang;
    expect([{ LANG: 'en_GB.UTF-8' }, { LANG: 'C' }, { LC_ALL: 'zh_CN', LANG: 'en_US' }].map(lang)).toEqual([
      'en',
      'zh',
      'zh',
    ]);
    const env = { GOOGLE_APPLICATION_CREDENTIALS: 'k.json', LEDGER_GOOGLE_API_ROOT: 'http://127.0.0.1:9/' };
    expect(mergeSettings({}, config(full), { ...office, env }).google).toEqual({
      auth: 'oauth',
      keyFile: resolve('/shared/key.json'),
      apiRoot: 'http://127.0.0.1:9/',
    });
    expect(mergeSettings({}, undefined, { ...office, env }).google.keyFile).toBe(resolve('/office/k.json'));
    const evil = { LEDGER_GOOGLE_API_ROOT: 'http://example.org/' };
    expect(() => mergeSettings({}, undefined, { ...office, env: evil })).toThrow(StoreError);
  });

  it('allows plain http on this machine only', () => {
    const allowed = ['https://x.org', 'http://localhost:1', 'http://127.0.0.1', 'http://[::1]:2/'];
    const refused = ['http://127.0.0.1.evil.org', 'http://10.0.0.1', 'ftp://localhost', 'localhost', ''];
    expect([allowed.every(isAllowedApiRoot), refused.some(isAllowedApiRoot)]).toEqual([true, false]);
  });
});

describe('finding the config', () => {
  it('is the named one, the one beside the workbook, or the one here', () => {
    const folder = freshFolder();
    expect(findConfig(undefined, join(folder, 'a.xlsx'), '/')).toBeUndefined();
    writeFileSync(join(folder, CONFIG_NAME), '{ "source": "台账.xlsx" }');
    expect(findConfig(undefined, join(folder, 'a.xlsx'), '/')).toBe(join(folder, CONFIG_NAME));
    expect(findConfig(undefined, undefined, folder)).toBe(join(folder, CONFIG_NAME));
    expect(findConfig('other.json', join(folder, 'a.xlsx'), folder)).toBe(join(folder, 'other.json'));
    expect(peekSource(join(folder, CONFIG_NAME))).toBe('台账.xlsx');
    expect(peekSource(join(folder, 'none.json'))).toBeUndefined();
  });
});
