import type { ParsedNode } from 'yaml';
import type { PictureService } from '../site.ts';
import { text } from './key-file.ts';

/** The keys of what readers see of a publication beside its articles. */
export const brandKeys = {
  pictures: { expects: '"cloudflare"', read: pictures },
} as const;

function pictures(node: ParsedNode): PictureService | undefined {
  return (['cloudflare'] as const).find((service) => service === text(node));
}
