// Serves the articles in seeds/ on Deno, Bun or Node.
//
//   deno run --allow-net --allow-read --allow-env server.js
//   bun server.js
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { createFeeds, parsePublicationFile, parseSeed } from 'dateline-feeds';

const file = { path: 'seeds/publication.yaml', text: readFileSync('seeds/publication.yaml', 'utf8') };
const { site } = parsePublicationFile(file, { title: 'News', url: 'http://localhost:8080/' });
const items = readdirSync('seeds')
  .filter((path) => path.endsWith('.md'))
  .flatMap((path) => {
    const { source, problems } = parseSeed({ path, text: readFileSync(`seeds/${path}`, 'utf8') }, site);
    for (const { line, severity, message } of problems) console.error(`${path}:${line}: ${severity}: ${message}`);
    return source ?? [];
  });
const { fetch } = createFeeds({ site, items });

const port = Number(process.env.PORT ?? 8080);
const { Bun, Deno } = globalThis;
if (Deno) Deno.serve({ port }, fetch);
else if (Bun) Bun.serve({ port, fetch });
else (await import('@hono/node-server')).serve({ port, fetch });
