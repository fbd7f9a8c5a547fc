import { feeds } from '../../../feeds.js';

export const GET = (request) => feeds.fetch(request);
export const HEAD = GET;
