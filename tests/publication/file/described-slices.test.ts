import { describe, expect, it } from 'vitest';
import { parsePublicationFile } from '../../../src/publication/file/publication-file.ts';

const read = (text: string) =>
  parsePublicationFile({ path: 'publication.yaml', text }, { title: 'News', url: 'https://a.example/news/' });
const problems = (text: string): string[] =>
  read(text).problems.map(({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`);

describe('sections and tags in publication.yaml', () => {
  it('have titles, descriptions and pictures of the site, in the order of the file', () => {
    const { site, problems } = read(
      'sections:\n  World-News:\n  "2026": The year\n  harbour: {title: The harbour, description: Ships., picture: /media/a.jpg}\ntags:\n  C++: C plus plus\n',
    );
    expect(problems).toEqual([]);
    expect(site.described).toEqual({
      section: [
        { slug: 'world-news' },
        { slug: '2026', title: 'The year' },
        {
          slug: 'harbour',
          title: 'The harbour',
          description: 'Ships.',
          picture: 'https://a.example/news/media/a.jpg',
        },
      ],
      tag: [{ slug: 'c-plus-plus', title: 'C plus plus' }],
    });
  });

  it('may be only listed, or not at all', () => {
    expect(read('sections: [b, a]\n').site.described).toEqual({ section: [{ slug: 'b' }, { slug: 'a' }] });
    expect(read('title: A\n').site.described).toBeUndefined();
  });

  it.each([
    [
      'sections: world',
      '1:11 wrong-value: sections: expected a list of names, or a map of names, each with a title or',
    ],
    [
      'tags: {a: [b]}',
      '1:11 wrong-value: tags: expected a title or a map of title, description and picture, got a list',
    ],
    ['tags: {a: {titel: A}}', '1:12 unknown-key: tags: unknown key "titel"; did you mean "title"?'],
    ['tags: {a: {picture: "mailto:a"}}', '1:21 wrong-value: tags: expected an address or a path on this site, got'],
    ['sections: {News: A, news: B}', '1:21 wrong-value: sections: "news" is listed twice; delete one'],
  ])('have a problem with its place for %s', (text, start) => {
    const [first = '', ...others] = problems(`${text}\n`);
    expect(first.slice(0, start.length)).toBe(start);
    expect(others).toEqual([]);
  });
});
