import { makeFolder, manySeeds } from '../temporary-folder.ts';

const toml = `name = "here"
compatibility_date = "2026-10-20"
[[kv_namespaces]]
binding = "KV"
id = "local"
[[r2_buckets]]
binding = "R2"
bucket_name = "local"
`;

/** A checkout with seven articles and bound stores. */
export function makeCheckout(): string {
  const seeds = Object.entries(manySeeds(7)).map(([path, text]) => [`seeds/${path}`, text]);
  return makeFolder({
    ...Object.fromEntries(seeds),
    'seeds/publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\nitems: 2\n',
    'wrangler.toml': toml,
  });
}

/** The environment of someone who has no account at Cloudflare. */
export const noAccount = { CLOUDFLARE_ACCOUNT_ID: '', CLOUDFLARE_API_TOKEN: '' };
