import type { ArticleHead } from '../../../article/article.ts';
import type { RecordedArticle } from '../../../publication/ledger.ts';

/** Returns what the ledger records of an article beside its head. */
export type Describe = (head: ArticleHead) => Omit<RecordedArticle, 'head'>;

/** Describes articles that are not from files. */
export const undescribed: Describe = () => ({ file: '', hash: '' });
