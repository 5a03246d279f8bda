import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/notice/decode.js';
import { noticeJson } from '../../src/notice/notice-json.js';
import { readNotice } from '../../src/notice/read-notice.js';
import { corpus } from './corpus.js';
import { factsExpected, factsRead, structural } from './facts.js';
import { score, scoreTable } from './score.js';

describe('every notice of the corpus is read as a careful reader reads it', () => {
  const notices = corpus();

  it('is a corpus worth the name', () => {
    expect(notices.length).toBeGreaterThanOrEqual(30);
    expect(new Set(notices.map(notice => notice.expected.manner)).size).toBe(notices.length);
  });

  it.each(notices)('$name: $expected.manner', async ({ expected, read }) => {
    const parsed = await read();
    const got = factsRead(parsed, expected);
    const wanted = factsExpected(expected);
    for (const kind of structural) expect({ [kind]: got[kind] }).toEqual({ [kind]: wanted[kind] });
  });

  it('finds nearly every fact and invents nearly none', async () => {
    const { scores, differences } = await score(notices);
    for (const { kind, precision, recall } of scores) {
      expect(
        Math.min(precision, recall),
        `${kind}\n${scoreTable(scores)}\n${differences.join('\n')}`,
      ).toBeGreaterThanOrEqual(0.97);
    }
  });

  it('keeps for every fact the line it stands on', async () => {
    for (const { read } of notices) {
      const parsed = await read();
      for (const finding of parsed.sections.flatMap(section => section.findings)) {
        const lines = [
          finding.line,
          ...finding.subFindings.map(sub => sub.line),
          ...finding.measures.map(measure => measure.line),
        ];
        expect(lines.every((line, index) => line > 0 && line >= (index === 0 ? 1 : finding.line))).toBe(true);
      }
    }
  });
});

/** A real notice that lies beside the project on its authors' machine; its text is not part of the project. */
const example = new URL('../../../shared/notice-example.txt', import.meta.url);

describe.runIf(existsSync(example))('a real notice', () => {
  it('gives what a careful reader counts', async () => {
    const parsed = readNotice(await decodeNotice(readFileSync(example), 'notice-example.txt'));
    const findings = parsed.sections.flatMap(section => section.findings);
    expect(parsed.sections.map(section => section.number)).toEqual([1, 3]);
    expect(findings.map(finding => finding.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13]);
    expect(findings.map(finding => finding.subFindings.length)).toEqual([2, 0, 5, 3, 3, 3, 3, 0, 4, 2, 0]);
    expect(findings.map(finding => finding.measures.length)).toEqual([3, 4, 5, 2, 3, 4, 3, 1, 4, 2, 3]);
    expect(findings.every(finding => finding.status === 'done')).toBe(true);
    expect(parsed.policies).toHaveLength(8);
    expect(noticeJson(parsed).inspection).toEqual({
      from: '2023-03-15',
      to: '2023-06-15',
      feedback: '2023-07-28',
      asOf: '2023-10-30',
    });
    const claims = parsed.claims.map(claim => `${claim.value}${claim.unit}`);
    expect(claims).toEqual([
      '4次',
      '6个',
      '13个',
      '521993.5元',
      '285358.5元',
      '49672.12元',
      '18000元',
      '154000元',
      '14961.88元',
      '8项',
      '19人次',
    ]);
    const total = parsed.claims.find(claim => claim.value === '521993.5');
    expect(parsed.claims.filter(claim => claim.parent !== undefined).every(claim => claim.parent === total?.id)).toBe(
      true,
    );
    expect(parsed.claims.filter(claim => claim.parent !== undefined)).toHaveLength(5);
    expect(parsed.unplaced).toEqual([]);
    expect(JSON.stringify(noticeJson(parsed))).not.toContain('example.org');
  });
});
