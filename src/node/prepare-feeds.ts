import { setTimeout } from 'node:timers/promises';
import { formats } from '../feed/formats.ts';
import type { Answerer } from '../http/answer.ts';
import { routes } from '../http/routes.ts';
import type { Edition } from '../publication/publication.ts';

/** How long between two formats those are answered who wait for the one that is made, in milliseconds. */
const pause = 20;

/** Has the publication's feeds at hand before they are asked for, the first format first. */
export async function prepareFeeds(answerer: Answerer, editionOf: () => Edition): Promise<void> {
  const edition = editionOf();
  for (const { file } of formats) {
    const route = routes.find(({ path }) => path === `/${file}`);
    // Whoever asks for one that can't be made is told.
    if (route !== undefined) await answerer.prepare(edition, route, Date.now()).catch(() => {});
    await setTimeout(pause, undefined, { ref: false });
    if (editionOf() !== edition) return;
  }
}
