/** How many bytes of a file's beginning are looked at. */
export const sniffed = 512;

/**
 * Looks whether a file that was fetched is what the answer called it, as servers send pages that say sorry under the type
 * of a picture. Throws where it isn't.
 */
export function checkContent(start: Buffer, type: string): void {
  if (start.length === 0) throw new Error('the answer is empty');
  const text = start.toString('latin1');
  if (page.test(text)) throw new Error('it is a page of HTML');
  const isRaster = type.startsWith('image/') && type !== 'image/svg+xml';
  if (isRaster && !pictures.test(text)) throw new Error(`it is no picture, though its kind is ${type}`);
}

const page = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)[\s>]/i;
/** The first bytes of JPEG, PNG, GIF, BMP, icons, WebP and AVIF; which of them it is, browsers look for themselves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are bytes
const pictures = /^(?:\xff\xd8\xff|\x89PNG|GIF8|BM|\x00\x00\x01\x00|RIFF.{4}WEBP|.{4}ftyp)/s;
