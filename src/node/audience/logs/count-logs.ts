import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Client, identifyClient } from '../../../http/audience/client.ts';
import { type DayCounts, dayOf } from '../../../http/audience/counts.ts';
import { DayCounter } from '../../../http/audience/day-counter.ts';
import { type Target, targetOf } from '../../../http/audience/poll.ts';
import { pseudonymText } from '../../../http/audience/pseudonym.ts';
import { writeNote } from '../../terminal/output.ts';
import { cloudfrontReader } from './cloudfront-log.ts';
import { readCombined } from './combined-log.ts';
import { readJson } from './json-log.ts';
import type { LogRecord, ReadLine } from './log-record.ts';

/** The result of counting logs. */
export interface CountedLogs {
  readonly days: readonly DayCounts[];
  readonly lines: number;
  /** Lines about feeds and episodes. */
  readonly counted: number;
}

/** Counts the lines of access logs, compressed or not, in any order. `-` is standard input. */
export async function countLogs(files: readonly string[]): Promise<CountedLogs> {
  const counter = new LogCounter();
  for (const file of files) await counter.read(file);
  return { days: counter.days(), lines: counter.lines, counted: counter.counted };
}

class LogCounter {
  lines = 0;
  counted = 0;
  readonly #days = new Map<string, DayCounter>();
  readonly #agents = new Map<string, { readonly client: Client; readonly id: string }>();
  readonly #targets = new Map<string, Target>();
  #agentCount = 0;
  #last: { readonly start: number; readonly counter: DayCounter } | undefined;

  async read(file: string): Promise<void> {
    const readLine = anyReader();
    for await (const text of linesOf(file)) {
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
        start = end + 1;
        if (line === '') continue;
        this.lines++;
        const record = readLine(line);
        if (record !== undefined) this.#add(record);
      }
    }
  }

  days(): DayCounts[] {
    return Array.from(this.#days.values(), ({ counts }) => counts).sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  #add(record: LogRecord): void {
    if (!isPossible(record)) return;
    this.counted++;
    const { client, id } = this.#agentOf(record.agent);
    // The pseudonyms of a run are never stored, so they need no key.
    const pseudonym = pseudonymText(record.address, id);
    this.#dayOf(record.time).add(record, this.#targetOf(record.path), client, pseudonym);
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
    if (last !== undefined && time >= last.start && time < last.start + dayLength) return last.counter;
    const day = dayOf(time);
    const counter = this.#days.get(day) ?? new DayCounter(day);
    this.#days.set(day, counter);
    this.#last = { start: Date.parse(day), counter };
    return counter;
  }
}

const dayLength = 86_400_000;
/** The most User-Agents in memory. */
const agentLimit = 200_000;

/** The most paths in memory. */
const targetLimit = 20_000;

/** Copies a part of a text. Otherwise V8 would keep the whole megabyte of log for each new User-Agent. */
function detached(part: string): string {
  return Buffer.from(part, 'utf16le').toString('utf16le');
}

/** Reports whether the numbers of a line are possible, so that a damaged line spoils no others. */
function isPossible({ time, bytes, whole = 0 }: LogRecord): boolean {
  return time >= 0 && time < lastTime && isLength(bytes) && isLength(whole);
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

/** Reads a log in pieces of whole lines. Bytes become characters one to one, which is fast and loses nothing. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  let rest = '';
  for await (const chunk of /\.gz$/i.test(file) ? unzipped(stream, file) : stream) {
    const text = rest + (chunk as Buffer).toString('latin1');
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    // Such a long line belongs to no log.
    if (rest.length > lineLimit) rest = '';
    if (end > 0) yield text.slice(0, end);
  }
  if (rest !== '') yield `${rest}\n`;
}

/** Decompresses a log. A truncated one, such as one being written, is read up to its end. */
async function* unzipped(stream: Readable, file: string): AsyncGenerator<Buffer> {
  const unzip = createGunzip();
  // The error comes out of the pipe as well.
  pipeline(stream, unzip).catch(() => {});
  try {
    yield* unzip as AsyncIterable<Buffer>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR')
      throw new Error(`${file}: ${(error as Error).message}`);
    writeNote(`${file} ends in the middle and is counted as far as it goes`);
  }
}

/** The most characters of a line. */
const lineLimit = 1 << 20;
