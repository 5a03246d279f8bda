// Loaded before the program (`node --import`), to disturb it at the n-th change to the disk, n being LEDGER_DISTURB_AT. A write
// counts twice: before it, and when half of it is written. Without LEDGER_DISTURB_CODE the process ends there with SIGKILL; with
// it (ENOSPC, EROFS …) that change and all later ones fail, as on a disk that is full and stays so; with LEDGER_DISTURB_ONCE that
// one alone. With LEDGER_DISTURB_COUNT nothing happens, and that file says how many moments there were.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const disturbAt = Number(process.env.LEDGER_DISTURB_AT ?? 0);
const code = process.env.LEDGER_DISTURB_CODE;
const once = process.env.LEDGER_DISTURB_ONCE !== undefined;
let moments = 0;

/** Counts; ends the process, or gives the error with which the change is to fail. */
function moment(name, half = () => {}) {
  moments += 1;
  if (disturbAt === 0 || moments < disturbAt || (once && moments > disturbAt)) return undefined;
  if (code === undefined) {
    half();
    process.kill(process.pid, 'SIGKILL');
  }
  // Things can be removed from a full disk.
  if (code === 'ENOSPC' && /^(?:rm|rmdir|unlink|fsync|sync)/.test(name)) return undefined;
  return Object.assign(new Error(`${code}: ${name}`), { code, syscall: name });
}

/** Calls the real function unless there is an error; the error comes in the way of that function. */
function attempt(error, way, real, self, args) {
  if (error === undefined) return real.apply(self, args);
  if (way === 'promise') return Promise.reject(error);
  if (way === 'sync') throw error;
  process.nextTick(args.at(-1), error);
  return undefined;
}

const { writeSync: realWriteSync, openSync: realOpenSync, writeFileSync: realWriteFileSync } = fs;
const firstHalf = data => {
  const bytes = Buffer.from(data);
  return bytes.subarray(0, bytes.length >> 1);
};
const changes = flags => (typeof flags === 'number' ? (flags & 3) !== 0 : flags !== undefined && !/^rs?$/.test(flags));

function before(object, name, way, applies = () => true) {
  const real = object[name];
  object[name] = function (...args) {
    return attempt(applies(...args) ? moment(name) : undefined, way, real, this, args);
  };
}

const single = ['mkdir', 'rename', 'rm', 'rmdir', 'unlink', 'utimes', 'link', 'chmod', 'copyFile', 'truncate'];
for (const name of single) {
  before(fs, name, 'callback');
  before(fs, `${name}Sync`, 'sync');
  before(fs.promises, name, 'promise');
}
for (const name of ['ftruncateSync', 'fsyncSync', 'futimesSync']) before(fs, name, 'sync');
for (const name of ['fsync', 'futimes']) before(fs, name, 'callback');
before(fs, 'open', 'callback', (_path, flags) => changes(flags));
before(fs, 'openSync', 'sync', (_path, flags) => changes(flags));
before(fs.promises, 'open', 'promise', (_path, flags) => changes(flags));

function writing(object, name, way, write) {
  const real = object[name];
  object[name] = function (...args) {
    const error = moment(name) ?? moment(name, () => write(this, ...args));
    return attempt(error, way, real, this, args);
  };
}
const half = (fd, data, offset, length, position) =>
  typeof data === 'string'
    ? realWriteSync(fd, firstHalf(data), undefined, undefined, offset)
    : realWriteSync(fd, data, offset, (length ?? data.length) >> 1, position);
writing(fs, 'writeSync', 'sync', (_, ...args) => half(...args));
writing(fs, 'write', 'callback', (_, ...args) => half(...args));
writing(fs, 'writeFileSync', 'sync', (_, path, data) => realWriteFileSync(path, firstHalf(data)));
writing(fs, 'appendFileSync', 'sync', (_, path, data) => realWriteFileSync(path, firstHalf(data), { flag: 'a' }));
writing(fs.promises, 'writeFile', 'promise', (_, path, data) => realWriteFileSync(path, firstHalf(data)));

// The methods of open files hang on a class that Node does not export.
const probe = await fs.promises.open(process.execPath, 'r');
const FileHandle = Object.getPrototypeOf(probe);
await probe.close();
writing(FileHandle, 'writeFile', 'promise', (file, data) => realWriteSync(file.fd, firstHalf(data)));
writing(FileHandle, 'write', 'promise', (file, data) => realWriteSync(file.fd, firstHalf(data)));
for (const name of ['sync', 'datasync', 'truncate', 'chmod', 'utimes']) before(FileHandle, name, 'promise');

syncBuiltinESMExports();

const report = process.env.LEDGER_DISTURB_COUNT;
if (report !== undefined) {
  process.on('exit', () => {
    const total = String(moments);
    const fd = realOpenSync(report, 'w');
    realWriteSync(fd, total);
  });
}
