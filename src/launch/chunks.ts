import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/**
 * Compiled code lies beside its source, followed by a checksum over both: V8 itself refuses what another version of it has made or
 * what was made under other flags, but trusts the bytes.
 */
const compiledName = (file: string) => `${file}.compiled`;

export function putCompiled(file: string, code: Buffer): void {
  const sum = Buffer.alloc(SUM);
  sum.writeUInt32LE(sumOf(readFileSync(file), code));
  writeFileSync(compiledName(file), Buffer.concat([code, sum]));
}

/** The compiled code of a script, if there is any and it is whole. */
function compiledOf(file: string, source: Buffer): Buffer | undefined {
  if (!existsSync(compiledName(file))) return undefined;
  const bytes = readFileSync(compiledName(file));
  if (bytes.length <= SUM) return undefined;
  const code = bytes.subarray(0, -SUM);
  return bytes.readUInt32LE(code.length) === sumOf(source, code) ? code : undefined;
}

const SUM = 4;
const sumOf = (source: Buffer, code: Buffer) => crc32(code, crc32(source));

type Exports = Record<string, unknown>;

/**
 * Loads the program's scripts from `folder`, each from the code that V8 compiled when the program was built: a quarter of a
 * small ledger's run was compiling. Without it, or where Node has changed since, they are compiled as ever.
 * `scripts` are those loaded so far, by file.
 */
export function chunksIn(folder: string): { load(name: string): Exports; scripts: ReadonlyMap<string, Script> } {
  const scripts = new Map<string, Script>();
  const loaded = new Map<string, { exports: Exports }>();
  const outside = createRequire(join(folder, 'program.cjs'));
  const load = (name: string): Exports => {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const file = join(folder, name);
    const source = readFileSync(file);
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source.toString()}\n})`, {
      filename: file,
      cachedData: compiledOf(file, source),
    });
    scripts.set(file, script);
    const module = { exports: {} };
    loaded.set(name, module);
    const require = (wanted: string): unknown => (wanted.startsWith('./') ? load(wanted.slice(2)) : outside(wanted));
    script.runInThisContext()(module.exports, require, module, file, folder);
    return module.exports;
  };
  return { load, scripts };
}
