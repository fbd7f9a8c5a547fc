/** What a process is asked to do from outside. */
export interface SignalHandlers {
  /** Ends the process. Called once. */
  readonly stop: () => void;
  /** Reads the folder again. */
  readonly reload: () => void;
}

/** Milliseconds between two checks of whether npm still runs. */
const parentCheck = 500;

/**
 * Follows the signals that this process gets: SIGTERM and SIGINT stop it, SIGHUP reloads. On a terminal SIGHUP stops,
 * because it says that the terminal was closed.
 *
 * A process that npm started stops when npm ends: `npx` and `npm start` don't pass SIGTERM on, and the process would
 * keep the port.
 */
export function followSignals({ stop, reload }: SignalHandlers): void {
  let isStopping = false;
  const stopOnce = (): void => {
    if (isStopping) return;
    isStopping = true;
    stop();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stopOnce);
  process.on('SIGHUP', process.stdout.isTTY ? stopOnce : reload);
  if (process.env.npm_command === undefined) return;
  const { ppid } = process;
  setInterval(() => {
    if (process.ppid !== ppid) stopOnce();
  }, parentCheck).unref();
}
