/** What an example of a check consists of; see `Check.example`. */
export type ExampleParts = {
  /** Reported, at the cells marked «…». */
  readonly reported: string;
  /** `--- 正常`: legitimate, not reported. */
  readonly quiet?: string;
  /** `--- 上次`: the workbook as it was at the last sync. */
  readonly last?: string;
  /** `--- 文件夹`: the evidence folder, `| file | fingerprint | fingerprint at the last sync |`. */
  readonly folder?: string;
};

const headings = { 正常: 'quiet', 上次: 'last', 文件夹: 'folder' } as const;

/** Takes an example apart at its `---` lines. */
export function exampleParts(example: string): ExampleParts {
  const [reported = '', ...rest] = example.split(/^\s*--- (正常|上次|文件夹)\s*$/mu);
  const parts: { -readonly [K in keyof ExampleParts]: ExampleParts[K] } = { reported };
  for (const [index, heading] of rest.entries()) {
    const body = rest[index + 1];
    if (body !== undefined && isHeading(heading) && index % 2 === 0) parts[headings[heading]] = body;
  }
  return parts;
}

function isHeading(written: string): written is keyof typeof headings {
  return written in headings;
}
