import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerFile } from '../../package-folder.ts';
import { optimizeCodeFor } from '../../v8-flags.ts';
import type { Outcome, Task } from './build-worker.ts';
import { perform, type TaskInput, type TaskName, type TaskOutput } from './perform.ts';

/** Up to this many batches, starting threads would take longer than the work. */
const fewBatches = 4;

/** What a task returns for each of its values. */
type OneOf<Name extends TaskName> = TaskOutput<Name>[number];

/** Worker threads, one for each processor, which are started when there is enough to do. */
export class Threads {
  readonly #workers: Worker[] = [];

  /**
   * Performs a task on batches of values, and returns what it returned for each value, in their order. A few batches
   * need no thread. `inputOf` makes the input of a batch when its turn comes; `onOutput` is called as each one ends.
   *
   * Each thread gets batches that follow each other, since neighboring values have much in common.
   */
  async map<Value, Name extends TaskName>(
    name: Name,
    values: readonly Value[],
    batchSize: number,
    inputOf: (batch: readonly Value[]) => TaskInput<Name>,
    onOutput: (outputs: TaskOutput<Name>, batch: readonly Value[]) => void = () => {},
  ): Promise<readonly OneOf<Name>[]> {
    const starts = Array.from({ length: Math.ceil(values.length / batchSize) }, (_, i) => i * batchSize);
    const threads = starts.length <= fewBatches ? 1 : availableParallelism();
    optimizeCodeFor(values.length);
    const queues = Array.from({ length: threads }, (_, i) =>
      starts.slice(Math.ceil((starts.length * i) / threads), Math.ceil((starts.length * (i + 1)) / threads)),
    );
    const outputs = new Map<number, TaskOutput<Name>>();
    const failures: unknown[] = [];
    const work = async (thread: number): Promise<void> => {
      for (let start = next(queues, thread); start !== undefined; start = next(queues, thread)) {
        if (failures.length > 0) return;
        const batch = values.slice(start, start + batchSize);
        try {
          const input = inputOf(batch);
          const output = await (threads === 1 ? perform(name, input) : this.#performIn(thread, name, input));
          onOutput(output, batch);
          outputs.set(start, output);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(queues.map((_, thread) => work(thread)));
    if (failures.length > 0) throw failures[0];
    return starts.flatMap((start) => (outputs.get(start) ?? []) as readonly OneOf<Name>[]);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }

  async #performIn<Name extends TaskName>(
    thread: number,
    name: Name,
    input: TaskInput<Name>,
  ): Promise<TaskOutput<Name>> {
    const worker = this.#workers[thread] ?? new Worker(workerFile('node/build/parallel/build-worker.ts'));
    this.#workers[thread] = worker;
    const answer = once(worker, 'message');
    worker.postMessage({ name, input } satisfies Task);
    const [outcome] = (await answer) as [Outcome];
    if ('output' in outcome) return outcome.output as TaskOutput<Name>;
    throw Object.assign(new Error(outcome.message), outcome.facts);
  }
}

/** Takes the next batch of a thread's own, or else the last one of the thread with the most left. */
function next(queues: readonly number[][], thread: number): number | undefined {
  return queues[thread]?.shift() ?? queues.toSorted((a, b) => b.length - a.length)[0]?.pop();
}
