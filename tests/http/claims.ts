import type { Sent } from './targets.ts';

/** The publication that the claims are about: two articles a page, five due, one scheduled for 2099. */
export const claimedFolder = {
  'publication.yaml': 'title: The Daily\nurl: https://daily.example/\nitems: 2\nttl: 30\n',
  'first.md': '# First\n\n2026-03-01T08:00:00Z\n\nA lede.\n',
  'second.txt': '# Second & <third>\n\n2026-03-02T08:00:00Z\n\nA lede.\n',
  'third.md': '# Third\n\n2026-03-03T08:00:00Z\n\nA lede.\n',
  'grüße aus köln.md': '# Grüße\n\n2026-03-04T08:00:00Z\n\nA lede.\n',
  '__proto__.md': '# Fifth\n\n2026-03-05T08:00:00Z\n\nA lede.\n',
  'tomorrow.md': '# Tomorrow\n\n2099-01-01\n\nA lede.\n',
} as const;

const archives = [1, 2];

/** When the last of the folder's slices got its first article. */
const newestSlice = 'Sun, 01 Mar 2026 08:00:00 GMT';

/** Its documents: path, type and last change. */
export const documents = [
  ...['', ...archives.map((n) => `archive/${n}/`)].flatMap((folder, i) => {
    const modified = ['Thu, 05 Mar 2026', 'Mon, 02 Mar 2026', 'Wed, 04 Mar 2026'][i];
    return [
      { path: `/${folder}rss.xml`, type: 'application/rss+xml; charset=utf-8', modified },
      { path: `/${folder}atom.xml`, type: 'application/atom+xml; charset=utf-8', modified },
      { path: `/${folder}feed.json`, type: 'application/feed+json', modified },
      // The first archive page has linked to the second since the fifth article made the second full.
      {
        path: `/${folder.slice(0, -1)}`,
        type: 'text/html; charset=utf-8',
        modified: folder === 'archive/1/' ? 'Thu, 05 Mar 2026' : modified,
      },
    ];
  }),
  // It links to the second since that appeared.
  { path: '/articles/first', type: 'text/html; charset=utf-8', modified: 'Mon, 02 Mar 2026' },
  { path: '/archive', type: 'text/html; charset=utf-8', modified: 'Thu, 05 Mar 2026' },
  { path: '/months/2026-03', type: 'text/html; charset=utf-8', modified: 'Thu, 05 Mar 2026' },
  { path: '/articles/__proto__', type: 'text/html; charset=utf-8', modified: 'Thu, 05 Mar 2026' },
  {
    path: '/articles/gr%C3%BC%C3%9Fe-aus-k%C3%B6ln',
    type: 'text/html; charset=utf-8',
    modified: 'Thu, 05 Mar 2026',
  },
]
  .map(({ modified, ...rest }) => ({ ...rest, modified: `${modified} 08:00:00 GMT` }))
  // The lists of feeds are dated by their newest slice, which here is later than the publication's files.
  .concat(
    { path: '/feeds.opml', type: 'text/x-opml; charset=utf-8', modified: newestSlice },
    { path: '/subscribe', type: 'text/html; charset=utf-8', modified: newestSlice },
  );

/** The validators that a reader keeps of its last answer. */
export interface Kept {
  readonly etag: string;
  readonly modified: Date;
}

interface ConditionalClaim {
  readonly claim: string;
  readonly status: 200 | 304;
  readonly headers: (kept: Kept) => Readonly<Record<string, string>>;
}

const strong = (etag: string): string => etag.replace('W/', '');
const second = 1000;
const day = 86_400 * second;
const imf = ({ modified }: Kept, shift = 0): string => new Date(modified.getTime() + shift).toUTCString();

/** "Thursday, 05-Mar-26 08:00:00 GMT" */
function rfc850(kept: Kept, shift = 0): string {
  const [, date, month, year, time] = imf(kept, shift).split(' ');
  const weekday = new Date(kept.modified.getTime() + shift).toLocaleDateString('en', {
    weekday: 'long',
    timeZone: 'UTC',
  });
  return `${weekday}, ${date}-${month}-${year?.slice(2)} ${time} GMT`;
}

