import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { writeFiles } from '../node/temporary-folder.ts';

/** A feed reader of the system. */
export interface Reader {
  readonly name: string;
  /** The commands that it needs. */
  readonly commands: readonly string[];
  /** Subscribes to a feed for a person with this home, and fetches it. */
  subscribe(home: string, feed: URL): Promise<Subscription>;
}

export interface Subscription {
  /** Polls the feed. */
  fetch(): Promise<void>;
  /** The headlines that the reader holds, in its order. */
  titles(): readonly string[];
  /** The recording that it would play or fetch for each article, for readers that play them. */
  recordings?(): readonly string[];
  /** The status of each poll so far, if the reader tells. */
  statuses?(): readonly number[];
  close?(): Promise<void>;
}

/** Reports which commands of a reader are missing. */
export function missingCommands({ commands }: Reader): readonly string[] {
  return commands.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
}

const rss2email: Reader = {
  name: 'rss2email',
  commands: ['r2e'],
  async subscribe(home, feed) {
    const [config, mails] = [join(home, 'rss2email.cfg'), join(home, 'mails')];
    mkdirSync(mails);
    const r2e = (...args: string[]) => run(home, 'r2e', ['-c', config, '-d', join(home, 'rss2email.json'), ...args]);
    await r2e('new', 'me@example.com');
    const text = readFileSync(config, 'utf8')
      .replace(/^email-protocol = .*$/m, 'email-protocol = maildir')
      .replace(/^maildir-path = .*$/m, `maildir-path = ${mails}`);
    writeFileSync(config, text);
    await r2e('add', 'feed', feed.href);
    await r2e('run');
    return {
      fetch: () => r2e('run'),
      titles: () =>
        readdirSync(mails, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
          .map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1] ?? ''),
    };
  },
};

export const newsboat: Reader = {
  name: 'newsboat',
  commands: ['newsboat'],
  async subscribe(home, feed) {
    const cache = join(home, 'cache.db');
    writeFiles(home, { urls: `${feed.href}\n`, config: '' });
    const files = ['-u', join(home, 'urls'), '-C', join(home, 'config'), '-c', cache];
    const fetch = () => run(home, 'newsboat', [...files, '-x', 'reload']);
    await fetch();
    return {
      fetch,
      titles: () => titlesIn(cache, 'SELECT title FROM rss_item WHERE deleted = 0'),
      recordings: () => titlesIn(cache, 'SELECT enclosure_url AS title FROM rss_item WHERE deleted = 0'),
    };
  },
};

export const gpodder: Reader = {
  name: 'gPodder',
  commands: ['gpo'],
  async subscribe(home, feed) {
    await run(home, 'gpo', ['subscribe', feed.href, 'feed']);
    return {
      fetch: () => run(home, 'gpo', ['update']),
      titles: () => titlesIn(join(home, 'Database'), 'SELECT title FROM episode'),
      recordings: () => titlesIn(join(home, 'Database'), 'SELECT url AS title FROM episode'),
    };
  },
};

export const liferea: Reader = {
  name: 'Liferea',
  commands: ['liferea', 'xvfb-run', 'xauth', 'dbus-run-session', 'dbus-send'],
  async subscribe(home, feed) {
    writeFiles(home, {
      '.config/liferea/feedlist.opml': `<opml version="1.0"><head/><body>
<outline title="feed" text="feed" type="rss" id="feedone" xmlUrl="${feed.href}" updateInterval="1440"/>
</body></opml>`,
    });
    const bus = join(home, 'bus');
    const command = 'exec xvfb-run -a liferea --mainwindow-state=hidden --disable-plugins --debug-net 2>&1';
    // A group of its own, because the session leaves processes of its own behind.
    const session = spawn(
      'dbus-run-session',
      ['--', 'sh', '-c', `echo "$DBUS_SESSION_BUS_ADDRESS" > ${bus}; ${command}`],
      { env: environment(home), stdio: ['ignore', 'pipe', 'ignore'], detached: true },
    );
    let said = '';
    session.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const statuses = () =>
      [...said.matchAll(/ downloading \S+\.xml\n(?:.*\n)*?.* status code: (\d+)\n/g)].map(([, code]) => Number(code));
    const answered = async (polls: number, timeout = 60_000) =>
      void (await expect.poll(() => statuses().length, { timeout, interval: 100 }).toBe(polls));
    const refresh = () => {
      const service = ['--dest=org.gnome.feed.Reader', '/org/gnome/feed/Reader', 'org.gnome.feed.Reader.Refresh'];
      return run(home, 'dbus-send', ['--session', '--print-reply', ...service], {
        DBUS_SESSION_BUS_ADDRESS: readFileSync(bus, 'utf8').trim(),
      });
    };
    try {
      await answered(1);
    } catch (error) {
      await endGroup(session);
      throw error;
    }
    return {
      statuses,
      fetch: async () => {
        const polls = statuses().length + 1;
        await refresh();
        // Liferea drops a refresh that comes while it stores the answer to the last one.
        await answered(polls, 10_000).catch(() => refresh().then(() => answered(polls)));
      },
      titles: () => titlesIn(join(home, '.local/share/liferea/liferea.db'), 'SELECT title FROM items'),
      close: () => endGroup(session),
    };
  },
};

export const readers: readonly Reader[] = [rss2email, newsboat, gpodder, liferea];

/** Runs a command of a person to its end. */
async function run(
  home: string,
  command: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  await promisify(execFile)(command, args, { env: { ...environment(home), ...more }, timeout: 60_000 });
}

/** Keeps the person's own readers, and a proxy, out of it. */
function environment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    XDG_RUNTIME_DIR: home,
    GPODDER_HOME: home,
    GSETTINGS_BACKEND: 'memory',
    NO_AT_BRIDGE: '1',
  };
}

function titlesIn(file: string, query: string): string[] {
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    return database
      .prepare(query)
      .all()
      .map(({ title }) => String(title));
  } finally {
    database.close();
  }
}

async function endGroup(leader: ChildProcess): Promise<void> {
  if (leader.pid === undefined || leader.exitCode !== null) return;
  const ended = new Promise((resolve) => leader.once('exit', resolve));
  process.kill(-leader.pid, 'SIGTERM');
  await ended;
}
