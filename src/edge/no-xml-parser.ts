/**
 * Replaces the XML parser `sax` in the worker (wrangler.toml, `[alias]`).
 *
 * The library `feed` imports it through `xml-js`, but only writes XML. It would make the bundle a third larger and
 * require `stream` from Node.js.
 */
export {};
