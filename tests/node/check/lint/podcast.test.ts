import { describe, expect, it } from 'vitest';
import { podcastProblems } from '../../../../src/node/check/lint/podcast.ts';
import { ArticleFiles } from '../../../../src/node/folder/article-files.ts';
import type { FolderSnapshot } from '../../../../src/node/folder/folder-snapshot.ts';
import { article, site } from '../../../publication/articles.ts';

const podcast = {
  categories: [{ name: 'Arts' }],
  explicit: true,
  image: 'https://a.example/a.png',
  author: 'A',
  guid: '0',
};
const audio = { url: 'https://a.example/a.mp3', type: 'audio/mpeg' };

function problems(said: Partial<FolderSnapshot>): string[] {
  const files = new ArticleFiles('.');
  const none = { sources: [], articles: [], problems: [], staleFiles: [], changes: [], unlisted: [] };
  const reading = { site, files, hasUrl: true, changed: '', ...none, ...said };
  return podcastProblems(reading, 'p.yaml').map(
    ({ file, line, severity, code, message }) => `${file}:${line} ${severity} ${code}: ${message}`,
  );
}

describe('of recordings', () => {
  it.each([
    [
      'one',
      [audio],
      /^p\.yaml:1 warning podcast-incomplete: articles such as two have recordings; .*"podcast"/,
    ],
    ['a film', [{ ...audio, type: 'video/mp4' }], undefined],
    ['a picture', [{ ...audio, type: 'image/png' }], undefined],
    ['nothing', [], undefined],
  ])('%s without a podcast', (_, enclosures, message) => {
    const sources = [article({ slug: 'one' }), article({ slug: 'two', enclosures })];
    expect(problems({ sources })).toEqual(message === undefined ? [] : [expect.stringMatching(message)]);
    const place = { file: 'p.yaml', line: 3, column: 1, unset: [] };
    expect(problems({ sources, site: { ...site, podcast }, podcast: place })).toEqual([]);
  });
});

it('a podcast lacks what is not given, at its place in its file', () => {
  const place = { file: 'q.yml', line: 7, column: 1, unset: ['category', 'owner.email'] };
  expect(problems({ site: { ...site, podcast }, podcast: place })).toEqual([
    'q.yml:7 warning podcast-incomplete: podcast directories require podcast.category, podcast.owner.email',
  ]);
});

it('a podcast without a guid is told to keep the computed one, once it has an address', () => {
  const place = { file: 'q.yml', line: 7, column: 1, unset: ['guid'] };
  const said = { site: { ...site, podcast }, podcast: place };
  expect(problems(said)).toEqual([
    expect.stringMatching(/^q\.yml:7 warning podcast-incomplete: .*"guid: 0"$/),
  ]);
  expect(problems({ ...said, hasUrl: false })).toEqual([]);
});
