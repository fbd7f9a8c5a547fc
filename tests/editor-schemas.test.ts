import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readEpisode } from '../src/article/front-matter/episode/episode.ts';
import { readFiles } from '../src/article/front-matter/episode/media.ts';
import { readMetadata } from '../src/article/front-matter/metadata.ts';
import { keyOf, type Table, type Value } from '../src/article/front-matter/syntax/value.ts';
import { withholdingNames } from '../src/article/front-matter/withheld/withheld.ts';
import { parseSeed } from '../src/article/parse.ts';
import { isTimezone } from '../src/article/seed/zone.ts';
import { namedFeedKeys } from '../src/publication/file/feed-keys.ts';
import { podcastCategories } from '../src/publication/file/podcast-categories.ts';
import { podcastKeys } from '../src/publication/file/podcast-keys.ts';
import { parsePublicationFile, publicationKeys } from '../src/publication/file/publication-file.ts';

interface Schema {
  readonly properties: Readonly<Record<string, Schema & { readonly description?: string }>>;
  readonly additionalProperties?: Schema;
  readonly anyOf?: readonly { readonly enum?: (string | null)[] }[];
  readonly definitions: Readonly<Record<string, { readonly anyOf?: readonly { readonly enum?: string[] }[] }>>;
}

const read = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`../schemas/${name}.schema.json`, import.meta.url), 'utf8'));
const publication = read('publication');
const frontMatter = read('front-matter');
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
// What editors show instead of the pattern.
ajv.addVocabulary(['patternErrorMessage']);
const hasPublicationFile = ajv.compile(publication);
const isFrontMatter = ajv.compile(frontMatter);

/** The properties of a schema, those of maps in it with their path. */
function described({ properties = {} }: Partial<Schema>, path = ''): [string, string | undefined][] {
  return Object.entries(properties).flatMap(([name, inner]) => [
    [path + name, inner.description] as [string, string | undefined],
    ...described(inner, `${path}${name}.`),
  ]);
}

