import { html } from 'hono/html';
import type { Article } from '../../article/article.ts';
import { type Format, formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import { recording } from '../../feed/media.ts';
import { subscribePath } from '../../publication/addresses/address.ts';
import type { Page } from '../../publication/page.ts';
import type { Site } from '../../publication/site/site.ts';
import { podcastSlice, slicePath } from '../../publication/slices/slice.ts';
import { momentView } from './date-view.ts';
import { addressField, withScheme } from './feeds-view.ts';
import { about, type Html, ownWords } from './language-view.ts';

/** The format that podcast apps read. */
const [rss] = formats as readonly [Format, ...Format[]];

/** Shows the podcast's feed, with links that subscribe in common apps. */
export function podcastFeed(site: Site, root: string): Html {
  const { words } = ownWords(site);
  if (site.podcast === undefined) return html``;
  return html`<p>${words.podcastIs}</p>
${addressField(rss, site, podcastSlice, root, 'podcast-')}${appLinks(site)}`;
}

/** Links that subscribe to the podcast in common apps. */
export function appLinks(site: Site): Html {
  const { words } = ownWords(site);
  const feed = new URL(feedPath({ slice: podcastSlice }, rss.file), site.url).href;
  return html`<p class="readers">${words.listenIn} ${appsFor(feed, site).map(
    ([name, href]) => html`<a href="${href}">${name}</a> `,
  )}<a href="${withScheme('podcast', feed)}">${words.app}</a></p>
`;
}

/** Lists apps and directories, each with the podcast's address there. */
function appsFor(feed: string, { title, podcast }: Site): readonly (readonly [name: string, href: string])[] {
  const asked = encodeURIComponent(feed);
  return [
    ...(podcast?.apple === undefined ? [] : [['Apple Podcasts', podcast.apple] as const]),
    ...(podcast?.spotify === undefined ? [] : [['Spotify', podcast.spotify] as const]),
    ['Overcast', `overcast://x-callback-url/add?url=${asked}`],
    ['Pocket Casts', withScheme('pktc', feed).replace('pktc://', 'pktc://subscribe/')],
    [
      'AntennaPod',
      `https://antennapod.org/deeplink/subscribe?url=${asked}&title=${encodeURIComponent(podcast?.title ?? title)}`,
    ],
  ];
}

/** Reports whether one of some articles is an episode of the podcast. */
export function haveEpisode(articles: readonly Article[], { podcast }: Site): boolean {
  return podcast !== undefined && articles.some((article) => recording(article) !== undefined);
}

/** Links the podcast's page from an episode. */
export function podcastLink(site: Site, root: string): Html | undefined {
  const { words } = ownWords(site);
  return site.podcast && html`<a href="${root}${slicePath(podcastSlice)}">${words.podcast}</a>`;
}

/** Shows a box with the podcast's feed, on pages with an episode. */
export function podcastBox(site: Site, root: string): Html {
  const { words, own } = ownWords(site);
  const name = html`<bdi lang="${site.language}">${site.podcast?.title ?? site.title}</bdi>`;
  return html`<aside aria-labelledby="subscribe"${own}>
<h2 id="subscribe">${about(words.subscribeTo, name)}</h2>
${podcastFeed(site, root)}<p><a href="${root}${subscribePath}">${words.allFeeds}</a></p>
</aside>`;
}

/** Announces live shows that have not ended. */
export function liveShows({ live = [] }: Pick<Page, 'live'>, site: Site): Html[] {
  const { words, own } = ownWords(site);
  return live
    .filter(({ status }) => status !== 'ended')
    .map(
      ({ status, start, link, title }) => html`<p class="live"><span class="kicker"${own}>${
        status === 'live' ? words.live : about(words.liveSoon, momentView(start, site))
      }</span> <a href="${link}">${title}</a></p>
`,
    );
}
