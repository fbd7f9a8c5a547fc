import { dateOf, paragraphsOf } from './articles.ts';

/** A way to write articles. All shapes have the same headlines, dates and paragraphs. */
export interface Shape {
  readonly name: string;
  /** The file name of an article. */
  file(index: number): string;
  /** The text as a publisher writes it. */
  text(index: number): string;
  /** The same article for Hugo, which needs front matter. */
  hugoText(index: number): string;
}

/** Minutes between two articles, so that 10,000 of them are in the past. */
const apart = 5 * 60;
const names = ['Ines Okafor', 'Pavel Brandt', 'Mei Castellan', 'Jonas Abiodun', 'Ruth Valdivia'];

export const shapes: readonly Shape[] = [
  {
    name: 'a plain seed',
    file: (index) => `${String(index).padStart(5, '0')}_${(index * 2654435761).toString(16).slice(-8)}.txt`,
    text: (index) => {
      const date = dateOf(index, apart).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
      return `\n\n# ${headline(index)}\n\n${date}\n\n\n\n${seedBody(index)}`;
    },
    hugoText: (index) => `${frontMatter(index)}${seedBody(index)}`,
  },
  {
    name: 'dateline new',
    file: (index) => `${slug(index)}.md`,
    text: (index) =>
      `# ${headline(index)}\n\n${isoDate(index)}\n\n${paragraphs(index)}\n\nId: <tag:bench.example,2020:${slug(index)}>\n`,
    hugoText: (index) => `${frontMatter(index)}${paragraphs(index)}\n`,
  },
  {
    name: 'front matter',
    file: (index) => `${slug(index)}.md`,
    text: fullArticle,
    hugoText: fullArticle,
  },
];

function headline(index: number): string {
  return `Headline ${index} & more`;
}

function isoDate(index: number): string {
  return dateOf(index, apart).toISOString();
}

function slug(index: number): string {
  return `${isoDate(index).slice(0, 10)}-headline-${index}`;
}

function paragraphs(index: number): string {
  return paragraphsOf(index).join('\n\n');
}

/** Has a caption, a link that leads nowhere, a credit and the original URL. */
function seedBody(index: number): string {
  const [first = '', ...rest] = paragraphsOf(index);
  return [
    `The harbour at noon. **${nameOf(index)} / Bench Pictures**`,
    first,
    `**Related article:** [${headline(index + 1)}](#)`,
    ...rest,
    '*Bench Wire contributed reporting.*',
    'Original url:',
    `<https://wire.example/${isoDate(index).slice(0, 10).replaceAll('-', '/')}/headline-${index}>\n`,
  ].join('\n\n');
}

function fullArticle(index: number): string {
  const day = isoDate(index).slice(0, 10);
  const fields = `description: "What happened at the harbour on ${day}, and what comes next: part ${index}."
tags: [topic-${index % 10}, topic-${10 + (index % 7)}]
categories: [news]
authors: [${nameOf(index)}]
lastmod: ${isoDate(index)}
draft: false
`;
  return `${frontMatter(index, fields)}${paragraphs(index)}\n`;
}

function frontMatter(index: number, fields = ''): string {
  return `---\ntitle: "${headline(index)}"\ndate: ${isoDate(index)}\n${fields}---\n\n`;
}

function nameOf(index: number): string {
  return names[index % names.length] ?? '';
}
