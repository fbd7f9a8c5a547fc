import { KNOWN } from './namespaces.ts';
import { at, type Node } from './tree.ts';

/** Lists what is unknown in RSS 2.0 in and below an element: elements, attributes, duplicates (R15). */
export function unknownTo(node: Node): string[] {
  const grammar = ELEMENTS[node.name] ?? {};
  const seen = new Set<string>();
  const problems = Object.keys(node.attributes)
    .filter((name) => !name.includes(':') && !grammar.attributes?.includes(name))
    .map((name) => at(node, `R15 <${node.name}> has no attribute ${name}`));
  for (const child of node.children) {
    if (child.uri !== '') {
      if (!KNOWN.has(child.uri)) problems.push(at(child, `R15 <${child.name}> is of the unknown ${child.uri}`));
      continue;
    }
    if (!grammar.children?.includes(child.name)) {
      problems.push(at(child, `R15 <${node.name}> has no child <${child.name}>`));
      continue;
    }
    if (seen.has(child.name) && !REPEATABLE.has(child.name)) {
      problems.push(at(child, `R15 a second <${child.name}> in <${node.name}>`));
    }
    seen.add(child.name);
    problems.push(...unknownTo(child));
  }
  return problems;
}

interface Grammar {
  readonly children?: readonly string[];
  readonly attributes?: readonly string[];
}

const words = (text: string): readonly string[] => text.split(' ');

const ELEMENTS: Readonly<Record<string, Grammar>> = {
  rss: { children: ['channel'], attributes: ['version'] },
  channel: {
    children: words(
      'title link description language copyright managingEditor webMaster pubDate lastBuildDate category ' +
        'generator docs cloud ttl image rating textInput skipHours skipDays item',
    ),
  },
  item: { children: words('title link description author category comments enclosure guid pubDate source') },
  image: { children: words('url title link width height description') },
  textInput: { children: words('title description name link') },
  skipHours: { children: ['hour'] },
  skipDays: { children: ['day'] },
  cloud: { attributes: words('domain port path registerProcedure protocol') },
  category: { attributes: ['domain'] },
  enclosure: { attributes: words('url length type') },
  guid: { attributes: ['isPermaLink'] },
  source: { attributes: ['url'] },
};

/** Elements that may be repeated; a second channel, guid or enclosure has its own rule. */
const REPEATABLE: ReadonlySet<string> = new Set(words('channel item category hour day guid enclosure'));
