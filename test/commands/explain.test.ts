import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.js';
import { freshFolder, ledger } from '../support/cli.js';

const folder = freshFolder();
const explained = async (id: string, ...flags: string[]) => (await ledger(folder, ['explain', id, ...flags])).out;

describe('ledger explain', () => {
  it('lists every check', async () => {
    const { out } = await ledger(folder, ['explain']);
    for (const check of checks) expect(out).toContain(`${check.title.zh}`);
  });

  it('knows a check by its id and by its title', async () => {
    expect(await explained('合计与分项之和不符')).toBe(await explained('total-mismatch'));
  });

  it('knows a title by some of its words, and asks when several have them', async () => {
    expect(await explained('合计不符')).toBe(await explained('total-mismatch'));
    expect(await explained('[total-mismatch]')).toBe(await explained('total-mismatch'));
    expect((await ledger(folder, ['explain', '没有责任'])).err).toContain('是不是“没有责任领导”、“没有责任部门”？');
    expect((await ledger(folder, ['explain', '天气预报'])).err).toContain('没有叫“天气预报”的提示。');
  });

  it('shows the ledger at the last sync before what became of it', async () => {
    const out = await explained('row-moved');
    const captions = ['上次同步时的台账', '会提示的例子', '正常、不提示的例子'].map(caption => out.indexOf(caption));
    expect(captions).toEqual([...captions].sort((a, b) => a - b));
    expect(captions[0]).toBeGreaterThan(0);
  });

  it('shows the evidence folder as a table', async () => {
    expect(await explained('evidence-changed')).toMatch(
      /佐证材料文件夹\n +文件 +内容指纹 +上次同步时的指纹\n +学习记录\.pdf/,
    );
    expect(await explained('evidence-changed', '--lang', 'en')).toContain('The evidence folder');
  });

  it('shows no marks of the examples’ own notation', async () => {
    for (const id of ['row-moved', 'no-measure', 'repeated-amount', 'status-transition', 'evidence-missing'])
      expect(await explained(id)).not.toMatch(/^ *---|(?<=\s)[\^<](?=\s|$)/mu);
  });
});
