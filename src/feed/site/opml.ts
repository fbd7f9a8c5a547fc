import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { oneLine } from '../../article/plain-text.ts';
import { earliest, latest } from '../../publication/moments.ts';
import { noticesLink } from '../../publication/notices.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Site } from '../../publication/site/site.ts';
import { siteOfSlice } from '../../publication/slices/slice.ts';
import { correctionsLinks, correctionsTitle } from '../corrections.ts';
import { type WrittenDocument, writeDocument } from '../document.ts';
import { formats } from '../formats.ts';
import { type FeedLinks, feedLinks } from '../links.ts';
import { attribute, type Xml, xml } from '../xml.ts';

/** OPML has no registered media type; this one is the convention. */
const opmlType = 'text/x-opml; charset=utf-8';

/**
 * Lists every feed of a publication as OPML 2.0, for import into readers: that of the whole publication first, then
 * those of its slices, and last the corrections, if there are any.
 *
 * Each feed appears in one format, the first, because importers know feeds by `xmlUrl` alone: three formats would bring
 * every article three times. `type` is `rss` whatever the format (OPML 2.0, "Subscription lists").
 */
export async function writeOpml(edition: Edition, _: unknown, now: Instant): Promise<WrittenDocument> {
  const { site, changed } = edition;
  const { slices, since, until } = await edition.slices(now);
  const corrections = noticesLink(await edition.notices?.(now));
  const file = formats[0]?.file ?? '';
  const text = xml`<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>${oneLine(site.title)}</title>
</head>
<body>
${outline(site, feedLinks({ site, address: {} }, file))}${slices.map((slice) => {
  const own = siteOfSlice(site, slice);
  return outline(own, feedLinks({ site: own, address: { slice } }, file));
})}${corrections.isListed ? outline({ ...site, ...correctionsTitle(site) }, correctionsLinks({ site }, file)) : undefined}</body>
</opml>
`.source;
  // The list changes when a slice gets its first article or loses its last, or with the first correction.
  const next = earliest([until, corrections.until]);
  const dates = omitUndefined({ updated: latest([since, corrections.since]), changed, until: next });
  return writeDocument(text, opmlType, { articles: [], ...dates });
}

function outline(site: Site, { self, alternate }: Pick<FeedLinks, 'self' | 'alternate'>): Xml {
  const title = oneLine(site.title);
  const description = oneLine(site.description);
  return xml`<outline type="rss" text="${title}" title="${title}"${attribute(
    'description',
    description === title ? undefined : description,
  )} language="${site.language}" xmlUrl="${self}" htmlUrl="${alternate}"/>
`;
}
