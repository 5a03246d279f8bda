import { refuse } from './refusals.js';

/**
 * Says what a file is that is no zip, judged by its first bytes, not by its name.
 * @throws StoreError always when the file cannot be a workbook; returns when it begins like a zip.
 */
export function refuseWhatIsNoZip(bytes: Buffer, path: string): void {
  if (bytes.length === 0) throw refuse('empty-file', path);
  if (bytes.subarray(0, 4).equals(ZIP)) return;
  if (bytes.subarray(0, 8).equals(COMPOUND_FILE)) throw compoundFile(bytes, path);
  // BIFF2 to BIFF4 had no container: the file begins with a BOF record.
  if (bytes[0] === 0x09 && (bytes[1] ?? 0xff) <= 0x04 && bytes[1] !== 0x01 && bytes[3] === 0x00)
    throw refuse('old-xls', path);
  const start = textStart(bytes);
  if (start === undefined) throw refuse(allZero(bytes) ? 'truncated' : 'not-a-workbook', path);
  if (/urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet"/.test(start)) throw refuse('xml-2003', path);
  if (/^\s*(<!doctype\s+html|<html|<head|<meta|<body|<table|<div|<style|<script)/i.test(start))
    throw refuse('html-page', path);
  if (/<html[\s>]/i.test(start)) throw refuse('html-page', path);
  throw refuse('text-file', path);
}

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const COMPOUND_FILE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** Old .xls and encrypted workbooks share a container; names of its streams are UTF-16. */
function compoundFile(bytes: Buffer, path: string): Error {
  const holds = (stream: string): boolean => bytes.includes(Buffer.from(stream, 'utf16le'));
  if (holds('DRMEncryptedDataSpace') || holds('DRMEncryptedTransform') || holds('DRMContent'))
    return refuse('irm', path);
  if (holds('EncryptedPackage')) return refuse('encrypted', path);
  if (holds('Workbook') || holds('Book')) return refuse('old-xls', path);
  return refuse('other-office', path);
}

/** The first characters when the file looks like text (UTF-8, UTF-16 or GBK), else undefined. */
function textStart(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 4096);
  if (head[0] === 0xff && head[1] === 0xfe)
    return head.subarray(2, head.length - (head.length % 2)).toString('utf16le');
  if (head[0] === 0xfe && head[1] === 0xff) return head.toString('latin1').replaceAll('\0', '');
  for (const byte of head) {
    // 0xff stands in no text of UTF-8 or GBK.
    if (byte === 0xff || byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) return undefined;
  }
  return head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
}

function allZero(bytes: Buffer): boolean {
  return bytes.subarray(0, 4096).every(byte => byte === 0);
}
