import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPublishedPosts } from '../../../../../src/node/check/export-posts.ts';
import { readDocument } from '../../../../../src/node/import/read/read-document.ts';
import { dateline } from '../../../command.ts';
import { makeFolder } from '../../../temporary-folder.ts';

const file = new URL('file:///backup.xml');
const read = (text: string, pages = false) => {
  const { items, notes = [], authors } = readDocument(text, file, { pages });
  return { items, authors, messages: notes.map(({ message }) => message) };
};
const feed = (entries: readonly string[], more = '') =>
  `<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:gd='http://schemas.google.com/g/2005' xmlns:app='http://purl.org/atom/app#' xmlns:thr='http://purl.org/syndication/thread/1.0'${more}><id>tag:blogger.com,1999:blog-1.archive</id><title>My blog</title><link rel='alternate' href='http://my.example/'/><author><name>Ann</name><email>ann@private.example</email></author>${entries.join('')}</feed>`;

let number = 0;
const old = (kind: string, more = '') =>
  `<entry><id>tag:blogger.com,1999:blog-1.${kind}-${++number}</id><published>2024-05-01T10:00:00Z</published><updated>2024-05-01T10:00:00Z</updated><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#${kind}'/><category scheme='http://www.blogger.com/atom/ns#' term='Travel'/><title type='text'>A ${kind}</title><content type='html'>&lt;p&gt;Text&lt;/p&gt;</content><author><name>Ann</name><email>noreply@blogger.com</email></author>${more}</entry>`;
const link = "<link rel='alternate' type='text/html' href='http://my.example/a.html'/>";
const draft = '<app:control><app:draft>yes</app:draft></app:control>';

const takeout = (type: string, status: string, more = '') =>
  `<entry><id>tag:blogger.com,1999:blog-1.post-${++number}</id><b:type>${type}</b:type><b:status>${status}</b:status><author><name>Ann</name><uri></uri><b:type>BLOGGER</b:type></author><title>${type} ${status}</title><content type='html'>Text</content><published>2023-01-02T03:04:05Z</published><updated>2023-01-02T03:04:05Z</updated><category scheme='tag:blogger.com,1999:blog-1' term='Food'/><b:filename>/2023/01/a.html</b:filename><link/><enclosure/>${more || '<b:trashed/>'}</entry>`;
const takeoutFeed = (...entries: readonly string[]) =>
  feed(entries, " xmlns:b='http://schemas.google.com/blogger/2018'");

describe('an old Blogger backup', () => {
  const text = feed([
    old('template'),
    old('settings'),
    old('settings'),
    old('post', link),
    old('post', draft + link),
    old('page'),
    old('comment', "<thr:in-reply-to ref='x'/>"),
  ]);

  it('gives its posts, with drafts as drafts, and counts the rest', () => {
    const { items, messages } = read(text);
    expect(items.map(({ title, isDraft, url, tags }) => ({ title, isDraft, url, tags }))).toEqual([
      { title: 'A post', isDraft: undefined, url: 'http://my.example/a.html', tags: ['Travel'] },
      { title: 'A post', isDraft: true, url: undefined, tags: ['Travel'] },
    ]);
    expect(messages).toEqual(['not imported: 1 template, 2 settings, 1 page, 1 comment; --pages includes pages']);
  });

  it('gives its pages if they are wanted', () => {
    expect(read(text, true).items.map(({ title }) => title)).toEqual(['A post', 'A post', 'A page']);
  });

  it('is read like a feed for `check --against`, without drafts', () => {
    expect(readPublishedPosts(text, file).items).toMatchObject([{ isAtom: true, hasId: true }]);
  });

  it('is refused without posts', () => {
    expect(() => read(feed([old('settings'), old('comment')]))).toThrow(
      /^is a Blogger backup without posts; it has 1 setting, 1 comment; export again/,
    );
  });
});

describe('a Blogger backup of Google Takeout', () => {
  it('gives its posts by their status, under any prefix', () => {
    const { items, messages } = read(
      takeoutFeed(
        takeout('POST', 'LIVE'),
        takeout('POST', 'DRAFT'),
        takeout('POST', 'SCHEDULED'),
        takeout('POST', 'QUEER'),
        takeout('POST', 'LIVE', '<b:trashed>2023-04-02T00:00:00Z</b:trashed>'),
        takeout('POST', 'SOFT_TRASHED'),
        takeout('PAGE', 'LIVE'),
        takeout('COMMENT', 'SPAM'),
        takeout('COMMENT', 'LIVE'),
      ),
    );
    expect(items.map(({ title, isDraft }) => [title, isDraft])).toEqual([
      ['POST LIVE', undefined],
      ['POST DRAFT', true],
      ['POST SCHEDULED', undefined],
      ['POST QUEER', true],
    ]);
    expect(messages).toContain('Blogger calls it QUEER, so it becomes a draft');
    expect(messages).toContain(
      'not imported: 2 posts in the bin, 1 page, 1 spam comment, 1 comment; --pages includes pages',
    );
  });

  it('gets the addresses of posts from --url', () => {
    const text = takeoutFeed(takeout('POST', 'LIVE'), takeout('POST', 'DRAFT'));
    const urls = (url?: URL) => readDocument(text, file, { url }).items.map((item) => item.url);
    expect(urls(new URL('https://old.example'))).toEqual(['https://old.example/2023/01/a.html', undefined]);
    expect(urls()).toEqual([undefined, undefined]);
  });
});

describe('mail addresses of Blogger', () => {
  it.each([
    ['an old backup', feed([old('post', link)])],
    ['a backup of Takeout', takeoutFeed(takeout('POST', 'LIVE'))],
    [
      'its feed',
      feed([
        `<entry><id>urn:e</id><title>A</title><published>2024-05-01T10:00:00Z</published><author><name>Ann</name><email>noreply@blogger.com</email></author><content>a</content></entry>`,
      ])
        .replace('ann@private.example', 'noreply@blogger.com')
        .replace("xmlns:gd='http://schemas.google.com/g/2005'", "xmlns:b='http://schemas.google.com/blogger/2008'"),
    ],
    [
      'its RSS',
      '<rss version="2.0"><channel><title>T</title><link>http://my.example/</link><managingEditor>noreply@blogger.com (Ann)</managingEditor><item><guid>urn:e</guid><title>A</title><pubDate>Wed, 01 Jan 2025 00:00:00 GMT</pubDate><author>noreply@blogger.com (Ann)</author><description>a</description></item><item><guid>urn:f</guid><title>B</title><pubDate>Wed, 01 Jan 2025 00:00:00 GMT</pubDate><author>noreply@blogger.com</author><description>b</description></item></channel></rss>',
    ],
  ])('are never written: %s', async (_, text) => {
    const dir = join(makeFolder(), 'seeds');
    await dateline(['import', join(makeFolder({ 'f.xml': text }), 'f.xml'), dir]);
    const written = readdirSync(dir).map((name) => readFileSync(join(dir, name), 'utf8'));
    expect(written.length).toBeGreaterThan(1);
    expect(written.join('')).not.toContain('@');
    expect(written.join('')).toContain('Ann');
  });
});

it('an Atom entry that is marked as a draft is a draft (RFC 5023 §13.1.1)', () => {
  const text = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:p="http://www.w3.org/2007/app"><id>urn:f</id><entry><id>urn:e</id><title>A</title><p:control><p:draft>yes</p:draft></p:control></entry><entry><id>urn:g</id><title>B</title><p:control><p:draft>no</p:draft></p:control></entry></feed>`;
  expect(read(text).items.map(({ isDraft }) => isDraft)).toEqual([true, undefined]);
});
