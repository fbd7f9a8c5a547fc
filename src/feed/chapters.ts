import type { SinglePage } from '../publication/page.ts';
import { type WrittenDocument, writeDocument } from './document.ts';
import { recording } from './media.ts';
import { chaptersType } from './rss/rss-episode.ts';

/** Writes the chapters of an article (Podcasting 2.0, "JSON Chapters Format" 1.2); `undefined` if it lists none. */
export function writeChapters({ article, ...facts }: SinglePage): WrittenDocument | undefined {
  const { title, episode, image } = article;
  if (episode?.chapters === undefined || recording(article) === undefined) return undefined;
  const chapters = episode.chapters.map(({ start, title, url, image }) => ({
    startTime: start,
    title,
    url,
    img: image,
  }));
  const text = `${JSON.stringify({ version: '1.2.0', title, image: image?.url, chapters }, null, 2)}\n`;
  return writeDocument(text, chaptersType, { ...facts, articles: [article] });
}
