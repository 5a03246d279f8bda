import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/examine.js';
import { plain } from '../../src/model/money.js';
import { decodeNotice } from '../../src/notice/decode.js';
import { asLedger } from '../../src/notice/lint/as-ledger.js';
import type { ParsedNotice } from '../../src/notice/parsed.js';
import { readNotice } from '../../src/notice/read-notice.js';
import {
  type Edition,
  fileOf,
  fillTemplate,
  noticeContent,
  noticeLines,
  publishedFindings,
  templateFields,
} from '../../src/notice/write/index.js';
import { noticeTemplate } from '../../src/notice/write/template.js';
import type { FindingState } from '../../src/reconcile/state.js';
import { examined, onDay, standardMapping } from '../support/workbook.js';
import { type MeantLedger, meantLedgers, workbookOf } from './support/ledgers.js';

const asOf = onDay('2023-10-30');

function written(meant: MeantLedger, edition: Edition = 'public') {
  const ledger = examined(workbookOf(meant));
  return { ledger, content: noticeContent(ledger, edition), published: publishedFindings(ledger, edition) };
}

function readLines(lines: readonly string[]): ParsedNotice {
  return readNotice({ format: 'txt', lines: lines.map((text, index) => ({ number: index + 1, text })) });
}

/** A finding as the notice tells it; review states are nobody's business there. */
function told({ finding, shown, longTerm, money }: FindingState) {
  const status = shown === 'awaiting-review' || shown === 'closed' ? 'done' : shown;
  const figure = (value: typeof money.due) => (value === undefined || value === 'unknown' ? '0.00' : plain(value));
  return {
    title: finding.title,
    status,
    longTerm: status === 'done' && longTerm,
    due: figure(money.due),
    recovered: figure(money.recovered),
    reduced: figure(money.reduced),
    outstanding: figure(money.outstanding),
  };
}

describe('a notice is read back as what was written', () => {
  it('finding by finding, with status, sub-findings and measures', () => {
    fc.assert(
      fc.property(meantLedgers(), meant => {
        const { content, published } = written(meant);
        const items = content.parts.flatMap(part => part.areas.flatMap(area => area.items));
        const parsed = readLines(noticeLines(content));
        const findings = parsed.sections.flatMap(section => section.findings);
        expect(findings.map(one => one.number)).toEqual(items.map((_, index) => index + 1));
        expect(findings.map(one => one.title)).toEqual(items.map(one => one.state.finding.title));
        expect(findings).toHaveLength(published.length);
        for (const [index, item] of items.entries()) {
          const rows = published.find(one => one.state === item.state)?.rows ?? [];
          const subs = rows.flatMap(row => (row.own.has('subFinding') ? [row.data.subFinding] : []));
          const read = findings[index];
          expect(read?.subFindings.map(one => one.text)).toEqual(subs);
          // A cell that numbers its measures has several, each told.
          expect(read?.measures).toHaveLength(rows.reduce((sum, row) => sum + row.measures, 0));
        }
        expect(parsed.unplaced).toEqual([]);
        expect(parsed.inspection).toEqual({ from: '2023-03-15', to: '2023-06-15', feedback: '2023-07-28', asOf });
        expect(parsed.unit).toBe('甲市乙局党组');
      }),
      { numRuns: 150 },
    );
  });

  it('and imported: the same findings, statuses and money', () => {
    fc.assert(
      fc.property(meantLedgers(), meant => {
        const { content } = written(meant);
        const { ledger } = asLedger(readLines(noticeLines(content)), [standardMapping], asOf);
        const back = examine(ledger, { asOf, levels: {}, mirrored: false });
        const items = content.parts.flatMap(part => part.areas.flatMap(area => area.items));
        expect(back.states.map(told)).toEqual(items.map(item => told(item.state)));
        expect(back.summary.measures).toBe(content.figures.measures);
        expect(back.summary.subFindings).toBe(content.figures.subFindings);
      }),
      { numRuns: 150 },
    );
  });

  it('its headline holds against its own items when everything is public', () => {
    fc.assert(
      fc.property(meantLedgers(['社会公开']), meant => {
        const { content } = written(meant);
        const parsed = readLines(noticeLines(content));
        const { ledger } = asLedger(parsed, [standardMapping], asOf);
        const back = examine(ledger, { asOf, levels: {}, mirrored: false });
        const counted = back.reconciliations.filter(one =>
          /^(?:findings-total|done|rate|mostly-done|in-progress|not-started|long-term|measures|recovered)(?:-\d+)?$/.test(
            one.claim,
          ),
        );
        expect(counted.filter(one => one.ok === false)).toEqual([]);
        expect(counted.filter(one => one.ok === true).length).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 150 },
    );
  });

  it('from the Word document as from the text', async () => {
    const template = noticeTemplate();
    await fc.assert(
      fc.asyncProperty(meantLedgers(), async meant => {
        const { content } = written(meant, 'internal');
        const bytes = fileOf(fillTemplate(template, 'notice.docx', templateFields(content)));
        const source = await decodeNotice(bytes, '通报.docx');
        const lines = source.lines.map(line => line.text.trim());
        expect(lines.slice(0, noticeLines(content).length)).toEqual(noticeLines(content));
        const fromWord = readNotice(source);
        const fromText = readLines(noticeLines(content));
        const plainly = (parsed: ParsedNotice) =>
          parsed.sections.map(section => [
            section.title,
            section.findings.map(one => [
              one.number,
              one.title,
              one.status,
              one.subFindings.length,
              one.measures.length,
            ]),
          ]);
        expect(plainly(fromWord)).toEqual(plainly(fromText));
        expect(fromWord.claims.map(one => [one.of, one.value])).toEqual(
          fromText.claims.map(one => [one.of, one.value]),
        );
      }),
      { numRuns: 40 },
    );
  });
});
