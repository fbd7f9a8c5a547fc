import type { Client } from './client.ts';
import { add, type DayCounts, emptyFeed, type FeedCounts } from './counts.ts';
import { addAnswer, addRefusal, addStated } from './feed-tally.ts';
import type { Poll, Target } from './poll.ts';

/**
 * A client that the day has counted: a path, the client's pseudonym, and its name or, for an episode, the bytes it got.
 * Marks are deleted when the day ends.
 */
export interface Mark {
  readonly path: string;
  readonly pseudonym: string;
  readonly value: string | number;
}

/** What a day looked like when it was last written. */
export interface WrittenDay {
  readonly counts: DayCounts;
  readonly marks: Iterable<Mark>;
}

/** Counts a day's polls, for a server, a worker and a log alike. */
export class DayCounter {
  readonly counts: DayCounts;
  readonly #paths = new Map<string, Counted>();
  readonly #fresh = new Map<Counted, Set<string>>();
  #clients = 0;
  #pathCount = 0;

  constructor(day: string, written?: WrittenDay) {
    this.counts = written?.counts ?? { day, feeds: {}, episodes: {} };
    for (const { path, pseudonym, value } of written?.marks ?? []) {
      this.#counted(path)?.clients.set(pseudonym, value);
      this.#clients++;
    }
  }

  /** Counts a poll of a client with this pseudonym, which no other client of the day has. */
  add(poll: Poll, target: Target, client: Client, pseudonym: string): void {
    if (target === undefined || poll.method !== 'GET') return;
    if ('feed' in target) this.#addFeed(poll, target, client, pseudonym);
    else this.#addEpisode(poll, target.episode, client, pseudonym);
  }

  /** Returns the marks that are new or changed since {@link forgetFresh}. */
  freshMarks(): Mark[] {
    const marks = Array.from(this.#fresh, ([counted, pseudonyms]) =>
      Array.from(pseudonyms, (pseudonym) => ({
        path: counted.path,
        pseudonym,
        value: counted.clients.get(pseudonym) ?? 0,
      })),
    );
    return marks.flat();
  }

  /** Called once the marks are written. */
  forgetFresh(): void {
    this.#fresh.clear();
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
    if (subscribers !== undefined) {
      addStated(feed, `${format} ${product}${feedId}`, name, [time, subscribers]);
      return;
    }
    // An aggregator has many addresses and is one client.
    const id = kind === 'aggregator' ? name : pseudonym;
    if (counted.clients.has(id) || !this.#hasRoom()) return;
    this.#mark(counted, id, name);
    add(feed.clients, name);
  }

  /** IAB Podcast Measurement 2.1: a minute of an episode, once a day for an address and a User-Agent. */
  #addEpisode(poll: Poll, episode: string, { name, kind }: Client, pseudonym: string): void {
    const { status, bytes, whole, isPrefetch } = poll;
    if ((status !== 200 && status !== 206) || bytes === 0 || isPrefetch === true) return;
    if (kind === 'bot' || kind === 'script' || kind === 'aggregator') return;
    const counted = this.#counted(episode);
    if (counted === undefined) return;
    const before = counted.clients.get(pseudonym);
    if (before === undefined && !this.#hasRoom()) return;
    const sent = Number(before ?? 0);
    // Without lengths in the log, an answer 200 is the whole file, unless an earlier one was longer.
    if (status === 200) counted.longest = Math.max(counted.longest, bytes);
    const length = whole ?? (status === 200 ? counted.longest : minute);
    const enough = Math.min(minute, length);
    this.#mark(counted, pseudonym, sent + bytes);
    if (sent >= enough || sent + bytes < enough) return;
    this.counts.episodes[episode] ??= {};
    add(this.counts.episodes[episode], name);
  }

  #feedOf(counted: Counted): FeedCounts {
    if (counted.feed !== undefined) return counted.feed;
    const feed = this.counts.feeds[counted.path] ?? emptyFeed();
    this.counts.feeds[counted.path] = feed;
    counted.feed = feed;
    return feed;
  }

  #counted(path: string): Counted | undefined {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    if (this.#pathCount++ >= pathLimit) return undefined;
    const counted = { path, clients: new Map<string, string | number>(), longest: 0, feed: undefined };
    this.#paths.set(path, counted);
    return counted;
  }

  #mark(counted: Counted, pseudonym: string, value: string | number): void {
    counted.clients.set(pseudonym, value);
    const fresh = this.#fresh.get(counted) ?? new Set();
    this.#fresh.set(counted, fresh.add(pseudonym));
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

/** A feed or an episode, and the clients that it counted. */
interface Counted {
  readonly path: string;
  readonly clients: Map<string, string | number>;
  feed: FeedCounts | undefined;
  /** The most bytes that an answer 200 had. */
  longest: number;
}

/** Bytes of a minute at 128 kbit/s, the usual rate of podcasts. */
const minute = 960_000;

/** The most feeds and episodes that a day counts. */
const pathLimit = 20_000;

/** The most clients that a day tells apart, over all feeds and episodes. */
const clientLimit = 500_000;
