/**
 * `npm run bench` runs all parts in turn, each in its own process. `npm run bench -- polling bytes` runs only those
 * two. `--quick` checks in half a minute that everything runs; its figures mean nothing.
 *
 * - `render`: rendered feeds and answered requests a second inside one process, beside `feed` on Hono.
 * - `content`: articles a second from text to safe HTML, beside `marked` alone and a sanitizing unified pipeline.
 * - `polling`: requests a second of the real server over sockets, beside a bare `node:http` server and `feed` on Hono.
 * - `bytes`: bytes a day for one subscriber, by what the feed reader supports in HTTP.
 * - `soak`: whether the server's memory stays constant over 200,000 polls.
 * - `growth`: the cost of an answer and the memory with 100,000 articles and with 1,000.
 * - `save`: how long a publisher of 10,000 articles waits for a start, a save and a build, beside Hugo.
 * - `edge`: 1,000, 10,000 and 100,000 articles built for workerd and served by it; the largest takes some minutes.
 * - `scale`: what archives need in a store as they grow, and by formula for 1 and 10 million articles.
 * - `many`: 500 publications in one process, beside one of as many articles.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const parts = ['render', 'content', 'polling', 'bytes', 'soak', 'growth', 'save', 'edge', 'scale', 'many'];
const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('-'));
const named = args.filter((arg) => !arg.startsWith('-'));
const unknown = [...flags.filter((flag) => flag !== '--quick'), ...named.filter((name) => !parts.includes(name))];
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Parts: ${parts.join(', ')}. Option: --quick.`);
  process.exit(1);
}
for (const part of parts.filter((part) => named.length === 0 || named.includes(part))) {
  console.log(`\n== ${part}\n`);
  const file = fileURLToPath(new URL(`${part}.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, [file, ...flags], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
