// The peer: exceljs loads the same file, fills the program's eleven columns and writes it. It checks and computes nothing.
import ExcelJS from 'exceljs';

const [file, out] = process.argv.slice(2);
const book = new ExcelJS.Workbook();
await book.xlsx.readFile(file);
const sheet = book.getWorksheet('整改台账');
const first = sheet.columnCount + 1;
const last = sheet.rowCount;
for (let n = 1; n <= last; n += 1) {
  const row = sheet.getRow(n);
  for (let col = 0; col < 11; col += 1)
    row.getCell(first + col).value = n === 1 ? `系统${col}` : col % 2 === 0 ? '通过' : 1234.56;
}
await book.xlsx.writeFile(out);
