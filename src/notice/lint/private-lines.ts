import { type Text, text } from '../../model/text.js';
import { findPrivate, maskedPart, type PrivateKind } from '../../read/typed/private.js';
import { type Linting, type Remark, remark } from './linting.js';

const kinds: { readonly [K in PrivateKind]: Text } = {
  mobile: text('手机号', 'a mobile number'),
  'id-number': text('身份证号', 'an ID number'),
  'bank-card': text('银行卡号', 'a bank card number'),
  mailbox: text('私人邮箱', 'a private mailbox'),
};

/** Personal data anywhere in the text, the contact lines above all. Landlines and a body's own mailbox are fine. */
export function* privateLines(linting: Linting): Iterable<Remark> {
  for (const line of linting.source.lines) {
    for (const part of findPrivate(line.text)) {
      const name = kinds[part.kind];
      const shown = maskedPart(part);
      yield remark(linting, 'private-data', 'error', `${line.number}|${part.offset}`, {
        line: line.number,
        words: part.text,
        found: shown,
        message: text(`要公开的文字里有${name.zh}（${shown}）`, `the text to be published holds ${name.en} (${shown})`),
        remedy: text('删去；联系方式写单位电话和单位邮箱', 'take it out; give the office’s telephone and mailbox'),
      });
    }
  }
}
