import type { drive_v3 } from '@googleapis/drive';
import type { sheets_v4 } from '@googleapis/sheets';
import type { Text } from '../../model/text.js';
import { apiRoot, oauthEndpoints, spreadsheetId } from './address.js';
import { type Credentials, credentials, type Purpose, type SignIn } from './auth.js';
import { Caller, type Clock, type Limits, PATIENCE, realClock } from './calls.js';

export type GoogleOptions = SignIn & {
  /** Another host for Sheets and Drive. */
  readonly apiRoot?: string | undefined;
  /** Told while the program waits for the service. */
  readonly onWait?: (text: Text) => void;
  /** Told once about a key that others can read, and the like. */
  readonly onWarning?: (text: Text) => void;
  readonly clock?: Clock;
  /** Time limit of one call, in milliseconds; that of the limits unless given. */
  readonly timeoutMs?: number;
  /** How long a call is tried for; PATIENCE unless given. */
  readonly limits?: Limits;
};

/** Both services, signed in, with one counter of calls. */
export type Client = {
  readonly id: string;
  readonly sheets: sheets_v4.Sheets;
  readonly drive: drive_v3.Drive;
  readonly caller: Caller;
  readonly account: string | undefined;
  readonly kind: Credentials['kind'];
};

/**
 * Signs in and makes the clients; no call is made yet. Google's packages are loaded here, not at start-up.
 * @throws StoreError when there are no usable credentials or the address is none.
 */
export async function connect(address: string, options: GoogleOptions, purpose: Purpose): Promise<Client> {
  const id = spreadsheetId(address);
  const root = options.apiRoot === undefined ? undefined : apiRoot(options.apiRoot);
  const [{ sheets }, { drive }, signedIn] = await Promise.all([
    import('@googleapis/sheets'),
    import('@googleapis/drive'),
    credentials(options, purpose, oauthEndpoints(options.apiRoot)?.tokenUrl),
  ]);
  for (const warning of signedIn.warnings) options.onWarning?.(warning);
  const limits = options.limits ?? PATIENCE;
  const common = {
    auth: signedIn.auth,
    timeout: options.timeoutMs ?? limits.timeoutMs,
    // Retrying is done by Caller, which knows what may be repeated.
    retry: false,
    // The client would send even 127.0.0.1 through HTTPS_PROXY.
    noProxy: ['127.0.0.1', 'localhost', '[::1]'],
    // Unless told so, the service indents its answers for people to read: of a long ledger that is half of the bytes.
    params: { prettyPrint: false },
    ...(root === undefined ? {} : { rootUrl: root.url }),
  };
  const asker = { account: signedIn.account, kind: signedIn.kind, address: `google:${id}` };
  const caller = new Caller(asker, options.clock ?? realClock, options.onWait ?? (() => undefined), limits);
  signedIn.onToken?.(() => caller.count.signIn++);
  return {
    id,
    sheets: sheets({ version: 'v4', ...common }),
    drive: drive({ version: 'v3', ...common }),
    caller,
    account: signedIn.account,
    kind: signedIn.kind,
  };
}
