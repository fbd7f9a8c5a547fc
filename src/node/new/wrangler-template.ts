/** The paths of a publication, below the folder of the configuration. */
export interface WorkerFolders {
  readonly articles: string;
  readonly publication: string;
  /** The folder to build into; empty for the default. */
  readonly out: string;
}

/** The date of the Workers runtime that the worker is tested with. */
export const compatibilityDate = '2026-10-20';

/**
 * Returns the configuration of the worker. `worker` and `xml` are the paths of its code and of the stub for an XML
 * parser.
 */
export function wranglerText(
  name: string,
  worker: string,
  xml: string,
  host = 'news.example.org',
  { articles, publication, out }: WorkerFolders = { articles: 'seeds', publication: 'seeds/publication.yaml', out: '' },
): string {
  const built = out === '' ? 'dist/site' : out;
  return `# The worker that serves the publication on Cloudflare Workers.
#
#   npx wrangler dev               runs it locally; needs no account
#   npx wrangler deploy --dry-run  shows what a deploy would upload; needs no account
#   npx wrangler deploy            puts it online; asks you to log in the first time
#   npx wrangler rollback          puts the previous version online again

# The worker's name, which is also in its first address, https://<name>.<your account>.workers.dev.
name = "${name}"
main = "${worker}"
# The date of the Workers runtime that the code expects. Later changes of the runtime do not apply to it.
compatibility_date = "${compatibilityDate}"
minify = true
# Functions need no names, and giving them takes processor time.
keep_names = false

# Wrangler sends no usage data.
send_metrics = false

# Builds stored pages from ./${articles} first. With "--no", npx runs only the installed package and downloads none.
[build]
command = "npx --no dateline build --edge-only${out === '' ? '' : ` --out ${out}`}"
watch_dir = "${articles}"

# The stored pages and the files of ./${articles}/public travel with the code, so a deploy changes both at once.
[assets]
directory = "${built}-edge"
binding = "ASSETS"
# Requests go to the worker first, because stored pages are not public. Cloudflare serves these files itself, which
# costs no request of your plan; add your own of seeds/public, such as "!/ads.txt".
run_worker_first = [
  "/*",
  "!/copy.js",
  "!/favicon.ico",
  "!/favicon.png",
  "!/feed.css",
  "!/icon.png",
  "!/icon.svg",
  "!/search.js",
  "!/style.css",
]
# Each file has only its own address: /page.html does not redirect to /page.
html_handling = "none"

# Your own domain, if Cloudflare serves its DNS. Set the same address as url in ${publication}.
# Cloudflare caches documents on your own domain, but not at a workers.dev address.
# [[routes]]
# pattern = "${host}"
# custom_domain = true

# Publishing without a deploy: remove the # of ONE of these two, and then run "npx dateline publish" after every change
# of the articles. Files beside articles and in ${articles}/public still need a deploy, or go into R2 with --media.

# KV: "npx wrangler kv namespace create dateline" prints the id.
# [[kv_namespaces]]
# binding = "KV"
# id = "<the id of the namespace>"

# R2: "npx wrangler r2 bucket create dateline" makes the bucket.
# [[r2_buckets]]
# binding = "R2"
# bucket_name = "dateline"

# Counts readers, if publication.yaml says "audience: true". Uncomment both blocks and set the token for /_audience:
# npx wrangler secret put AUDIENCE_TOKEN
# [[durable_objects.bindings]]
# name = "AUDIENCE"
# class_name = "AudienceCounter"
# [[migrations]]
# tag = "audience"
# new_sqlite_classes = ["AudienceCounter"]

# Identifies the deploy, so that the worker does not use documents that an older version stored.
[version_metadata]
binding = "VERSION"

# The worker writes feeds and parses none, so the XML parser is left out.
[alias]
"sax" = "${xml}"

# Errors and requests appear under Workers & Pages > the worker > Logs, and in "npx wrangler tail".
[observability]
enabled = true
`;
}
