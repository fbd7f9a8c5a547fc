export type {
  Article,
  ArticleHead,
  ArticleSource,
  Author,
  Enclosure,
  Episode,
  Instant,
  Participant,
  Picture,
  Transcript,
} from './article/article.ts';
export { type ParsedSeed, type ParseOptions, parseSeed, type Seed } from './article/parse.ts';
export { formatProblem, type Problem, type ProblemCode } from './article/problem.ts';
export { type RenderedDocument, renderFeed } from './feed/document.ts';
export { type Format, formats } from './feed/formats.ts';
export { type AppOptions, createApp } from './http/app.ts';
export type { PageAddress } from './publication/address.ts';
export { parsePublicationFile } from './publication/file/publication-file.ts';
export { publish } from './publication/memory.ts';
export type { Page } from './publication/page.ts';
export type { Podcast, PodcastCategory } from './publication/podcast.ts';
export type { Edition, Publication } from './publication/publication.ts';
export type { Site } from './publication/site.ts';
