import { renderContent } from '../../../src/article/body/content.ts';
import { fixture } from '../seeds.ts';

export const payloads = fixture('xss/payloads.txt')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map((line) =>
    line.replace(/\\x(00|01|09|0a|0d)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );

/** Where a stranger may put an attack in a seed. */
export const places: Readonly<Record<string, (attack: string) => string>> = {
  'as a block': (attack) => attack,
  'in a paragraph': (attack) => `Text ${attack} text`,
  'in a link': (attack) => `[${attack}](https://a.example)`,
  'as the target of a link': (attack) => `[a](${attack})`,
  'as the target of a link in brackets': (attack) => `[a](<${attack}>)`,
  'as the title of a link': (attack) => `[a](https://a.example "${attack}")`,
  'as a reference': (attack) => `[a]\n\n[a]: ${attack} '${attack}'`,
  'as an autolink': (attack) => `<${attack}>`,
  'as a picture': (attack) => `![${attack}](${attack})`,
  'as a picture in brackets': (attack) => `![a](<${attack}> '${attack}')`,
  'in a heading': (attack) => `## ${attack}\n\n[a](#${attack})`,
  'in a table': (attack) => `|${attack}|b|\n|:-|-|\n|a|${attack}|`,
  'in code': (attack) => `\`${attack}\`\n\n~~~${attack}\n${attack}\n~~~`,
  'in a list and a quotation': (attack) => `> - ${attack}`,
  'in a footnote': (attack) => `a[^1]\n\n[^1]: ${attack}`,
  'as an address in HTML': (attack) =>
    `<a href="${attack}">a</a><img src='${attack}' srcset='${attack} 2x'><video poster="${attack}" src=${attack}>`,
  'as an attribute in HTML': (attack) => `<p title="${attack}" id='${attack}' class="${attack}" lang=${attack}>a</p>`,
  'in a frame': (attack) => `<iframe src="https://a.example/" title="${attack}">${attack}</iframe>`,
  'in an element that holds text': (attack) =>
    `<textarea>${attack}</textarea><title>${attack}</title><xmp>${attack}</xmp>`,
};

export function contentOf(body: string): string {
  return renderContent(body, { permalink: 'https://site.example/articles/a', slug: 'a', title: 'A' }).content;
}
