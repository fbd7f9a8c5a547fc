import { omitUndefined } from '../../../article/omit-undefined.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { looseText } from './import-facts.ts';
import type { ImportedEpisode } from './imported-item.ts';

type Item = NonNullable<Extract<ParsedFeed, { readonly format: 'rss' }>['feed']['items']>[number];

/** Reads what a feed says of an episode, each as it is written; `undefined` where it says nothing. */
export function episodeOf({
  itunes,
  podcast,
}: Pick<Item, 'itunes'> & { readonly podcast?: Item['podcast'] }): ImportedEpisode | undefined {
  const people = (podcast?.persons ?? []).map(({ display, role, group, img, href }) =>
    omitUndefined({ name: looseText(display), role, group, image: img, url: href }),
  );
  const transcripts = (podcast?.transcripts ?? []).flatMap(({ url, type, language }) =>
    url === undefined ? [] : [omitUndefined({ url, type, language })],
  );
  const episode = {
    season: itunes?.season ?? podcast?.season?.number,
    episode: itunes?.episode ?? podcast?.episode?.number,
    episodeType: itunes?.episodeType?.toLowerCase(),
    explicit: itunes?.explicit,
    people: people.length === 0 ? undefined : people,
    transcript: transcripts.length === 0 ? undefined : transcripts,
  };
  const said = Object.entries(episode).filter(([, value]) => value !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** Gives an episode with each of its addresses changed, and without those of which `change` makes none. */
export function withAddresses(
  { people, transcript, ...rest }: ImportedEpisode,
  change: (address: string) => string | undefined,
): ImportedEpisode {
  const changed = <Key extends string>(key: Key, address: string | undefined) => {
    const made = address === undefined ? undefined : change(address);
    return (made === undefined ? {} : { [key]: made }) as { readonly [K in Key]?: string };
  };
  return {
    ...rest,
    ...(people === undefined
      ? {}
      : {
          people: people.map(({ image, url, ...one }) => ({
            ...one,
            ...changed('image', image),
            ...changed('url', url),
          })),
        }),
    ...(transcript === undefined
      ? {}
      : {
          transcript: transcript.flatMap((one) => {
            const url = change(one.url);
            return url === undefined ? [] : [{ ...one, url }];
          }),
        }),
  };
}
