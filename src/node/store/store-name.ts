import { isAbsolute } from 'node:path';
import { InvalidArgumentError } from 'commander';

/** The value of `--store`: the kind of store and, except with `--local`, its id, name, address or path. */
export interface StoreName {
  readonly kind: 'kv' | 'r2' | 's3' | 'folder';
  readonly id: string;
  /** What all keys begin with; ends in `/`. */
  readonly prefix?: string;
}

/** Parses the value of `--store`. */
export function parseStoreName(text: string): StoreName {
  if (text.startsWith('s3://')) return { kind: 's3', id: text };
  const [, kind, id = '', prefix] = /^(kv|r2)(?::(?=.)([\w-]*)(?:\/([\w.:/-]+?)\/?)?)?$/.exec(text) ?? [];
  if (kind === 'kv' || kind === 'r2') return prefix === undefined ? { kind, id } : { kind, id, prefix: `${prefix}/` };
  if (isAbsolute(text) || /^(?:\.{1,2}|[^:]*[\\/][^:]*)$/.test(text)) return { kind: 'folder', id: text };
  throw new InvalidArgumentError(
    'It must be a folder such as ./store or /srv/news, s3://bucket/prefix, kv:<namespace id> or r2:<bucket>, these with /prefix or without.',
  );
}
