import type { Article } from '../../src/article/article.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { plainArticle, plainSite } from './plain-samples.ts';

/** A podcast that sets every key. */
export const podcastSite: Site = {
  ...plainSite,
  title: 'Tides & Talk',
  description: 'Voices from the quay',
  podcast: {
    categories: [{ name: 'Society & Culture', subcategory: 'Documentary' }, { name: 'Technology' }],
    explicit: false,
    image: 'https://example.org/artwork.png',
    author: 'Ann & <Bo>',
    owner: { name: 'Ann O’Ther', email: 'ann@example.org' },
    type: 'serial',
    guid: '917393e3-1b1e-5cef-ace4-edaa54e1f810',
    locked: true,
  },
};

/** Newest first: together they have every kind of media, language and summary. */
export const mediaArticles: readonly Article[] = [
  sample('episode', 9, {
    title: 'The lock-keeper’s <daughter>',
    enclosures: [
      { url: 'https://example.org/notes.pdf', type: 'application/pdf', length: 9 },
      { url: 'https://example.org/clip.mp4', type: 'video/mp4', length: 99, duration: 12 },
      {
        url: 'https://example.org/talk.mp3',
        type: 'audio/mpeg',
        length: 12345,
        title: 'Talk',
        duration: 61.4,
      },
      { url: 'https://example.org/talk.opus?a=1&b=2', type: 'audio/ogg', length: 999, title: 'Talk & "small"' },
    ],
    image: {
      url: 'https://example.org/keeper.jpg?w=1400&h=1400',
      type: 'image/jpeg',
      width: 1400,
      height: 1400,
      alt: 'A woman at a lock gate & a "dog"',
      caption: 'Ada <at work>. Photograph: Cy',
    },
    episode: {
      number: 3,
      season: 2,
      kind: 'full',
      explicit: true,
      participants: [
        {
          name: 'Ada & Co',
          role: 'guest',
          group: 'cast',
          image: 'https://example.org/ada.png?a=1&b=2',
          url: 'https://example.org/ada',
        },
        { name: 'Bo' },
      ],
      transcripts: [
        { url: 'https://example.org/talk.vtt', type: 'text/vtt', language: 'en' },
        { url: 'https://example.org/talk.html?a=1&b=2', type: 'text/html' },
      ],
    },
  }),
  sample('film', 8, {
    enclosures: [
      { url: 'https://example.org/film.pdf', type: 'application/pdf', length: 9 },
      { url: 'https://example.org/film.mp4', type: 'video/mp4', duration: 3600 },
    ],
    episode: { kind: 'trailer', explicit: false },
  }),
  sample('picture', 7, {
    image: { url: 'https://example.org/wide.webp', width: 1600, height: 900, alt: 'Fog' },
  }),
  sample('arabic', 6, {
    title: 'الميناء في الصباح',
    language: 'ar',
    summary: 'هدأ البحر اليوم.',
    content: '<p>هدأ البحر اليوم. <bdi>Quay 9</bdi></p>\n',
    image: { url: 'https://example.org/quay.png', type: 'image/png', caption: 'الرصيف' },
  }),
  sample('hebrew', 5, {
    title: 'נמל & גאות',
    language: 'he',
    extent: 'summary',
    summary: 'הים שקט < היום.',
    content: '<p>הים שקט היום.</p>\n',
  }),
  sample('summary', 4, {
    title: 'Why "quay" & not <key>',
    permalink: 'https://elsewhere.example/quay?a=1&b=2',
    extent: 'summary',
    summary: 'It was 1 < 2 & more.',
    content: '<p>It was 1 &lt; 2 &amp; more, at length.</p>\n',
  }),
  sample('full', 3, { extent: 'full' }),
];

function sample(slug: string, day: number, more: Partial<Article>): Article {
  return {
    ...plainArticle,
    id: `tag:example.org,2024:${slug}`,
    slug,
    permalink: `https://example.org/articles/${slug}`,
    title: `About ${slug}`,
    published: `2024-04-0${day}T08:00:00Z`,
    updated: `2024-04-0${day}T08:00:00Z`,
    ...more,
  };
}
