import { extname } from 'node:path';
import { mediaTypeOf } from '../article/media-types.ts';

/** Media types of what sites have at their root besides the kinds that stand beside articles. */
const types: Readonly<Record<string, string>> = {
  '.asc': 'text/plain',
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.mjs': 'text/javascript',
  '.otf': 'font/otf',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** The media type, by the ending of its name, of a file that stands at the site's root. XML says its encoding inside. */
export function rootTypeOf(path: string): string {
  const type = types[extname(path).toLowerCase()] ?? mediaTypeOf(path) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
