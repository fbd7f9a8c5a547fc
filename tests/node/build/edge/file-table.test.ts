import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { edgeFolder } from '../../../../src/node/build/build.ts';
import { readFileTable } from '../../../../src/node/build/edge/file-table.ts';
import { dateline } from '../../command.ts';
import { makeFolder, seed, writeFiles } from '../../temporary-folder.ts';

it('a build describes the files of the site, also those that it takes from the build before', async () => {
  const dir = makeFolder({
    'publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2025:"\n',
    'a.md': seed('A', '2025-03-02', '[Listen](sound.mp3), [watch](film.mp4)'),
    'sound.mp3': 'sound',
    'film.mp4': 'film',
    'unnamed.mp3': 'unnamed',
    'public/ads.txt': 'ads',
    'public/.assetsignore': '# pages\n_dateline\nextra.txt\n',
  });
  const out = join(makeFolder(), 'site');
  const built = async (): Promise<unknown> => {
    expect(await dateline(['build', dir, '--out', out])).toMatchObject({ code: 0, stderr: '' });
    return Object.fromEntries(await readFileTable(edgeFolder(out)));
  };
  const described = (content: string, type: string) => ({
    ref: createHash('sha256').update(content).digest('hex').slice(0, 32),
    type,
    length: content.length,
  });
  const others = {
    'media/film.mp4': described('film', 'video/mp4'),
    'ads.txt': described('ads', 'text/plain; charset=utf-8'),
  };
  expect(await built()).toEqual({ ...others, 'media/sound.mp3': described('sound', 'audio/mpeg') });
  writeFiles(dir, { 'sound.mp3': 'louder' });
  expect(await built()).toEqual({ ...others, 'media/sound.mp3': described('louder', 'audio/mpeg') });
  // The table stays in a deploy that leaves out the stored pages.
  const lines = readFileSync(join(edgeFolder(out), '.assetsignore'), 'utf8').split('\n');
  expect(lines).toEqual([
    '# pages',
    '/_dateline/objects/*',
    expect.stringMatching(/^!\/_dateline\/objects\/[0-9a-f]{32}\.gz$/),
    'extra.txt',
    '',
  ]);
});
