import { z } from 'zod';
import type { Admitted } from '../dress.js';
import { StoreError } from '../store.js';
import { sheetUrl } from './address.js';
import { type Client, connect, type GoogleOptions } from './client.js';
import { storeError } from './explanations.js';
import { failureOf } from './failures.js';
import { KEY } from './spreadsheet.js';

/** Somebody who can open the sheet. */
export type Access = {
  /** Drive's id of the permission. */
  readonly id: string;
  /** `anyone`: whoever has the link; `domain`: everybody of an organisation. */
  readonly kind: 'user' | 'group' | 'domain' | 'anyone';
  readonly role: 'owner' | 'writer' | 'commenter' | 'reader';
  readonly email: string | undefined;
  /** The organisation, for kind `domain`. */
  readonly domain: string | undefined;
};

/** reviewer: may write the open columns, the rest is protected. reader: may look. */
export type ShareRole = 'reviewer' | 'reader';

const KINDS = ['user', 'group', 'domain', 'anyone'] as const;
const ROLES = ['owner', 'writer', 'commenter', 'reader'] as const;
const FIELDS = 'nextPageToken,permissions(id,type,role,emailAddress,domain,deleted)';

/** Everybody who can open the sheet. @throws StoreError */
export async function listAccess(address: string, options: GoogleOptions): Promise<Access[]> {
  return accessOf(await connect(address, options, 'sync'));
}

