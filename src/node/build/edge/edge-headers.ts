import { openToAll, scriptlessPolicy, svgPolicy } from '../../../http/response/header-fields.ts';
import type { Site } from '../../../publication/site/site.ts';

/**
 * Returns the configuration that Cloudflare reads for the files that it serves without the worker: it gives them the
 * header fields that a server gives them. These are the files of the package, or those of the publication that replace
 * them, and others if `run_worker_first` excludes them.
 */
export function edgeHeaders({ ttl }: Site): string {
  const fields = { ...openToAll, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': `public, max-age=${ttl * 60}` };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name}: ${value}\n`);
  return `/*\n${lines.join('')}${policyRules(['svg'], svgPolicy)}${policyRules(pageEndings, scriptlessPolicy)}`;
}

/** The endings of files that a browser may show as pages. */
const pageEndings = ['htm', 'html', 'xht', 'xhtml', 'xml'];

function policyRules(endings: readonly string[], policy: string): string {
  return endings.map((ending) => `/*.${ending}\n  Content-Security-Policy: ${policy}\n`).join('');
}
