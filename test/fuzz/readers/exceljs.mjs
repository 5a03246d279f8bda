// An independent reader in a process of its own: a path a line comes in, a JSON document a line goes out. What it cannot read it says.
import { createInterface } from 'node:readline';
import ExcelJS from 'exceljs';

function plain(value) {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? { bad: 'date' } : { date: value.toISOString() };
  if (typeof value === 'number' && !Number.isFinite(value)) return { bad: String(value) };
  if (typeof value !== 'object') return value;
  if ('error' in value) return { error: String(value.error) };
  if ('richText' in value) return value.richText.map(run => run.text).join('');
  if ('hyperlink' in value) return plain(value.text) ?? '';
  return { bad: JSON.stringify(value) };
}

async function read(path) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const sheets = {};
  for (const sheet of book.worksheets) {
    const cells = {};
    sheet.eachRow(row => {
      row.eachCell(cell => {
        if (cell.isMerged && cell.master.address !== cell.address) return;
        const isFormula = cell.type === ExcelJS.ValueType.Formula;
        const value = plain(isFormula ? cell.result : cell.value);
        if (value !== undefined || isFormula)
          cells[cell.address] = isFormula ? { formula: cell.formula ?? '', value } : { value };
      });
    });
    sheets[sheet.name] = cells;
  }
  return { date1904: book.properties.date1904 === true, sheets };
}

for await (const path of createInterface({ input: process.stdin })) {
  const answer = await read(path).catch(error => ({ fails: String(error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
