import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPodcastCategory } from '../../../src/publication/file/podcast-categories.ts';
import { podcastGuid } from '../../../src/publication/file/podcast-guid.ts';
import { parsePublicationFile } from '../../../src/publication/file/publication-file.ts';
import { missingFrom } from '../../../src/publication/site/podcast.ts';

describe('podcastGuid', () => {
  it.each([
    // The examples of the Podcasting 2.0 specification.
    ['https://mp3s.nashownotes.com/pc20rss.xml', '917393e3-1b1e-5cef-ace4-edaa54e1f810'],
    ['https://podnews.net/rss', '9b024349-ccf0-5f69-a609-6b82873eab3c'],
    ['http://podnews.net/rss//', '9b024349-ccf0-5f69-a609-6b82873eab3c'],
  ])('of %s is %s', (url, guid) => {
    expect(podcastGuid(url)).toBe(guid);
  });

  it('agrees with Node for addresses of any length', () => {
    const namespace = Buffer.from('ead4c236bf5858c6a2c6a6b28d128cb6', 'hex');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (path) => {
        const name = `x.example/${path.toWellFormed()}-`;
        const hash = createHash('sha1').update(namespace).update(name).digest();
        const guid = podcastGuid(`https://${name}`).replaceAll('-', '');
        // All bits except those of version and variant.
        expect(guid.slice(0, 12)).toBe(hash.toString('hex').slice(0, 12));
        expect(guid.slice(13, 16)).toBe(hash.toString('hex').slice(13, 16));
        expect(guid.slice(17)).toBe(hash.toString('hex').slice(17, 32));
        expect(guid[12]).toBe('5');
        expect(guid[16]).toMatch(/[89ab]/);
      }),
    );
  });
});

