import { ITUNES, MEDIA, PODCAST } from './namespaces.ts';
import { at, childrenOf, type Node, seedText } from './tree.ts';
import { isLanguage, isWebUrl } from './values.ts';

/**
 * Lists where a channel breaks the rules of podcasts: what Apple requires of a channel with its elements (I1) and of
 * an episode (I2), and Podcasting 2.0 (N1).
 */
export function lintPodcast(channel: Node): string[] {
  const items = childrenOf(channel, 'item');
  return [
    ...(channel.children.some(({ uri }) => uri === ITUNES) ? show(channel) : []),
    ...items.flatMap(episode),
    ...[channel, ...items].flatMap(podcasting),
  ];
}

/** Lists where a `media:content` breaks Media RSS 1.5.1 (M1). */
export function lintMedia(parent: Node): string[] {
  return childrenOf(parent, 'content', MEDIA).flatMap((content) => {
    const { url = '', type = '', medium = '', ...rest } = content.attributes;
    const { width, height, fileSize, duration, ...unknown } = rest;
    const isRecording = /^(?:audio|video)$/.test(medium);
    const isTaken = childrenOf(parent, 'enclosure').some(({ attributes }) => attributes.url === url);
    return [
      ...(isWebUrl(url) ? [] : [`M1 url "${url}"`]),
      // Readers would show it twice.
      ...(isTaken && medium !== 'image' ? [`M1 the enclosure again`] : []),
      // newsboat would take it for the enclosure.
      ...(isRecording && type !== '' ? [`M1 type "${type}" of another recording`] : []),
      ...(isRecording || /^[\w.+-]+\/[\w.+-]+$/.test(type) ? [] : [`M1 type "${type}"`]),
      ...(isRecording || mediumOf(type) === medium ? [] : [`M1 medium "${medium}" of ${type}`]),
      ...[fileSize, duration].filter((number) => !/^\d+$/.test(number ?? '0')).map((number) => `M1 "${number}"`),
      ...[width, height].filter((size) => !isPositive(size ?? '1')).map((size) => `M1 size "${size}"`),
      ...Object.keys(unknown).map((name) => `M1 unknown ${name}`),
      ...content.children.flatMap((child) => mediaText(child)),
    ].map((problem) => at(content, problem));
  });
}

function mediumOf(type: string): string {
  return /^image\//i.test(type) ? 'image' : 'document';
}

function mediaText(node: Node): string[] {
  const known = node.uri === MEDIA && /^(?:description|text|title)$/.test(node.local);
  if (!known || node.attributes.type !== 'plain') return [`M1 <${node.name}> is no plain text`];
  return node.text().trim() === '' ? [`M1 <${node.name}> is empty`] : [];
}

function show(channel: Node): string[] {
  const once = ['author', 'explicit', 'image', 'owner', 'type'].filter((name) => count(channel, name) > 1);
  const artwork = childrenOf(channel, 'image', ITUNES)[0]?.attributes.href ?? '';
  const categories = childrenOf(channel, 'category', ITUNES);
  const mail = childrenOf(channel, 'owner', ITUNES).map((owner) => seedText(owner, 'email', ITUNES) ?? '');
  return [
    ...once.map((name) => `I1 a second itunes:${name}`),
    ...['title', 'description', 'link'].filter((name) => !seedText(channel, name)).map((name) => `I1 no ${name}`),
    ...(isLanguage(seedText(channel, 'language') ?? '') ? [] : ['I1 no language']),
    ...(isWebUrl(artwork) && /\.(?:jpe?g|png)$/.test(new URL(artwork).pathname)
      ? []
      : ['I1 no artwork in JPEG or PNG']),
    ...(categories.length > 0 ? [] : ['I1 no category']),
    ...categories.flatMap(category),
    ...(/^(?:true|false)$/.test(seedText(channel, 'explicit', ITUNES) ?? '') ? [] : ['I1 not explicit, nor not']),
    ...(/^(?:episodic|serial)$/.test(seedText(channel, 'type', ITUNES) ?? 'serial') ? [] : ['I1 type']),
    ...mail.filter((mail) => !/^\S+@\S+$/.test(mail)).map((mail) => `I1 the owner's mail is "${mail}"`),
  ].map((problem) => at(channel, problem));
}

