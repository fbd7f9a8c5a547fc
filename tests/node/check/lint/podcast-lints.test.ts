import { describe, expect, it } from 'vitest';
import { dateline } from '../../command.ts';
import { gif, jpeg, png } from '../../pictures.ts';
import { type Files, makeFolder } from '../../temporary-folder.ts';

const settings = (podcast = '') => `url: https://pod.example/
id: "tag:pod.example,2026:"
podcast:
  category: Technology
  explicit: false
  owner: { email: a@pod.example }
  guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810
  image: /media/art.png
${podcast}`;

const episode = (day: number, ...lines: readonly string[]): string =>
  ['---', 'title: Fog', `date: 2026-02-0${day}`, ...lines, '---', '', `Notes of day ${day}.`, ''].join('\n');
const sound = (name = 'a.mp3', more = 'length: 9') => `enclosure: { url: "https://cdn.example/${name}", ${more} }`;

async function check(files: Files): Promise<string[]> {
  const dir = makeFolder({ 'publication.yaml': settings(), 'art.png': png(1400, 1400), ...files });
  const { stdout } = await dateline(['check', dir]);
  return stdout
    .replaceAll(`${dir}/`, '')
    .split('\n')
    .filter((line) => /\((?:enclosure|episode|podcast|shared)-\w+\)$/.test(line));
}

describe('in a podcast', () => {
  it('nothing is wrong with a complete episode', async () => {
    const art = { 'art.png': png(3000, 3000) };
    expect(await check({ ...art, 'a.md': episode(1, sound()), 'b.md': episode(2, sound('b.mp3')) })).toEqual([]);
  });

  it.each<[string, string, string]>([
    [
      'http:',
      'enclosure: { url: "http://cdn.example/a.mp3", length: 9 }',
      '4:19: warning: "http://cdn.example/a.mp3" begins with http:, which Apple advises against and apps refuse to play; write https: if the host answers there (enclosure-address)',
    ],
    [
      'letters beyond ASCII',
      sound('fähre eins.mp3').replace('fähre eins', 'f%C3%A4hre'),
      '4:19: warning: the address "https://cdn.example/fähre.mp3" has letters that Apple does not take; name the file with a to z, 0 to 9 and hyphens (enclosure-address)',
    ],
    [
      'no length',
      'enclosure: https://cdn.example/a.mp3',
      '4:12: warning: the length of "https://cdn.example/a.mp3" is unknown, so RSS says 0 bytes, which directories refuse; write a map with "url" and "length" in bytes (enclosure-length)',
    ],
    [
      'a length of 0',
      sound('a.mp3', 'length: 0'),
      '4:19: warning: the length of "https://cdn.example/a.mp3" is unknown, so RSS says 0 bytes, which directories refuse; write a map with "url" and "length" in bytes (enclosure-length)',
    ],
    [
      'a format that Apple does not play',
      sound('a.ogg'),
      '4:19: warning: Apple Podcasts plays files that end in .mp3, .m4a, .mp4, .m4v, .mov, not ".ogg"; list such a file first (enclosure-type)',
    ],
    [
      'no ending',
      sound('a', 'length: 9, type: audio/mpeg'),
      '4:19: warning: Apple Podcasts plays files that end in .mp3, .m4a, .mp4, .m4v, .mov, not "https://cdn.example/a"; list such a file first (enclosure-type)',
    ],
    [
      'a type that does not fit',
      sound('a.mp3', 'length: 9, type: video/mp4'),
      '4:19: warning: the type "video/mp4" does not fit the ending .mp3; write "type: audio/mpeg" (enclosure-type)',
    ],
  ])('%s is reported', async (_, enclosure, problem) => {
    expect(await check({ 'a.md': episode(1, enclosure) })).toEqual([`a.md:${problem}`]);
  });

  it.each([
    ['m4a', 'audio/mp4'],
    ['m4a', 'audio/x-m4a'],
    ['MP4', 'video/mp4'],
    ['m4v', 'video/x-m4v'],
    ['mov', 'video/quicktime'],
  ])('.%s may be %s', async (ending, type) => {
    expect(await check({ 'a.md': episode(1, sound(`a.${ending}`, `length: 9, type: ${type}`)) })).toEqual([]);
  });

  it('only the main recording needs a length and a format that Apple plays', async () => {
    const files = 'enclosures: [{ url: "https://cdn.example/a.mp3", length: 9 }, "https://cdn.example/ä.mp4", n.pdf]';
    expect(await check({ 'a.md': episode(1, files), 'n.pdf': '%PDF' })).toEqual([]);
  });

  it('the length of a file in the folder is known', async () => {
    expect(await check({ 'a.md': episode(1, 'enclosure: talk.mp3'), 'talk.mp3': 'ID3' })).toEqual([]);
  });

  it('two episodes with one recording are reported at the newer', async () => {
    const older = episode(1, 'enclosure: { url: "http://cdn.example/b.mp3", length: 9 }');
    const found = await check({
      'b.md': older,
      'a.md': episode(2, sound('b.mp3')),
      'c.md': episode(3, sound('c.mp3')),
    });
    expect(found.filter((line) => line.includes('shared'))).toEqual([
      'a.md:4:19: warning: b.md has the same recording; correct one of the two (shared-enclosure)',
    ]);
  });
});

