import { expect, it } from 'vitest';
import { readFeed } from '../../../src/node/import/read-feed.ts';

const feed = (base: string, entry: string, body: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${base}><id>urn:f</id><title>F</title><entry${entry}><id>urn:e</id><title>E</title><link href="https://old.example/2026/e"/><content type="html"${body}>&lt;p&gt;B&lt;/p&gt;</content></entry></feed>`;
const at = (base: string) => ` xml:base="${base}"`;

it.each([
  ['the address of the entry where there is none', '', '', '', 'https://old.example/2026/e'],
  ['that of the feed', at('https://a.example/blog/'), '', '', 'https://a.example/blog/'],
  ['that of the entry inside it', at('https://a.example/blog/'), at('x/'), '', 'https://a.example/blog/x/'],
  [
    'that of the content inside all',
    at('https://a.example/blog/'),
    at('x/'),
    at('y/'),
    'https://a.example/blog/x/y/',
  ],
  ['one that the address of the feed makes whole', at('/blog/'), at('x/'), '', 'https://old.example/blog/x/'],
])('the base of what an Atom entry says is %s (XML Base §4.1)', (_, base, entry, body, expected) => {
  const { items } = readFeed(feed(base, entry, body), new URL('https://old.example/feed.xml'));
  expect(items[0]?.base).toBe(expected);
});
