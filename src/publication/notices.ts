import type { ArticleHead, ArticleSource, Correction, Instant, Withdrawal } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';

/** The part of a corrected or withdrawn article's head that notices need. */
export type NoticedHead = Pick<
  ArticleHead,
  | 'id'
  | 'slug'
  | 'permalink'
  | 'title'
  | 'published'
  | 'expires'
  | 'language'
  | 'authors'
  | 'corrections'
  | 'withdrawal'
>;

/** A correction or the withdrawal of an article, for the list of them. */
export type Notice = { readonly head: NoticedHead } & (
  | { readonly kind: 'correction'; readonly fact: Correction }
  | { readonly kind: 'withdrawal'; readonly fact: Withdrawal }
);

/** The notices of a publication at a moment, newest first, and when they change by themselves. */
export interface NoticeList {
  readonly notices: readonly Notice[];
  readonly until?: Instant;
}

/** Whether pages and feeds link the list of notices, since when, and until when that stays so. */
export interface NoticesLink {
  readonly isListed: boolean;
  readonly since?: Instant;
  readonly until?: Instant;
}

/** Links the list of notices as soon as it has one. */
export function noticesLink({ notices, until }: NoticeList = { notices: [] }): NoticesLink {
  return omitUndefined({ isListed: notices.length > 0, since: notices.at(-1)?.fact.date, until });
}

/** Finds the articles that have notices. */
export function noticedHeads(ordered: readonly Pick<ArticleSource, 'head'>[]): NoticedHead[] {
  return ordered
    .filter(({ head }) => head.corrections !== undefined || head.withdrawal !== undefined)
    .map(({ head }) => {
      const { id, slug, permalink, title, published, expires, language, authors, corrections, withdrawal } = head;
      return omitUndefined({
        ...{ id, slug, permalink, title, published, expires, language, authors, corrections, withdrawal },
      });
    });
}

/** Lists the corrections and withdrawals by `now`. The corrections of an article that is gone are left out. */
export function noticesAt(heads: readonly NoticedHead[], now: Instant): NoticeList {
  const moments: Instant[] = [];
  const notices = heads.flatMap((head): Notice[] => {
    const { published, expires, corrections = [], withdrawal } = head;
    moments.push(published, ...corrections.map(({ date }) => date));
    if (expires !== undefined) moments.push(expires);
    if (withdrawal !== undefined) moments.push(withdrawal.date);
    if (published > now) return [];
    if (withdrawal !== undefined && withdrawal.date <= now) return [{ kind: 'withdrawal', head, fact: withdrawal }];
    if (expires !== undefined && expires <= now) return [];
    return corrections.filter(({ date }) => date <= now).map((fact) => ({ kind: 'correction', head, fact }));
  });
  const until = moments.filter((moment) => moment > now).toSorted()[0];
  return omitUndefined({ notices: notices.toSorted(newestFirst), until });
}

function newestFirst(a: Notice, b: Notice): number {
  if (a.fact.date !== b.fact.date) return a.fact.date > b.fact.date ? -1 : 1;
  return a.head.slug < b.head.slug ? -1 : Number(a.head.slug > b.head.slug);
}