describe('the number of an episode', () => {
  it.each([
    ['Ep 1', 'episode: 1'],
    ['Ep. 12: Fog', 'episode: 12'],
    ['Episode #07 – Fog', 'episode: 7'],
    ['#3 Fog', 'episode: 3'],
    ['S2E3: Fog', 'season: 2 and episode: 3'],
    ['s02 · e03 Fog', 'season: 2 and episode: 3'],
  ])('belongs in front matter, not into the title "%s"', async (title, keys) => {
    expect(await check({ 'a.md': episode(1, sound()).replace('Fog', JSON.stringify(title)) })).toEqual([
      `a.md:2:8: warning: the title begins with the number of the episode, which apps take from its own key; write ${keys} in front matter, and a title without it (episode-number)`,
    ]);
  });
  it.each(['E10 fuel', 'Epic 3', 'Episodes 1 to 3', 'Season 2', '2026 in 5 minutes', 'Fog #3'])(
    'is not in the title "%s"',
    async (title) => {
      expect(await check({ 'a.md': episode(1, sound()).replace('Fog', JSON.stringify(title)) })).toEqual([]);
    },
  );
  it('is needed in a serial podcast, except of trailers and bonuses', async () => {
    expect(
      await check({
        'publication.yaml': settings('  type: serial\n'),
        'a.md': episode(1, sound()),
        'b.md': episode(2, sound('b.mp3'), 'episode: 1'),
        'c.md': episode(3, sound('c.mp3'), 'episodeType: trailer'),
        'd.md': episode(4, 'tags: [text]'),
      }),
    ).toEqual([
      'a.md:4:19: warning: in a serial podcast, Apple requires a number for each full episode; write "episode" in front matter (episode-number)',
    ]);
  });
  it('is not that of another full episode of the season', async () => {
    expect(
      await check({
        'a.md': episode(1, sound(), 'episode: 1', 'season: 1'),
        'b.md': episode(2, sound('b.mp3'), 'episode: 1', 'season: 2'),
        'c.md': episode(3, sound('c.mp3'), 'episode: 1', 'season: 2'),
        'd.md': episode(4, sound('d.mp3'), 'episode: 1', 'season: 2', 'episodeType: bonus'),
      }),
    ).toEqual([
      'c.md:4:19: warning: b.md is episode 1 of season 2, too; correct one of the two, or say "episodeType: trailer" or "bonus" (episode-number)',
    ]);
  });
});

