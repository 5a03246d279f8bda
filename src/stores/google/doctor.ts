import type { Text } from '../../model/text.js';
import type { Admitted } from '../dress.js';
import { StoreError } from '../store.js';
import { sheetUrl } from './address.js';
import { type Client, connect, type GoogleOptions } from './client.js';
import { type Access, accessOf, openToMany, type Stranger, unexpectedAccess } from './sharing.js';
import { KEY } from './spreadsheet.js';

/** One thing that was looked at, and what to do when it does not work. `code`: that of the StoreError, where it was one. */
export type GoogleFinding = {
  readonly ok: boolean;
  readonly what: Text;
  readonly remedy?: Text;
  readonly code?: string;
  /** Of a mirror that could be opened: the ledger whose it says it is. */
  readonly mirrorOf?: string | undefined;
};

/**
 * Everything that a sync with this Google Sheet needs, each tried: key, clock, scopes, API, sharing, rights, and who
 * else can open it. Changes nothing. A failure ends the list, since what comes after depends on it.
 * @param listed who may have access; undefined for a ledger of the office's own: there every named account is its own
 * business, and only links are not
 */
export async function examineGoogle(
  address: string,
  options: GoogleOptions,
  listed: Admitted | undefined,
): Promise<GoogleFinding[]> {
  const findings: GoogleFinding[] = [];
  const warn = (warning: Text): void => {
    findings.push({ ok: false, what: warning });
    options.onWarning?.(warning);
  };
  try {
    const client = await connect(address, { ...options, onWarning: warn }, 'sync');
    const { mirrorOf, ...opened } = await reached(client);
    findings.push(listed === undefined ? opened : { ...opened, mirrorOf });
    findings.push(await rights(client));
    findings.push(...access(await accessOf(client), client, listed));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    findings.push({ ok: false, what: error.text, code: error.code });
  }
  return findings;
}

async function reached(client: Client): Promise<GoogleFinding> {
  const begun = Date.now();
  const answer = await client.caller.ask('read', () =>
    client.sheets.spreadsheets.get({
      spreadsheetId: client.id,
      fields: 'spreadsheetId,properties(title),developerMetadata(metadataKey,metadataValue)',
    }),
  );
  const ms = Date.now() - begun;
  const title = answer.properties?.title ?? client.id;
  const account = client.account ?? '当前登录的 Google 账号';
  const marker = (answer.developerMetadata ?? []).find(one => one.metadataKey === KEY.ledger);
  return {
    ok: true,
    mirrorOf: marker?.metadataValue ?? undefined,
    what: {
      zh: `能用 ${account} 打开 Google 表格“${title}”（${sheetUrl(client.id)}，用时 ${ms} 毫秒）`,
      en: `the Google Sheet "${title}" (${sheetUrl(client.id)}) opens with ${client.account ?? 'the signed-in account'} in ${ms} ms`,
    },
  };
}

async function rights(client: Client): Promise<GoogleFinding> {
  const { capabilities } = await client.caller.ask('drive', () =>
    client.drive.files.get({ fileId: client.id, fields: 'capabilities(canEdit)', supportsAllDrives: true }),
  );
  if (capabilities?.canEdit === true) {
    return { ok: true, what: { zh: '可以写入这张表格', en: 'the sheet can be written' } };
  }
  const account = client.account ?? '当前登录的 Google 账号';
  return {
    ok: false,
    what: { zh: `${account} 只能查看、不能写入这张表格`, en: `${account} may look at the sheet but not write it` },
    remedy: {
      zh: `在表格右上角“共享”中，把 ${account} 的权限改为“编辑者”`,
      en: `make ${account} an editor under Share, top right`,
    },
  };
}

function access(list: readonly Access[], client: Client, listed: Admitted | undefined): GoogleFinding[] {
  const strangers =
    listed === undefined ? openToMany(list) : unexpectedAccess(list, { account: client.account, ...listed });
  if (strangers.length === 0) {
    const names = list.map(one => one.email ?? '').join('、');
    const what =
      listed === undefined
        ? { zh: `能打开这张表格的有：${names}`, en: `these can open it: ${names}` }
        : { zh: `只有名单上的人能打开：${names}`, en: `only listed people can open it: ${names}` };
    return [{ ok: true, what }];
  }
  return strangers.map(one => ({ ok: false, ...strangerText(one) }));
}

/** Who can open the sheet and should not, and how to end it. */
export function strangerText(one: Stranger): { readonly what: Text; readonly remedy: Text } {
  if (one.kind === 'anyone' || one.kind === 'domain') {
    const whoZh = one.kind === 'anyone' ? '知道链接的任何人' : `${one.domain ?? '本单位'} 的所有人`;
    const whoEn = one.kind === 'anyone' ? 'anybody with the link' : `everybody of ${one.domain ?? 'the organisation'}`;
    return {
      what: { zh: `${whoZh}都能打开这张表格`, en: `${whoEn} can open this sheet` },
      remedy: {
        zh: '请立即在表格右上角“共享→常规访问权限”中改为“受限”',
        en: 'set General access to "Restricted" under Share at once',
      },
    };
  }
  const name = one.email ?? one.id;
  if (one.why === 'writes') {
    return {
      what: {
        zh: `${name} 在配置里只能查看（mirror.readers），在表格里却可以编辑`,
        en: `${name} may only look (mirror.readers) but can edit this sheet`,
      },
      remedy: {
        zh: `运行 ledger share ${name} --as reader 改为只读；是审核人的，改写到 mirror.reviewers`,
        en: `run ledger share ${name} --as reader, or list the address in mirror.reviewers`,
      },
    };
  }
  return {
    what: {
      zh: `${name} 能打开这张共享表，但不在配置的名单上`,
      en: `${name} can open this sheet but is not listed in the config`,
    },
    remedy: {
      zh: `确应开放的，把该邮箱写进配置的 mirror.reviewers（审核人）或 mirror.readers（只看）；否则运行 ledger unshare ${name}`,
      en: `list the address in mirror.reviewers or mirror.readers, or run ledger unshare ${name}`,
    },
  };
}