/** "Thu Mar  5 08:00:00 2026" */
function asctime(kept: Kept, shift = 0): string {
  const [weekday, date, month, year, time] = imf(kept, shift).split(' ');
  return `${weekday?.slice(0, 3)} ${month} ${String(Number(date)).padStart(2)} ${time} ${year}`;
}

const match = (claim: string, status: 200 | 304, value: (kept: Kept) => string): ConditionalClaim => ({
  claim: `${status} for If-None-Match with ${claim}`,
  status,
  headers: (kept) => ({ 'If-None-Match': value(kept) }),
});
const since = (claim: string, status: 200 | 304, value: (kept: Kept) => string): ConditionalClaim => ({
  claim: `${status} for If-Modified-Since with ${claim}`,
  status,
  headers: (kept) => ({ 'If-Modified-Since': value(kept) }),
});

/** RFC 9110 §13.1: tags compare weakly, and a date counts only without them. */
export const conditionals: readonly ConditionalClaim[] = [
  match('the tag', 304, ({ etag }) => etag),
  match('the strong form of the tag', 304, ({ etag }) => strong(etag)),
  match('a list that has the tag', 304, ({ etag }) => `"one", ${etag}, W/"three"`),
  match('a list without spaces that has the tag', 304, ({ etag }) => `"one",W/"two",${strong(etag)}`),
  match('a list with a comma inside a tag', 304, ({ etag }) => `"one,two", ${etag}`),
  match('*', 304, () => '*'),
  match('another tag', 200, () => 'W/"another"'),
  match('a list of other tags', 200, () => '"one", W/"two"'),
  match('a longer tag', 200, ({ etag }) => etag.replace('"', '"x')),
  match('the tag in other letters', 200, ({ etag }) => `W/${strong(etag).toUpperCase()}x`),
  match('the tag without quotes', 200, ({ etag }) => strong(etag).replaceAll('"', '')),
  match('nothing', 200, () => ''),
  {
    claim: '304 for the tag with a date of long ago, which does not count',
    status: 304,
    headers: (kept) => ({ 'If-None-Match': kept.etag, 'If-Modified-Since': imf(kept, -1000 * day) }),
  },
  {
    claim: '200 for another tag with the right date, which does not count',
    status: 200,
    headers: (kept) => ({ 'If-None-Match': '"another"', 'If-Modified-Since': imf(kept) }),
  },
  since('the date', 304, (kept) => imf(kept)),
  since('a second later', 304, (kept) => imf(kept, second)),
  since('a date to come', 304, (kept) => imf(kept, 20_000 * day)),
  since('a second earlier', 200, (kept) => imf(kept, -second)),
  since('the beginning of time', 200, () => 'Thu, 01 Jan 1970 00:00:00 GMT'),
  since('the date as in RFC 850', 304, (kept) => rfc850(kept)),
  since('a second earlier as in RFC 850', 200, (kept) => rfc850(kept, -second)),
  since('the date of asctime', 304, (kept) => asctime(kept)),
  since('a later day of asctime', 304, (kept) => asctime(kept, 10 * day)),
  since('a second earlier by asctime', 200, (kept) => asctime(kept, -second)),
  since('words', 200, () => 'yesterday'),
  since('nothing', 200, () => ''),
  since('a number', 200, () => '4102444800'),
  since('an ISO 8601 date', 200, () => '2099-01-01T00:00:00Z'),
  since('a date in another zone', 200, (kept) => imf(kept, day).replace('GMT', '+0000')),
  since('a day that does not exist', 200, () => 'Thu, 99 Jan 2099 00:00:00 GMT'),
  since('the 31st of November', 200, () => 'Tue, 31 Nov 2099 00:00:00 GMT'),
  since('two dates', 200, (kept) => `${imf(kept)}, ${imf(kept)}`),
];

