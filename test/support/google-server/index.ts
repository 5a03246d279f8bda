import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleServer } from './server.js';

export type { Book } from './book.js';
export { Person } from './people.js';
export { type Call, type Fault, GoogleServer } from './server.js';

/** The program's account, the person who made the sheet, and a reviewer; none of them exists. */
export const ROBOT = 'ledger@project-example.iam.gserviceaccount.com';
export const OFFICE = 'office@example.org';
export const REVIEWER = 'reviewer@example.org';

/** A clock on which waiting takes no time. */
export class TestClock {
  private time = Date.now();
  /** Everything that was waited, in milliseconds. */
  readonly waits: number[] = [];
  readonly now = (): number => this.time;
  readonly random = (): number => 0.5;
  readonly sleep = async (ms: number): Promise<void> => {
    this.waits.push(ms);
    this.time += ms;
  };
}

export type TestGoogle = {
  readonly server: GoogleServer;
  readonly clock: TestClock;
  /** Options with which a store or the sharing module reaches the server. */
  readonly options: {
    readonly auth: 'service-account';
    readonly keyFile: string;
    readonly apiRoot: string;
    readonly clock: TestClock;
  };
  readonly folder: string;
  stop(): Promise<void>;
};

let keys: { privateKey: string } | undefined;

/** A running server and a service account whose key was made just now. */
export async function startGoogle(): Promise<TestGoogle> {
  const server = await new GoogleServer().start();
  const clock = new TestClock();
  server.now = clock.now;
  const folder = mkdtempSync(join(tmpdir(), 'ledger-google-'));
  keys ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const keyFile = join(folder, 'key.json');
  const key = { type: 'service_account', client_email: ROBOT, private_key: keys.privateKey, private_key_id: 'k1' };
  writeFileSync(keyFile, JSON.stringify(key), { mode: 0o600 });
  return {
    server,
    clock,
    options: { auth: 'service-account', keyFile, apiRoot: server.root, clock },
    folder,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
