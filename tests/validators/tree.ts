import { SaxesParser } from 'saxes';

/** An element as a namespace-aware XML parser reports it: references resolved, white space kept. */
export interface Node {
  /** As written, with the prefix. */
  readonly name: string;
  /** The namespace, empty for none. */
  readonly uri: string;
  readonly local: string;
  /** Values by name as written (`xml:lang`); namespace declarations are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  /** Children and character data in document order. */
  readonly content: readonly (Node | string)[];
  /** The line on which the tag opens, from 1. */
  readonly line: number;
  /** All character data inside, descendants' too. */
  text(): string;
}

/** Parses a document into its root element; throws an error of the XML parser with line and column. */
export function parseXml(xml: string): Node {
  const parser = new SaxesParser({ xmlns: true });
  const open: Building[] = [];
  let root: Node | undefined;
  let line = 1;

  const add = (text: string): void => {
    open.at(-1)?.content.push(text);
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('opentagstart', () => {
    line = parser.line;
  });
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {};
    for (const { name, prefix, value } of Object.values(tag.attributes)) {
      if (prefix !== 'xmlns' && name !== 'xmlns') attributes[name] = value;
    }
    const node = element({ name: tag.name, uri: tag.uri, local: tag.local, attributes, line });
    const parent = open.at(-1);
    if (parent) {
      parent.children.push(node);
      parent.content.push(node);
    } else {
      root = node;
    }
    open.push(node);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();

  if (root === undefined) throw new Error('no root element');
  return root;
}

/** The children of that name, in that namespace (none, unless given). */
export function childrenOf(node: Node, local: string, uri = ''): Node[] {
  return node.children.filter((child) => child.local === local && child.uri === uri);
}

/** The text of the first child of that name, if there is one. */
export function seedText(node: Node, local: string, uri = ''): string | undefined {
  return childrenOf(node, local, uri)[0]?.text();
}

/** The element and everything below it, in document order. */
export function* descendants(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* descendants(child);
}

/** A problem, `id what`, with the line of the element that has it. */
export function at(node: Node, problem: string): string {
  return `${problem} (line ${node.line})`;
}

interface Building extends Node {
  readonly children: Node[];
  readonly content: (Node | string)[];
}

function element(own: Pick<Node, 'name' | 'uri' | 'local' | 'attributes' | 'line'>): Building {
  const content: (Node | string)[] = [];
  const text = (): string => content.map((part) => (typeof part === 'string' ? part : part.text())).join('');
  return { ...own, children: [], content, text };
}
