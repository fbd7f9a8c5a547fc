import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArticleFiles } from '../../../../src/node/folder/files/article-files.ts';
import { png } from '../../pictures.ts';
import { makeFolder } from '../../temporary-folder.ts';

const picture = png(640, 480);
const outside = makeFolder({ 'secret.png': picture, 'secret.txt': 'secret' });
const dir = makeFolder({
  'top.png': picture,
  'a/one.png': picture,
  'a/größe 1.png': picture,
  'a/nested/two.mp3': 'ID3',
  'a/100%.png': picture,
  'static/img/three.png': picture,
  'public/four.pdf': '%PDF',
  'assets/five.zip': 'PK',
  'a/six.md': '# Six',
  'a/seven.html': '<p>',
  'a/.hidden.png': picture,
  '.secrets/eight.png': picture,
  'node_modules/nine.png': picture,
  'publication.yaml': 'title: A',
});
symlinkSync(join(outside, 'secret.png'), join(dir, 'a/link.png'));
symlinkSync(outside, join(dir, 'a/out'));
symlinkSync(join(dir, 'a/six.md'), join(dir, 'a/seed.png'));
symlinkSync(join(dir, '.secrets/eight.png'), join(dir, 'a/unhidden.png'));
symlinkSync(join(dir, 'top.png'), join(dir, 'a/inside.png'));
mkdirSync(join(dir, 'a/folder.png'));

const find = new ArticleFiles(dir).finderFor('a/article.md', 'https://site.example/news/');

describe('an article finds the file for an address', () => {
  it.each([
    ['one.png', 'a/one.png'],
    ['./one.png', 'a/one.png'],
    ['one.png?v=2#top', 'a/one.png'],
    ['gr%C3%B6%C3%9Fe%201.png', 'a/gr%C3%B6%C3%9Fe%201.png'],
    ['größe 1.png', 'a/gr%C3%B6%C3%9Fe%201.png'],
    ['größe 1.png'.normalize('NFD'), 'a/gr%C3%B6%C3%9Fe%201.png'],
    ['100%.png', 'a/100%25.png'],
    ['nested/two.mp3', 'a/nested/two.mp3'],
    ['../top.png', 'top.png'],
    ['/top.png', 'top.png'],
    ['/a/one.png', 'a/one.png'],
    ['/img/three.png', 'static/img/three.png'],
    ['/four.pdf', 'public/four.pdf'],
    ['/five.zip', 'assets/five.zip'],
    ['inside.png', 'a/inside.png'],
  ])('%s', (written, path) => {
    expect(find(written)?.url).toBe(`https://site.example/news/media/${path}`);
  });

  it('with its type, its length and the size of a picture', () => {
    expect(find('one.png')).toEqual({
      url: 'https://site.example/news/media/a/one.png',
      type: 'image/png',
      length: picture.length,
      width: 640,
      height: 480,
    });
    expect(find('nested/two.mp3')).toEqual({
      url: 'https://site.example/news/media/a/nested/two.mp3',
      type: 'audio/mpeg',
      length: 3,
    });
  });

  it('with the new size after the picture changes', () => {
    const files = new ArticleFiles(dir);
    writeFileSync(join(dir, 'changing.png'), png(1, 2));
    expect(files.finderFor('a.md', 'https://site.example/')('changing.png')).toMatchObject({
      width: 1,
      height: 2,
    });
    writeFileSync(join(dir, 'changing.png'), png(30, 40));
    expect(files.finderFor('a.md', 'https://site.example/')('changing.png')).toMatchObject({
      width: 30,
      height: 40,
    });
  });

  it('and is recorded as a referrer, whether or not the file exists', () => {
    const files = new ArticleFiles(dir);
    files.finderFor('a.md', 'https://site.example/')('to-come.png');
    expect([...files.referrersOf('to-come.png')]).toEqual(['a.md']);
    expect([...files.referrersOf('other.png')]).toEqual([]);
  });
});

describe('an article finds no file', () => {
  const name = outside.split('/').at(-1);
  it.each([
    ['that does not exist', 'none.png'],
    ['above the folder', '../../secret.png'],
    ['above the folder, by the name of its folder', `../../${name}/secret.png`],
    ['above the folder, encoded', `..%2f..%2f${name}%2fsecret.png`],
    ['above the folder, from its top', `/../${name}/secret.png`],
    ['above the folder, with backslashes', `..\\..\\${name}\\secret.png`],
    ['by an absolute path of the disk', join(outside, 'secret.png')],
    ['behind a link out of the folder', 'link.png'],
    ['behind a linked folder outside', 'out/secret.png'],
    ['that is a link to an article', 'seed.png'],
    ['that is a link to a hidden file', 'unhidden.png'],
    ['that is hidden', '.hidden.png'],
    ['in a hidden folder', '/.secrets/eight.png'],
    ['in node_modules', '/node_modules/nine.png'],
    ['that is an article', 'six.md'],
    ['that is a page', 'seven.html'],
    ['that is the publication file', '/publication.yaml'],
    ['that is a folder', 'folder.png'],
    ['with NUL in its name', 'one.png\0.png'],
    ['without a name', ''],
    ['by a name that is too long', `${'a/'.repeat(5000)}b.png`],
  ])('%s', (_, written) => {
    expect(find(written)).toBeUndefined();
  });
});
