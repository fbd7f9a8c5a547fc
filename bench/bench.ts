/**
 * `npm run bench` runs every part, one after the other and each in a process of its own; `npm run bench -- polling
 * bytes` runs the parts that it names, and `--quick` shows in half a minute that everything runs (its figures mean
 * nothing).
 *
 * - `render`: how fast feeds are rendered and requests answered inside one process, beside `feed` on Hono.
 * - `content`: articles a second from their text to safe HTML, beside `marked` alone and unified's cleaning pipeline.
 * - `polling`: requests a second of the real server over sockets, beside a bare `node:http` server and `feed` on Hono.
 * - `bytes`: what a subscriber costs a day in bytes, by what its reader knows of HTTP.
 * - `soak`: whether the server's memory stays as it is over 200,000 polls.
 * - `growth`: whether an answer costs more with 100,000 articles than with 1,000, and what memory they take.
 * - `save`: how long a publisher waits among 10,000 articles: for a start, a save and a build, beside Hugo.
 * - `edge`: 1,000, 10,000 and 100,000 articles built for and served by workerd; the largest takes some minutes.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const parts = ['render', 'content', 'polling', 'bytes', 'soak', 'growth', 'save', 'edge'];
const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('-'));
const named = args.filter((arg) => !arg.startsWith('-'));
const unknown = [
  ...flags.filter((flag) => flag !== '--quick'),
  ...named.filter((name) => !parts.includes(name)),
];
if (unknown.length > 0) {
  console.error(
    `Unknown: ${unknown.join(', ')}. The parts are ${parts.join(', ')}; the only option is --quick.`,
  );
  process.exit(1);
}
for (const part of parts.filter((part) => named.length === 0 || named.includes(part))) {
  console.log(`\n== ${part}\n`);
  const file = fileURLToPath(new URL(`${part}.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, [file, ...flags], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
