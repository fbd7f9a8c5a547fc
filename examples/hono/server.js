import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { feeds } from './feeds.js';

const app = new Hono().get('/', (context) => context.text('The app'));
app.route('/news', feeds);
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) => console.log(`port ${port}`));
