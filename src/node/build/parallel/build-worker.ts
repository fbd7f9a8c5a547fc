import { parentPort } from 'node:worker_threads';
import { perform, type TaskInput, type TaskName, type TaskOutput } from './perform.ts';

export interface Task {
  readonly name: TaskName;
  readonly input: TaskInput<TaskName>;
}

/** The end of a task. An error of the file system keeps what says where it happened. */
export type Outcome =
  | { readonly output: TaskOutput<TaskName> }
  | { readonly message: string; readonly facts: Readonly<Record<string, unknown>> };

parentPort?.on('message', async ({ name, input }: Task) => {
  const outcome: Outcome = await perform(name, input).then(
    (output) => ({ output }),
    (error: unknown) => {
      if (!(error instanceof Error)) return { message: String(error), facts: {} };
      const { code, errno, syscall, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
      return { message: error.message, facts: { stack: error.stack, code, errno, syscall, path, dest } };
    },
  );
  parentPort?.postMessage(outcome);
});
