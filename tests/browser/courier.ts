import { readFileSync } from 'node:fs';
import { serve } from '../../src/node/serve/serve.ts';
import { fixture } from '../article/seeds.ts';
import { type Files, makeFolder } from '../node/temporary-folder.ts';

const compound = 'Hafenbeckenrandbefestigungsausbesserungsarbeitenzeitplanentwurf';

/** A publication that has everything that is hard to lay out. */
export const courier: Files = {
  'publication.yaml': `title: The Harbour Courier
description: News and notes from the quay, the ferries and the town behind them.
language: en-GB
timezone: Pacific/Auckland
items: 4
authors: [{ name: The editors, url: "https://editors.example/" }]
icon: /icon.png
favicon: /favicon.png
copyright: © 2026 The Harbour Courier
`,
  'long.md': `---
title: "Council of the united harbour towns puts off, for the third time since last autumn, its vote on the ${compound} & more"
date: 2026-02-25T14:05:00Z
updated: 2026-02-28
authors: [{ name: Ann Author, url: "https://ann.example/" }, Bo Sail]
tags: [Harbour, Council, R&D]
---
The bridge opened to walkers, two years after the first plans, with a railing that nobody had ordered[^1].

# What was decided

| Ferry | Seats | Departure from the northern quay | Tickets sold | Crew | Length in metres |
|---|--:|---|--:|---|--:|
| Alma | 120 | ten past eight | 4,210 | eleven | 41.5 |
| Bertha, with a long name | 98 | a quarter to ten | 12,881 | nine | 38.25 |

> A bridge is a promise that two shores make to each other.

#### A heading that skips two levels

- one with \`${'code '.repeat(4)}\`
- another, with ${compound.repeat(2)}

~~~js
const departures = ferries.filter((ferry) => ferry.seats > 100).map(({ name, quay }) => \`\${name} leaves \${quay}\`);
~~~

![The Alma at dusk](alma.png)

A link to [what was decided](#what-was-decided) and [elsewhere](https://elsewhere.example/a).

[^1]: It came from another town.
`,
  'alma.png': readFileSync(new URL('../../public/icon.png', import.meta.url)),
  'bridge.ar.md': `---
title: فتح الجسر القديم أبوابه أمام المشاة بعد انتظار طويل
date: 2026-02-20
tags: [Harbour]
---
فتح الجسر القديم أبوابه أمام المشاة صباح اليوم، ومشى عليه أهل المدينة حتى المساء.

## ما الذي تقرر

> الجسر وعد بين ضفتين.
`,
  'world/hostile.md': `---
title: "<script>alert('title')</script><img src=x onerror=alert(1)> \\" onmouseover=alert(2)"
date: 2026-02-18
authors: ["<b onclick=alert(3)>Mallory</b>"]
tags: ["</script><script>alert(4)</script>"]
---
${attacks().join('\n\n')}
`,
  'elsewhere.md':
    '# First told elsewhere\n\n2026-02-17\n\nA short one about R&D & tea.\n\nOriginal url:\n\n<https://www.publisher.example/told>\n',
  'talk.md':
    '---\ntitle: A talk to hear\ndate: 2026-02-16\nenclosure: { url: "talk.mp3", title: The talk }\n---\nListen.\n',
  'talk.mp3': new Uint8Array(2000),
  'plain.md': '# Nothing but a headline\n\n2026-02-15\n',
  ...Object.fromEntries(
    [1, 2, 3].map((n) => [
      `ferry-${n}.md`,
      `# Ferry number ${n} leaves on time\n\n2026-02-0${n}\n\nIt left at the minute that the timetable had promised.\n`,
    ]),
  ),
};

function attacks(): string[] {
  return fixture('xss/payloads.txt')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '));
}

/** Serves a folder at an address of its own, which is its public one unless it names another. */
export async function serveFolder(files: Files, { watch = false } = {}) {
  const dir = makeFolder(files);
  const { url, close } = await serve(dir, {
    port: 0,
    host: '127.0.0.1',
    watch,
    onRead: ({ problems }) => {
      const errors = problems.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
    },
    onError: (error) => {
      throw error;
    },
  });
  return { url: new URL(url), dir, close };
}
