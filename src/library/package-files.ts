import { makeDocument, type RenderedDocument } from '../feed/document.ts';
import { respond, toResponse } from '../http/response/respond.ts';
import { failed, preflight } from '../http/simple-responses.ts';
import { packageFileTexts } from './package-file-texts.ts';

/** A file of the package that pages and feeds load. */
interface PackageFile {
  readonly type: string;
  readonly text: string;
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The files of the package by path: stylesheets, the script of the page `/subscribe`, an icon. */
export const packageFiles: ReadonlyMap<string, PackageFile> = new Map(
  Object.entries(packageFileTexts).map(([name, text]) => [
    `/${name}`,
    { type: types[name.split('.').at(-1) ?? ''] ?? 'text/plain', text },
  ]),
);

const documents = new WeakMap<PackageFile, Promise<RenderedDocument>>();

/** Answers a request for one of the files. */
export async function answerPackageFile(
  request: Request,
  file: PackageFile,
  ttl: number,
  now: () => number,
): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight();
  if (request.method !== 'GET' && request.method !== 'HEAD') return failed(405, undefined);
  const document = documents.get(file) ?? makeDocument(file.text, file.type, { articles: [] });
  documents.set(file, document);
  return toResponse(await respond(request, await document, { ttl, now: now() }));
}
