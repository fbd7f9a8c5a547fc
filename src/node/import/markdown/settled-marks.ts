import type { Nodes, PhrasingContent } from 'mdast';

/** Elements with marks around them, by the names of Markdown's nodes. */
const tags = { strong: 'strong', emphasis: 'em', delete: 's' } as const;
type Mark = Extract<PhrasingContent, { readonly type: keyof typeof tags }>;

/**
 * Settles the marks of one run of text: two of a kind that meet become one, and one that Markdown would not see, as that
 * of `**Bold:**text` (CommonMark §6.2), becomes two tags. `outside` stands around the run.
 */
export function settledMarks(nodes: readonly Nodes[], outside: ' ' | '*'): readonly Nodes[] {
  const merged: Nodes[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (isMark(node) && last?.type === node.type) last.children.push(...node.children);
    else merged.push(node);
  }
  return merged.flatMap((node, index): Nodes[] => {
    if (!isMark(node)) return [node];
    const [before, after] = [merged[index - 1], merged[index + 1]];
    const [first, last] = [node.children.at(0), node.children.at(-1)];
    if (first === undefined || last === undefined) return [];
    const opens = isSeen(edgeOf(before, 'end', outside), edgeOf(first, 'start', outside));
    const closes = isSeen(edgeOf(after, 'start', outside), edgeOf(last, 'end', outside));
    // A run of marks that belong to two elements is read in another way.
    const isApart = before === undefined || !isMark(before);
    if (opens && closes && isApart) return [node];
    const [tag, children] = [tags[node.type], node.children];
    return [asIs(`<${tag}>`), ...children, asIs(`</${tag}>`)];
  });
}

export function isMark(node: Nodes): node is Mark {
  return node.type in tags;
}

function isSeen(outside: string, inside: string): boolean {
  return !isSign(inside) || isSign(outside) || /^\s/u.test(outside);
}

/** Letters of other scripts' symbols count as signs for some parsers, and as letters for others. */
function isSign(character: string): boolean {
  return /^[\p{P}\p{S}]/u.test(character);
}

/** The character that a node shows at its edge in Markdown; what isn't text begins and ends with a sign. */
function edgeOf(node: Nodes | undefined, edge: 'start' | 'end', outside: string): string {
  if (node === undefined) return outside;
  if (node.type === 'break') return ' ';
  if (node.type !== 'text') return '*';
  return (edge === 'start' ? /^./su : /.$/su).exec(node.value)?.[0] ?? '*';
}

function asIs(value: string): Nodes {
  return { type: 'mdxTextExpression', value } as never;
}
