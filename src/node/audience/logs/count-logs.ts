import { type Client, identifyClient } from '../../../http/audience/client.ts';
import { type DayCounts, dayOf } from '../../../http/audience/counts.ts';
import type { DayCounter } from '../../../http/audience/day-counter.ts';
import { type Target, targetOf } from '../../../http/audience/poll.ts';
import { pseudonymText } from '../../../http/audience/pseudonym.ts';
import { cloudfrontReader } from './cloudfront-log.ts';
import { readCombined } from './combined-log.ts';
import { readJson } from './json-log.ts';
import { LogDay } from './log-day.ts';
import type { LogRecord, ReadLine } from './log-record.ts';
import { linesOf } from './read-lines.ts';

/** The result of counting logs. */
export interface CountedLogs {
  readonly days: readonly DayCounts[];
  readonly lines: number;
  /** Lines about feeds and episodes. */
  readonly counted: number;
  /** The hosts of these lines, also of those that were left out, with the most lines first. */
  readonly hosts: readonly string[];
  /** Days that came again after their clients had to be forgotten, so that some are counted twice. */
  readonly repeated: readonly string[];
}

/**
 * Counts the lines of access logs, compressed or not, in any order; with `hosts`, only those that are about one of
 * them. `-` is standard input.
 */
export async function countLogs(files: readonly string[], hosts: readonly string[] = []): Promise<CountedLogs> {
  const counter = new LogCounter(new Set(hosts.map((host) => host.toLowerCase())));
  for (const file of files) await counter.read(file);
  return counter.result();
}

class LogCounter {
  readonly #wanted: ReadonlySet<string>;
  readonly #hosts = new Map<string, number>();
  readonly #days = new Map<string, LogDay>();
  readonly #agents = new Map<string, { readonly client: Client; readonly id: string }>();
  readonly #targets = new Map<string, Target>();
  #lines = 0;
  #counted = 0;
  #agentCount = 0;
  #last: { readonly start: number; readonly day: LogDay } | undefined;

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  async read(file: string): Promise<void> {
    const readLine = anyReader();
    for await (const text of linesOf(file)) {
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
        start = end + 1;
        if (line === '') continue;
        this.#lines++;
        const record = readLine(line);
        if (record !== undefined) this.#add(record);
      }
      this.#forgetClients();
    }
  }

  result(): CountedLogs {
    const days = [...this.#days.values()];
    return {
      days: days.map(({ counts }) => counts).sort((a, b) => (a.day < b.day ? -1 : 1)),
      ...{ lines: this.#lines, counted: this.#counted },
      hosts: [...this.#hosts].sort(([, a], [, b]) => b - a).map(([host]) => host),
      repeated: days.filter(({ isRepeated }) => isRepeated).map(({ counts }) => counts.day),
    };
  }

  #add(record: LogRecord): void {
    if (!isPossible(record) || !this.#isWanted(record)) return;
    this.#counted++;
    const { client, id } = this.#agentOf(record.agent);
    // The pseudonyms of a run are never stored, so they need no key.
    const pseudonym = pseudonymText(record.address, id);
    this.#dayOf(record.time).add(record, this.#targetOf(record.path), client, pseudonym);
  }

  #isWanted({ host }: LogRecord): boolean {
    if (host === undefined) return this.#wanted.size === 0;
    const lines = this.#hosts.get(host);
    if (lines !== undefined || this.#hosts.size < hostLimit) this.#hosts.set(detached(host), (lines ?? 0) + 1);
    return this.#wanted.size === 0 || this.#wanted.has(host);
  }

  #agentOf(agent: string): { readonly client: Client; readonly id: string } {
    const known = this.#agents.get(agent);
    if (known !== undefined) return known;
    if (this.#agents.size >= agentLimit) this.#agents.clear();
    const made = { client: identifyClient(agent), id: String(this.#agentCount++) };
    this.#agents.set(detached(agent), made);
    return made;
  }

  #targetOf(path: string): Target {
    const known = this.#targets.get(path);
    if (known !== undefined) return known;
    if (this.#targets.size >= targetLimit) this.#targets.clear();
    const own = detached(path);
    const target = targetOf(own);
    this.#targets.set(own, target);
    return target;
  }

  #dayOf(time: number): DayCounter {
    const last = this.#last;
    if (last !== undefined && time >= last.start && time < last.start + dayLength) return last.day.counter();
    const name = dayOf(time);
    const day = this.#days.get(name) ?? new LogDay(name);
    // Keeps the days in the order of their last use.
    this.#days.delete(name);
    this.#days.set(name, day);
    this.#last = { start: Date.parse(name), day };
    return day.counter();
  }

  /** Bounds the memory: logs are nearly in order, so earlier days hardly ever come again. */
  #forgetClients(): void {
    let clients = 0;
    for (const day of [...this.#days.values()].reverse()) {
      clients += day.clients;
      if (clients > clientLimit && day !== this.#last?.day) day.forgetClients();
    }
  }
}

const dayLength = 86_400_000;
/** The most User-Agents in memory. */
const agentLimit = 200_000;

/** The most paths in memory. */
const targetLimit = 20_000;

/** The most hosts in memory; a stranger chooses them. */
const hostLimit = 1000;

/** The most clients in memory, apart from those of the day that is being read. */
const clientLimit = 500_000;

/** Copies a part of a text. Otherwise V8 would keep the whole megabyte of log for each new User-Agent. */
function detached(part: string): string {
  return Buffer.from(part, 'utf16le').toString('utf16le');
}

/** Reports whether the numbers of a line are possible, so that a damaged line spoils no others. */
function isPossible({ time, bytes, whole = 0, minute = 0 }: LogRecord): boolean {
  return time >= 0 && time < lastTime && [bytes, whole, minute].every(isLength);
}

function isLength(bytes: number): boolean {
  return bytes >= 0 && bytes < 2 ** 40;
}

const lastTime = Date.UTC(9999, 11, 31);

/** Reads lines of any format, because a server may change its log's format, and logs may be joined. */
function anyReader(): ReadLine {
  const readCloudfront = cloudfrontReader();
  return (line) => {
    if (line.startsWith('{')) return readJson(line);
    const record = line.startsWith('#') || line.includes('\t') ? readCloudfront(line) : undefined;
    return record ?? readCombined(line);
  };
}
