import type { Article } from '../../../article/article.ts';
import { isVideo } from '../../../article/media-types.ts';
import { pictureType } from '../../../feed/media.ts';
import { authorsOf } from '../../../publication/slices/slice.ts';
import { newsTarget, type SubmittedFeed } from './news-target.ts';

/** https://about.flipboard.com/rss-spec/ */
export const flipboard = newsTarget({
  title: 'Flipboard',
  feed: ({ site: { content, items, aggregators }, articles }, report) => {
    const short = articles.filter(({ summary }) => summary.length < 300).length;
    return [
      content === 'summary' ? report('error', 'requires whole articles; set "content" to full') : undefined,
      items < 30 ? report('error', `requires at least 30 items in the feed; "items" is ${items}`) : undefined,
      aggregators
        ? undefined
        : report('warning', 'takes pictures from enclosures; set "aggregators: true", perhaps for a feed of its own'),
      short === 0
        ? undefined
        : report('warning', `recommends descriptions of 300 characters, and ${part(short, articles)} are shorter`),
    ];
  },
  article: ({ article, site }, report) => {
    const { image, extent, permalink, enclosures } = article;
    const { width, height } = image ?? {};
    const least = Math.min(width ?? Number.POSITIVE_INFINITY, height ?? Number.POSITIVE_INFINITY);
    const [own, linked] = [new URL(site.url).host, new URL(permalink).host];
    return [
      extent === 'summary' ? report('error', 'requires whole articles, and this one is a summary in feeds') : undefined,
      image === undefined ? report('error', 'requires a picture in each article') : undefined,
      least < 400 ? report('error', `requires a picture of at least 400 pixels, and this has ${least}`) : undefined,
      least >= 400 && least < 500
        ? report('warning', `recommends a picture of at least 500 pixels, and this has ${least}`)
        : undefined,
      authorsOf(article, site).length === 0 ? report('warning', 'recommends naming the authors') : undefined,
      own === linked ? undefined : report('warning', `prefers links to the host of the feed, ${own}, not to ${linked}`),
      enclosures.some((file) => isVideo(file) && file.type.toLowerCase() !== 'video/mp4')
        ? report('warning', 'prefers videos as MP4')
        : undefined,
    ];
  },
});

/** https://support.microsoft.com/topic/0114c19c-36bb-4fef-8322-4a1ed6888329 and helpcenter.microsoftstart.com */
export const msn = newsTarget({
  title: 'MSN',
  feed: ({ site: { url, language, aggregators }, articles, facts: { now } }, report) => {
    const year = new Date(Date.parse(now) - 365 * 86_400_000).toISOString();
    const old = articles.filter(({ published }) => published < year).length;
    const foreign = articles.filter((article) => (article.language ?? language) !== language).length;
    const size = bytesOf(articles);
    return [
      url.startsWith('https:') ? undefined : report('error', `takes feeds at https addresses only, not ${url}`),
      aggregators
        ? undefined
        : report('warning', 'sees changes and videos only with "aggregators: true", perhaps for a feed of its own'),
      foreign === 0
        ? undefined
        : report('error', `takes one language in a feed, and ${part(foreign, articles)} are in another`),
      old === 0 ? undefined : report('warning', `ignores articles older than a year, which ${part(old, articles)} are`),
      size > 10_000_000 ? report('error', `takes feeds of at most 10 MB, and this has ${size} bytes`) : undefined,
    ];
  },
  article: ({ article, pictureSize = 0 }, report) => {
    const { title, image, content, enclosures } = article;
    const { width, height } = image ?? {};
    const ratio = width === undefined || height === undefined ? 1 : width / height;
    const type = image && pictureType(image);
    const depth = depthOf(content);
    const videos = enclosures.filter(isVideo);
    const wrong = videos.find(({ url }) => !/\.(?:mp4|m4v|mpe?g|wmv|avi)$/i.test(new URL(url).pathname));
    return [
      title.length > 20 && title.length <= 150
        ? undefined
        : report('error', `requires titles of 21 to 150 characters, and this has ${title.length}`),
      content === '' ? report('error', 'requires a body') : undefined,
      image === undefined ? report('warning', 'publishes articles without a picture only after a review') : undefined,
      Math.max(width ?? 720, height ?? 720) < 720
        ? report('warning', `recommends pictures of at least 720 pixels, and this has ${width} × ${height}`)
        : undefined,
      ratio < 0.5 || ratio > 1.91
        ? report('warning', `crops pictures wider than 1.91 to 1 or narrower than 1 to 2: ${width} × ${height}`)
        : undefined,
      type === undefined || /^image\/(?:png|jpeg|gif|webp)$/.test(type)
        ? undefined
        : report('error', `takes PNG, JPEG, GIF and WebP, not ${type}`),
      type === 'image/gif' ? report('warning', 'does not use a GIF to promote an article') : undefined,
      pictureSize > 14_000_000
        ? report('error', `takes pictures of at most 14 MB, and this has ${pictureSize} bytes`)
        : undefined,
      depth >= 10 ? report('warning', `asks for HTML nested less than 10 deep, and this is ${depth} deep`) : undefined,
      wrong === undefined ? undefined : report('error', `takes videos as MP4, MPEG, WMV or AVI, not ${wrong.url}`),
      videos.some(({ length = 0 }) => length > 2_000_000_000)
        ? report('error', 'takes videos of at most 2 GB')
        : undefined,
    ];
  },
});