export async function accessOf(client: Client): Promise<Access[]> {
  const out: Access[] = [];
  let pageToken: string | undefined;
  do {
    const page: { readonly pageToken?: string } = pageToken === undefined ? {} : { pageToken };
    const answer = await client.caller.ask('drive', () =>
      client.drive.permissions.list({
        fileId: client.id,
        fields: FIELDS,
        pageSize: 100,
        supportsAllDrives: true,
        ...page,
      }),
    );
    for (const one of answer.permissions ?? []) {
      const kind = KINDS.find(known => known === one.type);
      // Roles of shared drives (organizer, fileOrganizer) may at least write.
      const role = ROLES.find(known => known === one.role) ?? 'writer';
      if (kind === undefined || one.deleted === true) continue;
      out.push({ id: one.id ?? '', kind, role, email: one.emailAddress ?? undefined, domain: one.domain ?? undefined });
    }
    pageToken = answer.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return out;
}

/** Access that should not be. `writes`: a listed reader who can write. */
export type Stranger = Access & { readonly why: 'unlisted' | 'writes' };

/** Links and organisation-wide grants, whoever made them. */
export function openToMany(list: readonly Access[]): Stranger[] {
  return list.flatMap(one => (one.kind === 'anyone' || one.kind === 'domain' ? [{ ...one, why: 'unlisted' }] : []));
}

/**
 * Those who have access and should not: whoever is not the owner, the program's own account or on the list, a reader who
 * may write, and every link or organisation-wide grant.
 */
export function unexpectedAccess(
  list: readonly Access[],
  { account, reviewers, readers }: Admitted & { readonly account: string | undefined },
): Stranger[] {
  const lower = (emails: readonly string[]) => new Set(emails.map(email => email.toLowerCase()));
  const writing = lower([account ?? '', ...reviewers]);
  const reading = lower(readers);
  return list.flatMap((one): Stranger[] => {
    if (one.kind === 'anyone' || one.kind === 'domain') return [{ ...one, why: 'unlisted' }];
    const email = one.email?.toLowerCase() ?? '';
    if (one.role === 'owner' || writing.has(email)) return [];
    if (!reading.has(email)) return [{ ...one, why: 'unlisted' }];
    return one.role === 'writer' ? [{ ...one, why: 'writes' }] : [];
  });
}

/**
 * Lets a named account in; never a link. A reviewer is let in only once the columns that are not his are protected.
 * @throws StoreError `bad-email`, `not-protected-yet`, or what Google refuses with.
 */
export async function shareWith(
  address: string,
  options: GoogleOptions,
  email: string,
  as: ShareRole,
): Promise<Access> {
  if (!z.email().safeParse(email).success) throw notAnAddress(email);
  const client = await connect(address, options, 'share');
  if (as === 'reviewer' && !(await isProtected(client))) throw notProtected();
  const role = as === 'reviewer' ? 'writer' : 'reader';
  const present = (await accessOf(client)).find(one => one.email?.toLowerCase() === email.toLowerCase());
  if (present?.role === role) return present;
  if (present !== undefined && present.role !== 'owner') {
    // Changing a role in place keeps what the account has starred and opened.
    await client.caller.ask('drive', () =>
      client.drive.permissions.update({
        fileId: client.id,
        permissionId: present.id,
        supportsAllDrives: true,
        fields: 'id',
        requestBody: { role },
      }),
    );
    return { ...present, role };
  }
  if (present !== undefined) return present;
  // Asked twice, Drive keeps one permission an account: repeating after a lost answer is safe.
  const made = await client.caller.ask('drive', () =>
    client.drive.permissions.create({
      fileId: client.id,
      sendNotificationEmail: false,
      supportsAllDrives: true,
      fields: 'id',
      requestBody: { type: 'user', role, emailAddress: email },
    }),
  );
  return { id: made.id ?? '', kind: 'user', role, email, domain: undefined };
}

/**
 * Takes an account's access away. The owner's cannot be taken.
 * @returns false when the account had none.
 */
export async function unshare(address: string, options: GoogleOptions, email: string): Promise<boolean> {
  const client = await connect(address, options, 'share');
  const present = (await accessOf(client)).find(one => one.email?.toLowerCase() === email.toLowerCase());
  if (present === undefined) return false;
  if (present.role === 'owner') {
    throw new StoreError(2, 'is-owner', {
      zh: `${email} 是这张表格的所有者，不能取消。请先在浏览器中把所有权转给他人。`,
      en: `${email} owns this sheet and cannot be removed. Transfer the ownership in the browser first.`,
    });
  }
  try {
    await client.drive.permissions.delete({ fileId: client.id, permissionId: present.id, supportsAllDrives: true });
    client.caller.count.drive++;
  } catch (cause) {
    const failure = failureOf(cause);
    // Deleting gives no body to look at; whether it is gone is asked, not guessed.
    const still = (await accessOf(client)).some(one => one.id === present.id);
    if (still) throw storeError(failure, client.caller.asker, cause);
  }
  return true;
}

/**
 * A new, empty sheet in the person's own Drive. A service account owns no storage and cannot make one.
 * @throws StoreError `needs-a-person`, with what a person has to do instead.
 */
export async function createSheet(options: GoogleOptions, title: string): Promise<{ address: string; url: string }> {
  if (options.auth === 'service-account') {
    throw new StoreError(4, 'needs-a-person', {
      zh: '服务账号不能新建表格。请由工作人员在浏览器打开 https://sheets.new 新建一张空表，在“共享”中加上服务账号的邮箱（密钥文件中的 client_email），权限选“编辑者”，再把网址填进设置 mirror.to。',
      en: 'A service account cannot create a sheet. Let a person open https://sheets.new, share the empty sheet with the service account (client_email in the key file) as editor, and put its URL into mirror.to.',
    });
  }
  const client = await connect(`google:${'0'.repeat(20)}`, options, 'create');
  // Not repeated after a lost answer: that could make two. The person would see an empty sheet too many, no more.
  try {
    client.caller.count.drive++;
    const { data } = await client.drive.files.create({
      fields: 'id',
      requestBody: { name: title, mimeType: 'application/vnd.google-apps.spreadsheet' },
    });
    const id = data.id ?? '';
    return { address: `google:${id}`, url: sheetUrl(id) };
  } catch (cause) {
    throw storeError(failureOf(cause), client.caller.asker, cause);
  }
}

async function isProtected(client: Client): Promise<boolean> {
  const answer = await client.caller.ask('read', () =>
    client.sheets.spreadsheets.get({
      spreadsheetId: client.id,
      fields:
        'sheets(properties(sheetId),developerMetadata(metadataKey,metadataValue),protectedRanges(protectedRangeId))',
    }),
  );
  return (answer.sheets ?? []).some(
    sheet =>
      (sheet.protectedRanges ?? []).length > 0 &&
      (sheet.developerMetadata ?? []).some(
        one => one.metadataKey === KEY.role && one.metadataValue === `mirror ${sheet.properties?.sheetId ?? 0}`,
      ),
  );
}

function notAnAddress(email: string): StoreError {
  return new StoreError(2, 'bad-email', {
    zh: `“${email}”不是邮箱地址。请写对方 Google 账号的完整邮箱，如 name@example.org。`,
    en: `"${email}" is no e-mail address. Give the full address of the person's Google account, such as name@example.org.`,
  });
}

function notProtected(): StoreError {
  return new StoreError(3, 'not-protected-yet', {
    zh: '共享表还没有设好保护，现在开放给审核方，对方会能改动所有栏。请先运行一次 ledger sync，再共享。',
    en: 'The mirror is not protected yet; a reviewer could change every column. Run ledger sync once, then share.',
  });
}
