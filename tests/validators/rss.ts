import { ATOM } from './namespaces.ts';
import { unknownTo } from './rss-grammar.ts';
import { changesOf, lintContact, lintItem, publishedAt } from './rss-item.ts';
import { lintMedia, lintPodcast } from './rss-media.ts';
import { at, childrenOf, type Node, parseXml, seedText } from './tree.ts';
import { isLanguage, isWebUrl, readRfc822 } from './values.ts';
import { assertWellFormed } from './well-formed.ts';

/** Lists where a document breaks RSS 2.0 or our rules for it, each by its id in the conformance checklist. */
export function lintRss(xml: string): string[] {
  try {
    assertWellFormed(xml);
  } catch (error) {
    return [(error as Error).message];
  }
  const root = parseXml(xml);
  const [channel, ...more] = childrenOf(root, 'channel');
  if (root.name !== 'rss' || root.uri !== '' || root.attributes.version !== '2.0') {
    return [at(root, 'R1 the root is not <rss version="2.0">')];
  }
  if (channel === undefined || more.length > 0) return [at(root, 'R1 not exactly one channel')];
  const items = childrenOf(channel, 'item');
  return [
    ...unknownTo(root),
    ...CHANNEL_RULES.flatMap((rule) => rule(channel)),
    ...lastBuild(channel, items),
    ...uniqueness(items),
    ...order(items),
    ...items.flatMap(lintItem),
    ...items.flatMap(lintMedia),
    ...lintPodcast(channel),
  ];
}

const CHANNEL_RULES = [requiredElements, channelDates, atomLinks, people, language, image, ttl];

function requiredElements(channel: Node): string[] {
  const missing = ['title', 'link', 'description'].filter((name) => !seedText(channel, name)?.trim());
  const link = seedText(channel, 'link') ?? '';
  const relative = link !== '' && !isWebUrl(link);
  return [
    ...missing.map((name) => at(channel, `R1 no <${name}>`)),
    ...(relative ? [at(channel, `C2 the link "${link}" is not absolute`)] : []),
  ];
}

function channelDates(channel: Node): string[] {
  return ['pubDate', 'lastBuildDate'].flatMap((name) =>
    childrenOf(channel, name).flatMap((date) => {
      const read = readRfc822(date.text());
      return typeof read === 'string' ? [at(date, `R5 ${read}`)] : [];
    }),
  );
}

function lastBuild(channel: Node, items: readonly Node[]): string[] {
  const [date] = childrenOf(channel, 'lastBuildDate');
  if (date === undefined) return [];
  const built = readRfc822(date.text());
  const late = items.some((item) => changesOf(item).some((change) => change > Number(built)));
  return late ? [at(date, 'R6 older than the newest change of an item')] : [];
}

function atomLinks(channel: Node): string[] {
  const links = childrenOf(channel, 'link', ATOM);
  const selves = links.filter((link) => link.attributes.rel === 'self');
  const problems = links
    .filter((link) => !isWebUrl(link.attributes.href ?? ''))
    .map((link) => at(link, `R7 the href "${link.attributes.href}" is not absolute`));
  if (selves.length !== 1) problems.push(at(channel, `R7 ${selves.length} self links`));
  for (const self of selves) {
    if (self.attributes.type !== 'application/rss+xml') problems.push(at(self, `R7 type ${self.attributes.type}`));
  }
  return problems;
}

function people(channel: Node): string[] {
  return ['managingEditor', 'webMaster'].flatMap((name) => childrenOf(channel, name).flatMap(lintContact));
}

function language(channel: Node): string[] {
  return childrenOf(channel, 'language')
    .filter((tag) => !isLanguage(tag.text()))
    .map((tag) => at(tag, `R12 "${tag.text()}" is not a language tag`));
}

function image(channel: Node): string[] {
  return childrenOf(channel, 'image').flatMap((node) => {
    const url = seedText(node, 'url') ?? '';
    const problems = ['title', 'link']
      .filter((name) => seedText(node, name) !== seedText(channel, name))
      .map((name) => at(node, `R13 the image's ${name} is not the channel's`));
    if (!isWebUrl(url)) problems.push(at(node, `R13 the url "${url}" is not absolute`));
    else if (!/\.(?:gif|jpe?g|png)$/i.test(new URL(url).pathname))
      problems.push(at(node, `R13 ${url} is not GIF, JPEG or PNG`));
    for (const [name, most] of [
      ['width', 144],
      ['height', 400],
    ] as const) {
      const size = seedText(node, name);
      if (size !== undefined && !(isPositive(size) && Number(size) <= most))
        problems.push(at(node, `R13 ${name} "${size}"`));
    }
    return problems;
  });
}

function ttl(channel: Node): string[] {
  return childrenOf(channel, 'ttl')
    .filter((minutes) => !isPositive(minutes.text()))
    .map((minutes) => at(minutes, `R14 "${minutes.text()}" is no number of minutes`));
}

function uniqueness(items: readonly Node[]): string[] {
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const guid = seedText(item, 'guid');
    if (guid === undefined) return [];
    const problems = seen.has(guid) ? [at(item, `R3 a second guid ${guid}`)] : [];
    seen.add(guid);
    return problems;
  });
}

function order(items: readonly Node[]): string[] {
  const dated = items.filter((item) => publishedAt(item) !== undefined);
  return dated.flatMap((item, index) => {
    const before = dated[index - 1];
    const late = before !== undefined && Number(publishedAt(item)) > Number(publishedAt(before));
    return late ? [at(item, 'C3 newer than the item before it')] : [];
  });
}

function isPositive(text: string): boolean {
  return /^[1-9]\d*$/.test(text);
}