describe.each([
  ['publication', publication],
  ['front-matter', frontMatter],
] as const)('the schema %s', (_, schema) => {
  it.each(described(schema))('describes %s', (_, description) => {
    expect(description).toMatch(/^.{6,}\.$/s);
  });
  it('says in words what each pattern wants', () => {
    const unsaid: string[] = [];
    JSON.stringify({ ...schema.properties, ...schema.definitions }, (name, inner) => {
      // Where there are several forms, editors say that none fits.
      if (name === 'anyOf' || name === 'propertyNames') return undefined;
      if (typeof inner?.pattern === 'string' && !/^Expected .+\.$/.test(inner.patternErrorMessage)) unsaid.push(name);
      return inner;
    });
    expect(unsaid).toEqual([]);
  });
  it('asks no host for anything', () => {
    expect(JSON.stringify(schema).match(/"\$(?:id|ref)":"(?!#)[^"]*"/g)).toBeNull();
  });
});

describe('the schema of publication.yaml', () => {
  it('has the keys that are read, and no others', () => {
    expect(Object.keys(publication.properties).sort()).toEqual(Object.keys(publicationKeys).sort());
    const { podcast, feeds } = publication.properties;
    const feed = feeds?.additionalProperties?.properties;
    expect(Object.keys(feed ?? {}).sort()).toEqual(Object.keys(namedFeedKeys).sort());
    expect(Object.keys(feed?.not?.properties ?? {})).toEqual(Object.keys(namedFeedKeys.not.keys));
    expect(Object.keys(podcast?.properties ?? {}).sort()).toEqual(Object.keys(podcastKeys).sort());
    expect(Object.keys(podcast?.properties.owner?.properties ?? {})).toEqual(Object.keys(podcastKeys.owner.keys));
  });

  it('offers all of Apple’s categories', () => {
    const all = Object.entries(podcastCategories).flatMap(([name, parts]) => [
      name,
      ...parts.map((part) => `${name} > ${part}`),
    ]);
    expect(publication.definitions.category?.anyOf?.[0]?.enum).toEqual(all);
    const isAccepted = (category: string) => hasPublicationFile({ podcast: { category } });
    for (const category of all) {
      expect([category.toLowerCase(), category.toUpperCase()].map(isAccepted), category).toEqual([true, true]);
      expect(isAccepted(`${category}s`), `${category}s`).toBe(false);
    }
  });

  it('offers names of time zones that are read', () => {
    const names = publication.properties.timezone?.anyOf?.[0]?.enum ?? [];
    expect(names).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires']));
    expect(names.filter((name) => name !== null && !isTimezone(name))).toEqual([]);
  });

  const problemsOf = (text: string) =>
    parsePublicationFile({ path: 'publication.yaml', text }, { title: 'A', url: 'https://a.example/' }).problems;

  it.each([
    '',
    '# yaml-language-server: $schema=../node_modules/dateline-feeds/schemas/publication.schema.json\ntitle: A',
    'title: 2026',
    'title: true',
    'title:',
    'url: https://a.example/news',
    'url: HTTP://A.EXAMPLE',
    'id: "tag:a.example,2026-02-25:"',
    'id: "tag:me@a.example,2026:x%20y/"',
    'id: "tag:dateline.internal,2026:5f0c:"',
    'language: pt-BR',
    'language: zh-Hant-TW',
    'authors: []',
    'authors: [A, 7, {name: B, email: b@b.example, url: "https://b.example"}]',
    'authors: [{name: A, bio: Writes., picture: /a.jpg, fediverse: "@a@a.example", profiles: ["https://b.example/a"]}]',
    'authors: {ana: {name: A, default: true}, bo-2: {name: B, fediverse: "https://b.example/@b"}, cy: C}',
    'tombstones: true',
    'news: true',
    'machines: {search: true, ai-input: true, ai-train: false, license: "https://a.example/l"}',
    'machines: {}',
    'markdown: true',
    'markdown: [pages, llms, rss]',
    'markdown: []',
    'timezone: America/Argentina/Buenos_Aires',
    'timezone: Etc/GMT+3',
    'timezone: europe/berlin',
    'timezone: US/Eastern',
    'timezone:',
    'items: 1',
    'items: 1000',
    'items: 10.0',
    'content: summary',
    'ttl: 10080',
    'hub: https://hub.example/',
    'purge: cloudflare:023e105f4ecef8ad9ca31a8372d0c353',
    'purge: https://cache.example/purge',
    'icon: /icon.png',
    'icon: icon.png',
    'favicon: https://a.example/i.png',
    'pictures: cloudflare',
    'pictures: sharp',
    'search: true',
    'cards: false',
    'color: "#8a1C1c"',
    'color: {light: "#fff", dark: "#000000"}',
    'copyright: © A',
    'redirects: {/a: /b, /c: gone, /d/: "https://a.example"}',
    'redirects: {}',
    'feeds: {}',
    'feeds: {short: {content: summary}, "2026": {tags: 2026}}',
    'feeds: {a-b: {title: A, description: B, tags: [x, 7], authors: C, sections: [d], languages: [de, pt-BR]}}',
    'feeds: {main: {languages: en, not: {tags: [ads], authors: a, sections: b, languages: fr}}}',
    'feeds: {neu: {language: de-AT, items: 1000, not: }}',
    'podcast: {}',
    'podcast: {category: Technology, explicit: false, type: serial, locked: true}',
    'podcast: {category: [society & culture > documentary, Arts > Books]}',
    'podcast: {owner: {name: A, email: a@a.example}, image: /a.jpg, author: A}',
    'podcast: {guid: 917393E3-1b1e-5cef-ace4-edaa54e1f810}',
    'podcast: {owner: {}}',
    'podcast: {title: A, description: B, apple: "https://a.example/1", spotify: "https://b.example/1"}',
    'podcast: {people: [A, {name: B, role: host, image: "https://a.example/b.png", url: "https://b.example/"}]}',
    'podcast: {medium: musicL, updateFrequency: Weekly, license: cc-by-4.0, txt: abc, location: Austin, block: true}',
    'podcast: {updateFrequency: {text: Weekly, rrule: FREQ=WEEKLY;BYDAY=MO, start: 2026-01-01, complete: false}}',
    'podcast: {funding: [{url: "https://a.example/", text: Give}], block: [amazon, google]}',
    'podcast: {location: {name: Austin, rel: creator, geo: "geo:30.27,-97.74", osm: R113314, country: US}}',
    'podcast: {value: {type: lightning, method: keysend, suggested: "0.00000005", recipients: [{type: node, address: 02d5, split: 1}]}}',
    'podcast: {podroll: [{guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810, url: "https://a.example/rss.xml"}]}',
    'podcast: {live: [{title: A, start: "2026-03-01T20:00:00+01:00", end: "2026-03-01T21:00:00Z", url: "https://a.example/s.mp3"}]}',
  ])('takes what is taken: %j', (text) => {
    expect(problemsOf(text)).toEqual([]);
    hasPublicationFile(parse(text));
    expect(hasPublicationFile.errors ?? []).toEqual([]);
  });

  it.each([
    '- a list',
    'a text',
    'titel: A',
    'Title: A',
    'title: ""',
    'title: [A]',
    'url: a.example',
    'url: ftp://a.example/',
    'url: /news',
    'url: https://a.example/?x=1',
    'url: "https://a.example/#f"',
    'id: urn:a',
    'id: "tag:a.example:2026"',
    'id: "tag:a.example,26:"',
    'language: German language',
    'language: 7',
    'authors: A',
    'authors: [{email: a@a.example}]',
    'authors: [{name: A, mail: a@a.example}]',
    'authors: [{name: A, email: nowhere}]',
    'authors: [{name: A, url: nowhere}]',
    'authors: [null]',
    'authors: [{name: A, default: true}]',
    'authors: [{name: A, bio: [B]}]',
    'authors: [{name: A, picture: "javascript:x"}]',
    'authors: [{name: A, fediverse: a}]',
    'authors: [{name: A, profiles: a}]',
    'authors: [{name: A, profiles: [a]}]',
    'authors: {ana silva: {name: A}}',
    'authors: {ana: {email: a@a.example}}',
    'authors: {ana: }',
    'authors: {ana: {name: A, default: 1}}',
    'timezone: half past nine',
    'items: 0',
    'items: 1001',
    'items: "50"',
    'items: 2.5',
    'content: Full',
    'ttl: 10081',
    'ttl: an hour',
    'tombstones: 1',
    'news: 1',
    'machines: true',
    'machines: {ai-train: 1}',
    'markdown: yes please',
    'markdown: [html]',
    'markdown: {pages: true}',
    'machines: {training: false}',
    'machines: {license: MIT}',
    'purge: cloudflare',
    'purge: fastly:a b',
    'purge: https://me:secret@cache.example/',
    'icon: "javascript:x"',
    'icon: {url: /a.png}',
    'redirects: [/a]',
    'redirects: {a: /b}',
    'redirects: {/a?b: /c}',
    'redirects: {/a: b}',
    'redirects: {/a: }',
    'feeds: [a]',
    'feeds: {a: postgres}',
    'feeds: {a: {tag: x}}',
    'feeds: {a: {tags: []}}',
    'feeds: {a: {tags: {x: 1}}}',
    'feeds: {a: {not: {title: x}}}',
    'feeds: {a: {items: 0}}',
    'feeds: {a: {language: German language}}',
    'feeds: {A B: {tags: x}}',
    'feeds: {all.atom: {tags: x}}',
    'feeds: {main: {title: x}}',
    'podcast: true',
    'podcast: {categories: Arts}',
    'podcast: {category: []}',
    'podcast: {category: A > B > C}',
    'podcast: {category: Cats}',
    'podcast: {category: Arts > Cats}',
    'podcast: {explicit: "false"}',
    'podcast: {owner: A}',
    'podcast: {owner: {email: nowhere}}',
    'podcast: {type: weekly}',
    'podcast: {guid: 917393e3}',
    'podcast: {locked: 1}',
    'podcast: {title: [A]}',
    'podcast: {apple: nowhere}',
    'podcast: {people: [{role: host}]}',
    'podcast: {medium: radio}',
    'podcast: {updateFrequency: {rrule: FREQ=WEEKLY}}',
    'podcast: {funding: {text: Give}}',
    'podcast: {location: {name: A, country: usa}}',
    'podcast: {value: {type: lightning, method: keysend}}',
    'podcast: {value: {type: lightning, method: keysend, recipients: [{type: node, address: a}]}}',
    'podcast: {txt: {purpose: verify}}',
    'podcast: {block: [Amazon Music]}',
    'podcast: {podroll: [{url: "https://a.example/rss.xml"}]}',
    'podcast: {live: [{title: A, url: "https://a.example/s.mp3"}]}',
  ])('refuses what is refused: %j', (text) => {
    expect(problemsOf(text)).not.toEqual([]);
    expect(hasPublicationFile(parse(text))).toBe(false);
  });

  it.each(['timezone: Europe/Nowhere', 'redirects: {/a: /b, /b: /a}', 'url: https://a b.example/'])(
    'leaves to check what no schema can tell: %j',
    (text) => {
      expect(problemsOf(text)).not.toEqual([]);
      expect(hasPublicationFile(parse(text))).toBe(true);
    },
  );
});

describe('the schema of front matter', () => {
  /** A table that notes what it is asked for. */
  function noting(): { table: Table; asked: Set<string> } {
    const asked = new Set<string>();
    class Entries extends Map<string, Value> {
      override get(key: string): Value | undefined {
        asked.add(key);
        return super.get(key);
      }
    }
    return { table: { kind: 'table', entries: new Entries(), at: 0 }, asked };
  }

  it('has the keys that are read, and no others', () => {
    const { table, asked } = noting();
    const place = { permalink: 'https://a.example/articles/a' };
    readMetadata(table, { timezone: 'UTC', hasDateInPath: () => false }, () => {});
    readFiles(table, place, () => {});
    readEpisode(table, place, () => {});
    expect(asked.size).toBeGreaterThan(50);
    // These are looked up the other way round, from the keys of the article.
    for (const name of withholdingNames) asked.add(keyOf(name));
    const named = new Set(Object.keys(frontMatter.properties).map(keyOf));
    expect([...named].sort()).toEqual([...asked].sort());
  });

  const problemsOf = (yaml: string) =>
    parseSeed(
      { path: 'a.md', text: `---\n${yaml}\n---\n\n# A\n\n2026-02-25\n\nText.\n` },
      {
        timezone: 'UTC',
        articleUrl: (slug) => `https://a.example/articles/${slug}`,
        mintId: (slug) => `tag:a.example,2026:${slug}`,
      },
    ).problems;
  const schemaLine =
    '# yaml-language-server: $schema=../node_modules/dateline-feeds/schemas/front-matter.schema.json\n';
  const sound = 'title: A\ndate: 2026-02-25\n';

  it.each([
    '',
    'title: 2026',
    'title:',
    'date: February 25, 2026 2:05 p.m. ET',
    'pubDate: "Wed, 25 Feb 2026 14:05:00 +0100"',
    'lastmod: 2026-03-01T10:00:00Z',
    'date: Last Modified',
    'date: 20250304',
    'permalink: {build: true}',
    'image: //a.example/a.png',
    'image:',
    'enclosures: [null]',
    'expiryDate: 2126-03-01',
    'expires: never',
    'translationKey: hello',
    'translation_id: 7',
    'unpublish_on: false',
    'corrected: {date: 2026-03-01, note: A}',
    'corrected: [{date: 2026-03-01, note: A}, {date: 2026-03-02, text: B}]',
    'corrected: false',
    'withdrawn: {date: 2126-03-01, reason: A}',
    'withdrawn: 2126-03-01',
    'published: true',
    'published: 2026-02-25',
    'draft: no',
    'draft: "yes"',
    'draft: 0',
    'authors: [A, {name: B, email: b@b.example}]',
    'author: A <a@a.example>',
    'tags: a, b',
    'tags: [a, {name: b}, 7]',
    'taxonomies: {tags: [a]}',
    'summary: It *happened*.',
    'id: tag:a.example,2026:a',
    'guid: 42',
    'url: /old/path/',
    'canonical_url: https://a.example/a',
    'slug: a',
    'image: https://a.example/a.png',
    'cover: {image: https://a.example/a.png, alt: A}',
    'thumbnail: false',
    'images: [https://a.example/a.png]',
    'enclosure: https://a.example/a.mp3',
    'enclosures: [{url: https://a.example/a.mp3, type: audio/mpeg, length: 7, duration: "1:02:03"}]',
    'language: de_AT.UTF-8',
    'lang: pt-BR',
    'content: summary',
    'season: 2\nepisode: "7"\nepisodeType: Bonus\nexplicit: clean\nenclosure: https://a.example/a.mp3',
    'people: [{name: A, role: guest}, B]\nenclosure: https://a.example/a.mp3',
    'transcript: https://a.example/a.vtt\nenclosure: https://a.example/a.mp3',
    'chapters: ["0:00 A", {start: 65, title: B, url: "https://a.example/"}]\nenclosure: https://a.example/a.mp3',
    'chapters: https://a.example/chapters.json\nenclosure: https://a.example/a.mp3',
    'seasonName: A\nepisodeDisplay: Ch. 3\npodcast: {soundbite: {start: "1:13", duration: 60}}\nenclosure: https://a.example/a.mp3',
    'podcast: true',
    'eleventyExcludeFromCollections: false',
    'build: {list: always}',
    'anything: {of: [another, framework]}',
  ])('takes what is taken: %j', (yaml) => {
    const text = `${schemaLine}${/^(?:title|date|pubDate|published)/.test(yaml) ? '' : sound}${yaml}`;
    expect(problemsOf(text)).toEqual([]);
    isFrontMatter(parse(text));
    expect(isFrontMatter.errors ?? []).toEqual([]);
  });

  it.each([
    'title: [A]',
    'date: soon',
    'date: [2026]',
    'updated: not yet',
    'expires: in a month',
    'corrected: soon',
    'corrected: {date: 2026-03-01}',
    'corrected: [{note: A}]',
    'withdrawn: {reason: A}',
    'withdrawn: {date: soon}',
    'expiry_date: [2126-03-01]',
    'draft: maybe',
    'draft: 2',
    'authors: [{email: a@a.example}]',
    'authors: [[A]]',
    'summary: {a: b}',
    'id: [a]',
    'slug: [a]',
    'date: 2025',
    'url: [a]',
    'url: {a: b}',
    'canonical_url: [https://a.example/]',
    'image: ftp://a.example/a.png',
    'enclosure: ftp://a.example/a.mp3',
    'enclosure: {type: audio/mpeg}',
    'language: the German language',
    'lang: de-Äustria',
    'content: half',
    'season: two\nenclosure: https://a.example/a.mp3',
    'episode: 0\nenclosure: https://a.example/a.mp3',
    'episode: -1\nenclosure: https://a.example/a.mp3',
    'episodeType: long\nenclosure: https://a.example/a.mp3',
    'explicit: rather\nenclosure: https://a.example/a.mp3',
    'duration: an hour\nenclosure: https://a.example/a.mp3',
  ])('refuses what is reported: %j', (yaml) => {
    expect(problemsOf(`${/^(?:title|date)/.test(yaml) ? '' : sound}${yaml}`)).not.toEqual([]);
    expect(isFrontMatter(parse(yaml))).toBe(false);
  });
});
