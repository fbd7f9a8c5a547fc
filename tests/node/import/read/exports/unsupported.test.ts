import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../../src/node/import/read/read-document.ts';
import { dateline } from '../../../command.ts';
import { makeFolder } from '../../../temporary-folder.ts';

const read = (text: string) => readDocument(text, new URL('file:///a.xml'), {});

describe('a document that cannot be imported is named, with the way round', () => {
  it.each([
    [
      'a Movable Type or TypePad export',
      'AUTHOR: Ann\nTITLE: A\nDATE: 01/02/2003 04:05:06 AM\n-----\nBODY:\nText\n-----\n--------\n',
    ],
    [
      'a LiveJournal or Dreamwidth export',
      '<?xml version="1.0"?><livejournal><entry><itemid>1</itemid><eventtime>2003-01-01</eventtime></entry></livejournal>',
    ],
    ['an answer of the Tumblr API', '{"meta":{"status":200},"response":{"blog":{},"posts":[]}}'],
    ['an answer of the Tumblr API', '<tumblr version="1.0"><posts/></tumblr>'],
    ['a page of Squarespace as JSON', '{"website":{"id":"1"},"collection":{},"items":[{"title":"A"}]}'],
    ['a Joomla export', '<?xml version="1.0"?><j2xml version="19.2.0"><content/></j2xml>'],
    ['a Drupal export', '<node_export><node/></node_export>'],
    ["an answer of an API, such as Drupal's", '{"jsonapi":{"version":"1.0"},"data":[]}'],
    ["an answer of WordPress's API", '[{"id":1,"title":{"rendered":"A"},"content":{"rendered":"a"}}]'],
    [
      'an ActivityPub archive',
      '{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[]}',
    ],
    ['an OPML outline that lists no feeds', '<opml version="2.0"><head/><body><outline text="A"/></body></opml>'],
    ['a database dump', '-- MySQL dump 10.13  Distrib 8.0\n\nCREATE TABLE `wp_posts` (\n'],
    ['a sitemap', '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'],
    ['an article with front matter', '---\r\ntitle: A\r\n---\r\n\r\nText\r\n'],
    ['Markdown', '# A\n\nText\n'],
    ['a table', 'post_id,post_date,is_published,title\n1,2024-01-01,true,A\n'],
    [
      'a WordPress export without posts; it has 2 attachments; export again',
      `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>${'<item><wp:post_type>attachment</wp:post_type></item>'.repeat(2)}</channel></rss>`,
    ],
    [
      'a WordPress export without posts; it has 1 page; --pages',
      '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><wp:post_type>page</wp:post_type></item></channel></rss>',
    ],
  ])('%s', (name, text) => {
    expect(() => read(text)).toThrow(new RegExp(`^is ${name.replace(/[.()]/g, '\\$&')}`));
  });

  it('and nothing is written', async () => {
    const dir = join(makeFolder(), 'seeds');
    const place = makeFolder({
      'a.txt': 'TITLE: A\n-----\nBODY:\nText\n',
      'b.html': '<!doctype html><p>x</p>',
      'c/d.md': '',
    });
    const refused = async (name: string) => {
      const { code, stderr } = await dateline(['import', join(place, name), dir]);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await refused('a.txt')).toMatch(
      /error: cannot be read: is a Movable Type or TypePad export; import it into WordPress/,
    );
    expect(await refused('b.html')).toMatch(/is an HTML page.*; give the address of the feed itself/);
    expect(await refused('c')).toMatch(/is a folder; pack an export that is a folder as a zip file/);
    expect((await dateline(['import', 'x.xml', dir, '--url', 'old.example'])).stderr).toContain(
      'It must be a web address',
    );
  });
});
