import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPrivate, maskPrivate } from '../../src/read/typed/private.js';

const kinds = (text: string) => findPrivate(text).map(found => found.kind);

describe('personal data in a text', () => {
  it.each([
    ['联系电话：13000000000', 'mobile'],
    ['电话１３８００１３８０００', 'mobile'],
    ['+86 138-0013-8000', 'mobile'],
    ['身份证11010519491231002X', 'id-number'],
    ['卡号 6222 0000 0000 0009 已退', 'bank-card'],
    ['发到 zhang_san@163.com。', 'mailbox'],
    ['邮箱：abc@vip.qq.com', 'mailbox'],
  ] as const)('finds it in %s', (text, kind) => expect(kinds(text)).toEqual([kind]));

  it.each([
    '票据号：13800138000',
    '文号 13800138000',
    '统一社会信用代码91430600MA4L12345X',
    '信用代码 914306001380013800',
    '0730-8812345',
    '办公邮箱：office@example.org，xunchaban@yz.gov.cn',
    '身份证11010519491231002１错一位：110105194912310020',
    '追缴13800138000.50元',
    '订单A13800138000',
    '卡号6222000000000000（校验位不对）',
    '2023年7月28日反馈13个问题，追缴521993.5元',
  ])('leaves alone: %s', text => expect(findPrivate(text)).toEqual([]));

  it('masks what it finds and nothing else', () => {
    expect(maskPrivate('请拨13000000000或发a1@qq.com，票据号13800138000')).toBe(
      '请拨130****0000或发a****@qq.com，票据号13800138000',
    );
    expect(maskPrivate('13800138000@163.com')).not.toContain('13800138000');
    expect(maskPrivate('请拨13000000000或发a1@qq.com', ['mailbox'])).toBe('请拨13000000000或发a****@qq.com');
  });

  it('leaves nothing to find after masking, whatever surrounds it', () => {
    const piece = fc.constantFrom(
      '13000000000',
      '11010519491231002X',
      '6222000000000009',
      'zhang@163.com',
      '整改',
      '，',
      ' ',
      '票据号',
      '5',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        expect(findPrivate(maskPrivate(pieces.join('')))).toEqual([]);
      }),
    );
  });
});
