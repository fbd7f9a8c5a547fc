import { indexSegments } from './index-segments.ts';
import { renderArticles } from './render-articles.ts';
import { renderDocuments } from './render-documents.ts';
import { writeBlocks } from './write-blocks.ts';

/** The parts of a build that several threads share. Their input and output are plain data. */
const tasks = { renderArticles, writeBlocks, indexSegments, renderDocuments };

type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;

/** Performs a task in this thread. */
export async function perform<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
  const task = tasks[name] as (input: TaskInput<Name>) => TaskOutput<Name> | Promise<TaskOutput<Name>>;
  return task(input);
}
