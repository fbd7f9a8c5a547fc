import { isMap, type ParsedNode } from 'yaml';
import type { PictureService, Site } from '../site/site.ts';
import { text, unknownKey, type Wrong } from './key-file.ts';
import { truth } from './value-readers.ts';

/** The keys of what readers see of a publication beside its articles. */
export const brandKeys = {
  color: { expects: 'a color in quotes, such as "#8a1c1c", or a map of light and dark', read: color },
  search: { expects: 'true or false', read: truth },
  pictures: { expects: '"sharp" or "cloudflare"', read: pictures },
  cards: { expects: 'true or false', read: truth },
} as const;

function pictures(node: ParsedNode): PictureService | undefined {
  return (['sharp', 'cloudflare'] as const).find((service) => service === text(node));
}

function color(node: ParsedNode, wrong: Wrong): Site['color'] {
  const light = hexColor(node);
  if (light !== undefined) return { light };
  if (!isMap(node)) return undefined;
  const colors: { light?: string; dark?: string } = {};
  for (const { key, value } of node.items) {
    const name = text(key);
    if (name !== 'light' && name !== 'dark')
      return wrong(key, unknownKey(name ?? '', ['light', 'dark']), 'unknown-key');
    const one = value === null ? undefined : hexColor(value);
    if (one === undefined) return wrong(value ?? key, `expected a color in quotes, such as "#8a1c1c", for ${name}`);
    colors[name] = one;
  }
  return colors.light === undefined ? wrong(node, 'expected a map with "light"') : { ...colors, light: colors.light };
}

function hexColor(node: ParsedNode): string | undefined {
  const written = text(node)?.toLowerCase();
  return written !== undefined && /^#(?:[\da-f]{3}|[\da-f]{6})$/.test(written) ? written : undefined;
}
