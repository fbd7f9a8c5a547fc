import type { Bytes, FileStore, WriteStore } from '../../store/store.ts';
import { forEachConcurrently } from '../terminal/progress.ts';
import { replaceUnguarded } from './replace-unguarded.ts';
import { openBucket, type RequestLimits, type S3Options } from './s3-bucket.ts';

/** The environment variables of the AWS command line. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the bucket of `s3://bucket/prefix`. The environment variables of the AWS command line give the credentials, the
 * region and, for a store other than Amazon's, its address. Throws an error that names a missing one.
 */
export function s3Options(address: string, environment: Environment): S3Options {
  const [, name = '', path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(address) ?? [];
  if (name === '') throw new Error(`${address} is no bucket; write s3://bucket or s3://bucket/prefix`);
  const need = (variable: string): string => {
    const value = environment[variable] ?? '';
    if (/^[\x21-\x7e]+$/.test(value)) return value;
    const what = value === '' ? 'is not set' : 'has a space, a line break or another character that no key has';
    throw new Error(`${variable} ${what} in the environment; ${address} needs it`);
  };
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1';
  // A host name has it as a part, and a signature as a field.
  if (!/^[a-z0-9-]{1,63}$/.test(region))
    throw new Error('AWS_REGION in the environment is not the name of a region, such as eu-central-1');
  const endpoint = environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL;
  if (endpoint !== undefined && !/^https?:\/\/[^\s/?#]+\/?$/.test(endpoint))
    throw new Error(
      'AWS_ENDPOINT_URL in the environment is not the address of a store, such as https://s3.example.com',
    );
  const prefix = path.replace(/\/*$/, '');
  return {
    bucket: new URL(
      endpoint === undefined
        ? `https://${name}.s3.${region}.amazonaws.com/`
        : `${endpoint.replace(/\/*$/, '')}/${name}/`,
    ),
    prefix: prefix === '' ? '' : `${prefix}/`,
    region,
    accessKeyId: need('AWS_ACCESS_KEY_ID'),
    secretAccessKey: need('AWS_SECRET_ACCESS_KEY'),
    ...(environment.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: need('AWS_SESSION_TOKEN') }),
  };
}

/** Opens a bucket to publish to and to serve from. */
export function s3Store(address: string, environment: Environment, limits?: RequestLimits): WriteStore & FileStore {
  const bucket = openBucket(s3Options(address, environment), limits);
  /** The ETags of the values that were read. */
  const versions = new WeakMap<Bytes, string>();
  const store: WriteStore & FileStore = {
    name: address,
    takesFiles: true,
    listsFast: false,
    list: bucket.list,
    get: async (key) => {
      const found = await bucket.get(key);
      if (found !== undefined) versions.set(found.content, found.version);
      return found?.content;
    },
    stream: (key, start, end) => bucket.stream(key, start, end),
    put: (keys, read, onProgress) =>
      forEachConcurrently(keys, atOnce, async (key) => void (await bucket.put(key, await read(key))), onProgress),
    replace: async (key, content, before) => {
      const version = before === undefined ? null : (versions.get(before) ?? '');
      const done = await bucket.put(key, content, version);
      return done === 'unsupported' ? replaceUnguarded(store, key, content, before) : done;
    },
    remove: (keys) => forEachConcurrently(keys, atOnce, (key) => bucket.remove(key)),
    close: async () => {},
  };
  return store;
}

/** Requests at a time. */
const atOnce = 8;
