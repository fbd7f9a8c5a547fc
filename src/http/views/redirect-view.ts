import { html } from 'hono/html';
import type { ArticleHead } from '../../article/article.ts';
import { legalText } from '../../article/plain-text.ts';
import { pageAddress } from '../../publication/address.ts';
import type { Site } from '../../publication/site.ts';
import { languageOf } from './language-view.ts';

/** Writes a page that redirects to an article, for static hosts; to a path, so that it works on every host. */
export async function redirectView({ title, slug, language }: ArticleHead, site: Site): Promise<string> {
  const address = pageAddress(slug, site);
  const { pathname } = new URL(address);
  const page = html`<!doctype html>
<html${languageOf(language ?? site.language)}>
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
