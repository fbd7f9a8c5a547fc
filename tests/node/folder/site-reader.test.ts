import { describe, expect, it } from 'vitest';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { describedSlice } from '../../../src/publication/site/slice-title.ts';
import { type Files, makeFolder, seed, writeFiles } from '../temporary-folder.ts';

function read(files: Files) {
  return new SeedFolder(makeFolder(files), { url: 'http://localhost/' }).read();
}

describe('the folder theme', () => {
  it("holds the publisher's parts of the pages and no articles", () => {
    const { site, sources, problems } = read({
      'a.md': seed('A'),
      'theme/style.css': 'p { color: red }\n',
      'theme/header.html': '<p>Above</p>\n',
      'theme/other.html': '<p>Nothing</p>\n',
    });
    expect(problems).toEqual([]);
    expect(sources).toHaveLength(1);
    expect(site.theme).toEqual({ style: 'p { color: red }\n', header: '<p>Above</p>\n' });
  });

  it('may be missing', () => {
    expect(read({ 'a.md': seed('A'), 'sub/theme/style.css': 'p {}' }).site).not.toHaveProperty('theme');
  });

  it('has a problem if a file in it is not text', () => {
    const { problems, sources } = read({
      'a.md': seed('A'),
      'theme/footer.html': Uint8Array.of(0x3c, 0xff, 0xfe, 0x3e),
    });
    expect(problems).toMatchObject([{ severity: 'error', code: 'not-utf8' }]);
    expect(problems[0]?.file).toMatch(/theme\/footer\.html$/);
    expect(sources).toHaveLength(1);
  });

  it('is read again when it changes', () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'theme/style.css': 'p {}' });
    const folder = new SeedFolder(dir, { url: 'http://localhost/' });
    const before = folder.read();
    writeFiles(dir, { 'theme/style.css': 'q {}' });
    const after = folder.read();
    expect([before.site.theme, after.site.theme]).toEqual([{ style: 'p {}' }, { style: 'q {}' }]);
    expect(after.changed > before.changed).toBe(true);
  });
});

describe('the slots of a theme', () => {
  it('warn of an unknown placeholder, at its place', () => {
    const { problems, site } = read({
      'a.md': seed('A'),
      'theme/article-bottom.html': '<p>{{ title }}</p>\n<p>{{ titel }} {{ title | upcase }}</p>\n',
      'theme/style.css': '/* {{ nothing }} */',
    });
    expect(problems.map(({ line, column, code, severity }) => [line, column, code, severity])).toEqual([
      [2, 4, 'unknown-placeholder', 'warning'],
      [2, 16, 'unknown-placeholder', 'warning'],
    ]);
    expect(problems[0]?.message).toMatch(/^"\{\{ titel \}\}" is unknown .* site, description, /);
    expect(site.theme?.articleBottom).toContain('{{ titel }}');
  });
});

describe("a section's own page", () => {
  const page = '---\ntitle: The harbour\ndescription: Ships.\nimage: /h.jpg\n---\n';

  it('names and describes the section, where the publication file does not', () => {
    const files = {
      'harbour/_index.md': page,
      'harbour/a.md': seed('A'),
      'x/_index.md': '---\ntitle: X\ndraft: true\n---\n',
    };
    const { site } = read(files);
    expect(site.described).toEqual({
      folder: [{ slug: 'harbour', title: 'The harbour', description: 'Ships.', picture: 'http://localhost/h.jpg' }],
    });
    const named = read({ ...files, 'publication.yaml': 'sections: {harbour: Port}\n' }).site;
    const slice = { kind: 'section', slug: 'harbour', label: 'harbour' };
    expect(describedSlice(slice, named)).toMatchObject({ title: 'Port', description: 'Ships.' });
  });

  it.each([
    ['quay.jpg', 'media/harbour/quay.jpg'],
    ['../front.jpg', 'media/front.jpg'],
    ['/front.jpg', 'media/front.jpg'],
    ['/in-public.jpg', 'in-public.jpg'],
    ['https://pictures.example/a b.jpg', 'https://pictures.example/a%20b.jpg'],
    ['missing.jpg', undefined],
    ['../../etc/passwd', undefined],
    ['_index.md', undefined],
  ])('finds its picture %s beside it, in the folder, or at the root of the site', (image, found) => {
    const dir = makeFolder({
      'harbour/_index.md': `---\ntitle: The harbour\nimage: ${image}\n---\n`,
      'harbour/a.md': seed('A'),
      'harbour/quay.jpg': 'x',
      'front.jpg': 'x',
      'public/in-public.jpg': 'x',
    });
    const folder = new SeedFolder(dir, { url: 'http://localhost/' });
    const pictureIn = () => folder.read().site.described?.folder?.[0]?.picture;
    expect(pictureIn()).toBe(found && new URL(found, 'http://localhost/').href);
    if (image !== 'missing.jpg') return;
    writeFiles(dir, { 'harbour/missing.jpg': 'x' });
    expect(pictureIn()).toBe('http://localhost/media/harbour/missing.jpg');
  });

  it('is read again when it changes', () => {
    const dir = makeFolder({ 'harbour/_index.md': page, 'harbour/a.md': seed('A') });
    const folder = new SeedFolder(dir, { url: 'http://localhost/' });
    folder.read();
    writeFiles(dir, { 'harbour/_index.md': page.replace('The harbour', 'Quay') });
    expect(folder.read().site.described?.folder?.[0]?.title).toBe('Quay');
  });
});
