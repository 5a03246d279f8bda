import { expect, it } from 'vitest';
import { ledgerWith, placesOf } from '../support/reports.js';

const measure = (text: string) => ledgerWith('序号|反馈问题|整改措施|整改结果', `1|甲|${text}|整改中`);
const filler = (length: number) => '每月组织一次学习'.repeat(5000).slice(0, length);

it('reports a text of exactly 255 characters that does not end', () => {
  expect(placesOf('truncated-text', measure(filler(255)))).toEqual(['warning 整改台账!C2']);
});

it('reports a text at the limit of a cell', () => {
  expect(placesOf('truncated-text', measure(filler(32_767)))).toEqual(['warning 整改台账!C2']);
});

it('leaves 255 characters alone when the sentence ends there', () => {
  expect(placesOf('truncated-text', measure(`${filler(254)}。`))).toEqual([]);
});

it.each([254, 256, 1000])('leaves a text of %i characters alone', length => {
  expect(placesOf('truncated-text', measure(filler(length)))).toEqual([]);
});
