import { describe, expect, it } from 'vitest';
import { dateline } from '../command.ts';
import { png } from '../pictures.ts';
import { type Files, makeFolder } from '../temporary-folder.ts';

const whole = `url: https://pod.example/
id: "tag:pod.example,2026:"
podcast:
  category: Technology
  explicit: false
  owner: { email: a@pod.example }
  guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810
  image: /media/art.png
`;

const episode = (...lines: readonly string[]): string =>
  ['---', 'title: Fog', 'date: 2026-02-01', ...lines, '---', '', 'Notes.', ''].join('\n');
const sound = (more: string) => episode(`enclosure: { url: "https://cdn.example/${more} }`);
const mp3 = 'a.mp3", length: 9, duration: 100';

async function check(services: string, files: Files) {
  const dir = makeFolder({ 'publication.yaml': whole, 'art.png': png(3000, 3000), 'a.md': sound(mp3), ...files });
  const { code, stdout } = await dateline(['check', dir, '--for', services]);
  const lines = stdout.replaceAll(`${dir}/`, '').split('\n');
  return { code, found: lines.filter((line) => line.endsWith('(not-accepted)')).map((line) => line.slice(0, -15)) };
}

describe('check --for', () => {
  it('finds nothing wrong with a complete podcast', async () => {
    expect(await check('apple, spotify,podcastindex', {})).toEqual({ code: 0, found: [] });
  });

  it.each<[string, Files, string]>([
    ['apple', { 'publication.yaml': 'title: A\n' }, 'error: Apple Podcasts: this is no podcast'],
    ['apple', { 'a.md': '# A\n\n2026-02-01\n\nText.\n' }, 'error: Apple Podcasts: a podcast needs an episode'],
    ['apple', { 'publication.yaml': 'podcast: {}\n' }, 'requires podcast.category, podcast.explicit, podcast.image'],
    [
      'apple',
      { 'art.png': png(1000, 1000) },
      'error: Apple Podcasts: the artwork /media/art.png is 1000 × 1000 pixels',
    ],
    ['spotify', { 'art.png': png(1400, 1500) }, 'error: Spotify: the artwork /media/art.png is 1400 × 1500 pixels'],
    ['apple', { 'publication.yaml': `${whole}  description: ${'x'.repeat(4001)}\n` }, 'which has 4001'],
    ['apple', { 'a.md': sound('a.ogg", length: 9') }, 'error: Apple Podcasts: Apple Podcasts plays files that end in'],
    ['apple', { 'a.md': sound('a.mp3"') }, 'error: Apple Podcasts: the length of'],
    [
      'apple',
      { 'a.md': episode(`enclosure: { url: "https://cdn.example/${mp3} }`, 'transcript: https://cdn.example/a.html') },
      'warning: Apple Podcasts: shows transcripts in VTT or SRT only',
    ],
    [
      'spotify',
      { 'publication.yaml': whole.replace(/ {2}owner.*\n/, '') },
      'error: Spotify: requires podcast.owner.email',
    ],
    ['spotify', { 'a.md': sound('a.ogg", type: audio/ogg, length: 9') }, 'error: Spotify: takes MP3, and AAC in MP4'],
    [
      'spotify',
      { 'a.md': sound('a.mp3", length: 9, duration: "12:00:01"') },
      'error: Spotify: takes episodes of at most 12',
    ],
    ['spotify', { 'a.md': sound('a.mp3", length: 9, bitrate: 64000') }, 'warning: Spotify: asks for 96 to 320 kbit/s'],
    ['podcastindex', { 'publication.yaml': whole.replace(/ {2}guid.*\n/, '') }, 'warning: Podcast Index: write down'],
    ['podcastindex', { 'publication.yaml': `${whole}  location: Austin\n` }, 'only with geo, osm and country'],
    ['podcastindex', { 'publication.yaml': `${whole}  license: CC-BY-4.0\n` }, 'lower-case identifiers'],
    [
      'podcastindex',
      { 'a.md': episode(`enclosure: { url: "https://cdn.example/${mp3} }`, 'chapters: ["1:41 End"]') },
      '4:19: error: Podcast Index: a chapter or soundbite lies behind the end of the recording',
    ],
    [
      'podcastindex',
      {
        'a.md': episode(
          `enclosure: { url: "https://cdn.example/${mp3} }`,
          `episodeDisplay: ${'x'.repeat(33)}`,
          'podcast: { soundbite: { start: 1, duration: 5 } }',
        ),
      },
      'recommends soundbites of 15 to 120 seconds, and this has 5',
    ],
  ])('%s says what it wants: %j', async (service, files, message) => {
    const { code, found } = await check(service, files);
    expect(found.join('\n')).toContain(message);
    expect(code).toBe(found.some((line) => line.includes(' error: ')) ? 1 : 0);
  });

  it('refuses a service that it does not know', async () => {
    const { code, stderr } = await dateline(['check', '--for', 'aple']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean apple?') });
  });
});
