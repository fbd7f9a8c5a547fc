import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { oneLine } from '../article/plain-text.ts';
import type { PageAddress } from '../publication/address.ts';
import type { Edition } from '../publication/publication.ts';
import type { Site } from '../publication/site.ts';
import { type Slice, siteOfSlice } from '../publication/slice.ts';
import { makeDocument, type RenderedDocument } from './document.ts';
import { formats } from './formats.ts';
import { feedLinks } from './links.ts';
import { type Xml, xml } from './xml.ts';

/** OPML has no registered media type; this one is the convention. */
const opmlType = 'text/x-opml; charset=utf-8';

/**
 * Lists every feed of a publication as OPML 2.0, for import into readers: those of the whole publication first, then a
 * group for each slice.
 *
 * `type` is `rss` for every format (OPML 2.0, "Subscription lists"): it marks a feed, not its format.
 */
export async function renderOpml(edition: Edition, _: unknown, now: Instant): Promise<RenderedDocument> {
  const { site, changed } = edition;
  const { slices, since, until } = await edition.slices(now);
  const text = xml`<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>${oneLine(site.title)}</title>
</head>
<body>
${feedsOf(site, {})}${slices.map((slice) => group(site, slice))}</body>
</opml>
`.source;
  // The list changes when a slice gets its first article or loses its last, so `since` is the only date of its own.
  return makeDocument(text, opmlType, omitUndefined({ articles: [], updated: since, changed, until }));
}

function group(site: Site, slice: Slice): Xml {
  const label = oneLine(slice.label);
  return xml`<outline text="${label}">
${feedsOf(siteOfSlice(site, slice), { slice })}</outline>
`;
}

function feedsOf(site: Site, address: PageAddress): Xml[] {
  return formats.map(({ label, file }) => {
    const { self, alternate } = feedLinks({ site, address }, file);
    const title = `${oneLine(site.title)} (${label})`;
    return xml`<outline type="rss" text="${title}" title="${title}" xmlUrl="${self}" htmlUrl="${alternate}"/>
`;
  });
}
