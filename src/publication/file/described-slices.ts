import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { DescribedSlice } from '../site/slice-title.ts';
import { sliceSlug } from '../slices/slice.ts';
import { describe, text, unknownKey, type Wrong } from './key-file.ts';
import { resource } from './value-readers.ts';

/** The value of `sections` and of `tags`, in words. */
export const expectsSlices =
  'a list of names, or a map of names, each with a title or a map of title, description and picture';

const facts = {
  title: { expects: 'text', read: text },
  description: { expects: 'text', read: text },
  picture: { expects: 'an address or a path on this site', read: resource },
} as const;

/** Reads what the publisher says about sections or tags, in the order of the file. */
export function describedSlices(node: ParsedNode, wrong: Wrong): readonly DescribedSlice[] | undefined {
  const written = isSeq(node)
    ? node.items.map((item) => ({ key: item, value: null }))
    : isMap(node)
      ? node.items
      : undefined;
  if (written === undefined) return undefined;
  const slices = new Map<string, DescribedSlice>();
  for (const { key, value } of written) {
    const name = text(key);
    if (name === undefined) return wrong(key, `expected a name, got ${describe(key)}`);
    const slug = sliceSlug(name);
    if (slices.has(slug)) return wrong(key, `${describe(key)} is listed twice; delete one`);
    const described = value === null ? {} : readFacts(value, wrong);
    if (described === undefined) return undefined;
    slices.set(slug, { slug, ...described });
  }
  return [...slices.values()];
}

function readFacts(node: ParsedNode, wrong: Wrong): Omit<DescribedSlice, 'slug'> | undefined {
  if (!isMap(node)) {
    const title = text(node);
    if (title === undefined && !(isScalar(node) && node.value === null))
      return wrong(node, `expected a title or a map of title, description and picture, got ${describe(node)}`);
    return omitUndefined({ title });
  }
  const read: Partial<Record<keyof typeof facts, string | undefined>> = {};
  for (const { key, value } of node.items) {
    const name = text(key) ?? '';
    if (!isFact(name)) return wrong(key, unknownKey(name, Object.keys(facts)), 'unknown-key');
    if (value === null || (isScalar(value) && value.value === null)) continue;
    const { expects, read: readFact } = facts[name];
    read[name] = readFact(value);
    if (read[name] === undefined) return wrong(value, `expected ${expects}, got ${describe(value)}`);
  }
  return omitUndefined(read);
}

function isFact(name: string): name is keyof typeof facts {
  return Object.hasOwn(facts, name);
}
