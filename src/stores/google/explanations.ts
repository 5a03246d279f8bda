import { type Text, text } from '../../model/text.js';
import { StoreError } from '../store.js';
import { type Asker, CERTIFICATE, type Failure, verdictOf } from './failures.js';

/** A signed token is taken within five minutes of the service's own clock. */
const CLOCK_TOLERANCE_MS = 300_000;

type Explanation = {
  readonly code: string;
  readonly when: (failure: Failure, asker: Asker) => boolean;
  readonly say: (failure: Failure, asker: Asker) => Text;
};

/** The first that fits is said. Reasons before status codes: the service uses 403 for half a dozen things. */
const explanations: readonly Explanation[] = [
  {
    code: 'consent-expired',
    when: ({ reason }, { kind }) => reason === 'invalid_grant' && kind === 'oauth',
    say: () => ({
      zh: 'Google 登录已失效。请在终端中运行 ledger doctor，按提示重新登录；如果每 7 天失效一次，请把 Google 云控制台“OAuth 同意屏幕”的发布状态由“测试”改为“正式”。',
      en: 'The Google sign-in has expired. Run ledger doctor in a terminal and sign in again; if that happens every 7 days, set the OAuth consent screen in the Google Cloud console from "Testing" to "In production".',
    }),
  },
  {
    code: 'consent-denied',
    when: ({ reason }) => ['access_denied', 'org_internal', 'admin_policy_enforced'].includes(reason),
    say: () => ({
      zh: 'Google 拒绝了登录授权。同意屏幕处于“测试”状态时，请先在 Google 云控制台把该账号加入“测试用户”；单位管理员限制时请联系管理员。',
      en: 'Google denied the sign-in. While the consent screen is in "Testing", add the account to its test users in the Google Cloud console; if an administrator restricts it, ask the administrator.',
    }),
  },
  {
    code: 'bad-key',
    when: ({ reason }) => /^(?:invalid_grant|(?:invalid|unauthorized|deleted|disabled)_client)$/.test(reason),
    say: ({ reason }) => ({
      zh: `Google 不接受这个密钥（${reason}）。请在 Google 云控制台重新生成密钥文件，并在设置中换成新文件。`,
      en: `Google does not accept this key (${reason}). Create a new key file in the Google Cloud console and use it in the settings.`,
    }),
  },
  {
    code: 'clock-skew',
    when: failure => failure.status === 401 && Math.abs(skewOf(failure)) > CLOCK_TOLERANCE_MS,
    say: failure => {
      const skew = skewOf(failure);
      const minutes = Math.round(Math.abs(skew) / 60_000);
      return {
        zh: `这台电脑的时间比 Google 的${skew > 0 ? '快' : '慢'}约 ${minutes} 分钟，登录因此不被接受。请校准电脑的日期、时间和时区（打开“自动设置时间”）后再试。`,
        en: `This computer's clock is about ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} Google's, so the sign-in is not accepted. Set date, time and zone right (turn on automatic time) and try again.`,
      };
    },
  },
  {
    code: 'not-signed-in',
    when: ({ status }) => status === 401,
    say: () => ({
      zh: '登录信息不被接受，密钥可能已被删除或停用。请在 Google 云控制台重新生成密钥文件，或重新登录。',
      en: 'The sign-in was not accepted; the key may have been deleted or disabled. Create a new key file in the Google Cloud console, or sign in again.',
    }),
  },
  {
    code: 'api-disabled',
    when: ({ reason, message }) =>
      ['SERVICE_DISABLED', 'accessNotConfigured', 'CONSUMER_INVALID'].includes(reason) ||
      /has not been used in project|cannot be used for API calls/i.test(message),
    say: () => ({
      zh: '密钥所在的 Google 云项目没有启用接口。请在 Google 云控制台“API 和服务”中启用 Google Sheets API 和 Google Drive API，几分钟后再试。',
      en: 'The API is not enabled in the Google Cloud project of the key. Enable Google Sheets API and Google Drive API under "APIs & Services" and try again in a few minutes.',
    }),
  },
  {
    code: 'wrong-scope',
    when: ({ reason, message }) =>
      ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'insufficientPermissions'].includes(reason) ||
      /insufficient authentication scopes/i.test(message),
    say: (_failure, { kind }) =>
      kind === 'oauth'
        ? {
            zh: '登录时授予的权限不够。请重新登录，并在授权页面勾选“查看、修改表格”。',
            en: 'The permission granted at sign-in is not enough. Sign in again and tick "see and edit spreadsheets" on the consent page.',
          }
        : {
            zh: '这个服务账号的权限不够。请让单位的 Google 管理员放行表格（spreadsheets）和云端硬盘（drive）的权限范围，再试一次。',
            en: 'The permission of this service account is not enough. Let the Google administrator allow the scopes of Sheets and Drive and try again.',
          },
  },
  {
    code: 'storage-quota',
    when: ({ reason, message }) => /storageQuotaExceeded/i.test(reason) || /storage quota/i.test(message),
    say: (_failure, { kind }) =>
      kind === 'oauth'
        ? {
            zh: '当前登录账号的 Google 云端硬盘空间已满，不能新建或写入表格。请清理云端硬盘，或换一个账号。',
            en: 'The Drive of the signed-in account is full, so no sheet can be made or written. Free some space, or use another account.',
          }
        : {
            zh: '服务账号没有存储空间，不能新建表格。请由工作人员在浏览器中新建一张 Google 表格，共享给该服务账号（权限选“编辑者”），再把网址填进设置。',
            en: 'A service account owns no storage and cannot create a sheet. Let a person create a Google Sheet, share it with the service account as editor, and put its URL into the settings.',
          },
  },
  {
    code: 'sharing-limit',
    when: ({ reason }) => reason === 'sharingRateLimitExceeded',
    say: () => ({
      zh: 'Google 提示共享操作太多，暂时不能再添加人。请过一天再试，或由表格所有者在浏览器“共享”中添加。',
      en: 'Google says there was too much sharing; nobody can be added for now. Try again in a day, or let the owner add the person in the browser.',
    }),
  },
  {
    code: 'daily-quota',
    when: ({ reason }) => reason === 'dailyLimitExceeded',
    say: () => ({
      zh: '今天的 Google 接口用量已到上限，写入没有进行。请明天再运行，或在 Google 云控制台“配额”中调高。',
      en: 'The daily limit of the Google API is reached. Run again tomorrow, or raise it under "Quotas" in the Google Cloud console.',
    }),
  },
  {
    code: 'quota',
    when: failure => verdictOf(failure) === 'throttled',
    say: ({ retryAfterSeconds = 0, waited }) => {
      const minutes = Math.ceil(retryAfterSeconds / 60);
      const tried = waited === true ? text('，等待之后仍未恢复', ', and waiting did not help') : text('', '');
      const when =
        minutes > 1 ? text(`${minutes} 分钟后`, `in ${minutes} minutes`) : text('过几分钟', 'in a few minutes');
      return text(
        `Google 提示访问过于频繁${tried.zh}。请${when.zh}再运行，已写入的内容不会重复。`,
        `Google says there were too many requests${tried.en}. Run again ${when.en}; nothing will be written twice.`,
      );
    },
  },
  {
    code: 'no-such-account',
    when: ({ reason, message }) =>
      ['invalidSharingRequest', 'cannotInviteNonGoogleUser'].includes(reason) && !/ACL change/i.test(message),
    say: () => ({
      zh: '这个邮箱没有对应的 Google 账号，不能直接共享。请核对拼写，或请对方先用这个邮箱注册 Google 账号。',
      en: 'There is no Google account of this address, so the sheet cannot be shared with it. Check the spelling, or let the person register the address with Google.',
    }),
  },
  {
    code: 'sharing-forbidden',
    when: ({ reason }) =>
      /^(?:domainPolicy|publishOutNotPermitted|shareOutNotPermitted.*|cannotShare.*|invalidSharingRequest|teamDrive.*)$/i.test(
        reason,
      ),
    say: () => ({
      zh: '单位的 Google 管理员不允许这样共享（如共享到单位以外）。请联系管理员放行，或换用单位内的账号。',
      en: 'The organisation’s Google administrator does not allow this sharing (outside of the organisation, perhaps). Ask the administrator, or use an account inside.',
    }),
  },
  {
    code: 'may-not-share',
    when: ({ reason }) => ['insufficientFilePermissions', 'sharingNotAllowed'].includes(reason),
    say: (_failure, asker) => ({
      zh: `${accountOf(asker).zh} 没有权限更改这张表格的共享名单。请表格所有者在“共享→设置”中允许编辑者更改权限，或由所有者自己添加。`,
      en: `${accountOf(asker).en} may not change who this sheet is shared with. Let the owner allow editors to change permissions (Share → settings), or add the person.`,
    }),
  },
  {
    code: 'not-found',
    when: ({ status }) => status === 404,
    say: (_failure, asker) => ({
      zh: `找不到这张表格（${asker.address}）。请核对网址；网址正确时，请在表格的“共享”中添加 ${accountOf(asker).zh}，权限选“编辑者”。`,
      en: `The sheet was not found (${asker.address}). Check the URL; if it is right, share the sheet with ${accountOf(asker).en} as editor.`,
    }),
  },
  {
    // Its sentences come in the language of the account; the word for protection is in all of them.
    code: 'protected',
    when: ({ status, message }) => status === 400 && /protect|proteg|gesch[üu]tz|受保护|受保護|保護/i.test(message),
    say: (_failure, asker) => ({
      zh: `表格中要写入的区域被别人设了保护，整批未写入。请由表格所有者在“数据→保护工作表和范围”中允许 ${accountOf(asker).zh} 编辑。`,
      en: `Somebody protected a range that is to be written, so nothing was written. Let the owner allow ${accountOf(asker).en} under Data → Protect sheets and ranges.`,
    }),
  },
  {
    code: 'not-native',
    when: ({ status, message }) => status === 400 && /not supported for this document/i.test(message),
    say: (_failure, asker) => ({
      zh: `这个网址（${asker.address}）是上传到云端硬盘的 Excel 文件，不是 Google 表格，程序读写不了。请在浏览器中打开它，选“文件→另存为 Google 表格”，再用新表格的网址。`,
      en: `This address (${asker.address}) is an Excel file that was uploaded to Drive, not a Google Sheet. Open it in the browser, choose File → Save as Google Sheets, and use the new sheet's URL.`,
    }),
  },
  {
    code: 'sheet-full',
    when: ({ status, message }) =>
      status === 400 && /limit of 10000000 cells|maximum of 50000 characters|grid (?:is )?too large/i.test(message),
    say: () => ({
      zh: '这张 Google 表格放不下了（整个文件最多一千万格，一格最多五万字）。请在浏览器中删去不用的工作表和空白行列，再同步。',
      en: 'This Google Sheet is full (ten million cells a file, 50,000 characters a cell). Delete unused tabs and empty rows and columns in the browser, then sync.',
    }),
  },
  {
    code: 'not-shared',
    when: ({ status }) => status === 403,
    say: (_failure, asker) => ({
      zh: `没有权限访问这张表格（${asker.address}）。请在表格的“共享”中添加 ${accountOf(asker).zh}，权限选“编辑者”；单位禁止对外共享时请联系管理员。`,
      en: `No permission for this sheet (${asker.address}). Share it with ${accountOf(asker).en} as editor; if the organisation forbids sharing outside, ask its administrator.`,
    }),
  },
  {
    code: 'proxy',
    when: ({ status, message }) => status === 407 || /proxy/i.test(message),
    say: () => ({
      zh: '代理服务器拒绝了连接。请核对环境变量 HTTPS_PROXY 中的地址、用户名和密码。',
      en: 'The proxy refused the connection. Check address, user and password in HTTPS_PROXY.',
    }),
  },
  {
    code: 'cut-answer',
    when: ({ status, reason }) => status === undefined && reason === 'cut-answer',
    say: () => ({
      zh: 'Google 的回复多次在中途断开。请检查网络或代理后再运行，不会重复写入。',
      en: 'Google’s answers were cut short several times. Check the network or proxy and run again; nothing is written twice.',
    }),
  },
  {
    code: 'certificate',
    when: ({ status, reason }) => status === undefined && CERTIFICATE.test(reason),
    say: ({ reason }) => ({
      zh: `到 Google 的加密连接被换了证书（${reason}），多半是单位的代理或防火墙，也可能是电脑日期不对。请向网络管理员要根证书文件，并设置环境变量 NODE_EXTRA_CA_CERTS=证书文件路径。`,
      en: `The encrypted connection to Google shows another certificate (${reason}), usually that of a proxy or firewall; or the date of this computer is wrong. Ask the network administrator for the root certificate and set NODE_EXTRA_CA_CERTS to its file.`,
    }),
  },
  {
    code: 'unreachable',
    when: ({ status }) => status === undefined,
    say: ({ reason }) => ({
      zh: `连不上 Google（${reason || '无应答'}）。请检查网络；需要代理时，请设置环境变量 HTTPS_PROXY=http://代理地址:端口。`,
      en: `Google cannot be reached (${reason || 'no answer'}). Check the network; behind a proxy set HTTPS_PROXY=http://host:port.`,
    }),
  },
  {
    code: 'service-down',
    when: ({ status = 0 }) => status >= 500 || status === 408,
    say: ({ status, waited }) => ({
      zh: `Google 服务暂时不可用（${status}）${waited === true ? '，多次重试仍未恢复' : ''}。请稍后再运行，不会重复写入。`,
      en: `Google is not available for the moment (${status})${waited === true ? '; several attempts failed' : ''}. Run again later; nothing is written twice.`,
    }),
  },
];

