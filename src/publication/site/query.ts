/** What articles are chosen by: their labels. */
export type LabelKind = 'tag' | 'author' | 'language' | 'section';

/** Labels of each kind, as slugs. */
export type Labels = Readonly<Partial<Record<LabelKind, readonly string[]>>>;

/** Chooses articles: those with one of the labels of every kind that it names, and without any label of `not`. */
export interface Query extends Labels {
  readonly not?: Labels;
}

/** A feed that `publication.yaml` defines by a query. */
export interface NamedFeed {
  /** One path segment, unique among them. */
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** BCP 47 tag. */
  readonly language?: string;
  readonly content?: 'full' | 'summary';
  readonly items?: number;
  readonly aggregators?: boolean;
  readonly query: Query;
}