/**
 * https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap,
 * https://support.google.com/news/publisher-center/answer/9545420 and, for pictures,
 * https://developers.google.com/search/docs/appearance/google-discover
 */
export const googleNews = newsTarget({
  title: 'Google News',
  feed: ({ site, articles, recent }, report) => {
    const count = recent(2 * 86_400_000);
    const size = bytesOf(articles);
    return [
      site.news === true ? undefined : report('warning', 'finds articles by a sitemap of their own; set "news: true"'),
      site.items > 60 ? report('warning', `reads 60 articles at a time; "items" is ${site.items}`) : undefined,
      count > 1000 ? report('error', `takes at most 1000 articles in two days, and there are ${count}`) : undefined,
      size > 2_000_000 ? report('error', `takes feeds of at most 2 MB, and this has ${size} bytes`) : undefined,
    ];
  },
  article: ({ article: { content, image } }, report) => {
    const size = Buffer.byteLength(content);
    return [
      size > 1_000_000 ? report('error', `takes at most 1 MB for an article, and this has ${size} bytes`) : undefined,
      image?.width !== undefined && image.width < 1200
        ? report('warning', `shows large pictures from 1200 pixels in width, and this has ${image.width}`)
        : undefined,
    ];
  },
});

/** https://support.apple.com/guide/news-publisher/apdc2c7520ff/icloud */
export const appleNews = newsTarget({
  title: 'Apple News',
  feed: ({ site: { language, content } }, report) => [
    new Intl.Locale(language).region === undefined
      ? report('error', `requires a language with its region, such as en-US; "language" is ${language}`)
      : undefined,
    content === 'summary' ? report('warning', 'recommends whole articles; set "content" to full') : undefined,
  ],
  article: ({ article: { title, summary } }, report) => [
    title.length >= 15 && title.length <= 60
      ? undefined
      : report('warning', `recommends titles of 15 to 60 characters, and this has ${title.length}`),
    summary === '' ? report('error', 'requires a description; write a summary') : undefined,
  ],
});

function part(count: number, { length }: SubmittedFeed['articles']): string {
  return `${count} of ${length}`;
}

/** Bytes of the articles, to which the feed adds a little. */
function bytesOf(articles: readonly Article[]): number {
  return articles.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
}

/** Returns how deep the elements of safe HTML are nested. */
function depthOf(html: string): number {
  let [depth, deepest] = [0, 0];
  for (const [, end, , empty] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^<>]*?(\/?)>/g)) {
    if (end === '/') depth--;
    else if (empty === '') deepest = Math.max(deepest, ++depth);
  }
  return deepest;
}