describe('readPodcastCategory', () => {
  it.each([
    ['Technology', { name: 'Technology' }],
    ['society & culture >documentary', { name: 'Society & Culture', subcategory: 'Documentary' }],
    ['Religion & Spirituality > Religion', { name: 'Religion & Spirituality', subcategory: 'Religion' }],
    ['TV & Film', { name: 'TV & Film' }],
    ['Documentary', undefined],
    ['Technology > Documentary', undefined],
    ['Arts > Books > Design', undefined],
    ['Arts >', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('reads %j', (written, category) => {
    expect(readPodcastCategory(written)).toEqual(category);
  });
});

describe('missingFrom', () => {
  const whole = {
    categories: [{ name: 'Arts' }],
    explicit: false,
    image: 'https://a.example/a.JPG?w=1',
    author: 'Ann',
    guid: '0',
  };
  it.each([
    [whole, []],
    [{ ...whole, categories: [] }, ['category']],
    [{ ...whole, image: 'https://a.example/a.svg?x=.png' }, ['image']],
    [{ author: 'Ann', guid: '0', categories: [] }, ['category', 'explicit', 'image']],
  ])('of %j names %j', (podcast, missing) => {
    expect(missingFrom(podcast)).toEqual(missing);
  });
});

describe('podcast in the publication file', () => {
  const read = (text: string) =>
    parsePublicationFile({ path: 'p.yaml', text }, { title: 'Tides', url: 'https://daily.example/' });
  const guid = podcastGuid('https://daily.example/rss.xml');

  it('is absent unless it is set', () => {
    expect(read('podcast:\n').site).not.toHaveProperty('podcast');
    expect(read('podcast:\n')).not.toHaveProperty('podcast');
  });

  it('has defaults from the rest of the publication', () => {
    expect(read('podcast: {}').site.podcast).toEqual({ categories: [], author: 'Tides', guid });
    const authors = 'authors: [Bo, { name: Ann, email: ann@daily.example }]\nicon: /i.png\n';
    expect(read(`${authors}podcast: {}`).site.podcast).toEqual({
      categories: [],
      author: 'Bo, Ann',
      owner: { name: 'Ann', email: 'ann@daily.example' },
      image: 'https://daily.example/i.png',
      guid,
    });
  });

  it('is read as a whole', () => {
    const { site, problems, podcast } = read(`title: Tides
podcast:
  category: [Technology, "Society & Culture > Documentary"]
  explicit: false
  image: /art.jpg
  author: Ann
  owner: { name: Bo, email: bo@daily.example }
  type: serial
  guid: 917393E3-1b1e-5cef-ace4-edaa54e1f810
  locked: true
`);
    expect(problems).toEqual([]);
    const artworkPlace = { line: 5, column: 3 };
    expect(podcast).toEqual({ file: 'p.yaml', line: 2, column: 1, unset: [], artworkPlace });
    expect(site.podcast).toEqual({
      categories: [{ name: 'Technology' }, { name: 'Society & Culture', subcategory: 'Documentary' }],
      explicit: false,
      image: 'https://daily.example/art.jpg',
      author: 'Ann',
      owner: { name: 'Bo', email: 'bo@daily.example' },
      type: 'serial',
      guid: '917393e3-1b1e-5cef-ace4-edaa54e1f810',
      locked: true,
    });
  });

  it("completes an owner without a mail address by the authors', and one without a name by the podcast's", () => {
    const authors = 'authors: [{ name: Ann, email: ann@daily.example }]\n';
    const owner = (text: string) => read(text).site.podcast?.owner;
    expect(owner(`${authors}podcast: { owner: { name: Bo } }`)).toEqual({
      name: 'Bo',
      email: 'ann@daily.example',
    });
    expect(owner('podcast: { owner: { email: a@b.example } }')).toEqual({
      name: 'Tides',
      email: 'a@b.example',
    });
    expect(owner('podcast: { owner: { name: Bo } }')).toBeUndefined();
  });

  it.each([
    ['podcast: {}', ['category', 'explicit', 'image', 'owner.email', 'guid']],
    ['podcast: { owner: { name: Bo } }', ['category', 'explicit', 'image', 'owner.email', 'guid']],
    ['podcast: { explicit: true, category: Arts, image: a.png }', ['owner.email', 'guid']],
    ['authors: [{ name: A, email: a@b.example }]\npodcast: { explicit: true, category: Arts, image: a.png }', ['guid']],
  ])('%j would do well to set %j', (text, unset) => {
    expect(read(text).podcast?.unset).toEqual(unset);
  });

  it.each([
    ['podcast: yes', '1:10 wrong-value', 'podcast: expected a map of category,'],
    ['podcast: [a]', '1:10 wrong-value', 'podcast: expected a map'],
    [
      'podcast:\n  categories: Arts',
      '2:3 unknown-key',
      'unknown key "podcast.categories"; did you mean "podcast.category"?',
    ],
    ['podcast:\n  __proto__: Arts', '2:3 unknown-key', 'unknown key "podcast.__proto__"'],
    ['podcast:\n  category: Boats', '2:13 wrong-value', 'podcast.category: expected one of'],
    ['podcast:\n  category: []', '2:13 wrong-value', 'podcast.category: expected one of'],
    ['podcast:\n  category: [Arts, Boats]', '2:13 wrong-value', 'podcast.category: expected one of'],
    ['podcast:\n  explicit: "no"', '2:13 wrong-value', 'podcast.explicit: expected true or false, got "no"'],
    ['podcast:\n  image: "http://["', '2:10 wrong-value', 'podcast.image: expected an address'],
    ['podcast:\n  owner: Ann', '2:10 wrong-value', 'podcast.owner: expected a map of name and email, got "Ann"'],
    [
      'podcast:\n  owner:\n    email: ann',
      '3:12 wrong-value',
      'podcast.owner.email: expected a mail address, got "ann"',
    ],
    ['podcast:\n  owner:\n    mail: a@b.c', '3:5 unknown-key', 'unknown key "podcast.owner.mail"'],
    ['podcast:\n  type: Serial', '2:9 wrong-value', 'podcast.type: expected "episodic" or "serial"'],
    ['podcast:\n  guid: 917393e3', '2:9 wrong-value', 'podcast.guid: expected a UUID'],
    ['podcast:\n  locked: 1', '2:11 wrong-value', 'podcast.locked: expected true or false'],
  ])('%j is a problem at %s', (text, place, message) => {
    const [problem, ...more] = read(`${text}\n`).problems;
    expect(more).toEqual([]);
    expect(`${problem?.line}:${problem?.column} ${problem?.code}`).toBe(place);
    expect(problem?.message).toContain(message);
  });
});
