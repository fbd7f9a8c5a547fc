/** Is told how much of some work is done, and of how much where that is known. */
export type OnProgress = (done: number, total?: number) => void;

/** What shows how far long work has come. */
export interface Progress {
  readonly update: OnProgress;
  /** Clears what is shown; belongs into `finally`, so that an error has its line to itself. */
  end(): void;
}

/** Where progress is shown, and by which clock. */
export interface ProgressSetting {
  readonly stream?: ProgressStream;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
  /** Whether the terminal takes back what was written; by default where it is one that can. */
  readonly isTerminal?: boolean;
}

interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds within which work is done without a word, between two states of the bar, and between two plain lines. */
const patience = 300;

const barPause = 100;

const linePause = 10_000;

/**
 * Shows on standard error how far work called `name` (`documents`) has come: on a terminal as one line that is written
 * anew, elsewhere as a line each ten seconds.
 */
export function startProgress(
  name: string,
  {
    stream = process.stderr,
    now = () => performance.now(),
    isTerminal = stream.isTTY === true && process.env.TERM !== 'dumb',
  }: ProgressSetting = {},
): Progress {
  const start = now();
  let due = start + (isTerminal ? patience : linePause);
  let isShown = false;
  return {
    update: (done, total) => {
      const moment = now();
      if (moment < due) return;
      due = moment + (isTerminal ? barPause : linePause);
      const state = { done, total, seconds: (moment - start) / 1000 };
      if (isTerminal) stream.write(`\r${barLine(name, state, stream.columns || 80)}\u001b[K`);
      else stream.write(`${plainLine(name, state)}\n`);
      isShown = isTerminal;
    },
    end: () => {
      if (isShown) stream.write('\r\u001b[K');
      isShown = false;
    },
  };
}

/** Does work and meanwhile shows how far it has come; what it throws finds the line cleared. */
export type ShowProgress = <T>(name: string, work: (onProgress: OnProgress) => Promise<T>) => Promise<T>;

/** Shows it on standard error. */
export const showProgress: ShowProgress = async (name, work) => {
  const progress = startProgress(name);
  try {
    return await work(progress.update);
  } finally {
    progress.end();
  }
};

/** For who calls these functions from a program. */
export const showNoProgress: ShowProgress = (_, work) => work(() => {});

interface State {
  readonly done: number;
  readonly total: number | undefined;
  readonly seconds: number;
}

/** Signs that a bar has where there is room, and with fewer than which it shows nothing. */
const barWidth = 24;

const leastWidth = 4;

/** One line, short of the terminal's width: a full one would leave its rest on the next. The words go before the bar. */
function barLine(name: string, state: State, columns: number): string {
  const { done, total } = state;
  const words = plainLine(name, state);
  const room = columns - 1 - words.length - '[] '.length;
  const width = total === undefined || room < leastWidth ? 0 : Math.min(barWidth, room);
  const full = Math.floor(width * Math.min(1, done / Math.max(total ?? 1, 1)));
  const bar = width === 0 ? '' : `[${'#'.repeat(full)}${'-'.repeat(width - full)}] `;
  return `${bar}${words}`.slice(0, Math.max(columns - 1, 0));
}

/** `4000 of 10000 documents, 800 a second, 8 s left` */
function plainLine(name: string, { done, total, seconds }: State): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [total === undefined ? `${done} ${name}` : `${done} of ${total} ${name}`];
  parts.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second`);
  if (total !== undefined && rate > 0)
    parts.push(`${duration(Math.ceil(Math.max(total - done, 0) / rate))} left`);
  return parts.join(', ');
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Does work for each of many things, so many at a time, and tells how many are done; begins no more of it once some has failed. */
export async function forEachOf<T>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T) => Promise<void>,
  onProgress: OnProgress = () => {},
): Promise<void> {
  const waiting = things.values();
  let done = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const thing of waiting) {
      if (failed) return;
      try {
        await work(thing);
      } catch (error) {
        failed = true;
        throw error;
      }
      onProgress(++done, things.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
