import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaBase, deltaClients } from '../../src/http/delta-request.ts';

const tag = 'W/"AAAAAAAAAAAAAAAA.AAAABBBB"';
const baseFor = (agent: string) =>
  deltaBase(new Headers({ 'A-IM': 'feed', 'If-None-Match': tag, 'User-Agent': agent }));

describe('the clients that get deltas', () => {
  it('are those whose code docs/decisions/deltas.md names', () => {
    const page = readFileSync(new URL('../../docs/decisions/deltas.md', import.meta.url), 'utf8');
    const named = [...page.matchAll(/^\| `([^`]+)` \| [\w/.-]+, `/gm)].map(([, client]) => client);
    expect(named).toEqual([...deltaClients]);
  });

  it('are named by the first product alone, whatever follows', () => {
    const rest = fc.stringMatching(/^(?:[/ ][ -~]*)?$/);
    fc.assert(
      fc.property(fc.constantFrom(...deltaClients), rest, (client, more) => {
        expect(baseFor(client + more)).toBe(tag);
      }),
      { numRuns: 300 },
    );
  });

  it('do not include clients that only mention one of them', () => {
    const before = fc.stringMatching(/^[!-~][ -~]*$/);
    fc.assert(
      fc.property(before, fc.constantFrom(...deltaClients), (other, client) => {
        fc.pre(!deltaClients.has(/^[^\s/]+/.exec(other)?.[0] ?? ''));
        for (const agent of [`${other} ${client}/1.0`, `${other} (compatible; ${client}/1.0)`, `${other}${client}/1`])
          expect(baseFor(agent)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
