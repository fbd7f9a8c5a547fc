import type { Client } from './client.ts';
import { add, addDay, addStated, type DayCounts, emptyDay, type FeedCounts, feedIn, numbersOf } from './counts.ts';
import { addAnswer, addRefusal } from './feed-tally.ts';
import { type FindMark, type FreshMark, isCounted, type Mark, mergeMark } from './marks.ts';
import type { Poll, Target } from './poll.ts';

/** Counts a day's polls, for a server, a worker and a log alike. */
export class DayCounter {
  readonly #day: string;
  readonly #isWritten: boolean;
  readonly #paths = new Map<string, Counted>();
  #counts: DayCounts;
  #clients = 0;

  /** `marks` are those that the day has so far; `isWritten` is false if none are written, as for a log. */
  constructor(day: string, marks: Iterable<Mark> = [], isWritten = true) {
    this.#day = day;
    this.#isWritten = isWritten;
    this.#counts = emptyDay(day);
    for (const { path, pseudonym, value } of marks) {
      this.#counted(path)?.clients.set(pseudonym, value);
      this.#clients++;
    }
  }

  /** What was counted since the last {@link beginAnew}. */
  get counts(): DayCounts {
    return this.#counts;
  }

  /** How many clients it has seen, over all feeds and episodes. */
  get size(): number {
    return this.#clients;
  }

  /** Counts a poll of a client with this pseudonym, which no other client of the day has. */
  add(poll: Poll, target: Target, client: Client, pseudonym: string): void {
    if (target === undefined || poll.method !== 'GET') return;
    if ('feed' in target) this.#addFeed(poll, target, client, pseudonym);
    else this.#addEpisode(poll, target.episode, client, pseudonym);
  }

  /**
   * Adds what was counted since the last {@link beginAnew} to the day's `sum`, and returns the new and changed marks. A
   * client that another process has counted, too, is taken off again.
   */
  addTo(sum: DayCounts, find: FindMark): Mark[] {
    addDay(sum, this.#counts);
    const marks: Mark[] = [];
    for (const counted of this.#paths.values()) {
      for (const [pseudonym, fresh] of counted.fresh) {
        const value = counted.clients.get(pseudonym) ?? 0;
        const stored = find(counted.path, pseudonym);
        const merged = mergeMark(value, stored, fresh, counted.enough);
        const difference = Number(isCounted(merged) && !isCounted(stored)) - Number(isCounted(value));
        if (difference !== 0) add(numbersOf(sum, counted.path), fresh.name, difference);
        marks.push({ path: counted.path, pseudonym, value: merged });
      }
    }
    return marks;
  }

  /** Begins anew, once the numbers and these marks are written. */
  beginAnew(marks: readonly Mark[]): void {
    for (const { path, pseudonym, value } of marks) this.#paths.get(path)?.clients.set(pseudonym, value);
    this.#counts = emptyDay(this.#day);
    for (const counted of this.#paths.values()) {
      counted.fresh.clear();
      counted.feed = undefined;
    }
  }

  #addFeed(poll: Poll, { feed: path, format }: FeedTarget, client: Client, pseudonym: string): void {
    const { status, bytes } = poll;
    if (status !== 200 && status !== 304 && status !== 226 && status !== 429) return;
    const counted = this.#counted(path);
    if (counted === undefined) return;
    const feed = this.#feedOf(counted);
    if (status === 429) {
      feed.refused++;
      addRefusal(feed, client);
    }
    if (client.kind === 'bot') {
      add(feed.bots, client.name);
      return;
    }
    feed.polls++;
    feed.bytes += bytes;
    feed.formats[format] = (feed.formats[format] ?? 0) + 1;
    if (poll.isConditional || status === 304) feed.conditional++;
    if (status === 429) return;
    // Without lengths in the log, the longest answer so far stands for the whole document.
    if (status === 200) counted.longest = Math.max(counted.longest, bytes);
    addAnswer(feed, poll, counted.longest);
    this.#addReader(feed, counted, { client, pseudonym, format, time: poll.time });
  }

