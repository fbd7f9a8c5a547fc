/**
 * What a client is: an `aggregator` fetches once for many people, a `reader` and a `podcast` app for one person, a
 * `browser` shows a feed or plays an episode; a `script` is a library whose user is unknown; a `bot` reads for nobody.
 */
export type ClientKind = 'aggregator' | 'reader' | 'podcast' | 'browser' | 'script' | 'bot';

/** A client, and the lower-case text in its User-Agent that identifies it. */
export interface KnownClient {
  readonly name: string;
  readonly kind: ClientKind;
  readonly mark: string;
}

const table = (kind: ClientKind, marks: Readonly<Record<string, string>>): KnownClient[] =>
  Object.entries(marks).map(([mark, name]) => ({ name, kind, mark }));

/**
 * Feed parsers of podcast services that share their name with an app. They come first, because they are more specific.
 */
const parsers = table('aggregator', {
  'overcast/1.0 podcast sync': 'Overcast',
  'playerfm/1.0 podcast sync': 'Player FM',
  castboxfeedparser: 'CastBox',
  'podverse/feed parser': 'Podverse',
  'downcast feed consumer': 'Downcast',
  'pocketcasts/1.0 (pocket casts feed parser': 'Pocket Casts',
});

/** IAB Podcast Measurement 2.1 leaves out the Apple Watch, which downloads again what the phone has. */
const doubles = table('bot', {
  'apple watch': 'Apple Watch',
  watchos: 'Apple Watch',
  'atc/1': 'Apple Watch',
});

const aggregators = table('aggregator', {
  'feedly/1.': 'Feedly',
  feedlybot: 'Feedly',
  feedlyapp: 'Feedly',
  'feedly.com/fetcher': 'Feedly',
  'inoreader.com': 'Inoreader',
  'inoreader/': 'Inoreader',
  'newsblur feed fetcher': 'NewsBlur',
  'newsblur page fetcher': 'NewsBlur',
  'newsblur favicon fetcher': 'NewsBlur',
  'theoldreader.com': 'The Old Reader',
  feedbin: 'Feedbin',
  bazqux: 'BazQux',
  'feed wrangler': 'Feed Wrangler',
  feedwrangler: 'Feed Wrangler',
  feedhq: 'FeedHQ',
  'newsify feed fetcher': 'Newsify',
  netvibes: 'Netvibes',
  bloglovin: 'Bloglovin',
  feedspot: 'Feedspot',
  'feeder.co': 'Feeder (feeder.co)',
  flipboardrss: 'Flipboard',
  flipboardproxy: 'Flipboard',
  blogtrottr: 'Blogtrottr',
  superfeedr: 'Superfeedr',
  'feedfetcher-google': 'Google FeedFetcher',
  'micro.blog/': 'Micro.blog',
  g2reader: 'G2Reader',
  reedah: 'Reedah',
  'livedoor feedfetcher': 'livedoor Reader',
  protopage: 'Protopage',
  feedmailer: 'Feedmailer',
  'kill the newsletter': 'Kill the Newsletter',
  'lion reader': 'Lion Reader',
  lionreader: 'Lion Reader',
  'feeds.fun': 'Feeds Fun',
  newsgatoronline: 'NewsGator Online',
  'fathom/': 'Fathom',
  applenewsbot: 'Apple News',
});

