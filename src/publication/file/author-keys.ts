import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from 'yaml';
import type { Author, Person } from '../../article/author.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { fediverseAccount } from '../../article/web-address.ts';
import { describe, text, unknownKey, type Wrong } from './key-file.ts';
import { address, mailAddress, resource, truth } from './value-readers.ts';

/** An author in `publication.yaml`. The picture may be a path on this site. */
export interface WrittenAuthor extends Person {
  /** Whether articles without an author get this one. */
  readonly isDefault: boolean;
}

export const expectsAuthors =
  'a list of authors, each a name or a map such as name, email and url, or a map of keys, each with an author';

/** Reads the authors: a list for articles without their own, or a map of all authors by key. */
export function readAuthors(node: ParsedNode, wrong: Wrong): readonly WrittenAuthor[] | undefined {
  const all = isSeq(node)
    ? node.items.map((item) => author(item, undefined, wrong))
    : isMap(node) && !isOneAuthor(node)
      ? node.items.map(({ key, value }) => keyed(key, value, wrong))
      : undefined;
  return all?.every((one) => one !== undefined) ? all : undefined;
}

/** Reports whether a map is an author, where a list or a map of authors is expected. */
function isOneAuthor(map: YAMLMap<ParsedNode>): boolean {
  return map.items.some(({ key }) => listedKeys.some((field) => field === text(key)));
}

/** Resolves the pictures of authors by `at`, and separates default authors from those known by key. */
export function siteAuthors(
  written: readonly WrittenAuthor[],
  at: (path: string) => string,
): { readonly authors: readonly Author[]; readonly people?: readonly Person[] } {
  const all = written.map(({ picture, isDefault, ...author }) => ({
    isDefault,
    person: { ...author, ...omitUndefined({ picture: picture === undefined ? undefined : at(picture) }) } as Person,
  }));
  const people = all.map(({ person }) => person).filter(isDescribed);
  const authors = all.filter(({ isDefault }) => isDefault).map(({ person: { key: _, ...author } }) => author);
  return omitUndefined({ authors, people: people.length === 0 ? undefined : people });
}

/** Reports whether an author has more than a name. */
function isDescribed({ key, bio, picture, fediverse, profiles }: Person): boolean {
  return [key, bio, picture, fediverse, profiles].some((part) => part !== undefined);
}

const listedKeys = ['name', 'email', 'url', 'bio', 'picture', 'fediverse', 'profiles'] as const;
const keyedKeys = [...listedKeys, 'default'] as const;

type Field = (typeof keyedKeys)[number];

interface FieldReader {
  readonly expects: string;
  readonly read: (node: ParsedNode) => unknown;
}

const fields: Readonly<Record<Field, FieldReader>> = {
  name: { expects: 'a name', read: text },
  email: { expects: 'a mail address', read: mailAddress },
  url: { expects: 'an absolute http or https address', read: address },
  bio: { expects: 'text', read: text },
  picture: { expects: 'an address or a path on this site', read: resource },
  fediverse: {
    expects: 'an account such as "@ana@social.example", in quotation marks',
    read: (node) => fediverseAccount(text(node) ?? ''),
  },
  profiles: { expects: 'a list of absolute http or https addresses', read: addresses },
  default: { expects: 'true or false', read: truth },
};

function keyed(key: ParsedNode, value: ParsedNode | null, wrong: Wrong): WrittenAuthor | undefined {
  const name = text(key) ?? '';
  if (!/^[\w.@-]+$/.test(name)) return wrong(key, `expected a key of letters without spaces, got ${describe(key)}`);
  if (value === null || (isScalar(value) && value.value === null))
    return wrong(key, `expected a name or a map for ${describe(key)}, got nothing`);
  return author(value, name, wrong);
}

function author(node: ParsedNode, key: string | undefined, wrong: Wrong): WrittenAuthor | undefined {
  const isDefault = key === undefined;
  const named = text(node);
  if (named !== undefined) return omitUndefined({ key, name: named, isDefault });
  if (!isMap(node)) return wrong(node, `expected a name or a map such as name, email and url, got ${describe(node)}`);
  const known: readonly Field[] = isDefault ? listedKeys : keyedKeys;
  const read: Partial<Record<Field, unknown>> = {};
  for (const { key: part, value } of node.items) {
    const written = text(part) ?? '';
    const field = known.find((one) => one === written);
    if (field === undefined) return wrong(part, unknownKey(written, known), 'unknown-key');
    const result = value === null ? undefined : fields[field].read(value);
    if (result === undefined)
      return wrong(
        value ?? part,
        `expected ${fields[field].expects}, got ${value === null ? 'nothing' : describe(value)}`,
      );
    read[field] = result;
  }
  const { default: stands = isDefault, ...rest } = read;
  if (rest.name === undefined) return wrong(node, 'expected an author with a name, got one without');
  return omitUndefined({ ...rest, key, isDefault: stands }) as WrittenAuthor;
}

function addresses(node: ParsedNode): readonly string[] | undefined {
  if (!isSeq(node)) return undefined;
  const all = node.items.map(address);
  return all.length > 0 && all.every((one) => one !== undefined) ? all : undefined;
}
