import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { type Client, identifyClient } from '../../../http/audience/client.ts';
import { type DayCounts, dayOf } from '../../../http/audience/counts.ts';
import { DayCounter } from '../../../http/audience/day-counter.ts';
import { targetOf } from '../../../http/audience/poll.ts';
import { pseudonymText } from '../../../http/audience/pseudonym.ts';
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
  #agentCount = 0;
  #last: { readonly start: number; readonly counter: DayCounter } | undefined;

  async read(file: string): Promise<void> {
    let readLine: ReadLine | undefined;
    for await (const text of linesOf(file)) {
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
        start = end + 1;
        if (line === '') continue;
        this.lines++;
        readLine ??= readerOf(line);
        const record = readLine(line);
        if (record !== undefined) this.#add(record);
      }
    }
  }

  days(): DayCounts[] {
    return Array.from(this.#days.values(), ({ counts }) => counts).sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  #add(record: LogRecord): void {
    this.counted++;
    const { client, id } = this.#agentOf(record.agent);
    // The pseudonyms of a run are never stored, so they need no key.
    const pseudonym = pseudonymText(record.address, id);
    this.#dayOf(record.time).add(record, targetOf(record.path), client, pseudonym);
  }

  #agentOf(agent: string): { readonly client: Client; readonly id: string } {
    const known = this.#agents.get(agent);
    if (known !== undefined) return known;
    if (this.#agents.size >= agentLimit) this.#agents.clear();
    const made = { client: identifyClient(agent), id: String(this.#agentCount++) };
    this.#agents.set(agent, made);
    return made;
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

/** Chooses the format by the first line. */
function readerOf(line: string): ReadLine {
  if (line.startsWith('{')) return readJson;
  return line.startsWith('#') ? cloudfrontReader() : readCombined;
}

/** Reads a log in pieces of whole lines. Bytes become characters one to one, which is fast and loses nothing. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  const bytes = /\.gz$/i.test(file) ? stream.compose(createGunzip()) : stream;
  let rest = '';
  for await (const chunk of bytes) {
    const text = rest + (chunk as Buffer).toString('latin1');
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    // Such a long line belongs to no log.
    if (rest.length > lineLimit) rest = '';
    if (end > 0) yield text.slice(0, end);
  }
  if (rest !== '') yield `${rest}\n`;
}

/** The most characters of a line. */
const lineLimit = 1 << 20;