describe('the artwork', () => {
  const alpha = png(1400, 1400);
  alpha[25] = 6;
  it.each<[string, Files, string | undefined]>([
    ['of 3000 pixels', { 'art.png': png(3000, 3000) }, undefined],
    ['that is small', { 'art.png': png(64, 64) }, 'is 64 × 64 pixels; directories take squares of 1400 to 3000 pixels'],
    [
      'that is large',
      { 'art.png': png(3001, 3001) },
      'is 3001 × 3001 pixels; directories take squares of 1400 to 3000 pixels',
    ],
    [
      'that is wide',
      { 'art.png': png(2000, 1400) },
      'is 2000 × 1400 pixels; directories take squares of 1400 to 3000 pixels',
    ],
    ['that is a JPEG by another name', { 'art.png': jpeg(1400, 1400) }, undefined],
    [
      'that is another picture by name',
      { 'art.png': gif(1400, 1400) },
      'is not a JPEG or PNG, whatever its name ends in; directories take only these',
    ],
    [
      'with an alpha channel',
      { 'art.png': alpha },
      'has an alpha channel, which Apple does not take; save it without one',
    ],
    ['that is cut off', { 'art.png': png(1400, 1400).subarray(0, 18) }, 'cannot be read as a picture; export it again'],
  ])('%s', async (_, files, fault) => {
    const problem = `publication.yaml:8:3: warning: the artwork /media/art.png ${fault} (podcast-artwork)`;
    expect(await check({ 'a.md': episode(1, sound()), ...files })).toEqual(fault === undefined ? [] : [problem]);
  });

  it.each([
    ['/art.png', `there is no file at the artwork's path /art.png; write /media/ and its path in the folder`],
    [
      'http://cdn.example/art.png',
      'the artwork "http://cdn.example/art.png" begins with http:; write https: if the host answers there',
    ],
    ['https://cdn.example/art.png', undefined],
    ['/logo.jpg', undefined],
  ])('at %s', async (image, fault) => {
    const found = await check({
      'publication.yaml': settings().replace('/media/art.png', image),
      'a.md': episode(1, sound()),
      'public/logo.jpg': jpeg(1500, 1500),
    });
    expect(found).toEqual(fault === undefined ? [] : [`publication.yaml:8:3: warning: ${fault} (podcast-artwork)`]);
  });

  it('may be the icon', async () => {
    const icon = settings().replace('  image: /media/art.png\n', '').concat('icon: /media/art.png\n');
    expect(await check({ 'publication.yaml': icon, 'a.md': episode(1, sound()), 'art.png': png(64, 64) })).toEqual([
      expect.stringMatching(/^publication\.yaml:8:1: warning: the artwork .* is 64 × 64 pixels; /),
    ]);
  });

  it.each([
    ['square', png(600, 600), 'the artwork of the episode is 600 × 600 pixels; Apple takes 1400 to 3000 pixels'],
    ['square and large enough', png(1400, 1400), undefined],
    ['wide, so it is not artwork', png(800, 600), undefined],
  ])('of an episode is its picture if that is %s', async (_, picture, fault) => {
    const found = await check({ 'a.md': episode(1, sound(), 'image: { url: p.png, alt: Fog }'), 'p.png': picture });
    expect(found).toEqual(fault === undefined ? [] : [`a.md:5:15: warning: ${fault} (podcast-artwork)`]);
  });
});

it('without podcast settings, recordings are not checked as episodes', async () => {
  const plain = 'url: https://pod.example/\nid: "tag:pod.example,2026:"\n';
  const lines = ['enclosure: http://cdn.example/a.ogg', 'image: { url: p.png, alt: Fog }'];
  const found = await check({
    'publication.yaml': plain,
    'p.png': png(64, 64),
    'a.md': episode(1, ...lines),
    'b.md': episode(2, ...lines),
  });
  expect(found.map((line) => /\((.*)\)$/.exec(line)?.[1])).toEqual(['podcast-incomplete']);
});
