const tasks: (() => unknown)[] = [];

/**
 * Runs a task after the tests of the present file. Test files share modules, so `afterAll` in a module runs only once.
 */
export function afterFile(task: () => unknown): void {
  tasks.push(task);
}

export async function runTasks(): Promise<void> {
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) await task();
}
