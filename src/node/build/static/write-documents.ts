import type { Instant } from '../../../article/article.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import type { Draft } from '../draft/draft.ts';
import type { SiteDocument } from '../parallel/render-documents.ts';
import type { Threads } from '../parallel/threads.ts';
import type { PlannedDocument } from './plan-documents.ts';

interface WriteOptions {
  /** The folder with the stored edition. */
  readonly edge: string;
  readonly now: Instant;
  readonly threads: Threads;
  readonly onProgress: OnProgress;
}

/** Writes the documents that are made of something else than in the earlier build. */
export async function writeDocuments(
  documents: readonly PlannedDocument[],
  draft: Draft,
  { edge, now, threads, onProgress }: WriteOptions,
): Promise<void> {
  const due = documents
    .filter(({ file, key }) => !draft.keep(file, key))
    .toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
  for (const { file } of due) draft.place(file);
  let done = documents.length - due.length;
  await threads.map(
    'renderDocuments',
    due,
    documentsAtOnce,
    (batch) => ({
      ...{ edge, folder: draft.folder, now },
      documents: batch.map(({ key: _, date: __, ...document }): SiteDocument => document),
    }),
    (files) => {
      done += files.length;
      onProgress(done, documents.length);
    },
  );
  for (const { file, key } of due) draft.note(file, key);
}

const documentsAtOnce = 128;
