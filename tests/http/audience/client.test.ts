import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyClient } from '../../../src/http/audience/client.ts';

describe('A User-Agent', () => {
  it.each([
    ['Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers; like FeedFetcher-Google)', 'Feedly', 42],
    ['Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 26 subscribers; )', 'Inoreader', 26],
    ['NewsBlur Feed Fetcher - 3 subscribers - https://www.newsblur.com/site/1/x (Mozilla/5.0)', 'NewsBlur', 3],
    ['NewsBlur Feed Fetcher - 1 subscriber - https://www.newsblur.com/site/1/x', 'NewsBlur', 1],
    ['Mozilla/5.0 (compatible; theoldreader.com; 5 subscribers; feed-id=ab12)', 'The Old Reader', 5],
    ['Feedbin feed-id:1373711 - 142 subscribers', 'Feedbin', 142],
    ['Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 6 subscribers)', 'BazQux', 6],
    ['Overcast/1.0 Podcast Sync (123 subscribers; feed-id=456; +http://overcast.fm/)', 'Overcast', 123],
    ['Netvibes (http://www.netvibes.com/; 105 subscribers; feedID: 33718936)', 'Netvibes', 105],
  ])('of an aggregator states its subscribers: %s', (agent, name, subscribers) => {
    expect(identifyClient(agent)).toMatchObject({ name, kind: 'aggregator', subscribers });
  });

  it.each([
    ['Brand New Aggregator/0.1 (7 subscribers)', 'Other', 7],
    ['WireReaderBot/1.0 (+https://wirereader.app; 3 subscribers)', 'Other', 3],
    ['FreshRSS/1.24.3 (500 subscribers)', 'FreshRSS', 500],
  ])('of another program does, too, and it stays a reader: %s', (agent, name, subscribers) => {
    expect(identifyClient(agent)).toMatchObject({ name, kind: 'reader', subscribers });
  });

  it.each([
    ['Miniflux/2.2.0', 'Miniflux', 'reader'],
    ['Mozilla/5.0 (compatible; Miniflux/2.0.50; +https://miniflux.app)', 'Miniflux', 'reader'],
    ['FreshRSS/1.24.3 (Linux; https://freshrss.org)', 'FreshRSS', 'reader'],
    ['NetNewsWire (RSS Reader; https://netnewswire.com/)', 'NetNewsWire', 'reader'],
    ['Reeder/5.4 CFNetwork/1494 Darwin/23.4.0', 'Reeder', 'reader'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.6.1', 'Thunderbird', 'reader'],
    ['Liferea/1.14.1 (Linux; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)', 'Liferea', 'reader'],
    ['newsboat/2.21.0 (Linux 6.1)', 'newsboat', 'reader'],
    ['Newsboat/2.34.0 (Macintosh; Intel Mac OS X)', 'newsboat', 'reader'],
    ['Akregator/5.22.3; KIO/5.103', 'Akregator', 'reader'],
    ['Tiny Tiny RSS/23.04 (https://tt-rss.org/)', 'Tiny Tiny RSS', 'reader'],
    ['SpaceCowboys Android RSS Reader / 2.6.0(284)', 'Feeder', 'reader'],
    ['Podcasts/1410.53 CFNetwork/1111 Darwin/19.0.0 (x86_64)', 'Apple Podcasts', 'podcast'],
    ['播客/1 CFNetwork/1111', 'Apple Podcasts', 'podcast'],
    ['Overcast/3.0 (+http://overcast.fm/; iOS podcast app)', 'Overcast', 'podcast'],
    ['Pocket Casts', 'Pocket Casts', 'podcast'],
    ['AntennaPod/3.4.0', 'AntennaPod', 'podcast'],
    ['Castro 2019.13/1167', 'Castro', 'podcast'],
    ['Spotify/8.7.10 iOS/15.3.1 (iPhone13,2)', 'Spotify', 'podcast'],
    ['PodcastAddict/v5 (+https://podcastaddict.com/; Android podcast app)', 'Podcast Addict', 'podcast'],
    ['Spotify/1.0', 'Spotify', 'aggregator'],
    ['AppleCoreMedia/1.0.0.16G78 (Apple Watch; U; CPU OS 5_3 like Mac OS X)', 'Apple Watch', 'bot'],
    ['atc/1.0 watchOS/9.0 model/Watch6,1', 'Apple Watch', 'bot'],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Google', 'bot'],
    ['SomeNewCrawler/1.0', 'Other bots', 'bot'],
    ['curl/8.5.0', 'curl', 'script'],
    ['python-requests/2.31.0', 'Python requests', 'script'],
    ['', 'Without a name', 'script'],
    [
      'Mozilla/5.0 (Macintosh) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36',
      'Browsers',
      'browser',
    ],
    ['MyOwnReader/1.0', 'Other', 'reader'],
  ])('names its program: %s', (agent, name, kind) => {
    expect(identifyClient(agent)).toMatchObject({ name, kind });
  });

  it('is read as UTF-8 where Node.js took it for Latin-1', () => {
    expect(identifyClient(Buffer.from('Подкасты/1490').toString('latin1')).name).toBe('Apple Podcasts');
  });

  it('tells two feeds of an aggregator apart', () => {
    expect(identifyClient('Feedbin feed-id:1373711 - 142 subscribers').feedId).toBe('1373711');
  });

  it('of an unknown program leaves nothing but its product', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { name, product = '', ...rest } = identifyClient(`Zq/${text} jane@example.org`);
        expect(name.length).toBeLessThan(40);
        expect(product).not.toContain('@');
        expect(JSON.stringify(rest)).not.toContain('jane');
      }),
    );
  });
});
