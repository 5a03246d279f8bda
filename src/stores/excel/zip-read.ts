import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { errorCode } from './file-system.js';
import { refuse } from './refusals.js';

/** One entry of a zip file as its directory declares it. */
export type ZipEntry = {
  /** With forward slashes. */
  readonly name: string;
  readonly rawName: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly time: number;
  readonly date: number;
  readonly extra: Buffer;
  readonly comment: Buffer;
  readonly madeBy: number;
  readonly needs: number;
  readonly internalAttributes: number;
  readonly externalAttributes: number;
  /** Extra field of the local header, which may differ from the directory's. */
  readonly localExtra: Buffer;
  /** The compressed bytes, as they are. */
  readonly data: Buffer;
};

export type Zip = { readonly path: string; readonly entries: readonly ZipEntry[]; readonly comment: Buffer };

const MEBI = 1024 * 1024;
/** An entry that unpacks to more than this is refused when it unpacks to over `MAX_RATIO` times its compressed size. */
const RATIO_APPLIES_ABOVE = 10 * MEBI;
/** Among 2,520 public workbooks the highest ratio of an entry over 1 MB was 121, in a stress file; the next was 27. */
const MAX_RATIO = 200;
/** All entries together. A ledger of 100,000 rows unpacks to about 0.15 GB. */
const MAX_TOTAL = 2048 * MEBI;
const MAX_ENTRIES = 20_000;

const STORED = 0;
const DEFLATED = 8;

/**
 * The directory of a zip file, checked before anything is unpacked: sizes, ratios, names, overlaps.
 * @throws StoreError with the code of what is wrong.
 */
export async function openZip(bytes: Buffer, path: string): Promise<Zip> {
  const zip = await readDirectory(bytes, path);
  checkSizes(zip);
  checkNames(zip);
  return zip;
}

async function readDirectory(bytes: Buffer, path: string): Promise<Zip> {
  const entries: ZipEntry[] = [];
  let twoNames: string | undefined;
  const extents: { start: number; end: number }[] = [];
  let comment = Buffer.alloc(0);
  try {
    const zipFile = await fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: false });
    if (zipFile.entryCount > MAX_ENTRIES) throw refuse('too-many-parts', path, String(zipFile.entryCount));
    comment = Buffer.from(zipFile.comment, 'utf8');
    for await (const entry of zipFile.eachEntry()) {
      if (entry.isEncrypted()) throw refuse('encrypted-zip', path, entry.fileName);
      if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
        throw refuse('unknown-compression', path, entry.fileName);
      }
      const local = entry.relativeOffsetOfLocalHeader;
      if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x04034b50) {
        throw refuse('damaged-zip', path, entry.fileName);
      }
      const nameLength = bytes.readUInt16LE(local + 26);
      const start = local + 30 + nameLength + bytes.readUInt16LE(local + 28);
      const end = start + entry.compressedSize;
      if (end > bytes.length) throw refuse('truncated', path, entry.fileName);
      if (!bytes.subarray(local + 30, local + 30 + nameLength).equals(entry.fileNameRaw)) twoNames ??= entry.fileName;
      extents.push({ start: local, end });
      entries.push({
        name: entry.fileName,
        rawName: entry.fileNameRaw,
        method: entry.compressionMethod,
        flags: entry.generalPurposeBitFlag,
        crc: entry.crc32 >>> 0,
        compressedSize: entry.compressedSize,
        size: entry.uncompressedSize,
        time: entry.lastModFileTime,
        date: entry.lastModFileDate,
        extra: entry.extraFieldRaw,
        comment: entry.fileCommentRaw,
        madeBy: entry.versionMadeBy,
        needs: entry.versionNeededToExtract,
        internalAttributes: entry.internalFileAttributes,
        externalAttributes: entry.externalFileAttributes,
        localExtra: bytes.subarray(local + 30 + nameLength, start),
        data: bytes.subarray(start, end),
      });
    }
  } catch (error) {
    throw zipFault(error, bytes, path);
  }
  extents.sort((a, b) => a.start - b.start);
  let reached = 0;
  for (const extent of extents) {
    if (extent.start < reached) throw refuse('overlapping-entry', path);
    reached = extent.end;
  }
  if (twoNames !== undefined) throw refuse('damaged-zip', path, twoNames);
  return { path, entries, comment };
}

