export type {
  Article,
  ArticleHead,
  Correction,
  Enclosure,
  Instant,
  Picture,
  Translation,
  Withdrawal,
} from './article/article.ts';
export type { Author, Person } from './article/author.ts';
export type { Chapter, Episode, Participant, PodcastElement, Transcript } from './article/media/episode.ts';
export type { Seed } from './article/parse.ts';
export type { Generator } from './article/permalink/names.ts';
export type { PermalinkRule } from './article/permalink/parts.ts';
export { formatProblem, type Problem, type ProblemCode } from './article/problem.ts';
export type { RenderedDocument } from './feed/document.ts';
export { type AppOptions, createApp } from './library/create-app.ts';
export { createFeeds, type Feeds, type FeedsOptions, type LoadItems } from './library/create-feeds.ts';
export type { Item, ItemChapter, ItemEnclosure, ItemTranscript } from './library/item.ts';
export type { ItemQuery } from './library/loaded-edition.ts';
export { type ParsedSeed, parseSeed, type SeedArticle } from './library/parse-seed.ts';
export { type LoadedItems, publish } from './library/publish.ts';
export { type FeedFormat, formats, renderFeed } from './library/render-feed.ts';
export type { SiteSettings } from './library/site-settings.ts';
export type { PageAddress } from './publication/addresses/address.ts';
export { type PublicationFile, parsePublicationFile, type SiteDefaults } from './publication/file/publication-file.ts';
export type { Headline, Neighbors } from './publication/headline.ts';
export type { Notice, NoticedHead, NoticeList } from './publication/notices.ts';
export type { MonthCount, MonthList, MonthPage, Page, SinglePage } from './publication/page.ts';
export type { Edition, Publication, SliceList } from './publication/publication.ts';
export type { MachinePolicy } from './publication/site/machine-policy.ts';
export type { MarkdownUse } from './publication/site/markdown-uses.ts';
export type { AnnouncedShow, LiveShow, Podcast, PodcastCategory } from './publication/site/podcast.ts';
export type { LabelKind, NamedFeed, Query } from './publication/site/query.ts';
export type { CacheInFront, PictureService, Site, Theme } from './publication/site/site.ts';
export type { DescribedSlice, DescribedSlices } from './publication/site/slice-title.ts';
export type { Menu } from './publication/slices/menu.ts';
export type { Slice, SliceKind } from './publication/slices/slice.ts';
export type { Term } from './publication/slices/term.ts';
export type { Tombstone } from './publication/tombstones.ts';
