import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';

/** Serves a folder until its state knows all articles. What was written within a second would be read again. */
export async function fillState(command: string, folder: string, articles: number): Promise<void> {
  await setTimeout(1000);
  const child: ChildProcess = spawn(process.execPath, [command, 'serve', '--port', '0', folder], { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = once(child, 'close');
  while (countRows(join(folder, '.dateline/state.db')) < articles) await setTimeout(500);
  child.kill();
  await ended;
}

function countRows(path: string): number {
  if (!existsSync(path)) return 0;
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(database.prepare('SELECT total(count) AS count FROM files').get()?.count);
  } catch {
    // The server is making its tables.
    return 0;
  } finally {
    database.close();
  }
}
