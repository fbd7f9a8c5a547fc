/** Where articles are in Markdown: beside each page, listed in `/llms.txt`, or in RSS. */
export type MarkdownUse = 'pages' | 'llms' | 'rss';

export const markdownUses: readonly MarkdownUse[] = ['pages', 'llms', 'rss'];

/** What a site says about it. */
interface Uses {
  readonly markdown?: readonly MarkdownUse[];
  readonly pages?: false;
}

/** Reports whether each article's page has a twin in Markdown. */
export function hasTwins({ markdown, pages }: Uses): boolean {
  return pages !== false && markdown?.includes('pages') === true;
}

/** Reports whether articles are needed in Markdown at all. */
export function needsMarkdown(site: Uses): boolean {
  return hasTwins(site) || site.markdown?.includes('rss') === true;
}
