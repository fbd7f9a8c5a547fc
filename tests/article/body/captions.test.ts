import { describe, expect, test } from 'vitest';
import { articleOf, seedOf } from '../seeds.ts';

const lede = 'The council voted on Tuesday to keep the library open.';
const image = '<img src="https://harbor.example/room.jpg" alt="The room" />';
const picture = '![The room](https://harbor.example/room.jpg)';

function contentOf(body: string): string {
  return articleOf(seedOf(body)).content;
}

function figure(caption: string): string {
  return `<figure>${image}<figcaption>${caption}</figcaption>\n</figure>`;
}

describe('a picture with a caption is a figure', () => {
  test.each([
    [
      'a caption above the lede',
      `${picture}\n\nThe room. **Ana Ruiz / Harbor**`,
      'The room. <strong>Ana Ruiz / Harbor</strong>',
    ],
    ['a short line under it', `${picture}\n\nThe reading room at noon`, 'The reading room at noon'],
    ['a caption in its paragraph', `${picture}\nThe room. **Ana Ruiz**`, 'The room. <strong>Ana Ruiz</strong>'],
    ['emphasis after it', `${picture}\n*The room at noon.*`, 'The room at noon.'],
    [
      'a caption above the lede, whatever its title',
      `${picture}\n\nThe room. **Ana Ruiz**`,
      'The room. <strong>Ana Ruiz</strong>',
    ],
    ['its title', picture.replace(')', ' "The room & more")'), 'The room &amp; more'],
  ])('%s', (_, body, caption) => {
    expect(contentOf(`${body}\n\n${lede}`)).toBe(`${figure(caption)}\n<p>${lede}</p>`);
  });

  test('further down, where only emphasis or a title is a caption', () => {
    const body = `${lede}\n\n${picture}\n*The room.*\n\n${picture}\n\nA short line\n\nIt stays open.`;
    expect(contentOf(body)).toBe(
      `<p>${lede}</p>\n${figure('The room.')}\n<p>${image}</p>\n<p>A short line</p>\n<p>It stays open.</p>`,
    );
  });

  test('beside raw HTML, in the same bytes', () => {
    const body = `${picture}\n*The room.*\n\n${lede}`;
    expect(contentOf(`${body} It <b>stays</b>.`)).toBe(`${figure('The room.')}\n<p>${lede} It <b>stays</b>.</p>`);
  });

  test.each([
    ['text around it', `Here ${picture} *is* it.`],
    ['two pictures', `${picture} ${picture}`],
    ['text after the emphasis', `${picture} *so* it was.`],
  ])('but not with %s', (_, paragraph) => {
    expect(contentOf(`${lede}\n\n${paragraph}`)).not.toContain('<figure>');
  });

  test('whose caption the feeds state once more', () => {
    expect(articleOf(seedOf(`${picture}\n*The room.*\n\n${lede}`)).image?.caption).toBe('The room.');
  });
});

describe('a credit without a picture', () => {
  test.each([
    'The room. **Ana Ruiz / Harbor**',
    'The room at noon. *Ana Ruiz*',
    'Photo: Ana Ruiz',
    'The room (AP Photo/Ana Ruiz)',
  ])('becomes small print at the end: %s', (caption) => {
    const content = contentOf(`${caption}\n\n${lede}\n\nIt stays.[^1]\n\n[^1]: A note.`);
    expect(content).toMatch(/^<p>The council voted/);
    expect(content).toMatch(/<\/p>\n<p><small>.*Ana Ruiz.*<\/small><\/p>\n<hr \/>\n<section class="footnotes">/);
  });

  test.each(['Before', 'Tbilisi, Georgia', '*A letter from the coast.*'])('a line without one stays: %s', (line) => {
    expect(contentOf(`${line}\n\n${lede}`)).toMatch(/<p>The council voted[^<]*<\/p>$/);
  });
});
