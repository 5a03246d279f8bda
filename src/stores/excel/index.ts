export {
  type Backup,
  backupStem,
  KEEP_BACKUPS,
  listBackups,
  putFile,
  restoreBackup,
  stamp,
  takeBackup,
} from './backup.js';
export { type FileFacts, type FileSystem, realFileSystem } from './file-system.js';
export { freeSheetName } from './package-edit.js';
export { type RefusalCode, refusals } from './refusals.js';
export { requireClosed } from './save.js';
export { type ExcelOptions, type ExcelStore, openExcel, requireWorkbookFile } from './store.js';
