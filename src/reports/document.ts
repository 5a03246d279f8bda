import { createHash } from 'node:crypto';
import type { Lang } from '../model/text.js';
import { characters, html, type Markup, trusted } from './markup.js';

export type PageDocument = {
  readonly lang: Lang;
  readonly title: string;
  /** By this the command knows a page of its own, which it may replace. */
  readonly mark: string;
  readonly style: string;
  /** Plain text; the policy allows this one and no other. */
  readonly script?: string;
  readonly body: Markup;
};

/**
 * One HTML file that needs nothing else: style, script and drawings stand in it, and its content security policy lets it load
 * nothing. Styles are inline throughout (the drawings carry theirs as attributes).
 */
export function pageDocument({ lang, title, mark, style, script, body }: PageDocument): string {
  const allowed =
    script === undefined ? '' : ` script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`;
  const policy = `default-src 'none'; style-src 'unsafe-inline';${allowed} base-uri 'none'; form-action 'none'`;
  return characters(html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
${trusted(mark)}
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
${body}
${
  script === undefined
    ? undefined
    : html`<script>${trusted(script)}</script>
`
}</body>
</html>
`);
}
