import { feeds } from '../../feeds.js';

export const prerender = false;
export const GET = ({ request }) => feeds.fetch(request);
export const HEAD = GET;
