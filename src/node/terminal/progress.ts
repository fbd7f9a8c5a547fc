import { isQuiet } from './output.ts';

/** Called with the amount of work done, and the total if it is known. */
export type OnProgress = (done: number, total?: number) => void;

/** Shows the progress of long work. */
export interface Progress {
  readonly update: OnProgress;
  /** Clears the line. Call it in `finally`, so that an error starts on a line of its own. */
  end(): void;
}

/** Where progress is shown, and the clock that paces it. */
export interface ProgressOptions {
  readonly stream?: ProgressStream;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
  /** Whether the stream can rewrite a line; by default, whether it is a terminal that isn't `dumb`. */
  readonly isTerminal?: boolean;
}

interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds before the bar first appears. Shorter work shows nothing. */
const barDelay = 300;
/** Milliseconds between two updates of the bar, and between two plain lines. */
const barInterval = 100;
const lineInterval = 10_000;

/**
 * Shows the progress of work on `name` (`documents`) on standard error: on a terminal as one line that is rewritten,
 * elsewhere as a new line every ten seconds.
 */
export function startProgress(
  name: string,
  {
    stream = process.stderr,
    now = () => performance.now(),
    isTerminal = stream.isTTY === true && process.env.TERM !== 'dumb',
  }: ProgressOptions = {},
): Progress {
  const start = now();
  let due = start + (isTerminal ? barDelay : lineInterval);
  let isShown = false;
  return {
    update: (done, total) => {
      const moment = now();
      if (moment < due) return;
      due = moment + (isTerminal ? barInterval : lineInterval);
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

/** Runs work and shows its progress. The line is cleared before an error is rethrown. */
export type ShowProgress = <T>(name: string, work: (onProgress: OnProgress) => Promise<T>) => Promise<T>;

/** Shows progress on standard error. */
export const showProgress: ShowProgress = async (name, work) => {
  if (isQuiet()) return showNoProgress(name, work);
  const progress = startProgress(name);
  try {
    return await work(progress.update);
  } finally {
    progress.end();
  }
};

/** Shows nothing, for callers from a program. */
export const showNoProgress: ShowProgress = (_, work) => work(() => {});

interface State {
  readonly done: number;
  readonly total: number | undefined;
  readonly seconds: number;
}

/** Characters in the bar: at most, and the minimum below which the bar is left out. */
const maxBarWidth = 24;
const minBarWidth = 4;

/**
 * Formats a line shorter than the terminal's width, since a full one would wrap. The bar shrinks before the words do.
 */
function barLine(name: string, state: State, columns: number): string {
  const { done, total } = state;
  const words = plainLine(name, state);
  const room = columns - 1 - words.length - '[] '.length;
  const width = total === undefined || room < minBarWidth ? 0 : Math.min(maxBarWidth, room);
  const full = Math.floor(width * Math.min(1, done / Math.max(total ?? 1, 1)));
  const bar = width === 0 ? '' : `[${'#'.repeat(full)}${'-'.repeat(width - full)}] `;
  return `${bar}${words}`.slice(0, Math.max(columns - 1, 0));
}

/** `4000 of 10000 documents, 800 a second, 8 s left` */
function plainLine(name: string, { done, total, seconds }: State): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [total === undefined ? `${done} ${name}` : `${done} of ${total} ${name}`];
  parts.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second`);
  if (total !== undefined && rate > 0) parts.push(`${duration(Math.ceil(Math.max(total - done, 0) / rate))} left`);
  return parts.join(', ');
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * Runs `work` on each value, at most `concurrency` at a time, and reports progress. After a failure it starts no more,
 * and rejects once all that it had started has ended.
 */
export async function forEachConcurrently<T>(
  values: readonly T[],
  concurrency: number,
  work: (value: T) => Promise<void>,
  onProgress: OnProgress = () => {},
): Promise<void> {
  const queue = values.values();
  const failures: unknown[] = [];
  let done = 0;
  const worker = async (): Promise<void> => {
    for (const value of queue) {
      if (failures.length > 0) return;
      try {
        await work(value);
      } catch (error) {
        failures.push(error);
        return;
      }
      onProgress(++done, values.length);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  if (failures.length > 0) throw failures[0];
}
