import { Feed } from 'feed';
import { Hono } from 'hono';

export type PeerItem = Parameters<Feed['addItem']>[0];

/** Builds a feed like the README of the package `feed`. */
export function buildPeerFeed(items: readonly PeerItem[]): Feed {
  const feed = new Feed({
    title: 'Bench',
    description: 'Fifty articles',
    id: 'https://bench.example/',
    link: 'https://bench.example/',
    language: 'en',
    updated: new Date(Date.UTC(2020, 1, 20)),
    feedLinks: { json: 'https://bench.example/feed.json', atom: 'https://bench.example/atom.xml' },
    author: { name: 'The desk', email: 'desk@bench.example', link: 'https://bench.example/desk' },
  });
  for (const item of items) feed.addItem(item);
  return feed;
}

/** The usual app for it, which renders on each request. */
export function peerApp(items: readonly PeerItem[]): Hono {
  const app = new Hono();
  app.get('/rss.xml', (c) => c.body(buildPeerFeed(items).rss2(), 200, { 'Content-Type': 'application/rss+xml' }));
  app.get('/atom.xml', (c) => c.body(buildPeerFeed(items).atom1(), 200, { 'Content-Type': 'application/atom+xml' }));
  app.get('/feed.json', (c) => c.body(buildPeerFeed(items).json1(), 200, { 'Content-Type': 'application/json' }));
  return app;
}
