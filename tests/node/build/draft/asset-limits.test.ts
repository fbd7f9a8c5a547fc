import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exceededAssetLimits } from '../../../../src/node/build/draft/asset-limits.ts';
import { dateline } from '../../command.ts';
import { makeFolder, seed } from '../../temporary-folder.ts';

const publication = 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n';

/** An edge folder with this many stored pages and two other files. */
function makeEdge(pages: number): string {
  const folder = makeFolder({ 'icon.png': '', 'media/a.jpg': '' });
  const objects = join(folder, '_dateline/objects');
  mkdirSync(objects, { recursive: true });
  for (let page = 0; page < pages; page++) writeFileSync(join(objects, `${page}.gz`), '');
  return folder;
}

describe('dateline build', () => {
  it('warns of a file that is too large for a deploy, but builds', async () => {
    const dir = makeFolder({
      'publication.yaml': publication,
      'a.md': '---\ntitle: A\ndate: 2025-01-01\nenclosure: talk.mp3\n---\nListen.\n',
      'talk.mp3': '',
      'short.mp3': '',
      'b.md': '---\ntitle: B\ndate: 2025-01-02\nenclosure: short.mp3\n---\nListen.\n',
    });
    mkdirSync(join(dir, 'public'));
    writeFileSync(join(dir, 'public/large.bin'), '');
    truncateSync(join(dir, 'public/large.bin'), 26 * 1024 * 1024);
    truncateSync(join(dir, 'talk.mp3'), 25 * 1024 * 1024 + 1);
    truncateSync(join(dir, 'short.mp3'), 25 * 1024 * 1024);
    const out = join(makeFolder(), 'site');
    const { code, stderr } = await dateline(['build', dir, '--out', out]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${out}-edge/large.bin: warning: 26.0 MiB, but Workers accept files of up to 25 MiB. Publish it with "dateline publish --store r2:<bucket> --media" and add a line "large.bin" to public/.assetsignore, or move it to another host and remove it from public/
${out}-edge/media/talk.mp3: warning: 25.1 MiB, but Workers accept files of up to 25 MiB. Publish it with "dateline publish --store r2:<bucket> --media" and add a line "media/talk.mp3" to public/.assetsignore, or move it to another host and use its address there in the article\n`,
    });
  });

  it('prints no warning within the limits', async () => {
    const dir = makeFolder({ 'publication.yaml': publication, 'a.md': seed('A') });
    const out = join(makeFolder(), 'site');
    expect(await dateline(['build', dir, '--out', out])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('an edge folder', () => {
  it('may have 20,000 files of any kind', async () => {
    const folder = makeEdge(19_998);
    expect(await exceededAssetLimits(folder)).toEqual([]);
    writeFileSync(join(folder, 'icon.svg'), '');
    expect(await exceededAssetLimits(folder)).toEqual([
      expect.stringMatching(/: warning: 20001 files, but Workers accept 20000 .*public\/\.assetsignore$/),
    ]);
    // The advice in the warning helps.
    writeFileSync(join(folder, '.assetsignore'), '# not these\n/_dateline/\n');
    expect(await exceededAssetLimits(folder)).toEqual([]);
  });

  it('may leave out files that are published into R2', async () => {
    const folder = makeEdge(2);
    for (const path of ['media/a.jpg', 'icon.png']) truncateSync(join(folder, path), 40_000_000);
    writeFileSync(join(folder, '.assetsignore'), 'media\n');
    expect(await exceededAssetLimits(folder)).toEqual([expect.stringMatching(/icon\.png: warning: /)]);
    writeFileSync(join(folder, '.assetsignore'), '/media/*\n!/media/a.jpg\nicon.png\n');
    expect(await exceededAssetLimits(folder)).toEqual([expect.stringMatching(/a\.jpg: warning: /)]);
  });

  it('is reported if a page is too large', async () => {
    const folder = makeEdge(2);
    truncateSync(join(folder, '_dateline/objects/1.gz'), 40_000_000);
    expect(await exceededAssetLimits(folder)).toEqual([
      expect.stringMatching(/1\.gz: warning: 38\.2 MiB, .* lower "items"$/),
    ]);
  });
});
