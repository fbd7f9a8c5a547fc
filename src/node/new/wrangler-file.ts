/** The platform's behaviour that the worker is tried with. */
export const compatibilityDate = '2026-10-20';

/** Writes the configuration of the worker; `worker` and `xml` are the paths of its code and of what stands for a parser. */
export function wranglerText(name: string, worker: string, xml: string, host?: string): string {
  const domain = host === undefined ? 'news.example.org' : host;
  return `# The worker that serves the publication on Cloudflare Workers.
#
#   npx wrangler dev               runs it here; no account needed
#   npx wrangler deploy --dry-run  shows what a deploy would upload; no account needed
#   npx wrangler deploy            puts it online; asks you to log in, once
#   npx wrangler rollback          puts the version before it online again

# The worker's name; it is also its first address, https://<name>.<your account>.workers.dev.
name = "${name}"
main = "${worker}"
# The day whose behaviour of the platform the code expects. Later changes of the platform don't reach it.
compatibility_date = "${compatibilityDate}"
minify = true

# Nothing is sent home about how the tool is used.
send_metrics = false

# Makes stored pages of ./seeds first. "--no": only the package that is installed here, none from elsewhere.
[build]
command = "npx --no dateline build --edge-only"
watch_dir = "seeds"

# The stored pages and the files of ./seeds/public travel with the code, so a deploy changes both at once.
[assets]
directory = "dist/site-edge"
binding = "ASSETS"
# Every request goes to the worker first: stored pages are for it alone.
run_worker_first = true
# Each file has one address, its own: /page.html, and not /page, to which a request would else be sent on.
html_handling = "none"

# Your own domain, if Cloudflare serves its DNS. Set the same address as url in seeds/publication.yaml.
# On a workers.dev address Cloudflare's cache does nothing; on a domain of yours it keeps documents.
# [[routes]]
# pattern = "${domain}"
# custom_domain = true

# Publishing without a deploy: take away the # of ONE of these two, and then use "npx dateline publish" for every change
# of the articles. Files beside articles, and those of seeds/public, still come with a deploy.

# KV: "npx wrangler kv namespace create dateline" prints the id.
# [[kv_namespaces]]
# binding = "KV"
# id = "<the id of the namespace>"

# R2: "npx wrangler r2 bucket create dateline" makes the bucket.
# [[r2_buckets]]
# binding = "R2"
# bucket_name = "dateline"

# Tells the code which deploy it is of, so that no document that an older version made is taken for its own.
[version_metadata]
binding = "VERSION"

# Feeds are written here, never parsed.
[alias]
"sax" = "${xml}"

# Errors and requests show under Workers & Pages > the worker > Logs, and in "npx wrangler tail".
[observability]
enabled = true
`;
}
