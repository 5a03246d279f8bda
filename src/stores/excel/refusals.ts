import { basename } from 'node:path';
import { StoreError } from '../store.js';

/**
 * Everything for which a file is refused, each with its own code and its own sentence that says what to do.
 * Exit 2: this is no Excel workbook at all. Exit 4: it is one (or was), but cannot be read or written safely.
 */
type Refusal = { readonly exit: 2 | 4; readonly zh: string; readonly en: string };

const DAMAGED_ZH = '请用 Excel 或 WPS 打开它，另存为一个新的 .xlsx 文件后重试；打不开时请换用备份。';
const DAMAGED_EN = 'Open it in Excel or WPS and save it as a new .xlsx file; if that fails, go back to a backup.';

export const refusals = {
  'not-found': {
    exit: 4,
    zh: '找不到这个文件。请核对文件名和所在文件夹。',
    en: 'there is no such file. Check the name and the folder.',
  },
  'no-permission': {
    exit: 4,
    zh: '没有权限读取这个文件。请联系管理员开通权限，或把文件复制到自己的文件夹。',
    en: 'you may not read this file. Ask for access, or copy it to a folder of your own.',
  },
  unreadable: {
    exit: 4,
    zh: '系统读取这个文件时出错（磁盘、网络盘或U盘可能断开）。请检查后重试。',
    en: 'the system could not read this file (disk, network drive or stick gone?). Check and try again.',
  },
  folder: {
    exit: 2,
    zh: '这是一个文件夹，不是台账文件。请指定文件夹里的 .xlsx 文件。',
    en: 'this is a folder, not a ledger. Name the .xlsx file inside it.',
  },
  'not-a-file': {
    exit: 2,
    zh: '这不是普通文件（而是设备或管道）。请指定台账的 .xlsx 文件。',
    en: 'this is no ordinary file but a device or a pipe. Name the .xlsx file of the ledger.',
  },
  'name-too-long': {
    exit: 4,
    zh: '文件名或路径太长，系统打不开。请把名字改短后重试。',
    en: 'the name or path is too long for the system. Shorten it and try again.',
  },
  'too-large': {
    exit: 4,
    zh: '这个文件大得不合常理（超过 512 MB），没有读取。请删去其中的图片等附件，另存后重试。',
    en: 'this file is absurdly large (over 512 MB) and was not read. Remove pictures and other attachments, save and try again.',
  },
  'empty-file': {
    exit: 2,
    zh: '这个文件是空的（0 字节），可能没有下载或复制完整。请重新取得文件。',
    en: 'this file is empty (0 bytes), perhaps an unfinished download or copy. Get the file again.',
  },
  'old-xls': {
    exit: 2,
    zh: '这是旧版 Excel（97-2003，.xls）或 WPS（.et）文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后重试。',
    en: 'this is an old Excel 97-2003 (.xls) or WPS (.et) file. Open it in Excel or WPS and save it as .xlsx.',
  },
  encrypted: {
    exit: 4,
    zh: '这个工作簿设有打开密码。请用 Excel 或 WPS 打开，去掉密码并保存后重试。',
    en: 'this workbook is protected by a password. Open it in Excel or WPS, remove the password and save.',
  },
  irm: {
    exit: 4,
    zh: '这个工作簿受权限管理（IRM/加密系统）保护，本程序无法打开。请先按本单位规定解除保护，另存为普通 .xlsx。',
    en: 'this workbook is under rights management (IRM). Have the protection lifted and save it as a plain .xlsx.',
  },
  ods: {
    exit: 2,
    zh: '这是 OpenDocument 表格（.ods）。请用 LibreOffice 或 WPS 打开，另存为 .xlsx 后重试。',
    en: 'this is an OpenDocument spreadsheet (.ods). Open it and save it as .xlsx.',
  },
  xlsb: {
    exit: 2,
    zh: '这是 Excel 二进制工作簿（.xlsb）。请用 Excel 打开，另存为 .xlsx 后重试。',
    en: 'this is a binary Excel workbook (.xlsb). Open it in Excel and save it as .xlsx.',
  },
  'other-office': {
    exit: 2,
    zh: '这是 Word 或 PowerPoint 等其他文档，不是 Excel 工作簿。请指定台账的 .xlsx 文件。',
    en: 'this is a Word, PowerPoint or other document, not a workbook. Name the .xlsx file of the ledger.',
  },
  'html-page': {
    exit: 2,
    zh: '这其实是一个网页（HTML）改名的文件，不是 Excel 工作簿。请用 Excel 或 WPS 打开，另存为 .xlsx 后重试。',
    en: 'this is an HTML page that was renamed, not a workbook. Open it in Excel or WPS and save it as .xlsx.',
  },
  'xml-2003': {
    exit: 2,
    zh: '这是“XML 表格 2003”格式的文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后重试。',
    en: 'this is an "XML Spreadsheet 2003" file. Open it in Excel or WPS and save it as .xlsx.',
  },
  'text-file': {
    exit: 2,
    zh: '这其实是文本文件（如 CSV）改名的，不是 Excel 工作簿。请用 Excel 或 WPS 打开，另存为 .xlsx 后重试。',
    en: 'this is a text file (such as CSV) that was renamed, not a workbook. Open it in Excel or WPS and save it as .xlsx.',
  },
  'not-a-workbook': {
    exit: 2,
    zh: '这不是 Excel 工作簿（.xlsx 或 .xlsm）。请核对文件。',
    en: 'this is not an Excel workbook (.xlsx or .xlsm). Check the file.',
  },
  truncated: {
    exit: 4,
    zh: `这个文件不完整（结尾缺失），可能没有下载或复制完。请重新取得文件。`,
    en: 'this file is incomplete (its end is missing), perhaps an unfinished download or copy. Get the file again.',
  },
  'damaged-zip': {
    exit: 4,
    zh: `这个文件的压缩结构已损坏。${DAMAGED_ZH}`,
    en: `this file's zip structure is damaged. ${DAMAGED_EN}`,
  },
  'wrong-crc': {
    exit: 4,
    zh: `这个文件的内容与校验码不符，已损坏。${DAMAGED_ZH}`,
    en: `this file's content does not match its checksum: it is damaged. ${DAMAGED_EN}`,
  },
  'zip-bomb': {
    exit: 4,
    zh: '这个文件解压后大得不合常理，疑似恶意文件，已停止读取。请核实文件来源。',
    en: 'this file would unpack to an absurd size and may be malicious; it was not read. Find out where it comes from.',
  },
  'duplicate-entry': {
    exit: 4,
    zh: `这个文件里有同名的部件，无法确定以哪个为准。${DAMAGED_ZH}`,
    en: `this file holds two parts of the same name, and nobody can tell which one counts. ${DAMAGED_EN}`,
  },
  'overlapping-entry': {
    exit: 4,
    zh: '这个文件的部件互相重叠，疑似恶意文件，已停止读取。请核实文件来源。',
    en: 'parts of this file overlap; it may be malicious and was not read. Find out where it comes from.',
  },
  'path-entry': {
    exit: 4,
    zh: '这个文件里有指向文件夹之外的部件名，疑似恶意文件，已停止读取。请核实文件来源。',
    en: 'this file holds part names that point outside of it; it may be malicious and was not read. Find out where it comes from.',
  },
  'encrypted-zip': {
    exit: 4,
    zh: '这个文件是用压缩软件加密的。请解密后重试。',
    en: 'this file was encrypted by a zip program. Decrypt it first.',
  },
  'unknown-compression': {
    exit: 4,
    zh: `这个文件用了少见的压缩方式，本程序无法读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后重试。`,
    en: 'this file uses a rare compression method. Open it in Excel or WPS and save it as .xlsx.',
  },
  'too-many-parts': {
    exit: 4,
    zh: '这个文件里的部件多得不合常理，已停止读取。请核实文件来源。',
    en: 'this file holds an absurd number of parts and was not read. Find out where it comes from.',
  },
  doctype: {
    exit: 4,
    zh: '这个文件里有不应出现的文档类型或实体声明，疑似恶意文件，已停止读取。请核实文件来源。',
    en: 'this file declares document types or entities, which no workbook does; it may be malicious and was not read.',
  },
  encoding: {
    exit: 4,
    zh: '这个文件的内部编码不是 UTF-8（可能是 UTF-16），本程序不能无损写回。请用 Excel 或 WPS 打开，另存为新的 .xlsx 后重试。',
    en: 'this file is not encoded in UTF-8 (UTF-16, perhaps). Open it in Excel or WPS and save it as a new .xlsx.',
  },
  'broken-xml': {
    exit: 4,
    zh: `这个文件的内容格式有错误。${DAMAGED_ZH}`,
    en: `this file's content is malformed. ${DAMAGED_EN}`,
  },
  'missing-part': {
    exit: 4,
    zh: `这个文件缺少必要的部件。${DAMAGED_ZH}`,
    en: `a necessary part of this file is missing. ${DAMAGED_EN}`,
  },
  'broken-sheet': {
    exit: 4,
    zh: `这个工作表的行列或单元格编号有错误（重复、超出范围或指向不存在的内容）。${DAMAGED_ZH}`,
    en: `a sheet's rows or cells are numbered wrongly (twice, out of range, or pointing nowhere). ${DAMAGED_EN}`,
  },
  'too-many-sheets': {
    exit: 4,
    zh: '这个工作簿的工作表多得不合常理（超过 1000 张），已停止读取。请拆分后重试。',
    en: 'this workbook has an absurd number of sheets (over 1,000) and was not read. Split it first.',
  },
  signed: {
    exit: 4,
    zh: '这个工作簿带有数字签名，任何写入都会使签名失效。请另存一份不带签名的工作簿作为台账。',
    en: 'this workbook carries a digital signature, which any change would break. Keep an unsigned copy as the ledger.',
  },
  'shared-workbook': {
    exit: 4,
    zh: '这个工作簿开启了“共享工作簿”（带修订记录）。请在 Excel 中取消共享并保存后重试。',
    en: 'this is a "shared workbook" with a revision log. Stop sharing it in Excel, save, and try again.',
  },
  'structure-locked': {
    exit: 4,
    zh: '这个工作簿的结构受保护，不能添加工作表。请在 Excel 的“审阅 → 保护工作簿”中取消保护并保存后重试。',
    en: "the workbook's structure is protected, so no sheet can be added. Lift it under Review → Protect Workbook, save, and try again.",
  },
  'open-elsewhere': {
    exit: 4,
    zh: '这个文件正在 Excel、WPS 或 LibreOffice 中打开。请保存并关闭后重试。',
    en: 'this file is open in Excel, WPS or LibreOffice. Save and close it, then try again.',
  },
  'read-only': {
    exit: 4,
    zh: '这个文件是只读的，不能写回。请取消只读属性后重试。',
    en: 'this file is read-only. Clear the read-only attribute and try again.',
  },
  'disk-full': {
    exit: 4,
    zh: '磁盘空间不足，没有写入，原文件未改动。请腾出空间后重试。',
    en: 'the disk is full; nothing was written and the file is as it was. Make room and try again.',
  },
  'read-only-folder': {
    exit: 4,
    zh: '文件所在的文件夹或磁盘不允许写入，没有写入，原文件未改动。请换到可以写入的文件夹后重试。',
    en: 'the folder or disk does not allow writing; the file is as it was. Move it to a folder that can be written.',
  },
  'write-failed': {
    exit: 4,
    zh: '写入时系统出错，没有写入，原文件未改动。请检查磁盘或网络盘后重试。',
    en: 'the system could not write; the file is as it was. Check the disk or network drive and try again.',
  },
  'verify-failed': {
    exit: 4,
    zh: '写入前的自查没有通过，没有写入，原文件未改动。请保留文件并联系维护人员。',
    en: 'the new file failed its own check; nothing was written and the file is as it was. Keep it and report this.',
  },
  'already-there': {
    exit: 2,
    zh: '同名文件已经存在，不会覆盖它。请换一个文件名。',
    en: 'a file of this name exists and will not be overwritten. Choose another name.',
  },
  'cell-blocked': {
    exit: 4,
    zh: '系统栏的单元格里有成片的数组公式，不能单独改写。请清除后重试。',
    en: "a cell of the program's column holds an array formula that reaches further. Clear it and try again.",
  },
  'sheet-in-use': {
    exit: 4,
    zh: '别的工作表有公式引用了系统工作表，不能直接去掉。请先改写这些公式。',
    en: "formulas of other sheets refer to the program's sheets. Change them first.",
  },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof refusals;

/**
 * The refusal of a file. `detail` names the place (part, sheet, cell) in words that need no translation.
 */
export function refuse(code: RefusalCode, path: string, detail?: string, cause?: unknown): StoreError {
  const { exit, zh, en } = refusals[code];
  const name = basename(path);
  const place = detail === undefined ? '' : `（${detail}）`;
  const placeEn = detail === undefined ? '' : ` (${detail})`;
  return new StoreError(
    exit,
    code,
    { zh: `“${name}”：${zh}${place}`, en: `"${name}": ${en}${placeEn}` },
    cause === undefined ? undefined : { cause },
  );
}

/** A program has the file open, or went down with it: what it left beside the file can be taken away then. */
export function openElsewhere(path: string, mark: string): StoreError {
  const { text } = refuse('open-elsewhere', path);
  return new StoreError(refusals['open-elsewhere'].exit, 'open-elsewhere', {
    zh: `${text.zh}如果确实没有程序打开它（例如曾经死机），请删除同一文件夹里的隐藏文件“${mark}”。`,
    en: `${text.en} If nothing has it open (after a crash, say), delete the hidden file "${mark}" beside it.`,
  });
}

/** The file changed between reading and writing. */
export function stale(path: string): StoreError {
  const name = basename(path);
  return new StoreError(3, 'stale', {
    zh: `“${name}”在读取之后被改动过，没有写入。请重新运行，让程序按最新内容核对。`,
    en: `"${name}" changed after it was read; nothing was written. Run again, so that the newest content is checked.`,
  });
}
