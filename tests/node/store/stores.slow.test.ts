import { describe } from 'vitest';
import { localStore } from '../../../src/node/store/local-store.ts';
import { s3Store } from '../../../src/node/store/s3-store.ts';
import { afterFile } from '../../after-file.ts';
import { makeCheckout } from '../publish/checkout.ts';
import { hasS3Server, startS3Server } from './s3-server.ts';
import { describeStore } from './store-contract.ts';

describe.runIf(hasS3Server)('S3 (S3RVER)', () => {
  describeStore(
    'that compares',
    async () => {
      const server = await startS3Server('kept');
      afterFile(() => server.close());
      return s3Store('s3://news/a b/ü&+', server.env);
    },
    true,
  );
  describeStore(
    'that refuses conditions',
    async () => {
      const server = await startS3Server('refused');
      afterFile(() => server.close());
      return s3Store('s3://news', server.env);
    },
    false,
  );
});

for (const kind of ['kv', 'r2'] as const)
  describeStore(
    `the local ${kind} of wrangler dev`,
    async () => {
      const before = process.cwd();
      process.chdir(makeCheckout());
      const store = await localStore(kind).finally(() => process.chdir(before));
      afterFile(() => store.close());
      return store;
    },
    false,
  );
