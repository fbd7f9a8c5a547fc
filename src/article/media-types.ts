import type { Enclosure } from './article.ts';

/** Media types of the files that may accompany articles. Nothing else is served from their folder. */
// biome-ignore format: a table reads better in rows
const mediaTypes: Readonly<Record<string, string>> = {
  avif: 'image/avif', bmp: 'image/bmp', gif: 'image/gif', ico: 'image/x-icon', jpeg: 'image/jpeg',
  jpg: 'image/jpeg', png: 'image/png', svg: 'image/svg+xml', webp: 'image/webp',
  aac: 'audio/aac', flac: 'audio/flac', m4a: 'audio/mp4', m4b: 'audio/mp4', mp3: 'audio/mpeg',
  oga: 'audio/ogg', ogg: 'audio/ogg', opus: 'audio/ogg', wav: 'audio/wav',
  m4v: 'video/mp4', mov: 'video/quicktime', mp4: 'video/mp4', ogv: 'video/ogg', webm: 'video/webm',
  srt: 'application/x-subrip', vtt: 'text/vtt', epub: 'application/epub+zip', gz: 'application/gzip',
  pdf: 'application/pdf', zip: 'application/zip',
};

/** Returns the media type of a file by its extension; `undefined` for a file that is not media. */
export function mediaTypeOf(path: string): string | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(mediaTypes, ending) ? mediaTypes[ending] : undefined;
}

/** Guesses the media type of a file by its address, for media and transcripts. */
export function typeOfFile(address: string): string | undefined {
  const path = address.replace(/[?#].*$/s, '');
  const transcript = /\.(json|txt)$/i.exec(path)?.[1]?.toLowerCase();
  return transcript === undefined ? mediaTypeOf(path) : { json: 'application/json', txt: 'text/plain' }[transcript];
}

/** Reports whether a file is audio or video. */
export function isRecording({ type }: Pick<Enclosure, 'type'>): boolean {
  return /^(?:audio|video)\//i.test(type);
}

export function isVideo({ type }: Pick<Enclosure, 'type'>): boolean {
  return /^video\//i.test(type);
}
