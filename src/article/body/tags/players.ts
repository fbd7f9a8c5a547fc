/** The attributes by which elements that embed a player name what they play. */
const idNames = 'videoid video-id data-videoid data-video-id data-id data-tweetid data-shortcode src href'.split(' ');

/** The public address of a video by its id. */
const services: readonly (readonly [name: RegExp, address: (id: string) => string])[] = [
  [/youtube|^lite-yt/, (id) => `https://www.youtube.com/watch?v=${id}`],
  [/vimeo/, (id) => `https://vimeo.com/${id}`],
  [/dailymotion/, (id) => `https://www.dailymotion.com/video/${id}`],
  [/twitter/, (id) => `https://x.com/i/status/${id}`],
  [/instagram/, (id) => `https://www.instagram.com/p/${id}/`],
];

/** The elements that show a player of another site, as custom elements and AMP have them. */
export const playerNames: readonly string[] = (
  'lite-youtube lite-vimeo lite-yt-embed lite-youtube-embed amp-youtube amp-vimeo amp-dailymotion amp-twitter ' +
  'amp-instagram amp-iframe youtube-video vimeo-video dailymotion-video spotify-audio wistia-video twitch-video ' +
  'tiktok-video cloudflare-video jwplayer-video hls-video dash-video youtube-embed vimeo-embed youtube-player'
).split(' ');

const players = new Set(playerNames);

export function isPlayer(name: string): boolean {
  return players.has(name);
}

/** Returns the address of what a player plays; `undefined` if its attributes do not say it. */
export function playedAddress(name: string, attributes: Readonly<Record<string, string>>): string | undefined {
  const id = idNames.map((one) => attributes[one]?.trim()).find((value) => value !== undefined && value !== '');
  if (id === undefined) return undefined;
  if (/^(?:https?:)?\/\//i.test(id)) return id;
  const service = services.find(([pattern]) => pattern.test(name))?.[1];
  return service !== undefined && /^[\w-]+$/.test(id) ? service(id) : undefined;
}
