import { mediaTypeOf } from '../../article/media-types.ts';

/**
 * Returns the file name ending for a response: the one in its path, unless the content type contradicts it. Throws for
 * a type that is not published beside articles.
 */
export function endingFor(contentType: string, path: string): string {
  const type = contentType.replace(/;.*$/s, '').trim().toLowerCase();
  const known = aliases[type] ?? type;
  const [written] = /(?<=\.)[a-z0-9]{1,5}$/i.exec(path) ?? [];
  const guessed = mediaTypeOf(path);
  const isVague = /^(?:application\/octet-stream|binary\/octet-stream|)$/.test(type);
  if (written !== undefined && guessed !== undefined && (isVague || guessed === known)) return written.toLowerCase();
  const ending = endings[known];
  if (ending === undefined) throw new Error(`files of type ${type || 'unknown'} are not published`);
  return ending;
}

const endings: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/webp': 'webp',
  'image/x-icon': 'ico',
  'audio/aac': 'aac',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'video/ogg': 'ogv',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'text/vtt': 'vtt',
  'application/epub+zip': 'epub',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
});

/** Other names that servers send. */
const aliases: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/vnd.microsoft.icon': 'image/x-icon',
  'audio/mp3': 'audio/mpeg',
  'audio/x-mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'application/ogg': 'audio/ogg',
  'video/x-m4v': 'video/mp4',
});

/** How many bytes at the beginning of a file are checked. */
export const checkedBytes = 512;

/**
 * Checks that a downloaded file has the type that the server named, since some servers send error pages as pictures.
 * Throws if it hasn't.
 */
export function checkContent(start: Buffer, type: string): void {
  if (start.length === 0) throw new Error('the answer is empty');
  const text = start.toString('latin1');
  if (htmlPage.test(text)) throw new Error('it is an HTML page');
  const isRaster = type.startsWith('image/') && type !== 'image/svg+xml';
  if (isRaster && !picture.test(text)) throw new Error(`it is not a picture, although its type is ${type}`);
}

const htmlPage = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)[\s>]/i;

/** The first bytes of JPEG, PNG, GIF, BMP, icons, WebP and AVIF. Browsers tell them apart themselves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are bytes
const picture = /^(?:\xff\xd8\xff|\x89PNG|GIF8|BM|\x00\x00\x01\x00|RIFF.{4}WEBP|.{4}ftyp)/s;
