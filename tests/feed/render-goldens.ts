/** Prints the ETag and a hash of every golden page's documents; run by determinism.test.ts in other environments. */
import { createHash } from 'node:crypto';
import { renderFeed } from '../../src/feed/document.ts';
import { formats } from '../../src/feed/formats.ts';
import { goldenPages } from './pages.ts';

for (const [name, page] of Object.entries(goldenPages)) {
  for (const format of formats) {
    const { bytes, etag } = await renderFeed(await page, format);
    console.log(name, format.file, etag, createHash('sha256').update(bytes).digest('hex'));
  }
}
