import { closeSync, openSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/*
 * Reading of files that somebody names or that lie where ours should: opening a pipe waits for whoever writes into it, a device
 * may never end, and a file that no program of ours wrote may be larger than the memory.
 */

/** A megabyte, for the limits. */
export const MEGABYTE = 1024 * 1024;

/**
 * What stands in a file's place and is not read. Its `code` is read as that of a system error: `EISDIR` for a folder,
 * `ENOTFILE` for a device, a pipe or a socket, `ETOOLARGE` for what is larger than any such file can be.
 */
export class UnfitFile extends Error {
  readonly code: 'EISDIR' | 'ENOTFILE' | 'ETOOLARGE';
  constructor(code: UnfitFile['code'], path: string) {
    super(`${code}: ${path}`);
    this.name = 'UnfitFile';
    this.code = code;
  }
}

/**
 * The bytes of a file.
 * @param most bytes that a file of this kind has at most
 * @throws UnfitFile, or the system's error
 */
export async function readOrdinary(path: string, most: number): Promise<Buffer> {
  requireFit(await stat(path), path, most);
  return readFile(path);
}

/** The same at once. */
export function readOrdinarySync(path: string, most: number): Buffer {
  requireFit(statSync(path), path, most);
  return readFileSync(path);
}

/** Opens a file for reading, of any size. The caller closes it. @throws UnfitFile, or the system's error */
export function openOrdinarySync(path: string): number {
  requireFit(statSync(path), path, Number.POSITIVE_INFINITY);
  return openSync(path, 'r');
}

/** The first bytes of a file, so many at most; empty when there is no such file or it is none that can be read. */
export function beginningOf(path: string, most: number): string {
  try {
    const file = openOrdinarySync(path);
    try {
      const bytes = Buffer.alloc(most);
      return bytes.subarray(0, readSync(file, bytes)).toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

function requireFit(facts: Stats, path: string, most: number): void {
  if (facts.isDirectory()) throw new UnfitFile('EISDIR', path);
  if (!facts.isFile()) throw new UnfitFile('ENOTFILE', path);
  if (facts.size > most) throw new UnfitFile('ETOOLARGE', path);
}
