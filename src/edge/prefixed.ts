import type { Assets, Bindings } from './stores.ts';

type Prefix = Pick<Bindings, 'STORE_PREFIX'>;

/** Reports whether each host has a publication of its own. */
export function isByHost({ STORE_PREFIX = '' }: Prefix): boolean {
  return STORE_PREFIX.includes('{host}');
}

/**
 * Returns the prefix of the keys of the publication at an address. In STORE_PREFIX, `{host}` stands for the host, so
 * that one deployment has a publication for each host that has something in the store.
 */
export function prefixAt(bindings: Prefix, url: string): string {
  const { STORE_PREFIX = '' } = bindings;
  // Parsing an address costs more than looking up a document.
  return isByHost(bindings) ? STORE_PREFIX.replaceAll('{host}', new URL(url).host) : STORE_PREFIX;
}

/** Limits bindings to the keys and assets with a prefix. */
export function prefixed(bindings: Bindings, prefix: string): Bindings {
  if (prefix === '') return bindings;
  const { KV, R2, ASSETS } = bindings;
  return {
    ...bindings,
    ASSETS: prefixedAssets(ASSETS, prefix),
    ...(KV === undefined ? {} : { KV: prefixedStore(KV, prefix) }),
    ...(R2 === undefined ? {} : { R2: prefixedStore(R2, prefix) }),
  };
}

/** All methods of a store that are used here take the key first. */
function prefixedStore<T extends object>(store: T, prefix: string): T {
  return new Proxy(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (key: string, ...rest: unknown[]): unknown => method.call(target, prefix + key, ...rest);
    },
  });
}

function prefixedAssets(assets: Assets, prefix: string): Assets {
  return {
    fetch: (request) => {
      const url = new URL(request instanceof Request ? request.url : request);
      url.pathname = `/${prefix}${url.pathname.slice(1)}`;
      return assets.fetch(request instanceof Request ? new Request(url, request) : url);
    },
  };
}
