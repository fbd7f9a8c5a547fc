import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, edgeFolder } from '../../src/node/build/build.ts';
import { readPublication } from '../../src/node/folder/read-publication.ts';
import { resize } from '../../src/node/pictures/resize.ts';
import { serveHere } from './command.ts';
import { makeFolder, seed } from './temporary-folder.ts';

/** A picture with some noise, which does not compress to nothing. */
async function photo(width: number, height: number, form: 'jpeg' | 'png' = 'jpeg'): Promise<Uint8Array> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const image = sharp({ create: { width, height, channels: 3, background: '#888', noise } });
  return image.blur(2).toFormat(form, { quality: 98 }).toBuffer();
}

const facts = async (file: string | Uint8Array) => {
  const { format, width, height, mediaType } = await sharp(file).metadata();
  return { format: mediaType ?? format, width, height };
};

describe('a smaller picture', () => {
  let large: Uint8Array;
  beforeAll(async () => {
    large = await photo(900, 600);
  });

  it.each(['avif', 'webp'] as const)('is %s, upright and never wider than the whole one', async (form) => {
    const turned = await sharp(large).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await facts(await resize(sharp, turned, 480, form))).toMatchObject({ width: 480, height: 720 });
    const small = await resize(sharp, large, 1360, form);
    expect(await facts(small)).toEqual({ format: `image/${form}`, width: 900, height: 600 });
    expect(small.length).toBeLessThan(large.length);
  });

  it('is the whole one if it moves, is broken or would grow', async () => {
    const frames = [await photo(600, 400), await photo(600, 400)].map((frame) => Buffer.from(frame));
    const moving = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    const noise = { type: 'gaussian', mean: 128, sigma: 90 } as const;
    const grains = sharp({ create: { width: 400, height: 300, channels: 3, background: '#888', noise } });
    const poor = await grains.jpeg({ quality: 5 }).toBuffer();
    // The size of an animation and its first frame: an animated PNG, as far as anyone can tell from its chunks.
    const still = await photo(600, 400, 'png');
    const control = Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from('acTL'), Buffer.alloc(12)]);
    const animated = Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]);
    for (const picture of [moving, poor, animated, Buffer.from('no picture')])
      expect(await resize(sharp, picture, 480, 'webp')).toBe(picture);
  });
});

describe('pictures: sharp', () => {
  const widths = ['480', '800', '1360'];
  let dir: string;
  beforeAll(async () => {
    dir = makeFolder({
      'publication.yaml': 'title: The Daily\nurl: https://daily.example/\npictures: sharp\n',
      'a.md': seed('A', '2026-03-01', '![A ship](img/a%20b.jpg)\n\n![Not here](none.jpg)'),
      'later.md': seed('Later', '2199-03-01', '![A plan](plan.jpg)'),
      'img/a b.jpg': await photo(500, 300),
      'plan.jpg': await photo(300, 300),
    });
  });

  async function built(out: string, state?: string): Promise<number> {
    const { site, sources, files, saveState } = readPublication(dir, state && join(state, 'state.db'));
    const records = state && join(state, 'builds.db');
    const now = '2026-04-01T00:00:00Z';
    const { written } = await build(site, sources, out, now, undefined, files, false, undefined, { records });
    saveState();
    return written;
  }

  it('builds the sizes that pages name, from the state the second time', async () => {
    const [out, state] = [join(makeFolder(), 'site'), join(makeFolder(), 'state')];
    mkdirSync(state);
    await built(out, state);
    const page = readFileSync(join(out, 'articles/a.html'), 'utf8');
    expect(page).toContain(
      '<picture><source type="image/avif" srcset="../resized/480/media/img/a%20b.jpg.avif 480w, ../resized/800/media/img/a%20b.jpg.avif 500w" sizes=',
    );
    expect(page).toMatch(
      /<img src="\.\.\/media\/img\/a%20b\.jpg" alt="A ship" width="500" height="300" fetchpriority="high"/,
    );
    for (const [, address = ''] of page.matchAll(/\.\.\/(resized\/\S+)/g))
      expect(existsSync(join(out, decodeURIComponent(address))), address).toBe(true);
    expect(await facts(join(out, 'resized/480/media/img/a b.jpg.avif'))).toMatchObject({ width: 480, height: 288 });
    // An article that is not published yet has its pictures for the worker alone.
    const inEdge = widths.flatMap((width) => readdirSync(join(edgeFolder(out), 'resized', width, 'media')));
    expect(inEdge).toContain('plan.jpg.webp');
    expect(readdirSync(join(out, 'resized/480/media'))).toEqual(['img']);
    const pictures = readdirSync(join(state, 'pictures'));
    // Two widths of the one, since none is wider than the whole picture, and one of the other.
    expect(pictures).toHaveLength(6);
    await built(join(makeFolder(), 'site'), state);
    expect(readdirSync(join(state, 'pictures'))).toEqual(pictures);
    expect(await built(out, state)).toBe(0);
  });

  it('serves them, made when they are requested', async () => {
    const state = makeFolder();
    const { url, stop } = await serveHere(dir, { state });
    const get = (path: string) => fetch(new URL(path, url));
    try {
      const answer = await get('resized/480/media/img/a%20b.jpg.webp');
      expect(answer.headers.get('Content-Type')).toBe('image/webp');
      expect(await facts(new Uint8Array(await answer.arrayBuffer()))).toMatchObject({ width: 480 });
      expect(readdirSync(join(state, 'pictures'))).toHaveLength(1);
      for (const path of [
        '481/media/img/a%20b.jpg.webp',
        '480/media/img/a%20b.jpg.gif',
        '480/media/a.md.webp',
        '480/media/none.jpg.webp',
      ])
        expect((await get(`resized/${path}`)).status, path).toBe(404);
    } finally {
      await stop();
    }
  });

  it('serves whole pictures without a state', async () => {
    const { url, stop } = await serveHere(dir, { state: false });
    try {
      const answer = await fetch(new URL('resized/480/media/img/a%20b.jpg.webp', url));
      expect(answer.headers.get('Content-Type')).toBe('image/jpeg');
      expect(await facts(new Uint8Array(await answer.arrayBuffer()))).toMatchObject({ width: 500 });
    } finally {
      await stop();
    }
  });
});
