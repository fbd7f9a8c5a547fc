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

/** OPML has no media type of its own; this is the one that its users agree on. */
const opmlType = 'text/x-opml; charset=utf-8';

/**
 * Lists every feed of a publication as OPML 2.0, which readers import: those of the whole publication first, then those
 * of each slice in a group of its own.
 *
 * `type` is `rss` for every format (OPML 2.0, "Subscription lists"): it says that there is a feed, not which one.
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
  // The list says nothing of articles but that a slice has its first one, so no other date is one of its own.
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
