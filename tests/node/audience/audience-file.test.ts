import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBook, readBook } from '../../../src/node/audience/audience-file.ts';
import { LiveAudience } from '../../../src/node/audience/live-audience.ts';
import { makeFolder } from '../temporary-folder.ts';

const noon = Date.parse('2026-11-30T12:00:00Z');
const dayLength = 86_400_000;

function poll(time: number, agent = 'Miniflux/2.2', path = '/rss.xml') {
  return { ...{ time, method: 'GET', path, status: 200, bytes: 9, agent }, isConditional: false };
}

const fail = (error: Error): never => {
  throw error;
};

/** Returns all bytes of a folder's files. */
function contents(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('');
}

/** Returns the key and the pseudonyms of the open day. */
function secrets(path: string): string[] {
  const { book, close } = openBook(path);
  const { key } = book.dayAt(noon);
  close();
  return [key];
}

describe('The numbers of a server', () => {
  it('count nobody twice after a restart', () => {
    const path = join(makeFolder(), 'audience.db');
    for (let i = 0; i < 3; i++) {
      const live = new LiveAudience(path, fail);
      live.count(poll(noon + i), '192.0.2.1');
      live.close();
    }
    expect(readBook(path, '2026-11-30')).toMatchObject([{ feeds: { '/': { polls: 3, clients: { Miniflux: 1 } } } }]);
  });

  it('lose the key and the pseudonyms when the day ends, with a poll after it', () => {
    const folder = makeFolder();
    const path = join(folder, 'audience.db');
    const live = new LiveAudience(path, fail);
    live.count(poll(noon), '192.0.2.1');
    const [{ day } = { day: '' }] = live.days(noon);
    expect(day).toBe('2026-11-30');
    live.close();
    const [key = ''] = secrets(path);
    expect(contents(folder)).toContain(key);
    const next = new LiveAudience(path, fail);
    next.count(poll(noon + dayLength), '192.0.2.1');
    next.close();
    expect(contents(folder)).not.toContain(key);
    expect(readBook(path, '2026-12-01')?.map(({ day }) => day)).toEqual(['2026-11-30', '2026-12-01']);
  });

  it('lose them without a poll, too: by the command that shows them', () => {
    const folder = makeFolder();
    const path = join(folder, 'audience.db');
    const live = new LiveAudience(path, fail);
    live.count(poll(noon), '192.0.2.1');
    live.close();
    const [key = ''] = secrets(path);
    expect(readBook(path, '2026-12-01')).toHaveLength(1);
    expect(contents(folder)).not.toContain(key);
  });

  it('are counted in memory where nothing can be written', () => {
    const path = join(makeFolder(), 'missing/folder/audience.db');
    const live = new LiveAudience(path, fail);
    live.count(poll(noon), '192.0.2.1');
    expect(live.days(noon)).toHaveLength(1);
    live.close();
    expect(existsSync(path)).toBe(false);
  });

  it('are missing, with one message, where the file is another program’s', () => {
    const path = join(makeFolder(), 'audience.db');
    writeFileSync(path, 'something else entirely, and longer than a header of SQLite would be'.repeat(20));
    const messages: string[] = [];
    const live = new LiveAudience(path, ({ message }) => messages.push(message));
    live.count(poll(noon), '192.0.2.1');
    live.count(poll(noon + 1000), '192.0.2.1');
    live.close();
    expect(messages).toEqual([`the audience is not counted: ${path}: the file is damaged`]);
    expect(readFileSync(path, 'utf8')).toContain('something else');
  });
});
