/** The site of the documents: its addresses, its navigation, and the changelog as a publication. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { publicationOf, versionsIn } from '../../site/changelog.ts';
import { addressOf, describe as describeDocument, navigationIn, resolveLink } from '../../site/documents.ts';
import { readPublication } from '../../src/node/folder/read-publication.ts';
import { checkout } from '../node/command.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { pages } from './written-commands.ts';

const read = (path: string): string => readFileSync(join(checkout, path), 'utf8');

describe('the address of a document', () => {
  it.each([
    ['README.md', '/'],
    ['CHANGELOG.md', '/changelog/'],
    ['docs/writing.md', '/writing/'],
    ['docs/deploy/README.md', '/deploy/'],
    ['docs/beside-a-site.md', '/beside-a-site/'],
    ['docs/beside-a-site/hugo.md', '/beside-a-site/hugo/'],
    ['examples/README.md', '/examples/'],
  ])('of %s is %s', (path, address) => expect(addressOf(path)).toBe(address));

  it('is that of no other', () => {
    const all = [...pages, 'CHANGELOG.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'examples/README.md'].map(addressOf);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each([
    ['docs/deploy/docker.md', 'files/Dockerfile', '/deploy/files/Dockerfile'],
    ['docs/embedding.md', '../examples/README.md', '/examples/'],
    ['README.md', 'docs/deploying.md#node', '/deploying/#node'],
    ['docs/ids.md', '#top', '#top'],
    ['docs/ids.md', 'https://example.org/a.md', 'https://example.org/a.md'],
  ])('replaces the link in %s to %s', (from, link, address) => expect(resolveLink(from, link)).toBe(address));
});

describe('the navigation', () => {
  const groups = navigationIn(read('README.md'));

  it('has every document that README.md lists', () => {
    const [, list = ''] = read('README.md').split('## Documents');
    const links = [...list.matchAll(/\]\(([^)]+\.md)\)/g)].map(([, path = '']) => addressOf(path));
    expect(groups.flatMap(({ entries }) => entries.map(({ url }) => url))).toEqual(links);
    const [first] = groups;
    expect([first?.name, first?.entries[0]]).toEqual(['Write', { text: 'Articles', url: '/writing/' }]);
  });

  it('names documents that have a title and a first paragraph', () => {
    for (const page of pages) {
      const { title, description } = describeDocument(read(page));
      expect([page, title.length > 0, description.length > 20]).toEqual([page, true, true]);
    }
  });
});

describe('the changelog', () => {
  const changelog = `# Changelog

## 0.3.0 – unreleased since 2027-02-01

- New: [checks](docs/checking.md#a).

## 0.2.0 – 2027-01-15

### Feeds

- Better, see <https://example.org/>.

## 0.1.0 – 2026-12-01

- First.
`;
  const site = 'https://docs.example/dateline/';
  const articlesOf = (text: string) => {
    const { articles, problems } = readPublication(makeFolder(publicationOf(text, site)));
    return { problems, articles: articles.map(({ source }) => source.article()) };
  };

  it('is a publication with one article for each version', () => {
    const { problems, articles } = articlesOf(changelog);
    expect(problems).toEqual([]);
    expect(
      articles.map(({ id, plainId = id, permalink, title, published }) => [plainId, permalink, title, published]),
    ).toEqual([
      ['pkg:npm/dateline-feeds@0.1.0', `${site}changelog/0-1-0/`, 'Dateline 0.1.0', '2026-12-01T00:00:00Z'],
      ['pkg:npm/dateline-feeds@0.2.0', `${site}changelog/0-2-0/`, 'Dateline 0.2.0', '2027-01-15T00:00:00Z'],
      ['pkg:npm/dateline-feeds', `${site}changelog/next/`, 'Dateline, unreleased', '2027-02-01T00:00:00Z'],
    ]);
    expect(articles[2]?.content).toContain(`<a href="${site}checking/#a">checks</a>`);
  });

  it('keeps the ids of versions when a version is released', () => {
    const ids = (text: string) => articlesOf(text).articles.map(({ id }) => id);
    const released = changelog.replace('unreleased since 2027-02-01', '2027-03-01');
    expect(ids(released)).toEqual([...ids(changelog).slice(0, 2), 'pkg:npm/dateline-feeds@0.3.0']);
  });

  it('is refused with a version that has no date', () => {
    expect(() => versionsIn('## 0.1.0 – soon\n')).toThrow('got "0.1.0 – soon"');
  });

  it('of this project has versions, the newest first', () => {
    const names = versionsIn(read('CHANGELOG.md')).map(({ date }) => date);
    expect(names.length).toBeGreaterThan(0);
    expect(names).toEqual(names.toSorted().reverse());
  });
});

describe('the workflow of the site', () => {
  it('publishes what npm run site builds, and may do no more', () => {
    const { permissions, jobs } = parse(read('.github/workflows/site.yml'));
    const { scripts } = JSON.parse(read('package.json'));
    expect(permissions).toEqual({ contents: 'read' });
    expect(jobs.publish.permissions).toEqual({ contents: 'read', pages: 'write', 'id-token': 'write' });
    const runs = jobs.publish.steps.flatMap(({ run }: { readonly run?: string }) => run ?? []);
    expect(runs).toEqual(['npm ci', 'npm run api', 'npm run site']);
    expect(scripts.site).toContain('site/eleventy.config.js');
    expect(existsSync(join(checkout, 'site/eleventy.config.js'))).toBe(true);
  });
});
