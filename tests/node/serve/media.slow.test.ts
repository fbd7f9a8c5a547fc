import { describe, expect, it } from 'vitest';
import { targets } from '../../http/targets.ts';
import { png } from '../pictures.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const picture = png(640, 480);
const article = {
  'a.md': seed('A', '2026-03-02', '![A ship](<pictures/a ship.png>)\n\n<img src="mark.svg">'),
  'pictures/a ship.png': picture,
  'mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  'unnamed.png': picture,
};

describe('a worker in workerd', () => {
  it("serves media files, and what stands at the site's root", async () => {
    const atRoot = {
      'public/google1234.html': 'own',
      'public/.well-known/security.txt': 'own',
      'public/style.css': 'own',
      'public/rss.xml': 'secret',
      'public/subscribe.html': 'secret',
      'public/.env': 'secret',
    };
    const target = await targets['a worker in workerd'](makeFolder({ ...article, ...atRoot }));
    try {
      const sent = await target.request('/media/pictures/a%20ship.png');
      expect([sent.status, sent.headers['content-type'], sent.body.equals(picture)]).toEqual([200, 'image/png', true]);
      const svg = await target.request('/media/mark.svg');
      expect(svg.headers['content-security-policy']).toMatch(/sandbox$/);
      expect((await target.request('/media/unnamed.png')).status).toBe(404);
      for (const [path, status, type] of [
        ['/google1234.html', 200, 'text/html; charset=utf-8'],
        ['/.well-known/security.txt', 200, 'text/plain; charset=utf-8'],
        ['/style.css', 200, 'text/css; charset=utf-8'],
        ['/rss.xml', 200, 'application/rss+xml; charset=utf-8'],
        ['/google1234', 404, 'text/html; charset=utf-8'],
        ['/subscribe.html', 404, 'text/plain; charset=utf-8'],
        ['/.env', 404, 'text/plain; charset=utf-8'],
      ] as const) {
        const { status: answered, headers, body } = await target.request(path);
        expect([path, answered, headers['content-type']]).toEqual([path, status, type]);
        expect(body.toString() === 'own').toBe(status === 200 && path !== '/rss.xml');
        if (path === '/google1234.html') expect(headers['content-security-policy']).toBe("script-src 'none'");
      }
    } finally {
      await target.close();
    }
  });
});
