export const ATOM = 'http://www.w3.org/2005/Atom';
export const XHTML = 'http://www.w3.org/1999/xhtml';
export const CONTENT = 'http://purl.org/rss/1.0/modules/content/';
export const DC = 'http://purl.org/dc/elements/1.1/';
export const DCTERMS = 'http://purl.org/dc/terms/';
export const MEDIA = 'http://search.yahoo.com/mrss/';
export const ITUNES = 'http://www.itunes.com/dtds/podcast-1.0.dtd';
export const PODCAST = 'https://podcastindex.org/namespace/1.0';

/**
 * The namespaces that our feeds may use. The W3C validator knows each and warns about others (R15). It knows
 * only the name of PODCAST and says so, which is neither an error nor a warning.
 */
export const KNOWN: ReadonlySet<string> = new Set([
  ATOM,
  XHTML,
  CONTENT,
  DC,
  DCTERMS,
  'http://purl.org/syndication/history/1.0',
  'http://purl.org/syndication/thread/1.0',
  'http://purl.org/rss/1.0/modules/syndication/',
  'http://purl.org/rss/1.0/modules/slash/',
  'http://wellformedweb.org/CommentAPI/',
  MEDIA,
  ITUNES,
  PODCAST,
  'http://www.georss.org/georss',
  'http://backend.userland.com/creativeCommonsRssModule',
]);
