import { html } from 'hono/html';
import { mediaTypeOf } from '../../article/media-types.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { type WrittenDocument, writeDocument } from '../../feed/document.ts';
import { manifestPath } from '../../publication/addresses/address.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Site } from '../../publication/site/site.ts';
import { directionOf } from '../../publication/words/direction.ts';
import type { Html } from './language-view.ts';

/** The background of the site's own stylesheet. A test compares it. */
export const paper = { light: '#fbf9f4', dark: '#161412' } as const;

/** Writes the links to a publication's pictures, and the color of the browser around its pages. */
export function brandView(site: Site, root: string): Html {
  const local = (address: string): string =>
    address.startsWith(site.url) ? root + address.slice(site.url.length) : address;
  const icon = site.favicon ?? site.icon;
  const color = site.color ?? (site.theme?.style === undefined ? paper : undefined);
  return html`<link rel="icon" href="${icon === undefined ? `${root}icon.svg` : local(icon)}">
<link rel="apple-touch-icon" href="${site.icon === undefined ? `${root}icon.png` : local(site.icon)}">
<link rel="manifest" href="${root}${manifestPath}">
${color === undefined ? '' : themeColor(color)}`;
}

function themeColor({ light, dark = light }: NonNullable<Site['color']>): Html {
  if (light === dark) return html`<meta name="theme-color" content="${light}">\n`;
  return html`<meta name="theme-color" media="(prefers-color-scheme: light)" content="${light}">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="${dark}">
`;
}

/** Writes the manifest, by which phones put a site on their home screen (W3C, "Web Application Manifest"). */
export async function writeManifest({ site, changed }: Edition): Promise<WrittenDocument> {
  const { title, description, language, icon, color, theme } = site;
  const background = color?.light ?? (theme?.style === undefined ? paper.light : undefined);
  const manifest = omitUndefined({
    name: title,
    description: description === title ? undefined : description,
    lang: language,
    dir: directionOf(language),
    // Relative to the manifest, so that it also works in a preview on another host.
    start_url: './',
    scope: './',
    display: 'minimal-ui',
    theme_color: background,
    background_color: background,
    icons: icon === undefined ? packageIcons : [publisherIcon(icon)],
  });
  return writeDocument(`${JSON.stringify(manifest, undefined, 2)}\n`, 'application/manifest+json', {
    ...omitUndefined({ changed }),
    articles: [],
  });
}

const packageIcons = [
  { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
  { src: 'icon.png', sizes: '512x512', type: 'image/png' },
];

function publisherIcon(src: string): object {
  return omitUndefined({ src, sizes: 'any', type: mediaTypeOf(new URL(src).pathname) });
}
