import { html } from 'hono/html';
import { legalText } from '../../article/plain-text.ts';
import { languageOf } from './language-view.ts';

/** The page that a redirect leads to. */
export interface RedirectTarget {
  readonly title: string;
  readonly language: string;
  /** An absolute URL. */
  readonly address: string;
}

/** Writes a page that redirects to another, for static hosts; to a path, so that it works on every host. */
export async function redirectView({ title, language, address }: RedirectTarget): Promise<string> {
  const { pathname } = new URL(address);
  const page = html`<!doctype html>
<html${languageOf(language)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="canonical" href="${address}">
<meta http-equiv="refresh" content="0; url=${pathname}">
</head>
<body>
<p><a href="${pathname}">${title}</a></p>
</body>
</html>
`;
  return legalText(String(await page));
}