/** The names of Apple's categories in the samples; the W3C validator has all but one. */
const KNOWN_CATEGORIES: readonly string[] = [
  'Technology',
  'Society & Culture',
  'Society & Culture > Documentary',
  'History',
];

function category(node: Node): string[] {
  const name = node.attributes.text ?? '';
  const inner = childrenOf(node, 'category', ITUNES).map(({ attributes }) => `${name} > ${attributes.text}`);
  return [name, ...inner].filter((one) => !KNOWN_CATEGORIES.includes(one)).map((one) => `I1 category "${one}"`);
}

function episode(item: Node): string[] {
  const own = item.children.filter(({ uri }) => uri === ITUNES);
  if (own.length === 0) return [];
  const value = (name: string): string | undefined => seedText(item, name, ITUNES);
  const wrong = [
    ['duration', /^\d+$/],
    ['season', /^[1-9]\d*$/],
    ['episode', /^[1-9]\d*$/],
    ['episodeType', /^(?:full|trailer|bonus)$/],
    ['explicit', /^(?:true|false)$/],
  ] as const;
  const href = childrenOf(item, 'image', ITUNES).map(({ attributes }) => attributes.href ?? '');
  return [
    ...(seedText(item, 'title') ? [] : ['I2 no title']),
    ...(childrenOf(item, 'enclosure').length === 1 ? [] : ['I2 no enclosure']),
    ...wrong
      .filter(([name, form]) => value(name) !== undefined && !form.test(value(name) ?? ''))
      .map(([name]) => `I2 itunes:${name} "${value(name)}"`),
    ...own
      .filter(({ local }, i) => own.findIndex((one) => one.local === local) !== i)
      .map(({ name }) => `I2 a second ${name}`),
    ...href.filter((href) => !isWebUrl(href)).map((href) => `I2 image "${href}"`),
  ].map((problem) => at(item, problem));
}

function podcasting(parent: Node): string[] {
  const all = (name: string): Node[] => childrenOf(parent, name, PODCAST);
  return [
    ...all('guid')
      .filter((guid) => !/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/.test(guid.text()))
      .map((guid) => at(guid, `N1 guid "${guid.text()}"`)),
    ...all('locked')
      .filter((locked) => !/^(?:yes|no)$/.test(locked.text()))
      .map((locked) => at(locked, `N1 locked "${locked.text()}"`)),
    ...all('alternateEnclosure')
      .filter(({ attributes: { type = '' } }) => !/^(?:audio|video)\/\S+$/i.test(type))
      .map((form) => at(form, 'N1 another form that is no recording')),
    ...all('alternateEnclosure')
      .filter((form) => {
        const sources = childrenOf(form, 'source', PODCAST).map(({ attributes }) => attributes.uri ?? '');
        const main = childrenOf(parent, 'enclosure')[0]?.attributes.url;
        return sources.length !== 1 || !sources.every((uri) => isWebUrl(uri) && uri !== main);
      })
      .map((form) => at(form, 'N1 another form without one source of its own')),
    ...all('transcript')
      .filter(({ attributes: { url = '', type = '' } }) => !isWebUrl(url) || !/^\w+\/\S+$/.test(type))
      .map((transcript) => at(transcript, 'N1 a transcript without url or type')),
    ...all('person')
      .filter(
        ({ text, attributes: { img, href } }) =>
          text().trim() === '' || [img, href].some((url) => url !== undefined && !isWebUrl(url)),
      )
      .map((person) => at(person, 'N1 a person without a name, or with an address that is none')),
  ];
}

function count(node: Node, name: string): number {
  return childrenOf(node, name, ITUNES).length;
}

function isPositive(text: string): boolean {
  return /^[1-9]\d*$/.test(text);
}
