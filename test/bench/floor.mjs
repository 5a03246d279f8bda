// The floor: unzip and re-zip the same package with node:zlib, nothing else.
import { readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const [file, out] = process.argv.slice(2);
const bytes = readFileSync(file);
let end = bytes.length - 22;
while (bytes.readUInt32LE(end) !== 0x06054b50) end -= 1;
const count = bytes.readUInt16LE(end + 10);
let at = bytes.readUInt32LE(end + 16);
const parts = [];
for (let n = 0; n < count; n += 1) {
  const method = bytes.readUInt16LE(at + 10);
  const size = bytes.readUInt32LE(at + 20);
  const local = bytes.readUInt32LE(at + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const raw = bytes.subarray(start, start + size);
  parts.push(deflateRawSync(method === 8 ? inflateRawSync(raw) : raw, { level: 6 }));
  at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
}
writeFileSync(out, Buffer.concat(parts));