/** yauzl reports by sentence only; these are the ones that mean something other than "damaged". */
function zipFault(error: unknown, bytes: Buffer, path: string): unknown {
  if (!(error instanceof Error) || error.name === 'StoreError') return error;
  if (/relative path|absolute path|invalid characters in fileName/.test(error.message)) {
    return refuse('path-entry', path, undefined, error);
  }
  if (/strong encryption/.test(error.message)) return refuse('encrypted-zip', path, undefined, error);
  const endRecord = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  return refuse(endRecord < 0 ? 'truncated' : 'damaged-zip', path, undefined, error);
}

function checkSizes(zip: Zip): void {
  let total = 0;
  for (const entry of zip.entries) {
    total += entry.size;
    const absurd = entry.size > RATIO_APPLIES_ABOVE && entry.size > entry.compressedSize * MAX_RATIO;
    if (absurd || total > MAX_TOTAL) throw refuse('zip-bomb', zip.path, entry.name);
    if (entry.method === STORED && entry.size !== entry.compressedSize)
      throw refuse('damaged-zip', zip.path, entry.name);
  }
}

function checkNames(zip: Zip): void {
  const seen = new Set<string>();
  for (const { name } of zip.entries) {
    if (name.split('/').some(step => step === '..' || step === '.') || name.startsWith('/') || name.includes('\0')) {
      throw refuse('path-entry', zip.path, name);
    }
    // Part names are the same when they differ by case only (ECMA-376 part 2, 6.2.2.3).
    const key = name.toLowerCase();
    if (seen.has(key)) throw refuse('duplicate-entry', zip.path, name);
    seen.add(key);
  }
}

/**
 * The content of an entry, its size and checksum verified.
 * @throws StoreError `wrong-crc` or `damaged-zip`.
 */
export function unpack(entry: ZipEntry, path: string): Buffer {
  const content = entry.method === STORED ? entry.data : inflate(entry, path);
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw refuse('wrong-crc', path, entry.name);
  return content;
}

function inflate(entry: ZipEntry, path: string): Buffer {
  if (entry.size === 0 && entry.compressedSize === 0) return Buffer.alloc(0);
  try {
    // One byte more than promised is enough to find a directory that lies, and bounds the memory. One chunk for all of it:
    // zlib would otherwise gather thousands and copy them together.
    const room = entry.size + 1;
    return inflateRawSync(entry.data, { maxOutputLength: room, chunkSize: Math.max(64, room) });
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw refuse('zip-bomb', path, entry.name, error);
    throw refuse('wrong-crc', path, entry.name, error);
  }
}

/** Entries above this are checked piece by piece: a second copy of a large sheet would cost too much memory. */
const IN_PIECES_ABOVE = 128 * MEBI;
const PIECE = MEBI;

/**
 * Whether an entry unpacks to what its checksum promises, and to `wanted` when that is given.
 * @throws StoreError `wrong-crc` or `damaged-zip` when it does not unpack rightly.
 */
export async function unpacksTo(entry: ZipEntry, path: string, wanted: Uint8Array | undefined): Promise<boolean> {
  if (entry.method === STORED || entry.size < IN_PIECES_ABOVE) {
    const content = unpack(entry, path);
    return wanted === undefined || content.equals(wanted);
  }
  let checksum = 0;
  let length = 0;
  let equal = true;
  const inflater = createInflateRaw({ chunkSize: PIECE });
  inflater.end(entry.data);
  try {
    for await (const piece of inflater) {
      if (!Buffer.isBuffer(piece)) throw new Error('pieces are buffers');
      checksum = crc32(piece, checksum);
      if (wanted !== undefined && !piece.equals(wanted.subarray(length, length + piece.length))) equal = false;
      length += piece.length;
      if (length > entry.size) break;
    }
  } catch (error) {
    throw refuse('wrong-crc', path, entry.name, error);
  }
  if (length !== entry.size || checksum !== entry.crc) throw refuse('wrong-crc', path, entry.name);
  return equal && (wanted === undefined || wanted.length === length);
}
