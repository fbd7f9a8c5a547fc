import type { Article } from '../../article/article.ts';
import { shorten } from '../../article/plain-text.ts';
import { plainDate } from '../../http/views/date-view.ts';
import type { Site } from '../../publication/site/site.ts';
import { cardSize } from '../../publication/slices/card.ts';
import { directionOf } from '../../publication/words/direction.ts';
import type { Sharp } from './load-sharp.ts';

/** What a card shows. */
export interface CardText {
  readonly title: string;
  readonly site: string;
  readonly date: string;
  readonly isRightToLeft: boolean;
  readonly color: string;
}

/** Raised when the same text gives another picture. */
export const cardVersion = 1;

/** Returns what the card of an article shows. */
export function cardText({ title, published, language }: Article, site: Site): CardText {
  return {
    title,
    site: shorten(site.title, 60),
    date: plainDate(published, site),
    isRightToLeft: directionOf(language ?? site.language) === 'rtl',
    color: site.color?.light ?? '#8a1c1c',
  };
}

const paper = '#fbf9f4';
const ink = '#1c1916';
const faint = '#645c52';
const margin = 80;
const [top, room] = [96, 360];
/** Sizes of the headline in pixels; the largest that fits is used. */
const headlineSizes = [84, 72, 60, 50, 42, 34];

/** Draws a card. Sharp's Pango breaks and shapes text of every script with the machine's fonts. */
export async function drawCard(
  sharp: Sharp,
  { title, site, date, isRightToLeft, color }: CardText,
): Promise<Uint8Array> {
  const { width, height } = cardSize;
  const block = (text: string, size: number, style: string, ink: string) =>
    drawText(sharp, `<span foreground="${ink}">${escapeMarkup(text)}</span>`, `${style} ${size}`, width - 2 * margin);
  let headline = await block(title, headlineSizes[0] ?? 0, 'serif bold', ink);
  for (const size of headlineSizes.slice(1)) {
    if (headline.height <= room) break;
    headline = await block(title, size, 'serif bold', ink);
  }
  const name = await block(site, 34, 'sans bold', color);
  const day = await block(date, 28, 'sans', faint);
  const place = ({ data, width: wide }: Drawn, y: number) => ({
    input: data,
    top: y,
    left: isRightToLeft ? width - margin - wide : margin,
  });
  const rule = (y: number, thickness: number) =>
    ({
      input: { create: { width, height: thickness, channels: 3, background: color } },
      ...{ top: y, left: 0 },
    }) as const;
  const cut = Math.min(headline.height, room + 60);
  const shown =
    cut === headline.height
      ? headline.data
      : await sharp(headline.data).extract({ left: 0, top: 0, width: headline.width, height: cut }).toBuffer();
  return sharp({ create: { width, height, channels: 3, background: paper } })
    .composite([
      rule(0, 28),
      place({ ...headline, data: shown }, top),
      place(name, height - 130),
      place(day, height - 130 + Math.max(name.height, 34) + 14),
    ])
    .png({ palette: true, colors: 64 })
    .toBuffer();
}

interface Drawn {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

async function drawText(sharp: Sharp, text: string, font: string, width: number): Promise<Drawn> {
  const drawn = sharp({ text: { text, font, width, dpi: 72, rgba: true, wrap: 'word-char' } }).png();
  const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Escapes text for Pango's markup. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
