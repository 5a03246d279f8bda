import { type Text, text } from '../model/text.js';

/** Where a text stops being JSON; line and column are 1-based. */
export type JsonError = { readonly line: number; readonly column: number; readonly problem: Text };

/**
 * Finds the first thing that is wrong with a JSON text and says it in words: JSON.parse tells no place in half of the cases,
 * and the usual slips of people who type Chinese (，：“”) deserve a sentence of their own. A key written twice counts as wrong,
 * since one of the two would be dropped silently.
 * @returns undefined when the text is JSON
 */
export function findJsonError(source: string): JsonError | undefined {
  const scanner: Scanner = { source, at: 0 };
  const fault = scanValue(scanner) ?? scanEnd(scanner);
  if (fault === undefined) return undefined;
  const before = source.slice(0, fault.at).split('\n');
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1, problem: fault.problem };
}

type Scanner = { readonly source: string; at: number };
type Fault = { readonly at: number; readonly problem: Text };

function skipBlanks(scanner: Scanner): string {
  while (/[ \t\r\n]/.test(scanner.source.charAt(scanner.at))) scanner.at += 1;
  return scanner.source.charAt(scanner.at);
}

function scanValue(scanner: Scanner): Fault | undefined {
  const next = skipBlanks(scanner);
  if (next === '{') return scanList(scanner, '}', scanMember(new Set()));
  if (next === '[') return scanList(scanner, ']', scanValue);
  if (next === '"') return scanString(scanner);
  const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/.exec(
    scanner.source.slice(scanner.at, scanner.at + 400),
  );
  if (word === null) return unexpected(scanner, text('一个值', 'a value'));
  scanner.at += word[0].length;
  return undefined;
}

function scanList(scanner: Scanner, end: '}' | ']', item: (scanner: Scanner) => Fault | undefined): Fault | undefined {
  scanner.at += 1;
  if (skipBlanks(scanner) === end) {
    scanner.at += 1;
    return undefined;
  }
  for (;;) {
    const fault = item(scanner);
    if (fault !== undefined) return fault;
    const next = skipBlanks(scanner);
    if (next !== ',' && next !== end) return unexpected(scanner, text(`“,”或“${end}”`, `"," or "${end}"`));
    const comma = scanner.at;
    scanner.at += 1;
    if (next === end) return undefined;
    if (skipBlanks(scanner) === end) {
      return { at: comma, problem: text('最后一项后面多了一个逗号', 'there is a comma after the last item') };
    }
  }
}

function scanMember(keys: Set<string>): (scanner: Scanner) => Fault | undefined {
  return scanner => {
    if (skipBlanks(scanner) !== '"')
      return unexpected(scanner, text('用英文双引号括起的名称', 'a name in double quotes'));
    const start = scanner.at;
    const fault = scanString(scanner);
    if (fault !== undefined) return fault;
    const key = scanner.source.slice(start, scanner.at);
    if (keys.has(key)) return { at: start, problem: text(`${key} 写了两次`, `${key} is written twice`) };
    keys.add(key);
    if (skipBlanks(scanner) !== ':') return unexpected(scanner, text('英文冒号“:”', 'a colon ":"'));
    scanner.at += 1;
    return scanValue(scanner);
  };
}

function scanString(scanner: Scanner): Fault | undefined {
  const start = scanner.at;
  scanner.at += 1;
  for (;;) {
    const char = scanner.source.charAt(scanner.at);
    if (char === '' || char === '\n' || char === '\r') {
      return { at: start, problem: text('这里的双引号没有结束', 'the quotation mark that opens here is never closed') };
    }
    if (char < ' ') {
      return {
        at: scanner.at,
        problem: text('引号内有制表符等控制字符', 'a tab or control character stands inside quotes'),
      };
    }
    if (char === '"') {
      scanner.at += 1;
      return undefined;
    }
    if (char === '\\') {
      const escaped = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(scanner.source.slice(scanner.at, scanner.at + 6));
      if (escaped === null) {
        return {
          at: scanner.at,
          problem: text('路径中的“\\”请写成“/”或“\\\\”', 'write "/" or "\\\\" for the backslash in a path'),
        };
      }
      scanner.at += escaped[0].length;
    } else {
      scanner.at += 1;
    }
  }
}

function scanEnd(scanner: Scanner): Fault | undefined {
  if (skipBlanks(scanner) === '') return undefined;
  return { at: scanner.at, problem: text('文件在这里本应结束', 'the file should end here') };
}

function unexpected(scanner: Scanner, expected: Text): Fault {
  const { at } = scanner;
  const char = String.fromCodePoint(scanner.source.codePointAt(at) ?? 0);
  if (at >= scanner.source.length) {
    return {
      at,
      problem: text(`文件到此中断，这里应为${expected.zh}`, `the file breaks off; expected ${expected.en}`),
    };
  }
  if ('，：“”‘’｛｝［］【】；、'.includes(char)) {
    return {
      at,
      problem: text(
        `“${char}”是中文标点，请改成英文标点，这里应为${expected.zh}`,
        `"${char}" is Chinese punctuation; type it in English: expected ${expected.en}`,
      ),
    };
  }
  if (char === "'") {
    return { at, problem: text('请把单引号改成英文双引号', 'write double quotes instead of single ones') };
  }
  if (char === '/' || char === '#') {
    return { at, problem: text('配置文件里不能写注释', 'comments are not allowed in this file') };
  }
  return { at, problem: text(`这里应为${expected.zh}，而不是“${char}”`, `expected ${expected.en}, found "${char}"`) };
}
