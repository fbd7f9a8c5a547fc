/** A feed reader on the web, and its page that subscribes to a feed. */
export interface Reader {
  readonly name: string;
  readonly subscribe: (feed: string) => string;
}

/** The common ones. */
export const readers: readonly Reader[] = [
  { name: 'Feedly', subscribe: by('https://feedly.com/i/subscription/feed%2F') },
  { name: 'Inoreader', subscribe: by('https://www.inoreader.com/?add_feed=') },
  { name: 'NewsBlur', subscribe: by('https://www.newsblur.com/?url=') },
  { name: 'The Old Reader', subscribe: by('https://theoldreader.com/feeds/subscribe?url=') },
  { name: 'Feedbin', subscribe: by('https://feedbin.com/?subscribe=') },
];

function by(address: string): Reader['subscribe'] {
  return (feed) => address + encodeURIComponent(feed);
}
