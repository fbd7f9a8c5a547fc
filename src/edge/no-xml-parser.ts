/**
 * Stands in for the XML parser `sax` in the worker (wrangler.toml, `[alias]`).
 *
 * The library `feed` loads it by way of `xml-js`, though it only writes. With it the bundle is a third larger and
 * needs `stream` from Node.js.
 */
export {};
