import { instantOf } from '../../article/seed/date.ts';
import { count } from '../terminal/report.ts';
import { changedTopics, newestArticles, nextMoment, type Snapshot } from './changed-topics.ts';
import { type HubPatience, HubQueue } from './hub-queue.ts';
import { obstacle, type Reachable } from './who-can-be-told.ts';

/** What a server shows from now on. */
export interface Shown extends Pick<Snapshot, 'edition' | 'sources'>, Pick<Reachable, 'hasUrl'> {}

export interface PushOptions extends Partial<HubPatience> {
  /** How long nothing may change until the hub is told, in milliseconds: a publisher saves often. */
  readonly quietTime?: number;
  /** Is told, in a line, why a hub is not told of something. */
  readonly onWarning: (line: string) => void;
}

/** Tells a hub what changes while a server runs. */
export interface Push {
  /** Takes note that the server shows another edition now. */
  changed(shown: Shown): void;
  /** Waits for nothing. */
  close(): void;
}

const standardQuietTime = 1_500;
/** A folder that is never quiet is not waited for longer than so many times the quiet time. */
const mostDelays = 10;
/** A machine that sleeps loses time, so the clock is looked at again. */
const longestSleep = 60_000;

/**
 * Tells the hub of each change, some time after the last of several, beside the server's own work. What `first` shows
 * is taken for known: nobody here remembers what was shown before the start.
 */
export function startPush(first: Shown, options: PushOptions, onError: (error: Error) => void): Push {
  const { quietTime = standardQuietTime, onWarning } = options;
  let shown = first;
  let known = snapshot(first);
  let queue: HubQueue | undefined;
  let lastObstacle: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let comparing: Promise<void> | undefined;
  let changedSince: number | undefined;
  let isClosed = false;

  const settle = (): void => {
    const { site } = shown.edition;
    const trouble = site.hub === undefined ? undefined : obstacle({ site, hasUrl: shown.hasUrl });
    if (trouble !== undefined && trouble !== lastObstacle) onWarning(`no hub is told: ${trouble}`);
    lastObstacle = trouble;
    const hub = trouble === undefined ? site.hub : undefined;
    if (queue?.hub === hub) return;
    queue?.close();
    queue = hub === undefined ? undefined : new HubQueue(hub, { onWarning }, options);
  };

  const compare = async (): Promise<void> => {
    const [before, after] = [known, snapshot(shown)];
    known = after;
    changedSince = undefined;
    settle();
    if (queue === undefined) return;
    const topics = await changedTopics(before, after);
    if (!isClosed) queue?.tell(topics);
    await newestArticles(after);
  };

  const look = (): void => {
    comparing ??= compare()
      .catch((error) => onError(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        comparing = undefined;
        if (known.edition !== shown.edition) lookIn(quietTime);
        else lookWhenDue();
      });
  };
  const lookIn = (milliseconds: number): void => {
    if (isClosed) return;
    changedSince ??= Date.now();
    const left = changedSince + quietTime * mostDelays - Date.now();
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(0, Math.min(milliseconds, left)));
  };
  const lookWhenDue = (): void => {
    clearTimeout(timer);
    const next = nextMoment(shown.sources, known.now);
    if (isClosed || next === undefined || queue === undefined) return;
    const left = Date.parse(next) - Date.now();
    timer = setTimeout(left > longestSleep ? lookWhenDue : look, Math.min(Math.max(left, 0), longestSleep));
  };

  settle();
  // A first look finds nothing, but makes what later ones compare with.
  if (queue !== undefined) lookIn(quietTime);
  return {
    changed: (next) => {
      shown = next;
      if (comparing === undefined) lookIn(quietTime);
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      const left = queue?.close() ?? 0;
      if (left > 0)
        onWarning(
          `${queue?.hub} is not told of ${count(left, 'feed')} before the end; "dateline ping" tells it`,
        );
    },
  };
}

function snapshot({ edition, sources }: Shown): Snapshot {
  return { edition, sources, now: instantOf(Date.now()) ?? '' };
}
