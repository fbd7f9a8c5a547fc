import { describe, expect, it } from 'vitest';
import { lintFolder } from '../../../../src/node/check/lint/lint.ts';
import { siteFacts } from '../../../../src/node/check/lint/site-facts.ts';
import { ArticleFiles } from '../../../../src/node/folder/files/article-files.ts';
import type { FolderSnapshot } from '../../../../src/node/folder/folder-snapshot.ts';
import { article, site } from '../../../publication/articles.ts';
import { dateline } from '../../command.ts';
import { makeFolder } from '../../temporary-folder.ts';

const tagged = (tags: string): string => `---\ntitle: A\ndate: 2026-03-01\ntags: ${tags}\nauthor: Ada\n---\n\nText.\n`;

it('reports tags and authors that share a feed because they differ only in case or signs', async () => {
  const dir = makeFolder({
    'publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n',
    'a.md': tagged('[News, café, C++]'),
    'b.md': tagged('[news, cafe, C#]'),
    'c.md': tagged('[News!]').replace('Ada', 'ada'),
  });
  const { code, stdout } = await dateline(['check', dir]);
  const found = [...stdout.matchAll(/warning: (.*) \(shared-slice\)/g)].map(([, message]) => message);
  expect({ code, found: found.sort() }).toEqual({
    code: 0,
    found: [
      '"Ada" and "ada" share the feed /authors/ada/rss.xml; use one spelling, or names that differ more',
      '"News" and "news" and "News!" share the feed /tags/news/rss.xml; use one spelling, or names that differ more',
    ],
  });
});

it('reports top folders that share a feed, and an author of the publication', async () => {
  const dir = makeFolder({
    'publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\nauthors: [ADA]\nlanguage: EN\n',
    'R&D/a.md': tagged('[caf\u00e9]'),
    'r-d/b.md': tagged('[cafe\u0301]').replace('author: Ada\n', 'lang: en\n'),
  });
  const { stdout } = await dateline(['check', dir]);
  const found = [...stdout.matchAll(/warning: (.*) \(shared-slice\)/g)].map(([, message]) => message);
  expect(found.sort()).toEqual([
    '"Ada" and "ADA" share the feed /authors/ada/rss.xml; use one spelling, or names that differ more',
    '"R&D" and "r-d" share the feed /sections/r-d/rss.xml; use one spelling, or names that differ more',
  ]);
});

const podcast = {
  categories: [{ name: 'Arts' }],
  explicit: true,
  image: 'https://a.example/a.png',
  author: 'A',
  guid: '0',
};
const audio = { url: 'https://a.example/a.mp3', type: 'audio/mpeg' };

async function problems(facts: Partial<FolderSnapshot>): Promise<string[]> {
  const files = new ArticleFiles('.');
  const none = {
    sources: [],
    articles: [],
    problems: [],
    staleFiles: [],
    brokenFiles: [],
    changes: [],
    tied: [],
    inheritedBy: () => undefined,
    isShared: () => false,
  };
  const reading = { site, files, hasUrl: true, changed: '', ...none, ...facts };
  const publication = { ...siteFacts('.', reading, '2026-03-10T00:00:00Z'), publicationFile: () => 'p.yaml' };
  const found = await lintFolder(reading, publication);
  return found
    .filter(({ code }) => code === 'podcast-incomplete')
    .map(({ file, line, severity, code, message }) => `${file}:${line} ${severity} ${code}: ${message}`);
}

describe('without podcast settings', () => {
  it.each([
    ['one', [audio], /^p\.yaml:1 warning podcast-incomplete: articles such as two have recordings; .*"podcast"/],
    ['a film', [{ ...audio, type: 'video/mp4' }], undefined],
    ['a picture', [{ ...audio, type: 'image/png' }], undefined],
    ['nothing', [], undefined],
  ])('%s is reported if it is a recording', async (_, enclosures, message) => {
    const sources = [article({ slug: 'one' }), article({ slug: 'two', enclosures })];
    expect(await problems({ sources })).toEqual(message === undefined ? [] : [expect.stringMatching(message)]);
    const place = { file: 'p.yaml', line: 3, column: 1, unset: [] };
    expect(await problems({ sources, site: { ...site, podcast }, podcast: place })).toEqual([]);
  });
});

it('reports missing podcast settings at the podcast key of the publication file', async () => {
  const place = { file: 'q.yml', line: 7, column: 1, unset: ['category', 'owner.email'] };
  expect(await problems({ site: { ...site, podcast }, podcast: place })).toEqual([
    'q.yml:7 warning podcast-incomplete: podcast directories require podcast.category, podcast.owner.email',
  ]);
});

it('advises to keep the computed guid once the publication has a URL', async () => {
  const place = { file: 'q.yml', line: 7, column: 1, unset: ['guid'] };
  const facts = { site: { ...site, podcast }, podcast: place };
  expect(await problems(facts)).toEqual([expect.stringMatching(/^q\.yml:7 warning podcast-incomplete: .*"guid: 0"$/)]);
  expect(await problems({ ...facts, hasUrl: false })).toEqual([]);
});
