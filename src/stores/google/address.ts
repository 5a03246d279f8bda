import { googleId } from '../../model/address.js';
import { StoreError } from '../store.js';

/**
 * The spreadsheet's id.
 * @throws StoreError `bad-address` when neither an id nor the URL of a Google Sheet can be made out.
 */
export function spreadsheetId(address: string): string {
  const id = googleId(address);
  if (id !== undefined) return id;
  throw new StoreError(2, 'bad-address', {
    zh: `“${address}”不是 Google 表格的地址。请在浏览器中打开表格，把地址栏中的整个网址（https://docs.google.com/spreadsheets/d/…）复制过来。`,
    en: `"${address}" is not the address of a Google Sheet. Open the sheet in the browser and copy the whole URL (https://docs.google.com/spreadsheets/d/…).`,
  });
}

/** Where a person agrees and where codes become tokens, when this machine plays Google; undefined: Google's own addresses. */
export function oauthEndpoints(root: string | undefined): { authUrl: string; tokenUrl: string } | undefined {
  const at = root === undefined ? undefined : apiRoot(root);
  return at?.loopback === true ? { authUrl: `${at.url}auth`, tokenUrl: `${at.url}token` } : undefined;
}

/** The page on which a person sees the sheet. */
export function sheetUrl(id: string): string {
  return `https://docs.google.com/spreadsheets/d/${id}/edit`;
}

/**
 * Another host for Sheets and Drive, from configuration or LEDGER_GOOGLE_API_ROOT; plain http for this machine only,
 * because the bearer token goes with every request.
 * @throws StoreError `bad-api-root`.
 */
export function apiRoot(root: string): { readonly url: string; readonly loopback: boolean } {
  let url: URL | undefined;
  try {
    url = new URL(root.endsWith('/') ? root : `${root}/`);
  } catch {
    url = undefined;
  }
  const loopback = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) {
    return { url: url.href, loopback };
  }
  throw new StoreError(2, 'bad-api-root', {
    zh: `Google 接口地址“${root}”不能使用：必须是 https:// 开头的网址（只有本机 127.0.0.1 可以用 http://）。请检查 google.apiRoot 或环境变量 LEDGER_GOOGLE_API_ROOT。`,
    en: `The Google endpoint "${root}" cannot be used: it must be an https:// URL (http:// only on 127.0.0.1). Check google.apiRoot or LEDGER_GOOGLE_API_ROOT.`,
  });
}