/** Paths without a document, in any spelling. */
export const nowhere: readonly string[] = [
  '/nope',
  '/RSS.xml',
  '/rss.xml/',
  '//rss.xml',
  '/atom/',
  '/RSS',
  '/feed//',
  '/rss.xml%00',
  '/rss.xml%3Fa',
  '/rss.xml%2F',
  '/archive/2026-03',
  '/months',
  '/months/2026-04',
  '/months/2099-01',
  '/archive/',
  '/archive/0',
  '/archive/4',
  '/archive/0/rss.xml',
  '/archive/00/rss.xml',
  '/archive/01/rss.xml',
  '/archive/1.0/rss.xml',
  '/archive/1e0/rss.xml',
  '/archive/0x1/rss.xml',
  '/archive/+1/rss.xml',
  '/archive/-1/rss.xml',
  '/archive/%201/rss.xml',
  '/archive/1%2F/rss.xml',
  '/archive/4/atom.xml',
  '/archive/4294967297/feed.json',
  '/archive/99999999999999999999/feed.json',
  '/archive/NaN/feed.json',
  '/archive//rss.xml',
  '/archive/1/nope',
  '/articles',
  '/articles/',
  '/articles/nope',
  '/articles/First',
  '/articles/first.md',
  '/articles/first/',
  '/tags/nope',
  '/tags/nope/rss.xml',
  '/tags/%/rss.xml',
  '/languages/en/archive/4/feed.json',
  '/languages/EN/feed.json',
  '/sections/sport',
  '/articles/tomorrow',
  '/articles/constructor',
  '/articles/toString',
  '/articles/..%2Ffirst',
  '/articles/%2E%2E%2Fpublication.yaml',
  '/articles/%2566irst',
  '/articles/%',
  '/articles/%E0%A4%A',
  '/publication.yaml',
  '/first.md',
  '/..%2f..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/package.json',
  '/%5c..%5cpackage.json',
  '/__proto__',
  '/%',
  '/%E0%A4%A',
  '/%C3',
  '/_dateline/edition.json',
  '/_dateline/edition',
  '/_dateline/blocks/1.json',
  '/%5Fdateline/edition.json',
  '/%5fdateline%2fedition.json',
  '/_dateline%2Fedition.json',
  '/%255Fdateline/edition.json',
  '//_dateline/edition.json',
  '///_dateline/edition.json',
  '/%2F_dateline/edition.json',
  '/x/..%2F_dateline/edition.json',
  '/./_dateline/edition.json',
  '/_dateline/./edition.json',
  '/_dateline//edition.json',
  '/_DATELINE/edition.json',
];

interface SameClaim {
  readonly claim: string;
  readonly path: string;
  readonly sent?: Sent;
}

/** Requests that get `/rss.xml` whatever else they contain; no reader is refused a feed. */
export const same: readonly SameClaim[] = [
  { claim: 'a query', path: '/rss.xml?_=123' },
  { claim: 'an empty query', path: '/rss.xml?' },
  { claim: 'a query that cannot be decoded', path: '/rss.xml?%E0%A4%A=%&a[]=b' },
  { claim: 'a path inside a query', path: '/rss.xml?/atom.xml' },
  { claim: 'an encoded letter', path: '/%72ss.xml' },
  { claim: 'dots in the path', path: '/archive/../rss.xml' },
  { claim: 'a dot in the path', path: '/./rss.xml' },
  ...['application/pdf', 'text/html', 'application/json', 'application/rss+xml;q=0', 'nonsense', '', '*/*;q=0'].map(
    (accept) => ({
      claim: `Accept: ${accept}`,
      path: '/rss.xml',
      sent: { headers: { Accept: accept } },
    }),
  ),
  { claim: 'a user agent', path: '/rss.xml', sent: { headers: { 'User-Agent': 'Mozilla/5.0 (X11)' } } },
  { claim: 'an empty user agent', path: '/rss.xml', sent: { headers: { 'User-Agent': '' } } },
  { claim: 'Accept-Language', path: '/rss.xml', sent: { headers: { 'Accept-Language': 'de' } } },
  { claim: 'another host', path: '/rss.xml', sent: { headers: { Host: 'elsewhere.example' } } },
  { claim: 'a cookie', path: '/rss.xml', sent: { headers: { Cookie: 'a=b' } } },
  { claim: 'A-IM: feed', path: '/rss.xml', sent: { headers: { 'A-IM': 'feed' } } },
  { claim: 'a range', path: '/rss.xml', sent: { headers: { Range: 'bytes=0-9' } } },
  { claim: 'Cache-Control: no-cache', path: '/rss.xml', sent: { headers: { 'Cache-Control': 'no-cache' } } },
];
