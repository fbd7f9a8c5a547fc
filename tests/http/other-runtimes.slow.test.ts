// Runs these tests again on the worker and its stores, Deno and Bun: `targetsOfStep` differs from that of `npm test`.
import './below-path.test.ts';
import './http.test.ts';
import './moved.test.ts';
import './polling.test.ts';
import './restart.test.ts';