const readers = table('reader', {
  miniflux: 'Miniflux',
  'commafeed/': 'CommaFeed',
  'yarr/': 'Yarr',
  freshrss: 'FreshRSS',
  'tiny tiny rss': 'Tiny Tiny RSS',
  'nextcloud-news': 'Nextcloud News',
  'nextcloud news': 'Nextcloud News',
  selfoss: 'selfoss',
  sismicsreader: 'Sismics Reader',
  netnewswire: 'NetNewsWire',
  'reeder/': 'Reeder',
  readkit: 'ReadKit',
  'unread rss reader': 'Unread',
  'fiery%20feeds': 'Fiery Feeds',
  'fiery feeds': 'Fiery Feeds',
  fieryfeeds: 'Fiery Feeds',
  'lire/': 'lire',
  'news explorer/': 'News Explorer',
  'feeeed/': 'feeeed',
  'leaf/': 'Leaf',
  'vienna/': 'Vienna',
  thunderbird: 'Thunderbird',
  liferea: 'Liferea',
  newsboat: 'newsboat',
  newsbeuter: 'Newsbeuter',
  newsraft: 'newsraft',
  akregator: 'Akregator',
  quiterss: 'QuiteRSS',
  rssguard: 'RSS Guard',
  'rss guard': 'RSS Guard',
  rssowl: 'RSSOwl',
  feeddemon: 'FeedDemon',
  newsflash: 'NewsFlash',
  news_flash: 'NewsFlash',
  alligator: 'Alligator',
  spacecowboys: 'Feeder',
  'feeder / ': 'Feeder',
  'feedme/': 'FeedMe',
  capyreader: 'Capy Reader',
  'capy reader': 'Capy Reader',
  readyou: 'Read You',
  'read you': 'Read You',
  'fluent reader': 'Fluent Reader',
  fluentreader: 'Fluent Reader',
  rss2email: 'rss2email',
  'emacs elfeed': 'Elfeed',
  elfeed: 'Elfeed',
  'gnus/': 'Gnus',
  rawdog: 'rawdog',
  'planet venus': 'Planet Venus',
  feednotifier: 'Feed Notifier',
  koreader: 'KOReader',
  calibre: 'calibre',
  devonthink: 'DEVONthink',
  'vivaldi feeds': 'Vivaldi',
  'python-reader': 'reader (Python)',
  'stringer (': 'Stringer',
});

const podcasts = table('podcast', {
  antennapod: 'AntennaPod',
  'de.danoeh.antennapod': 'AntennaPod',
  'overcast/': 'Overcast',
  'pocket casts': 'Pocket Casts',
  pocketcasts: 'Pocket Casts',
  'castro ': 'Castro',
  tentacles: 'Castro',
  'spotify/': 'Spotify',
  podcastaddict: 'Podcast Addict',
  'podcast addict': 'Podcast Addict',
  'gpodder/': 'gPodder',
  castbox: 'CastBox',
  castamatic: 'Castamatic',
  downcast: 'Downcast',
  'podverse/': 'Podverse',
  podcastguru: 'Podcast Guru',
  'podcast guru': 'Podcast Guru',
  fountain: 'Fountain',
  'snipd/': 'Snipd',
  'player fm': 'Player FM',
  'player%20fm': 'Player FM',
  'podbean/': 'Podbean',
  podkicker: 'Podkicker',
  doggcatcher: 'DoggCatcher',
  beyondpod: 'BeyondPod',
  'podcastrepublic/': 'Podcast Republic',
  amazonmusic: 'Amazon Music',
  alexamediaplayer: 'Amazon Alexa',
  deezer: 'Deezer',
  tunein: 'TuneIn',
  'iheartradio/': 'iHeartRadio',
  'anytime.amugofjava': 'Anytime',
  'itunes/': 'iTunes',
  applecoremedia: 'Apple devices',
  'vlc/': 'VLC',
  'lavf/': 'FFmpeg players',
  libmpv: 'mpv',
  'mpv 0.': 'mpv',
});

/** Apple Podcasts names itself in the language of the phone. */
const applePodcasts = table(
  'podcast',
  Object.fromEntries(
    (
      'podcasts/ balados/ podcasti/ podcastit/ podcasturi/ podcasty/ podcast’ler/ podkaster/ podcaster/ podcastok/ ' +
      'подкасти/ подкасты/ פודקאסטים/ البودكاست/ पॉडकास्ट/ พ็อดคาสท์/ 播客/ 팟캐스트/'
    )
      .split(' ')
      .map((mark) => [mark, 'Apple Podcasts']),
  ),
);

/** Every known client; the first whose mark is in a User-Agent counts. */
export const knownClients: readonly KnownClient[] = [
  ...doubles,
  ...parsers,
  ...aggregators,
  ...readers,
  ...podcasts,
  ...applePodcasts,
];
