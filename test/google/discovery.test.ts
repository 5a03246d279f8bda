import { describe, expect, it } from 'vitest';
import { DiscoveryCheck } from '../support/google-server/discovery.js';
import { parseMask, project } from '../support/google-server/mask.js';

const check = DiscoveryCheck.ifPresent();
const url = (path: string) => new URL(path, 'http://127.0.0.1');

describe.skipIf(check === undefined)('requests held against Google’s own description', () => {
  const faults = (method: string, path: string, body?: unknown) => check?.faults(method, url(path), body) ?? [];

  it('takes a sound request', () => {
    const body = {
      requests: [{ updateCells: { start: { rowIndex: 1 }, fields: 'userEnteredValue', rows: [] } }],
    };
    expect(faults('POST', '/v4/spreadsheets/abc:batchUpdate?fields=spreadsheetId', body)).toEqual([]);
    expect(faults('GET', '/v4/spreadsheets/abc?fields=sheets(properties.title,data.rowData.values.note)')).toEqual([]);
    expect(faults('GET', '/drive/v3/files/abc/permissions?fields=permissions(id,role)')).toEqual([]);
  });

  it('finds an unknown field, a wrong mask, a missing mask, a wrong kind and a wrong parameter', () => {
    const post = (request: unknown) => faults('POST', '/v4/spreadsheets/abc:batchUpdate', { requests: [request] });
    expect(post({ updateCells: { strat: {}, fields: 'note' } })).toHaveLength(1);
    expect(post({ updateCells: { fields: 'userEnteredVaule' } })).toHaveLength(1);
    expect(post({ updateCells: { rows: [] } })).toHaveLength(1);
    expect(post({ appendDimension: { dimension: 'ROW', length: 1 } })).toHaveLength(1);
    expect(post({ appendDimension: { length: 1.5 } })).toHaveLength(1);
    expect(post({ appendDimension: {}, deleteSheet: {} })).toHaveLength(1);
    expect(faults('GET', '/v4/spreadsheets/abc?field=x')).toHaveLength(1);
    expect(faults('GET', '/v4/spreadsheets/abc?fields=sheets.titel')).toHaveLength(1);
    expect(faults('GET', '/v4/spreadsheet/abc')).toHaveLength(1);
  });
});

describe('field masks', () => {
  it('let through what they name and nothing else', () => {
    const value = { a: 1, b: { c: 2, d: [{ e: 3, f: 4 }] }, g: 5 };
    expect(project(value, parseMask('a,b(d(e))'))).toEqual({ a: 1, b: { d: [{ e: 3 }] } });
    expect(project(value, parseMask('b.c,b/d/f'))).toEqual({ b: { c: 2, d: [{ f: 4 }] } });
    expect(() => parseMask('a(b')).toThrow();
  });
});
