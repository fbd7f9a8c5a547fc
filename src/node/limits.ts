/** What a client may take of the server: times in milliseconds, sizes in bytes. */
export interface Limits {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionsCheckingInterval: number;
  readonly maxHeaderSize: number;
  /** How long a reader may take nothing of its answer. */
  readonly stallTimeout: number;
}

/** Feeds are asked for by short requests without a body, so a client that needs longer for one is slow on purpose. */
export const standardLimits: Limits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  // Longer than the usual minute of the proxies in front, so that they, not we, close an idle connection.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
  stallTimeout: 60_000,
};
