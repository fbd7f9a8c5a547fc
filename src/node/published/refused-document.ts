/** Says what a document is that cannot be read as a feed, and what to do instead. */
export class RefusedDocument extends Error {
  override readonly name = 'RefusedDocument';
}
