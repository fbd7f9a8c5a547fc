/** An author; only the name is required. */
export interface Author {
  readonly name: string;
  /** An email address, which is all that RSS's `author` accepts (RSS 2.0, `<author>`). */
  readonly email?: string;
  readonly url?: string;
  /** A few sentences of plain text. */
  readonly bio?: string;
  /** Absolute URL of a portrait. */
  readonly picture?: string;
  /** An account such as `@ana@social.example` (Mastodon's `fediverse:creator`). */
  readonly fediverse?: string;
  /** Absolute URLs of other pages about the same person (`rel="me"`). */
  readonly profiles?: readonly string[];
}

/** An author whom the publication describes, and the key by which articles may name them. */
export interface Person extends Author {
  readonly key?: string;
}
