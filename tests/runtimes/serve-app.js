// Serves a folder of articles on Deno or Bun by the compiled app, and writes the port.
const { Bun, Deno, process } = globalThis;
const [dist, dir] = (Deno ? Deno.args : process.argv.slice(2)) ?? [];
const { createApp } = await import(`${dist}/http/app.js`);
const { publish } = await import(`${dist}/publication/memory.js`);
const { SeedFolder } = await import(`${dist}/node/folder/seed-folder.js`);

const { site, sources, changed } = new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();
const now = `${new Date().toISOString().slice(0, 19)}Z`;
const edition = publish(site, sources, now, { changed });
const { fetch } = createApp({ edition: () => edition });
const hostname = '127.0.0.1';
if (Deno) Deno.serve({ hostname, port: 0, onListen: ({ port }) => console.log(`port ${port}`) }, fetch);
else console.log(`port ${Bun.serve({ hostname, port: 0, fetch }).port}`);
