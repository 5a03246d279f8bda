import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { openExcel } from '../../src/stores/excel/index.js';
import { startingRows, storeSuite } from '../support/store-suite.js';

const typed = (written: string) => (/^\d+$/.test(written) ? Number(written) : written);

storeSuite('excel', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-store-'));
  const path = join(folder, '台账.xlsx');
  const book = new ExcelJS.Workbook();
  book.addWorksheet('台账').addRows(startingRows.map(row => row.map(typed)));
  await book.xlsx.writeFile(path);
  return {
    store: openExcel(path, { backupDir: join(folder, 'backups') }),
    type: async (row, col, value) => {
      const again = new ExcelJS.Workbook();
      await again.xlsx.readFile(path);
      const sheet = again.getWorksheet('台账');
      if (sheet === undefined) throw new Error('no sheet 台账');
      sheet.getCell(row, col).value = typed(value);
      await again.xlsx.writeFile(path);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
});