  #addReader(feed: FeedCounts, counted: Counted, { client, pseudonym, format, time }: Reader): void {
    const { name, kind, subscribers, feedId = '', product = '' } = client;
    const isAggregator = kind === 'aggregator';
    if (subscribers !== undefined) {
      addStated(feed, `${format} ${product}${feedId}`, name, [time, subscribers]);
      // Nobody vouches for an unknown program's number, so it counts like a program that states none.
      if (isAggregator) return;
    }
    // An aggregator has many addresses and is one client.
    const id = isAggregator ? name : pseudonym;
    if (counted.clients.has(id) || !this.#hasRoom()) return;
    this.#mark(counted, id, name, name);
    add(feed.clients, name);
  }

  /** IAB Podcast Measurement §5.5.3: a minute of an episode, once a day for an address and a User-Agent. */
  #addEpisode(poll: Poll, episode: string, { name, kind }: Client, pseudonym: string): void {
    const { status, bytes, whole, isPrefetch } = poll;
    if ((status !== 200 && status !== 206) || bytes === 0 || isPrefetch === true) return;
    if (kind === 'bot' || kind === 'script' || kind === 'aggregator') return;
    const counted = this.#counted(episode);
    if (counted === undefined) return;
    const before = counted.clients.get(pseudonym);
    if (isCounted(before) || (before === undefined && !this.#hasRoom())) return;
    // Without lengths in the log, an answer 200 is the whole file, unless an earlier one was longer.
    if (status === 200) counted.longest = Math.max(counted.longest, bytes);
    const { minute = usualMinute } = poll;
    counted.enough = Math.min(minute, whole ?? (status === 200 ? counted.longest : minute));
    const sent = Number(before ?? 0) + bytes;
    this.#mark(counted, pseudonym, sent < counted.enough ? sent : name, name);
    if (sent >= counted.enough) add(numbersOf(this.#counts, episode), name);
  }

  #mark({ clients, fresh }: Counted, id: string, value: Mark['value'], name: string): void {
    if (this.#isWritten && !fresh.has(id)) fresh.set(id, { name, before: clients.get(id) });
    clients.set(id, value);
  }

  #feedOf(counted: Counted): FeedCounts {
    if (counted.feed !== undefined) return counted.feed;
    counted.feed = feedIn(this.#counts, counted.path);
    return counted.feed;
  }

  #counted(path: string): Counted | undefined {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    if (this.#paths.size >= pathLimit) return undefined;
    const counted: Counted = {
      ...{ path, clients: new Map(), fresh: new Map(), longest: 0 },
      ...{ enough: usualMinute, feed: undefined },
    };
    this.#paths.set(path, counted);
    return counted;
  }

  #hasRoom(): boolean {
    return this.#clients++ < clientLimit;
  }
}

type FeedTarget = Extract<Target, { readonly feed: string }>;

/** Who asked, and for which format. */
interface Reader {
  readonly client: Client;
  readonly pseudonym: string;
  readonly format: FeedTarget['format'];
  readonly time: number;
}

/** A feed or an episode, and the clients that it has seen. */
interface Counted {
  readonly path: string;
  readonly clients: Map<string, Mark['value']>;
  /** Those whose marks are new or changed. */
  readonly fresh: Map<string, FreshMark>;
  feed: FeedCounts | undefined;
  /** The most bytes that an answer 200 had. */
  longest: number;
  /** The bytes that make a download. */
  enough: number;
}

/** Bytes of a minute at 128 kbit/s, the usual rate of podcasts, if the episode's own is unknown. */
const usualMinute = 960_000;

/** The most feeds and episodes that a day counts. */
const pathLimit = 20_000;

/** The most clients that a day tells apart, over all feeds and episodes. */
const clientLimit = 500_000;
