import { oneLine } from '../article/plain-text.ts';
import type { Edition } from '../publication/publication.ts';
import { makeDocument, type RenderedDocument } from './document.ts';
import { formats } from './formats.ts';
import { feedLinks } from './links.ts';
import { xml } from './xml.ts';

/** OPML has no media type of its own; this is the one that its users agree on. */
const opmlType = 'text/x-opml; charset=utf-8';

/**
 * Lists every feed of a publication as OPML 2.0, which readers import.
 *
 * `type` is `rss` for every format (OPML 2.0, "Subscription lists"): it says that there is a feed, not which one.
 */
export async function renderOpml({
  site,
  changed,
}: Pick<Edition, 'site' | 'changed'>): Promise<RenderedDocument> {
  const name = oneLine(site.title);
  const feeds = formats.map(({ label, file }) => {
    const { self, alternate } = feedLinks({ site, address: {}, articles: [] }, file);
    const title = `${name} (${label})`;
    return xml`<outline type="rss" text="${title}" title="${title}" xmlUrl="${self}" htmlUrl="${alternate}"/>\n`;
  });
  const text = xml`<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>${name}</title>
</head>
<body>
${feeds}</body>
</opml>
`.source;
  // The list says nothing of articles, so their dates are none of its own.
  return makeDocument(text, opmlType, { articles: [], ...(changed === undefined ? {} : { changed }) });
}
