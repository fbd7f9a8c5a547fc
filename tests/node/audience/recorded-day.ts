import { mp3 } from '../recordings.ts';

/** A request of a recorded day, and how often it came. */
export interface RecordedRequest {
  readonly from: string;
  readonly agent: string;
  readonly path: string;
  readonly times?: number;
  /** `tag`: with the tag of the last answer for this path. */
  readonly condition?: 'tag';
  readonly fields?: Readonly<Record<string, string>>;
  readonly method?: string;
  /** Whether another worker of the site gets it. */
  readonly isElsewhere?: true;
}

const feedly = 'Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers; like FeedFetcher-Google)';
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0';
const episode = '/media/episode.mp3';

/** Two and a half minutes of 64 kbit/s after a cover of 100 kB, so 580 kB make a download. */
export const episodeFile = mp3({ kbps: 64, seconds: 150, tag: 100_000 });

/** A day of a publication with one article, `/tags/harbour/` and an episode: readers of all kinds. */
export const recordedDay: readonly RecordedRequest[] = [
  { from: '198.51.100.1', agent: feedly, path: '/rss.xml' },
  { from: '198.51.100.2', agent: feedly.replace('42', '43'), path: '/rss.xml', condition: 'tag', times: 3 },
  { from: '198.51.100.3', agent: feedly.replace('42', '41'), path: '/atom.xml', isElsewhere: true },
  { from: '198.51.100.4', agent: 'Feedbin feed-id:1 - 7 subscribers', path: '/tags/harbour/atom.xml' },
  { from: '203.0.113.1', agent: 'Miniflux/2.2', path: '/feed.json' },
  { from: '203.0.113.1', agent: 'Miniflux/2.2', path: '/feed.json', condition: 'tag', times: 4 },
  { from: '203.0.113.1', agent: 'NetNewsWire (RSS Reader; https://netnewswire.com/)', path: '/atom.xml', times: 2 },
  { from: '203.0.113.2', agent: 'FreshRSS/1.24.3 (Linux; https://freshrss.org)', path: '/feed', times: 2 },
  {
    from: '203.0.113.2',
    agent: 'FreshRSS/1.24.3 (Linux; https://freshrss.org)',
    path: '/rss.xml?_=1',
    isElsewhere: true,
  },
  { from: '2001:db8:1:2::1', agent: 'Reeder/5.4', path: '/rss.xml' },
  { from: '2001:db8:1:2:aaaa::9', agent: 'Reeder/5.4', path: '/rss.xml' },
  { from: '203.0.113.3', agent: browser, path: '/rss.xml' },
  { from: '203.0.113.4', agent: 'curl/8.5.0', path: '/rss.xml' },
  { from: '203.0.113.5', agent: 'Mozilla/5.0 (compatible; Googlebot/2.1)', path: '/rss.xml', times: 2 },
  { from: '203.0.113.6', agent: 'Miniflux/2.2', path: '/rss.xml', method: 'HEAD' },
  { from: '203.0.113.6', agent: 'Miniflux/2.2', path: '/tags/none/rss.xml' },
  { from: '203.0.113.7', agent: 'newsraft/0.28', path: '/rss.xml', fields: { 'Accept-Encoding': 'gzip' } },
  { from: '203.0.113.8', agent: 'Impatient/1.0', path: '/atom.xml', times: 6 },
  { from: '203.0.113.10', agent: 'AntennaPod/3.4.0', path: episode, fields: { Range: 'bytes=0-1' } },
  { from: '203.0.113.10', agent: 'AntennaPod/3.4.0', path: episode, fields: { Range: 'bytes=0-499999' } },
  {
    from: '203.0.113.10',
    agent: 'AntennaPod/3.4.0',
    path: episode,
    fields: { Range: 'bytes=500000-1099999' },
    isElsewhere: true,
  },
  { from: '203.0.113.10', agent: 'Castro 2019.13/1167', path: episode, fields: { Range: 'bytes=0-579998' } },
  { from: '203.0.113.10', agent: 'Podverse/4.1', path: episode, fields: { Range: 'bytes=0-579999' } },
  { from: '203.0.113.11', agent: 'Overcast/3.0 (+http://overcast.fm/; iOS podcast app)', path: episode, times: 2 },
  { from: '203.0.113.12', agent: browser, path: episode, fields: { 'Sec-Purpose': 'prefetch' } },
  { from: '203.0.113.13', agent: 'atc/1.0 watchOS/9.0 model/Watch6,1', path: episode },
  { from: '203.0.113.14', agent: 'curl/8.5.0', path: episode, method: 'HEAD' },
];

export interface Replayed {
  readonly status: number;
  readonly etag: string | undefined;
}

/** Replays the day, one request after the other. */
export async function replay(
  ask: (request: RecordedRequest, headers: Readonly<Record<string, string>>) => Promise<Replayed>,
): Promise<number[]> {
  const statuses: number[] = [];
  const tags = new Map<string, string>();
  for (const request of recordedDay) {
    for (let i = 0; i < (request.times ?? 1); i++) {
      const tag = request.condition === 'tag' ? tags.get(request.path) : undefined;
      const condition = tag === undefined ? {} : { 'If-None-Match': tag };
      const { status, etag } = await ask(request, { 'User-Agent': request.agent, ...request.fields, ...condition });
      statuses.push(status);
      if (etag !== undefined) tags.set(request.path, etag);
    }
  }
  return statuses;
}
