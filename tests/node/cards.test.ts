import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { build, edgeFolder } from '../../src/node/build/build.ts';
import { readPublication } from '../../src/node/folder/read-publication.ts';
import { type CardText, drawCard } from '../../src/node/pictures/card.ts';
import { serveHere } from './command.ts';
import { makeFolder, seed, writeFiles } from './temporary-folder.ts';

const text: CardText = {
  title: 'Ferry <b> & more',
  site: 'The Daily',
  date: 'March 1, 2026',
  isRightToLeft: false,
  color: '#ff0000',
};

/** The share of a card's left and right half that is not paper, below the rule. */
async function inkOf(card: Uint8Array): Promise<{ left: number; right: number }> {
  const { data, info } = await sharp(card).greyscale().raw().toBuffer({ resolveWithObject: true });
  const ink = { left: 0, right: 0 };
  for (let y = 40; y < info.height; y++)
    for (let x = 0; x < info.width; x++)
      if ((data[(y * info.width + x) * info.channels] ?? 255) < 128) ink[x < info.width / 2 ? 'left' : 'right']++;
  return ink;
}

describe('a card', () => {
  it('is a picture of the size that previews show, with the text at the side where it begins', async () => {
    const card = await drawCard(sharp, { ...text, title: 'Ferry' });
    expect(await sharp(card).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
    const [ltr, rtl] = [
      await inkOf(card),
      await inkOf(await drawCard(sharp, { ...text, title: 'Ferry', isRightToLeft: true })),
    ];
    expect(ltr.left).toBeGreaterThan(1000);
    expect(ltr.right).toBe(0);
    expect(rtl.left).toBe(0);
    expect(rtl.right).toBeGreaterThan(1000);
  });

  it.each([text.title, 'word '.repeat(200), 'W'.repeat(500), '\u202e&lt;', '🚢'])(
    'holds any headline: %j',
    async (title) => {
      expect((await drawCard(sharp, { ...text, title })).length).toBeGreaterThan(1000);
    },
  );
});

describe('cards: true', () => {
  const files = {
    'publication.yaml': 'title: The Daily\nurl: https://daily.example/\ncards: true\n',
    'plain.md': seed('Ferry & bridge', '2026-03-01'),
    'pictured.md': seed('Pictured', '2026-03-02', '![A ship](https://p.example/a.jpg)'),
    'later.md': seed('Later', '2199-03-01'),
  };

  it('gives articles without a picture one for link previews', async () => {
    const dir = makeFolder(files);
    const [out, state] = [join(makeFolder(), 'site'), join(makeFolder(), 'state')];
    mkdirSync(state);
    const run = async () => {
      const { site, sources, files: found, saveState } = readPublication(dir, join(state, 'state.db'));
      const records = join(state, 'builds.db');
      await build(site, sources, out, '2026-04-01T00:00:00Z', undefined, found, false, undefined, { records });
      saveState();
    };
    await run();
    const preview = (slug: string) =>
      /og:image" content="([^"]*)"/.exec(readFileSync(join(out, `articles/${slug}.html`), 'utf8'))?.[1] ?? '';
    expect(preview('pictured')).toBe('https://p.example/a.jpg');
    const card = preview('plain').replace('https://daily.example/', '');
    expect(card).toMatch(/^cards\/plain-[\da-z]+\.png$/);
    expect(readFileSync(join(out, 'articles/plain.html'), 'utf8')).toContain(
      '<meta property="og:image:width" content="1200">\n<meta property="og:image:height" content="630">\n<meta property="og:image:alt" content="Ferry &amp; bridge">\n<meta name="twitter:card" content="summary_large_image">',
    );
    expect(readdirSync(join(out, 'cards'))).toEqual([card.slice('cards/'.length)]);
    // The worker has that of the scheduled article as well.
    expect(readdirSync(join(edgeFolder(out), 'cards'))).toHaveLength(2);
    expect(existsSync(join(edgeFolder(out), '.edition-being-built.json'))).toBe(false);
    const feed = readFileSync(join(out, 'rss.xml'), 'utf8');
    expect(feed).not.toContain('cards/');
    writeFiles(dir, { 'plain.md': seed('Another headline', '2026-03-01') });
    await run();
    // Services fetch a picture once, so another one has another address.
    expect(preview('plain')).not.toContain(card);
    expect(readdirSync(join(out, 'cards'))).toHaveLength(1);
  });

  it('serves them, but none of an article that is not published', async () => {
    const state = makeFolder();
    const { url, stop } = await serveHere(makeFolder(files), { state });
    try {
      const page = await (await fetch(new URL('articles/plain', url))).text();
      const path = /cards\/plain-\w+\.png/.exec(page)?.[0] ?? '';
      const answer = await fetch(new URL(path, url));
      expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'image/png']);
      const version = path.replace(/^cards\/plain/, '');
      for (const other of [`later${version}`, `pictured${version}`, 'plain-0.png', `nope${version}`])
        expect((await fetch(new URL(`cards/${other}`, url))).status, other).toBe(404);
      expect(readdirSync(join(state, 'pictures'))).toHaveLength(1);
    } finally {
      await stop();
    }
  });
});
