import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SeedFolder } from '../../../../src/node/folder/seed-folder.ts';
import { type Files, makeFolder, writeFiles } from '../../temporary-folder.ts';

const page = (title: string, date: string, id = ''): string => `---\ntitle: ${title}\ndate: ${date}\n${id}---\nText\n`;
const settings = (base: string): Files => ({ 'publication.yaml': `url: https://daily.example/\nid: "${base}"\n` });
/** An article that has its id from its name. */
const minted: Files = { 'quay.md': page('Quay', '2024-01-05') };
/** A newer article that states this id. */
const stated: Files = { 'ferry.md': page('Ferry', '2024-01-06', 'id: "tag:daily.example,2026:quay"\n') };

function slugsAndProblems(folder: SeedFolder) {
  const { sources, problems } = folder.read();
  return [sources.map(({ head }) => head.slug), problems.map(({ code }) => code)];
}

describe('an id that an article states and another has from its name', () => {
  const base = settings('tag:daily.example,2026:');
  const open = (files: Files) => {
    const dir = makeFolder(files);
    return { dir, folder: new SeedFolder(dir, { url: 'http://localhost:3000/' }) };
  };

  it('is found at the start', () => {
    const { folder } = open({ ...base, ...minted, ...stated });
    expect(slugsAndProblems(folder)).toEqual([['quay'], ['duplicate-id']]);
  });

  it.each([
    ['stated', minted, stated, 'quay'],
    ['minted', stated, minted, 'ferry'],
  ])('is found when the %s one is added later, and free when the first is gone', (_, first, later, kept) => {
    const { dir, folder } = open({ ...base, ...first });
    expect(slugsAndProblems(folder)).toEqual([[kept], []]);
    writeFiles(dir, later);
    expect(slugsAndProblems(folder)).toEqual([[kept], ['duplicate-id']]);
    for (const path of Object.keys(first)) rmSync(join(dir, path));
    expect(slugsAndProblems(folder)).toEqual([[kept === 'quay' ? 'ferry' : 'quay'], []]);
  });

  it('is found when the start of ids changes to it, and free when it changes again', () => {
    const { dir, folder } = open({ ...settings('tag:other.example,2026:'), ...minted, ...stated });
    expect(slugsAndProblems(folder)).toEqual([['ferry', 'quay'], []]);
    writeFiles(dir, base);
    expect(slugsAndProblems(folder)[1]).toEqual(['duplicate-id']);
    writeFiles(dir, settings('tag:third.example,2026:'));
    expect(slugsAndProblems(folder)).toEqual([['ferry', 'quay'], []]);
  });

  it('may be the own name of the article that states it', () => {
    const { dir, folder } = open({
      ...base,
      'quay.md': page('Quay', '2024-01-05', 'id: "tag:daily.example,2026:quay"\n'),
    });
    expect(slugsAndProblems(folder)).toEqual([['quay'], []]);
    writeFiles(dir, minted);
    expect(slugsAndProblems(folder)).toEqual([['quay'], []]);
  });
});
