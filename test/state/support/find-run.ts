/** The fast path alone in a process: what it answers, how long that takes, and which packages it loaded on the way. */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

const loaded: string[] = [];
const { port1, port2 } = new MessageChannel();
port1.on('message', (specifier: string) => loaded.push(specifier));
port1.unref();
const spy = `
  let port;
  export async function initialize(data) { port = data; }
  export async function resolve(specifier, context, next) {
    if (!/^(node:|file:|\\.)/.test(specifier)) port.postMessage(specifier);
    return next(specifier, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(spy)}`, pathToFileURL('./'), {
  data: port2,
  transferList: [port2],
});

const started = performance.now();
const { findRun } = await import('../../../src/sync/run-cache.js');
const [home = '', question = ''] = process.argv.slice(2);
const answer = findRun(home, JSON.parse(question));
const ms = performance.now() - started;
await new Promise(resolve => setTimeout(resolve, 50));
process.stdout.write(JSON.stringify({ answer, packages: loaded, ms }));