/** The failure as one sentence for a person, with what to do. */
export function storeError(failure: Failure, asker: Asker, cause?: unknown): StoreError {
  const { code, text } = explain(failure, asker);
  return new StoreError(4, code, text, cause === undefined ? undefined : { cause });
}

function explain(failure: Failure, asker: Asker): { readonly code: string; readonly text: Text } {
  const found = explanations.find(one => one.when(failure, asker));
  if (found !== undefined) return { code: found.code, text: found.say(failure, asker) };
  const { message, status } = failure;
  return {
    code: 'refused',
    text: {
      zh: `Google 拒绝了这次请求，没有作任何修改（${message || status}）。请运行 ledger doctor 查看原因。`,
      en: `Google refused the request and changed nothing (${message || status}). Run ledger doctor for the reason.`,
    },
  };
}

function accountOf({ account, kind }: Asker): Text {
  if (account !== undefined) return { zh: account, en: account };
  return kind === 'oauth'
    ? { zh: '当前登录的 Google 账号', en: 'the signed-in Google account' }
    : { zh: '服务账号', en: 'the service account' };
}

/** Milliseconds by which this computer is ahead of the service. */
function skewOf({ serverTime }: Failure): number {
  return serverTime === undefined ? 0 : Date.now() - serverTime;
}
