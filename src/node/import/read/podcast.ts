import { omitUndefined } from '../../../article/omit-undefined.ts';
import { absolute } from '../../published/feed-bases.ts';
import type { RssFeed, RssItem } from './feed-values.ts';
import { plainLine } from './html-text.ts';
import type { ImportedEpisode, ImportedPodcast } from './imported-item.ts';

/** Reads the podcast data of a channel; `undefined` if it has none. */
export function readPodcast(
  { itunes, podcast }: Pick<RssFeed, 'itunes' | 'podcast'>,
  base: string | undefined,
): ImportedPodcast | undefined {
  const category = (itunes?.categories ?? []).flatMap(({ text, categories = [] }) => {
    const name = plainLine(text);
    const parts = categories.map((inner) => plainLine(inner.text)).filter((part) => part !== '');
    if (name === '') return [];
    return parts.length === 0 ? [name] : parts.map((part) => `${name} > ${part}`);
  });
  const owner = omitUndefined({
    name: plainLine(itunes?.owner?.name) || undefined,
    email: itunes?.owner?.email?.trim(),
  });
  return unlessEmpty(
    omitUndefined({
      category: category.length === 0 ? undefined : category,
      explicit: itunes?.explicit,
      image: absolute(itunes?.image, base),
      author: plainLine(itunes?.author) || undefined,
      owner: unlessEmpty(owner),
      type: itunes?.type?.trim().toLowerCase(),
      guid: podcast?.guid?.trim().toLowerCase(),
      locked: podcast?.locked?.value,
    }),
  );
}

/** Reads the podcast data of an item; `undefined` if it has none. */
export function readEpisode({
  itunes,
  podcast,
}: Pick<RssItem, 'itunes'> & { readonly podcast?: RssItem['podcast'] }): ImportedEpisode | undefined {
  const people = (podcast?.persons ?? []).map(({ display, role, group, img, href }) =>
    omitUndefined({ name: plainLine(display), role, group, image: img, url: href }),
  );
  const transcripts = (podcast?.transcripts ?? []).flatMap(({ url, type, language }) =>
    url === undefined ? [] : [omitUndefined({ url, type, language })],
  );
  return unlessEmpty(
    omitUndefined({
      season: itunes?.season ?? podcast?.season?.number,
      episode: itunes?.episode ?? podcast?.episode?.number,
      episodeType: itunes?.episodeType?.toLowerCase(),
      explicit: itunes?.explicit,
      people: people.length === 0 ? undefined : people,
      transcript: transcripts.length === 0 ? undefined : transcripts,
    }),
  );
}

function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

/** Changes each address of an episode, or drops it if `change` returns `undefined`. */
export function changeEpisodeAddresses(
  { people, transcript, ...rest }: ImportedEpisode,
  change: (address: string) => string | undefined,
): ImportedEpisode {
  const changed = (address: string | undefined) => (address === undefined ? undefined : change(address));
  return omitUndefined({
    ...rest,
    people: people?.map(({ image, url, ...person }) =>
      omitUndefined({ ...person, image: changed(image), url: changed(url) }),
    ),
    transcript: transcript?.flatMap((one) => {
      const url = change(one.url);
      return url === undefined ? [] : [{ ...one, url }];
    }),
  });
}
